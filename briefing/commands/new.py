"""``briefing new``: a starter folder."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from briefing.errors import OutputError, UsageError

__all__ = ["command"]


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Writes a starter folder: a commented briefing.yaml, an inbox, and a theme that extends the shipped one.

    Never writes over a file that is there.
    """
    files = list(_files(resources.files("briefing") / "starter", Path()))
    there = [path for path, _ in files if (folder / path).exists()]
    if there:
        raise UsageError(f"{folder / there[0]}: is there already; choose an empty folder")
    try:
        for path, content in files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror or error})") from error
    for path, _ in files:
        click.echo(str(folder / path))
    click.echo(f"now: put articles into {folder / 'inbox'}, then: cd {folder} && briefing run")


def _files(node: Traversable, path: Path) -> list[tuple[Path, bytes]]:
    """Every file below, sorted by name."""
    found: list[tuple[Path, bytes]] = []
    for child in sorted(node.iterdir(), key=lambda child: child.name):
        inner = path / child.name
        if child.is_dir():
            found += _files(child, inner)
        elif not child.name.endswith((".py", ".pyc")):
            found.append((inner, child.read_bytes()))
    return found
