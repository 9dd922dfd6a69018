"""``briefing themes``: what a brief can look like."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.commands.options import config_option
from briefing.config import CONFIG_NAME, load_config

__all__ = ["command"]


@click.command("themes")
@config_option
def command(config_path: Path | None) -> None:
    """Lists the themes: the user's own in templates/ beside the configuration first, then the shipped ones."""
    from briefing import rendering

    if config_path is None and Path(CONFIG_NAME).exists():
        config_path = Path(CONFIG_NAME)
    config = load_config(config_path)
    for theme in rendering.themes(config.theme_roots):
        extends = f" (extends {theme.extends})" if theme.extends else ""
        click.echo(f"{theme.name}{extends}: {theme.description}\n    {theme.folder}")
