"""``briefing render``: the same brief in another format or theme."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.commands.options import FORMAT_NAMES
from briefing.config import CONFIG_NAME, load_config
from briefing.errors import OutputError, UsageError

__all__ = ["command"]


@click.command("render")
@click.argument("brief_path", metavar="BRIEF.JSON", type=click.Path(path_type=Path))
@click.option("--format", "formats", default="pdf", show_default=True, metavar="LIST", help="Formats, separated by commas.")
@click.option("--theme", help="Theme to use; default: the one the brief names.")
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="Configuration whose templates/ folder is searched first.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder to write to; default: where brief.json is.")
def command(brief_path: Path, formats: str, theme: str | None, config_path: Path | None, output: Path | None) -> int:
    """Renders BRIEF.JSON again. Everything comes from that file and the theme: no source is read, no model is loaded."""
    from pydantic import ValidationError

    from briefing import rendering
    from briefing.isolation import Workers
    from briefing.models import Brief

    if config_path is None and Path(CONFIG_NAME).exists():
        config_path = Path(CONFIG_NAME)
    config = load_config(config_path)
    try:
        brief = Brief.model_validate_json(brief_path.read_bytes())
    except OSError as error:
        raise UsageError(f"{brief_path}: cannot be read ({error.strerror})") from error
    except ValidationError as error:
        fault = error.errors()[0]
        raise UsageError(f"{brief_path}: is no brief.json of this version: {'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error
    names = [FORMAT_NAMES.get(name.strip(), name.strip()) for name in formats.split(",") if name.strip()]
    with Workers(1) as workers:
        artifacts, rows = rendering.render(brief, names, theme=theme, roots=config.theme_roots, isolate=workers, limits=config.limits)
    folder = output or brief_path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for artifact in artifacts:
            (folder / artifact.name).write_bytes(artifact.content)
            click.echo(str(folder / artifact.name))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror or error})") from error
    failed = [row for row in rows if not row.written]
    for row in failed:
        click.echo(f"briefing: {row.format}: {row.reason}", err=True)
    return 1 if failed else 0
