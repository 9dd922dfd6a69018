"""Which characters of a page none of its fonts can draw.

In: text and font folders. Out: those characters, so that nothing is lost silently.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

__all__ = ["missing_characters"]

# Latin, Greek, Cyrillic, punctuation and currency: the bundled fonts draw all of these that are assigned.
_SURE = ((0x00, 0x17F), (0x391, 0x3C9), (0x400, 0x45F), (0x2010, 0x2027), (0x2030, 0x203A), (0x20AC, 0x20AC), (0x2190, 0x2193))


def missing_characters(text: str, folders: Sequence[Path]) -> str:
    """Characters of the text that no font of the folders has, in code order."""
    unsure = {char for char in set(text) if not any(low <= ord(char) <= high for low, high in _SURE)}
    unsure = {char for char in unsure if unicodedata.category(char) not in ("Cf", "Cc", "Zs", "Mn", "Cn")}
    if not unsure:
        return ""
    drawn = frozenset[int]().union(*(_characters(file) for folder in folders for file in sorted(folder.glob("*.[to]tf"))))
    return "".join(sorted(char for char in unsure if ord(char) not in drawn))


@lru_cache(maxsize=64)
def _characters(file: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

    try:
        with TTFont(file, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError):
        return frozenset()
