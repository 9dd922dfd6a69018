"""``briefing schedule``: the daily run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import click

from briefing.commands.options import config_option, configured, now
from briefing.config import CONFIG_NAME

__all__ = ["command"]


@click.group("schedule")
def command() -> None:
    """Installs, shows or removes the daily run."""


def _time_option(function: click.decorators.FC) -> click.decorators.FC:
    return click.option("--time", help="HH:MM; default: the cut-off, for cron in the clock of this machine.")(function)


class _Entry(NamedTuple):
    path: Path
    cron: str
    """When cron runs it, by the clock of this machine."""
    systemd: str
    """When systemd runs it, in the zone of the brief."""
    zone: str
    name: str


def _entry(config_path: Path | None, time: str | None) -> _Entry:
    from briefing.schedule import machine_time

    config = configured(config_path)
    path = (config_path or Path(CONFIG_NAME)).resolve()
    cron = time or machine_time(config.cut_off, ZoneInfo(config.timezone), None, now().year)
    return _Entry(path, cron, time or config.cut_off, config.timezone, config.brief)


@command.command("show")
@config_option
@_time_option
@click.option("--systemd", is_flag=True, help="Show systemd units instead of a cron line.")
def show(config_path: Path | None, time: str | None, systemd: bool) -> None:
    """Prints the cron line (or the systemd units) and changes nothing."""
    from briefing.schedule import block, cron_line, systemd_units

    entry = _entry(config_path, time)
    if systemd:
        for unit, text in systemd_units(Path(sys.executable), entry.path, entry.systemd, entry.zone, entry.name).items():
            click.echo(f"# {unit}\n{text}")
    else:
        click.echo(block(entry.path, cron_line(Path(sys.executable), entry.path, entry.cron, entry.zone)), nl=False)


@command.command("install")
@config_option
@_time_option
@click.option("--dry-run", is_flag=True, help="Print what would be installed.")
@click.option("--systemd", "units", type=click.Path(path_type=Path), help="Write systemd units into this folder instead of the crontab.")
def install(config_path: Path | None, time: str | None, dry_run: bool, units: Path | None) -> None:
    """Puts the daily run into your crontab, in a marked block; the rest of the table stays as it is."""
    from briefing.schedule import block, cron_line, install_cron, systemd_units, write_units

    path, cron, systemd, zone, name = _entry(config_path, time)
    line = cron_line(Path(sys.executable), path, cron, zone)
    texts = systemd_units(Path(sys.executable), path, systemd, zone, name)
    if dry_run:
        click.echo("\n".join(f"# {unit}\n{text}" for unit, text in texts.items()) if units else block(path, line), nl=False)
    elif units:
        for written in write_units(units, texts):
            click.echo(str(written))
        click.echo(f"now: systemctl --user enable --now briefing-{name}.timer")
    else:
        install_cron(path, line)
        click.echo(line)


@command.command("remove")
@config_option
def remove(config_path: Path | None) -> None:
    """Takes the block of this configuration out of your crontab."""
    from briefing.schedule import install_cron

    install_cron(_entry(config_path, None).path, None)
