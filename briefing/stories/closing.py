"""Has what the story is about come to an end?

Comes in: the documents of a story, newest first, with their findings. Goes out: whether the newest report says so in its title or its
first sentences: the blockade was lifted, the strike called off, all of them released.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from briefing.models import Document, Findings
from briefing.stories.clustering import is_comment
from briefing.stories.cues import cue_pattern, has_cue
from briefing.stories.words import tokens

__all__ = ["ends", "has_ended"]

LEAD = 2
"""Sentences of the text that are read: an end further down is that of something smaller."""
NEAR = 60
"""Characters between what ends and the verb."""
BEFORE = 4
"""Words before the verb in which it can be asked for, planned or denied."""
_NOUN = re.compile(r"\b(?:the|an?|at|its|their)\s+$", re.IGNORECASE)


def has_ended(newest_first: Sequence[Document], found: Mapping[str, Findings]) -> bool:
    """True when the newest report tells of the end."""
    newest = next((document for document in newest_first if not is_comment(document)), None)
    if newest is None:
        return False
    lead = [newest.text[start:end] for start, end in found[newest.id].sentences[:LEAD]]
    return any(ends(sentence) for sentence in (newest.title, *lead))


def ends(sentence: str) -> bool:
    """True when the sentence says that something ended or that all held or missed persons are free."""
    return _thing_ends(sentence) or _all_free(sentence)


def _thing_ends(sentence: str) -> bool:
    things = [match.span() for match in cue_pattern("ends_thing").finditer(sentence)]
    for verb in cue_pattern("ends_verb").finditer(sentence):
        start, end = verb.span()
        if _is_open(sentence[:start]):
            continue
        if any(0 <= first - end <= NEAR or 0 <= start - last <= NEAR for first, last in things):
            return True
    return False


def _all_free(sentence: str) -> bool:
    everyone = cue_pattern("ends_all").search(sentence)
    if everyone is None:
        return False
    return any(not _is_open(sentence[: verb.start()]) for verb in cue_pattern("ends_freed").finditer(sentence, everyone.end()))


def _is_open(before: str) -> bool:
    """True when the words before the verb ask for it, plan it, doubt it, or make it a noun ("the end of the strike")."""
    return bool(_NOUN.search(before)) or has_cue(" ".join(tokens(before)[-BEFORE:]), "ends_not")
