"""``briefing check``: find the fault before the night run does."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.commands.options import config_option, configured

__all__ = ["command"]


@click.command("check")
@config_option
def command(config_path: Path | None) -> int:
    """Checks the configuration, its sources' settings and its theme; exit code 78 when something is wrong."""
    from briefing import rendering, sources
    from briefing.errors import ConfigurationError
    from briefing.isolation import Workers
    from briefing.rendering.samples import samples

    config = configured(config_path)
    with Workers(1) as workers:
        problems = [
            *([] if config.sources else ["no sources: nothing would be read; add one under `sources:`"]),
            *sources.problems(config.sources, config.root),
            *rendering.check_theme(config.theme, config.theme_roots, *samples(), isolate=workers, limits=config.limits),
        ]
    for problem in problems:
        click.echo(problem, err=True)
    verdict = f"{len(problems)} problems" if problems else "no problem found"
    click.echo(f"{len(config.sources)} sources, theme {config.theme}: {verdict}")
    return ConfigurationError.exit_code if problems else 0
