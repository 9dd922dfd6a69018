"""``briefing verify``: proof without trust."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command("verify")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> int:
    """Proves the issue in FOLDER: every quotation stands in the stored text, every value follows from its quote.

    Needs nothing but the folder. Exit code 1 when anything does not hold.
    """
    from briefing.verify import verify

    found = verify(folder)
    for mismatch in found.mismatches:
        click.echo(mismatch, err=True)
    checked = f"{found.quotations} quotations, {found.figures} figures, {found.documents} documents, {found.files} files"
    click.echo(f"{checked}: {'all stand' if not found.mismatches else f'{len(found.mismatches)} do not hold'}")
    return 1 if found.mismatches else 0
