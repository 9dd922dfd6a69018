"""Key figures: quantities that measure the situation reported, each with what it counts and what was done to it.

Comes in: a parsed ``Doc`` with times and places. Goes out: ``Figure`` objects in ``parsed(doc).figures``, in text order. Which numbers are
none (dates, ages, codes, durations, distances) is said in docs/fields.md; the words are in ``lexicons/figures.yaml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from briefing.extraction import lexicon
from briefing.extraction.counted import counted_range, head_noun, partitive
from briefing.extraction.measures import HARM, is_person, measure_of
from briefing.extraction.numbers import NumberSpan, find, read
from briefing.extraction.parsed import Parsed, parsed
from briefing.models import Evidence, Figure, Measure, Place, Qualifier, When

__all__ = ["create"]

_CAPTIVES = (Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.DETAINED, Measure.ABDUCTED)
_COUNTING_ONE = (*_CAPTIVES, Measure.INCIDENTS)
_AGE = re.compile(r"(?:,\s|\()$")
_AGE_END = re.compile(r"\)|,|;|\.(?!\d)|\s(?:and|was|were|who|from)\b")
_PART = re.compile(r"\b(?:including|includes?|included|comprising|among|of)\s(?:(?:them|whom|these|those|at\sleast|the|a)\s){0,2}$", re.IGNORECASE)
_OF_WHOLE = re.compile(r"\s(?:of|among)\s(?:them|whom|those|these)\b", re.IGNORECASE)
_SERIAL = re.compile(r"\b(?:first|last|next|past|previous|final|latest|coming|other|only\sone\sor)\s$", re.IGNORECASE)
_ARTICLE = re.compile(r"\b[Aa]n?\s")


@Language.factory("briefing_figures")
def create(nlp: Language, name: str) -> Figures:
    """The component ``briefing_figures``."""
    return Figures()


class Figures:
    """Appends the key figures of a text to its workspace."""

    def __call__(self, doc: Doc) -> Doc:
        work = parsed(doc)
        spans = list(find(work.stored))
        found = list(_measured(doc, work.stored, spans)) + list(_single_victims(doc, work.stored, spans))
        for span, tokens, measure, part in sorted(found, key=lambda item: item[0].start):
            work.figures.append(_figure(work, doc, span, tokens, measure, part))
        return doc


class _Tokens:
    """A number in the parse: its last numeral token, the last token of the expression, the noun counted."""

    __slots__ = ("last", "noun", "number")

    def __init__(self, number: Token, last: int, noun: Token | None) -> None:
        self.number, self.last, self.noun = number, last, noun


_Found = tuple[NumberSpan, _Tokens, Measure, bool]


def _measured(doc: Doc, text: str, spans: Sequence[NumberSpan]) -> Iterator[_Found]:
    """The number expressions that are key figures, with their measure and whether they are part of an earlier total."""
    if not spans:
        return
    starts = [token.idx for token in doc]
    earlier: _Found | None = None
    for span in spans:
        number = doc[bisect_right(starts, span.core) - 1]
        last = bisect_right(starts, span.end - 1) - 1
        number = _last_numeral(doc, number.i, last)
        if earlier is not None and earlier[1].number.sent.start != number.sent.start:
            earlier = None
        noun = head_noun(number, last) if span.number.unit is None else _unit_noun(number, last)
        tokens = _Tokens(number, last, noun)
        if _names_only(text, span, tokens) or read(text[span.start : span.end]) != span.number:
            continue
        measure = measure_of(number, noun, last, span.number.unit)
        part = earlier is not None and _is_part(text, span, tokens, earlier)
        if earlier is not None and (part or noun is None) and (measure is None or (part and measure not in HARM)):
            inherited = earlier[2]
            measure = inherited if inherited in (*HARM, Measure.PEOPLE, Measure.INCIDENTS) else measure
        if _is_one(text, span) and (measure not in _COUNTING_ONE or partitive(number, last) is not None):
            continue
        earlier = (span, tokens, measure or Measure.OTHER, part)
        yield earlier


def _last_numeral(doc: Doc, first: int, last: int) -> Token:
    """The token of the expression that the noun hangs on: the last one that is itself a number."""
    for token in reversed(doc[first : last + 1]):
        if token.like_num or token.pos_ == "NUM" or token.lower_.rstrip("s") in ("dozen", "hundred", "thousand", "million", "billion", "score"):
            return token
    return doc[first]


def _unit_noun(number: Token, last: int) -> Token | None:
    """What is measured in a unit: "46% of voters" → voters, "a $2bn deal" → deal, "500kg of explosives" → explosives."""
    inner = partitive(number, last)
    if inner is not None:
        return inner
    token = number
    while token.dep_ in ("nummod", "amod", "compound", "nmod", "quantmod") and token.head.i > token.i:
        token = token.head
    return token if token.i > last and token.pos_ in ("NOUN", "PROPN") else None


@lru_cache(maxsize=1)
def _excluded() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    words = lexicon.load("figures")
    return frozenset(words["units"]), frozenset(words["nouns"]), frozenset(words["age_words"])


def _names_only(text: str, span: NumberSpan, tokens: _Tokens) -> bool:
    """Is the number a duration, a distance, an age, a label or a serial number rather than a quantity of the situation?"""
    units, nouns, _ = _excluded()
    number, noun = tokens.number, tokens.noun
    if span.number.unit in units:
        return True
    if noun is not None and span.number.unit is None and noun.lemma_.lower() in nouns:
        return True
    if _SERIAL.search(text[max(0, span.start - 10) : span.start]) is not None:
        return True
    return span.number.unit is None and (_is_age(text, span, tokens) or _is_label(span, number, noun))


def _is_age(text: str, span: NumberSpan, tokens: _Tokens) -> bool:
    """ "aged 34", "the driver, 34, said", "Dara Minn (34)"."""
    value, doc = span.number.value, tokens.number.doc
    before = tokens.number.i - 1
    if before >= 0 and doc[before].lower_ in _excluded()[2]:
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


def _is_one(text: str, span: NumberSpan) -> bool:
    return span.number.value == 1 and span.number.unit is None and text[span.core : span.end].lower().startswith("one")


def _is_part(text: str, span: NumberSpan, tokens: _Tokens, earlier: _Found) -> bool:
    """Is this a part of the total just named: "58 people, including 11 children and two women", "six, two of them soldiers"?"""
    before = text[max(0, span.start - 30) : span.start]
    if _PART.search(before) is not None and not before.rstrip().lower().endswith((" of", " of the")):
        return True
    if _OF_WHOLE.match(text, span.end) is not None:
        return True
    noun = tokens.noun
    return earlier[3] and noun is not None and noun.dep_ == "conj" and noun.head == earlier[1].noun


def _single_victims(doc: Doc, text: str, spans: Sequence[NumberSpan]) -> Iterator[_Found]:
    """ "a soldier was killed": an article counts one when its person is a casualty or captive."""
    if _ARTICLE.search(text) is None:
        return
    taken = {token for span in spans for token in (span.start, span.core)}
    for token in doc:
        if token.dep_ != "det" or token.lower_ not in ("a", "an") or token.idx in taken:
            continue
        noun = token.head
        if noun.i <= token.i or noun.tag_ not in ("NN", "NNP") or not is_person(noun):
            continue
        measure = measure_of(noun, noun, token.i, None)
        if measure in _CAPTIVES:
            article = text[token.idx : token.idx + len(token.text)]
            number = read(article)
            if number is not None:
                yield NumberSpan(token.idx, token.idx + len(article), token.idx, number), _Tokens(token, token.i, noun), measure, False


def _figure(work: Parsed, doc: Doc, span: NumberSpan, tokens: _Tokens, measure: Measure, part: bool) -> Figure:
    number = span.number
    start, end = _clause(tokens)
    return Figure(
        evidence=(work.cite(span.start, span.end),),
        context=(work.sentence(tokens.number),),
        value=number.value,
        low=number.low,
        high=number.high,
        unit=number.unit,
        qualifier=number.qualifier,
        measure=measure,
        counted=_counted(work, doc, tokens, span),
        place=_nearest(work.places, span.start, start, end, lambda place: place.evidence),
        when=_nearest(work.times, span.start, start, end, lambda time: time.evidence),
        part_of_total=part,
    )


def _counted(work: Parsed, doc: Doc, tokens: _Tokens, span: NumberSpan) -> Evidence | None:
    """The phrase counted; for a number alone what it is said to be ("8,000 are foreigners") or what befell it ("six injured")."""
    found = counted_range(tokens.noun, tokens.last) if tokens.noun is not None else _said_of(tokens)
    if found is None:
        return None
    start, end = work.trimmed(doc[found[0]].idx, doc[found[1] - 1].idx + len(doc[found[1] - 1].text))
    return work.cite(max(start, span.end), end) if end > max(start, span.end) else None
