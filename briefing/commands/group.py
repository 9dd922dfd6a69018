"""``briefing group``: JSON lines in, JSON lines out."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.commands.options import config_option, input_lines, surroundings, verbose_option
from briefing.config import load_config

__all__ = ["command"]


@click.command("group")
@click.option("--input", "source", required=True, metavar="FILE|-", help="JSON lines with id, text and perhaps title, date, source.")
@config_option
@verbose_option
def command(source: str, config_path: Path | None, verbose: bool) -> None:
    """Prints the cluster of each line's text, one line per line, in order. Touches neither archive nor cache."""
    from briefing.records import cluster_lines, read_lines

    config = load_config(config_path)
    lines = read_lines(input_lines(source))
    with surroundings(config, verbose=verbose) as outside:
        for line in cluster_lines(lines, config, outside):
            click.echo(line)
