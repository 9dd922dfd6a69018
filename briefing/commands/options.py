"""Options and surroundings that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import click

from briefing.config import CONFIG_NAME, load_config
from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.models import Config
    from briefing.runs import Surroundings

__all__ = [
    "FORMAT_NAMES",
    "Times",
    "at_option",
    "config_option",
    "configured",
    "input_lines",
    "moment",
    "now",
    "since_option",
    "surroundings",
    "times",
    "verbose_option",
]

F = TypeVar("F", bound=Callable[..., object])

FORMAT_NAMES = {"markdown": "md"}


def config_option(command: F) -> F:
    return click.option(
        "--config",
        "config_path",
        type=click.Path(path_type=Path),
        help=f"Configuration file; default: {CONFIG_NAME} here, if there is one.",
    )(command)


def at_option(command: F) -> F:
    return click.option("--at", metavar="TIME", help="Make the issue due at this time (ISO 8601; a date means its cut-off); default: now.")(
        command
    )


def since_option(command: F) -> F:
    return click.option("--since", metavar="TIME", help="Start the period here instead of at the last cut-off.")(command)


def verbose_option(command: F) -> F:
    return click.option("--verbose", is_flag=True, help="Say what is done; show the traceback of a fault.")(command)


def configured(path: Path | None, *, paths: tuple[str, ...] = (), formats: str | None = None, **overrides: object) -> Config:
    """The configuration of a command: ``path``, or briefing.yaml here unless paths were given, with the options on top."""
    from briefing import sources

    if path is None and not paths:
        if not Path(CONFIG_NAME).exists():
            raise UsageError(f"no {CONFIG_NAME} here and no files given; name files, use --config, or start with `briefing new DIR`")
        path = Path(CONFIG_NAME)
    chosen = tuple(FORMAT_NAMES.get(name.strip(), name.strip()) for name in formats.split(",") if name.strip()) if formats else None
    config = load_config(path, overrides={**overrides, "formats": chosen})
    return config.model_copy(update={"sources": sources.named(paths)}) if paths else config


def now() -> datetime:
    """The clock, read here and nowhere else."""
    return datetime.now(ZoneInfo("UTC")).replace(microsecond=0)


def moment(text: str | None, config: Config) -> datetime | None:
    """A time from the command line; without offset in the zone of the brief, and a bare date means its cut-off."""
    if text is None:
        return None
    zone = ZoneInfo(config.timezone)
    try:
        if len(text) == len("2026-03-03"):
            hour, minute = map(int, config.cut_off.split(":"))
            return datetime.combine(datetime.fromisoformat(text).date(), time(hour, minute), zone)
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no time; write 2026-03-03T06:00 or 2026-03-03T06:00+01:00") from None
    return found if found.tzinfo else found.replace(tzinfo=zone)


@dataclass(frozen=True)
class Times:
    """When a brief is made: ``at`` is the clock of the run, ``until`` where the period of a one-off brief ends."""

    at: datetime
    since: datetime | None
    until: datetime | None


def times(at: str | None, since: str | None, config: Config, *, one_off: bool) -> Times:
    """What ``--at`` and ``--since`` mean for this brief. In a one-off brief a bare date counts whole."""
    until, start = moment(at, config), moment(since, config)
    if one_off:
        until, start = _midnight(at, until, days=1), _midnight(since, start, days=0)
    return Times(until or now(), start, until)


def _midnight(text: str | None, found: datetime | None, *, days: int) -> datetime | None:
    """A bare date as the midnight that begins the day (or ``days`` later); a time as it is."""
    if not found or not text or len(text) != len("2026-03-03"):
        return found
    return datetime.combine(found.date() + timedelta(days=days), time(), found.tzinfo)


def input_lines(source: str) -> list[str]:
    """The lines of a file, or of standard input for ``-``; bytes that are no UTF-8 become replacement characters."""
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise UsageError(f"{source}: cannot be read ({error.strerror}); give a file of JSON lines, or - for standard input") from error
    return content.decode("utf-8", "replace").split("\n")


@contextmanager
def surroundings(config: Config, *, verbose: bool = False) -> Iterator[Surroundings]:
    """Workers, network and progress for one command. Progress is drawn on a terminal only."""
    from briefing.isolation import Workers
    from briefing.runs import Surroundings
    from briefing.sources.fetch import Bounds, make_fetch

    bounds = Bounds(decoded=config.limits.file_megabytes * 2**20)
    with Workers(config.workers) as workers, _progress(verbose) as tell:
        yield Surroundings(workers, make_fetch(now, bounds=bounds), tell)


@contextmanager
def _progress(verbose: bool) -> Iterator[Callable[[str], None]]:
    if verbose:
        yield lambda verb: click.echo(f"briefing: {verb}", err=True)
    elif sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("starting") as status:
            yield lambda verb: status.update(verb)
    else:
        yield lambda verb: None
