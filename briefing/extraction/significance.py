"""Which numbers of a text are key figures, and which only date, place, label or order something.

Comes in: a number expression and what it counts in the parse. Goes out: yes or no. What counts is defined in docs/fields.md; the words
are in ``lexicons/figures.yaml``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Token

from briefing.extraction import lexicon
from briefing.extraction.counted import Counting
from briefing.extraction.measures import is_person
from briefing.extraction.numbers import NumberSpan
from briefing.models import Measure, Qualifier

__all__ = ["counts_nothing", "is_one", "is_part", "refers_back"]

_AGE = re.compile(r"(?:,\s|\()$")
_AGED = re.compile(r"\bage[ds]?\s(?:(?:between|from|about|just|only|and|to|of|in|\w+,?)\s){0,3}$", re.IGNORECASE)
_AGE_END = re.compile(r"\)|,|;|\.(?!\d)|\s(?:and|was|were|who|from)\b")
_COMPOUND = re.compile(r"-(?!strong|member|person|man\b|men\b|people|vehicle|ship)[A-Za-z]")
_PART = re.compile(
    r"\b(?:including|includes?|included|comprising|among)\s(?:(?:them|whom|these|those|at\sleast|the|a)\s){0,2}$", re.IGNORECASE
)
_OF_WHOLE = re.compile(r"\s(?:of|among)\s(?:them|whom|those|these)\b", re.IGNORECASE)
_SERIAL = re.compile(r"\b(?:first|last|next|past|previous|final|latest|coming)\s$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _excluded() -> tuple[frozenset[str], frozenset[str]]:
    words = lexicon.load("figures")
    return frozenset(words["units"]), frozenset(words["nouns"])


def counts_nothing(text: str, span: NumberSpan, counting: Counting) -> bool:
    """Is the number a duration, a distance, an age, a label or a serial number rather than a quantity of the situation?"""
    units, nouns = _excluded()
    number, noun = counting.number, counting.noun
    if span.number.unit in units:
        return True
    if span.number.unit is None and any(word.lemma_.lower() in nouns for word in (noun, _next(counting)) if word is not None):
        return True
    if _COMPOUND.match(text, span.end) is not None:
        return True
    if _SERIAL.search(text[max(0, span.start - 10) : span.start]) is not None:
        return True
    return span.number.unit is None and (_is_age(text, span, counting) or _is_label(span, number, noun))


def _next(counting: Counting) -> Token | None:
    doc = counting.number.doc
    return doc[counting.last + 1] if counting.last + 1 < len(doc) else None


def _is_age(text: str, span: NumberSpan, counting: Counting) -> bool:
    """ "aged 34", "the driver, 34, said", "Dara Minn (34)"."""
    value, doc = span.number.value, counting.number.doc
    before = counting.number.i - 1
    if _AGED.search(text[max(0, span.start - 40) : span.start]) is not None:
        return True
    if value is None or not 0 < value < 120 or span.start != span.core or _AGE.search(text[max(0, span.start - 2) : span.start]) is None:
        return False
    named = doc[before - 1] if before >= 1 else None
    person = named is not None and (named.pos_ == "PROPN" or is_person(named)) and not named.like_num
    return person and _AGE_END.match(text, span.end) is not None


def _is_label(span: NumberSpan, number: Token, noun: Token | None) -> bool:
    """ "Planet 9", "Game 7": a plain number that hangs on the name before it; or a date the model recognises."""
    if span.number.qualifier is not Qualifier.EXACTLY or noun is not None:
        return False
    if number.dep_ in ("nummod", "appos", "npadvmod") and number.head.i == number.i - 1 and number.head.pos_ == "PROPN":
        return True
    return number.ent_type_ in ("DATE", "TIME", "ORDINAL") and number.head.ent_type_ in ("DATE", "TIME")


def refers_back(text: str, span: NumberSpan, measure: Measure | None) -> bool:
    """ "the two men", "the two countries": a couple already introduced, not a new quantity."""
    definite = text[max(0, span.start - 4) : span.start].lower() == "the "
    return definite and span.number.value == 2 and measure in (None, Measure.PEOPLE, Measure.OTHER)


def is_one(text: str, span: NumberSpan) -> bool:
    return span.number.value == 1 and span.number.unit is None and text[span.core : span.end].lower().startswith("one")


def is_part(text: str, span: NumberSpan, counting: Counting, earlier: Counting, *, in_part: bool) -> bool:
    """Is this a part of the total just named: "58 people, including 11 children and two women", "six, two of them soldiers"?"""
    before = text[max(0, span.start - 30) : span.start]
    if _PART.search(before) is not None and not before.rstrip().lower().endswith((" of", " of the")):
        return True
    if _OF_WHOLE.match(text, span.end) is not None:
        return True
    noun = counting.noun
    return in_part and noun is not None and noun.dep_ == "conj" and noun.head == earlier.noun
