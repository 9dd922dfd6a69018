"""The nearest known name to a misspelt one, as the end of an error message."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

__all__ = ["suggestion"]


def suggestion(name: str, known: Sequence[str]) -> str:
    """``", did you mean 'title'?"`` or nothing."""
    found = get_close_matches(name[:200], known, n=1, cutoff=0.6)
    return f", did you mean {found[0]!r}?" if found else ""
