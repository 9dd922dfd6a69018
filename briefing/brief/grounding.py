"""The grounding gate: a composed sentence says nothing its evidence does not say. Pure; also used by ``briefing verify``.

Comes in: a sentence and its evidence. Goes out: the names and numbers in it that stand in no quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefing.brief.tables import words
from briefing.models import Evidence

__all__ = ["is_grounded", "ungrounded"]

_TOKEN = re.compile(r"\d[\d.,:]*|[^\W\d_]+(?:['’\-][^\W\d_]+)*|[.!?:]")
_ENDS = frozenset(".!?:")


def is_grounded(text: str, evidence: Iterable[Evidence]) -> bool:
    """True when each name and number of ``text`` stands, as a whole word, in one of the quotes."""
    return not ungrounded(text, evidence)


def ungrounded(text: str, evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The names and numbers of ``text`` that no quote has, in order. Numbers are compared as written: "1,200" is not "1200"."""
    said = {_bare(match.group()) for one in evidence for match in _TOKEN.finditer(one.quote)}
    return tuple(token for token in _claims(text) if _bare(token) not in said)


def _claims(text: str) -> Iterator[str]:
    """Numbers in digits or words, and capitalised words; a plain word that only starts a sentence is no name."""
    number_words, starts = words()["numbers"], words()["starts"]
    at_start = True
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in _ENDS:
            at_start = True
            continue
        lower = token.lower()
        is_name = token[0].isupper() and not (at_start and lower in starts)
        if token[0].isdigit() or is_name or lower in number_words:
            yield token
        at_start = False


def _bare(token: str) -> str:
    """Without possessive and closing punctuation: "Orven's" names Orven, "12." is 12."""
    return re.sub(r"['’]s?$", "", token.rstrip(".,:")).casefold()
