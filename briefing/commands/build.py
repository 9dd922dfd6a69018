"""``briefing build``: the brief as data, nothing written."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.commands.options import at_option, config_option, configured, since_option, surroundings, times, verbose_option

__all__ = ["command"]


@click.command("build")
@click.argument("paths", nargs=-1, metavar="[FILE | FOLDER | URL | -]...")
@config_option
@at_option
@since_option
@verbose_option
def command(paths: tuple[str, ...], config_path: Path | None, at: str | None, since: str | None, verbose: bool) -> None:
    """Composes the brief and prints it as brief.json. Reads no archive, so it carries no changes since an earlier issue."""
    config = configured(config_path, paths=paths)
    from briefing.pipeline import build
    from briefing.rendering.json import to_json

    when = times(at, since, config, one_off=bool(paths))
    with surroundings(config, verbose=verbose) as outside:
        built = build(config, when.at, outside, since=when.since, until=when.until)
    click.echo(to_json(built.brief), nl=False)
