"""Writes the table of a benchmark into a page of docs/, between its two markers; the words around it stay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

__all__ = ["BEGIN", "END", "into_page"]

BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"


def into_page(page: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Replaces what stands between the markers of ``page``. ValueError when the page has none."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{page}: has no markers {BEGIN} … {END}")
    ruler = ["---", *("---:" for _ in head[1:])]
    lines = ["| " + " | ".join(row) + " |" for row in (head, ruler, *rows)]
    page.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + after, encoding="utf-8")
