"""``briefing sources``: ask first, rely on it later."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.commands.options import config_option, configured, now, surroundings, verbose_option

__all__ = ["command"]


@click.command("sources")
@config_option
@verbose_option
def command(config_path: Path | None, verbose: bool) -> int:
    """Asks each configured source, disabled ones too, and says what it would read. Exit code 69 when none answers."""
    from briefing import sources
    from briefing.edition import cut_off, dated

    config = configured(config_path)
    asked = [source.model_copy(update={"enabled": True}) for source in config.sources]
    with surroundings(config, verbose=verbose) as outside:
        settings = dated(asked, cut_off(config, now()).date().isoformat())
        found = sources.collect(settings, None, outside.fetch, outside.isolate, config.limits, config.root)
    for row in found.sources:
        said = f"{row.items} items" if row.answered else f"failed: {row.reason}"
        click.echo(f"{row.source}: {said}{f' ({row.warning})' if row.warning else ''}")
    for document in found.documents:
        click.echo(f"    {document.name}: {document.reason}")
    return 0 if not found.sources or any(row.answered for row in found.sources) else 69
