"""Cue phrases in a sentence.

Comes in: a text and a class of ``tables/cues.yaml``. Goes out: whether, and where, one of its phrases stands in it as whole words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.stories.tables import cues

__all__ = ["cue_pattern", "has_cue"]


def has_cue(text: str, name: str) -> bool:
    """True when a phrase of the class ``name`` stands in ``text``, in whatever case."""
    return bool(cue_pattern(name).search(text))


@lru_cache(maxsize=32)
def cue_pattern(name: str) -> re.Pattern[str]:
    """Any phrase of the class as whole words, longest first."""
    phrases = sorted(cues()[name], key=lambda phrase: (-len(phrase), phrase))
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases) + r")(?![\w-])", re.IGNORECASE
    )
