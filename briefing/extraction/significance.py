"""Which numbers of a text are key figures, and which only date, place, label or order something.

Comes in: a number expression and what it counts in the parse. Goes out: yes or no. What counts is defined in docs/fields.md; the words
are in ``lexicons/figures.yaml``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Token

from briefing.extraction import lexicon
from briefing.extraction.counted import Counting
from briefing.extraction.measures import is_person
from briefing.extraction.numbers import NumberSpan
from briefing.models import Measure, Qualifier

__all__ = ["counts_nothing", "happened", "is_one", "is_part", "refers_back"]

_AGE = re.compile(r"(?:,\s|\()$")
_AGED = re.compile(r"\bage[ds]?\s(?:(?:between|from|about|just|only|and|to|of|in|\w+,?)\s){0,3}$", re.IGNORECASE)
_AGE_END = re.compile(r"\)|,|;|\.(?!\d)|\s(?:and|was|were|who|from)\b")
_APPOSED = re.compile(r"\)|,|;|[.!?”\"]?\s*$|\.(?!\d)|\s(?:who|from)\b")
_CODE = re.compile(r"[*^=]\s?\w|[}^\\=]|\)[;)]")
_BEFORE_CODE = re.compile(r"(?:[\w)][*^=]\s?|[{^\\=])$")
_OLDEST = 119
_PERSONS = frozenset({"he", "she", "him", "her", "i", "other", "another", "one", "who"})
_ENDS_OF_LOOK = frozenset({",", ";", ":", ".", "(", ")"})
_DOUBTS = frozenset({"if", "unless", "whether", "lest", "until", "whenever"})
_SUPPOSED = frozenset({"deny", "fear", "imagine", "prevent", "hope", "pretend", "threaten", "disprove"})
_DONE = frozenset({"manage", "go", "continue", "proceed", "happen", "appear", "seem"})
_COMPOUND = re.compile(r"-(?!strong|member|person|man\b|men\b|people|vehicle|ship)[A-Za-z]")
_PART = re.compile(
    r"\b(?:including|includes?|included|comprising|among)\s(?:(?:them|whom|these|those|at\sleast|the|a)\s){0,2}$", re.IGNORECASE
)
_OF_WHOLE = re.compile(r"\s(?:of|among)\s(?:them|whom|those|these)\b", re.IGNORECASE)
_SERIAL = re.compile(r"\b(?:first|last|next|past|previous|final|latest|coming)\s$", re.IGNORECASE)


class _Lists(NamedTuple):
    units: frozenset[str]
    nouns: frozenset[str]
    tally_verbs: frozenset[str]
    collectives: frozenset[str]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    words = lexicon.load("figures")
    return _Lists(*(frozenset(words[name]) for name in _Lists._fields))


def counts_nothing(text: str, span: NumberSpan, counting: Counting) -> bool:
    """Is the number a duration, a distance, an age, a label or a serial number rather than a quantity of the situation?"""
    lists = _lists()
    number, noun = counting.number, counting.noun
    if span.number.unit in lists.units:
        return True
    if span.number.unit is None and any(word.lemma_.lower() in lists.nouns for word in (noun, _next(counting)) if word is not None):
        return True
    if _CODE.match(text, span.end) is not None or _BEFORE_CODE.search(text[max(0, span.start - 3) : span.start]) is not None:
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
    value = span.number.value
    if _AGED.search(text[max(0, span.start - 40) : span.start]) is not None:
        return True
    if value is None or not 0 < value <= _OLDEST or span.start != span.core or span.number.qualifier is not Qualifier.EXACTLY:
        return False
    if _AGE.search(text[max(0, span.start - 2) : span.start]) is not None:
        return _is_apposed_age(text, span, counting)
    return counting.noun is None and (_is_age_of(counting) or _is_said_age(counting) or _is_hour(text, span, counting))


def _is_apposed_age(text: str, span: NumberSpan, counting: Counting) -> bool:
    """ "the driver, 34, said", "a woman arrested, 34.": between a person and a pause."""
    before = counting.number.i - 2
    named = counting.number.doc[before] if before >= 0 else None
    if named is None or named.like_num:
        return False
    if named.pos_ == "PROPN" or is_person(named):
        return _AGE_END.match(text, span.end) is not None
    return counting.noun is None and _APPOSED.match(text, span.end) is not None and _someone_before(named)


def _someone_before(last: Token) -> bool:
    """Is a single person named in the stretch that ends at ``last``: "a man detained", "the other"?"""
    doc = last.doc
    for index in range(last.i, max(-1, last.i - 6), -1):
        token = doc[index]
        if token.text in _ENDS_OF_LOOK or token.like_num:
            return False
        if _is_someone(token):
            return True
        if token.is_sent_start:
            return False
    return False


def _is_someone(token: Token) -> bool:
    if token.lower_ in _PERSONS or token.ent_type_ == "PERSON":
        return True
    return token.tag_ == "NN" and is_person(token) and token.lemma_.lower() not in _lists().collectives


def _is_age_of(counting: Counting) -> bool:
    """ "a man of 34", and the children of "a father of three"."""
    of = counting.root.head
    return of.lower_ == "of" and of.head.i < of.i and of.head.tag_ == "NN" and _is_someone(of.head)


def _is_said_age(counting: Counting) -> bool:
    """ "She was 91", "who turned 34"."""
    verb = counting.root.head
    if (
        verb.lemma_ not in ("be", "turn")
        or counting.root.i < verb.i
        or counting.root.dep_ not in ("attr", "acomp", "npadvmod", "dobj", "advmod")
    ):
        return False
    return any(child.dep_ == "nsubj" and _is_someone(child) for child in verb.children)


def _is_hour(text: str, span: NumberSpan, counting: Counting) -> bool:
    """ "they came at eleven", "she died at 91": a bare number after "at" is no tally unless its verb states one ("stood at 12")."""
    if text[max(0, span.start - 3) : span.start].lower() != "at ":
        return False
    preposition = counting.root.head
    verb = preposition.head if preposition.lower_ == "at" else preposition
    return verb.pos_ == "VERB" and verb.lemma_ not in _lists().tally_verbs


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


def happened(noun: Token) -> bool:
    """Is the harm done to ``noun`` told as a fact: not negated, possible, planned or feared?"""
    first = max(noun.left_edge.i - 1, 0)
    if any(token.lower_ in ("not", "no", "never", "without") for token in noun.doc[first : noun.i]):
        return False
    own = [child for child in noun.children if child.dep_ in ("acl", "relcl")]
    if own:
        return all(_is_fact(verb) for verb in own)
    verb = noun.head
    while verb.head.i != verb.i:
        if verb.pos_ in ("VERB", "AUX") and not _is_fact(verb):
            return False
        if verb.pos_ in ("VERB", "AUX") and verb.dep_ in ("ccomp", "advcl", "relcl"):
            return verb.head.lemma_ not in _SUPPOSED
        verb = verb.head
    return verb.pos_ not in ("VERB", "AUX") or _is_fact(verb)


def _is_fact(verb: Token) -> bool:
    parts = list(verb.children)
    if any(part.dep_ == "neg" or (part.dep_ == "mark" and part.lower_ in _DOUBTS) for part in parts):
        return False
    if any(part.tag_ == "MD" and part.dep_ == "aux" for part in parts):
        return False
    infinitive = any(part.tag_ == "TO" for part in parts) and not any(part.lemma_ == "have" and part.dep_ == "aux" for part in parts)
    return not infinitive or verb.head.lemma_ in _DONE
