"""Reads numbers as news writes them. Pure, without spaCy, linear in the text.

``read`` takes one whole expression ("At least 40,000", "between 1,000 and 5,000", "£2.5m", "dozens") and says what it means; ``find``
yields every such expression of a text with its place. For each found span ``read(text[start:end])`` gives the same number again, so
a printed value can be proved from its quote alone.

Dates, times of day, codes, ordinals and results are no numbers here (see ``designations``); durations and ages are, with their unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from briefing.extraction import lexicon
from briefing.extraction.designations import designations, is_result, is_year
from briefing.extraction.numerals import Numeral, numeral, row_end, starts
from briefing.models import Qualifier

__all__ = ["Number", "NumberSpan", "find", "read"]

_WINDOW = 48
"""Characters before a number in which its qualifier stands."""


@dataclass(frozen=True, slots=True)
class Number:
    """What an expression means: ``value``, or ``low`` and ``high`` for a range, or none of them for a vague quantity. ``unit`` is an ISO
    currency, "%" or a unit of measurement; None for a count."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    qualifier: Qualifier = Qualifier.EXACTLY


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """``text[start:end]`` is the expression with its qualifier, currency and unit; ``core`` is where its numeral begins."""

    start: int
    end: int
    core: int
    number: Number


def read(quote: str) -> Number | None:
    """What ``quote`` means as a whole; None when it is not exactly one number expression."""
    text = quote.strip()
    if text.lower() in ("a", "an"):
        return Number(value=1.0)
    first = starts(text)
    span = _expression(text, first) if first is not None else None
    return span.number if span is not None and (span.start, span.end) == (0, len(text)) else None


def find(text: str) -> Iterator[NumberSpan]:
    """Every number expression of ``text``, in order, without overlap."""
    for low, high in _neighbourhoods(text):
        yield from _find_in(text, low, high)


def _neighbourhoods(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of the text around its number words, from blank to blank: the rest needs no closer look."""
    low, high = 0, -1
    position = 0
    while (start := starts(text, position)) is not None:
        if start - _REACH > high:
            if high > 0:
                yield low, high
            low = max(high, 0, text.rfind(" ", max(0, start - _LONGEST), max(0, start - _REACH)))
        end = text.find(" ", start + _REACH, start + _LONGEST)
        high = end if end >= 0 else min(len(text), start + _LONGEST)
        position = max(start + 1, high - _REACH)
    if high > 0:
        yield low, high


def _find_in(text: str, low: int, high: int) -> Iterator[NumberSpan]:
    named = designations(text, low, high)
    block = next(named, None)
    position = last = low
    while (start := starts(text, position, high)) is not None:
        while block is not None and block[1] <= start:
            block = next(named, None)
        if block is not None and block[0] <= start:
            position = block[1]
            continue
        span = _expression(text, start)
        if span is None or is_result(text, start):
            position = _past(text, _token_end(text, start))
            continue
        follows, position = span.start >= last, max(span.end, start + 1)
        last = position
        if follows and (block is None or block[0] >= span.end) and not _dated(text, span) and _counts(text, span) and _proved(text, span):
            yield span


def _proved(text: str, span: NumberSpan) -> bool:
    """Does the quote alone say the number? What only its surroundings settle is left out."""
    return read(text[span.start : span.end]) == span.number


def _token_end(text: str, start: int) -> int:
    match = _TOKEN.match(text, start)
    return match.end() if match else start + 1


def _past(text: str, position: int) -> int:
    """The end of the row of digits and marks, or of number words, that no numeral could be made of ("10:30", "nineteen ninety-four")."""
    if not text[position - 1].isdigit():
        return row_end(text, position)
    match = _ROW.match(text, position)
    return match.end() if match else position


_REACH, _LONGEST = 40, 400
"""Characters around a number in which a date, code or result that it belongs to may stand; and of the longest address looked at."""
_TOKEN = re.compile(r"\.?\d+|[A-Za-z]+")
_ROW = re.compile(r"[\d.,:/'’-]+")
_SINCE = re.compile(r"\b(?:since|until|till|before|after|in)\s$", re.IGNORECASE)
_PART = re.compile(r"\b(?:half|halves|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?$")
_BETWEEN = re.compile(r"\b(?:anywhere\s|somewhere\s)?between\s+(?:about\s|around\s|roughly\s|some\s)?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:rise|rises|risen|rose|rising|increas\w{1,3}|grew|grow\w{0,3}|up|jump\w{0,3}|climb\w{0,3}|soar\w{0,3}|f[ae]ll\w{0,3}|fallen|drop\w{0,4}|down|decreas\w{1,3}"
    r"|decline\w?|cut|reduc\w{1,3}|rais\w{1,3}|lower\w{0,3}|revis\w{1,3}|chang\w{1,3}|went|slash\w{0,3}|shr[aiu]nk\w{0,3}|doubl\w{1,3}|upgrad\w{1,3})\b",
    re.IGNORECASE,
)
_TO = re.compile(r"\s?[-–—‑]\s?|\s(?:to|or)(?:\sas\smany\sas|\swell\sover|\sabout|\saround|\smore\sthan|\spossibly)?\s", re.IGNORECASE)
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_POST = re.compile(r"\s?\+(?![\w+])|[-\s]plus\b(?!\s\d)|\sor\s(?P<word>more|so|fewer|less)\b|-odd\b", re.IGNORECASE)
_SIGN = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=\())(?:minus[\s-]|[-−])$", re.IGNORECASE)
_MAGNITUDE = re.compile(r"\bmagnitude(?:[-\s]|\sof\s)$", re.IGNORECASE)


def _expression(text: str, start: int) -> NumberSpan | None:
    """The whole expression around the numeral that begins at ``start``."""
    before = text[max(0, start - _WINDOW) : start]
    offset = start - len(before)
    negative = before[-2:-1] in _currency_ends() and before[-1:] in ("-", "−")
    mark = before[:-1] if negative else before
    money = _currency_before().search(mark) if mark.rstrip()[-1:] in _currency_ends() else None
    left_edge = offset + money.start() if money else start
    between = _BETWEEN.search(text, max(0, left_edge - _WINDOW), left_edge) if "etween" in before.lower() else None
    first = numeral(text, start, joined=between is None)
    if first is None or not _ends_well(text, first):
        return None
    unit, end = _unit(text, first.end, spaced=True)
    if money:
        unit = _currency(money[1])
        end = first.end
    if money and negative and first.value is not None:
        return _single(text, left_edge, replace(first, value=-first.value), unit, end)
    if (span := _range(text, left_edge, first, unit, end, between)) is not None:
        return span
    return _single(text, left_edge, first, unit, end)


def _single(text: str, left_edge: int, first: Numeral, unit: str | None, end: int) -> NumberSpan:
    value = first.value
    if first.share:
        unit, end = "%", first.end
    sign = _SIGN.search(text[max(0, left_edge - 7) : left_edge])
    if sign is not None and unit is not None and value is not None:
        left_edge, value = left_edge - len(sign[0]), -value
    scale_word = _MAGNITUDE.search(text[max(0, left_edge - 13) : left_edge])
    if scale_word is not None and unit is None:
        left_edge, unit = left_edge - len(scale_word[0]), "magnitude"
    begin, qualifier = _qualifier(text, left_edge)
    if value is None:
        return NumberSpan(begin, end, first.start, Number(unit=unit, qualifier=Qualifier.VAGUE))
    post = _POST.match(text, end)
    if post is not None:
        end = post.end()
        if qualifier is Qualifier.EXACTLY:
            qualifier = _POST_MEANS.get((post["word"] or post[0].strip("- ")).lower(), Qualifier.AT_LEAST)
    return NumberSpan(begin, end, first.start, Number(value=value, unit=unit, qualifier=qualifier))


_POST_MEANS = {"so": Qualifier.ABOUT, "odd": Qualifier.ABOUT, "fewer": Qualifier.AT_MOST, "less": Qualifier.AT_MOST}


def _range(text: str, left_edge: int, first: Numeral, unit: str | None, end: int, between: re.Match[str] | None) -> NumberSpan | None:
    """ "between 3 and 5", "from 3 to 5", "3-5", "three or four", when the second number is the larger one."""
    joiner = (between and _AND.match(text, end)) or _TO.match(text, end)
    if joiner is None or first.value is None:
        return None
    start = joiner.end()
    money = _currency_at().match(text, start)
    start = money.end() if money else start
    second = numeral(text, start)
    if second is None or second.value is None or second.share != first.share or not _ends_well(text, second):
        return None
    after, stop = (_currency(money[1]), second.end) if money else _unit(text, second.end, spaced=True)
    low, high = first.value, second.value
    if first.scale == 1.0 and second.scale > 1.0 and low < second.value / second.scale:
        low *= second.scale
    unlike = unit != after if after else unit is not None and not _is_currency(unit)
    if low >= high or (unit and unlike):
        return None
    begin = left_edge
    if between:
        begin -= len(between[0])
    elif (origin := _FROM.search(text[max(0, left_edge - 8) : left_edge])) is not None:
        if _CHANGE.search(text[max(0, left_edge - 40) : left_edge]):
            return None
        begin -= len(origin[0])
    else:
        begin = _qualifier(text, left_edge)[0]
    return NumberSpan(
        begin, stop, first.start, Number(low=low, high=high, unit="%" if first.share else after or unit, qualifier=Qualifier.BETWEEN)
    )


def _ends_well(text: str, found: Numeral) -> bool:
    """Is the numeral a word of its own? Letters written onto digits must be a unit, or a word that lost its blank ("40people")."""
    rest = text[found.end : found.end + 5]
    if not rest or not found.digits or not (rest[0].isalpha() or rest[0] == "_"):
        return True
    return rest[0] != "_" and (
        _unit(text, found.end, spaced=False)[0] is not None or (len(rest) == 5 and rest.isalpha() and rest.islower())
    )


def _dated(text: str, span: NumberSpan) -> bool:
    """Is it a year, or a span of years ("from 2005 to 2014", "since at least 2013")?"""
    if span.number.low is not None:
        return is_year(text, span.core, span.core + 4) and is_year(text, span.end - 4, span.end)
    if span.number.qualifier is Qualifier.EXACTLY:
        return is_year(text, span.core, span.end)
    return _SINCE.search(text[max(0, span.start - 10) : span.start]) is not None and is_year(text, span.core, span.end)


def _counts(text: str, span: NumberSpan) -> bool:
    """Is a word that may be a number one here? "half" needs what it is half of, "scores" what they are scores of."""
    words = text[span.core : span.end].lower()
    after = text[span.end : span.end + 12].lower()
    if words == "scores":
        return re.match(r"\s(?:of|more|were|have|dead|killed|wounded|injured|missing|others|are)\b", after) is not None
    if _PART.search(words):
        if text[max(0, span.start - 1) : span.start] in ("-", "'", "’") or after[:1] == "-":
            return False
        return (
            span.start < span.core
            or re.match(r"\s(?:of|the|its|their|his|her|our|these|those|all|were|are|have|had)\b|[.,;]|$", after) is not None
        )
    return True


def _qualifier(text: str, left_edge: int) -> tuple[int, Qualifier]:
    """Where the expression begins with its qualifiers, and which one holds: a bound wins over "about" ("an estimated at least 20")."""
    begin, found = left_edge, Qualifier.EXACTLY
    for _ in range(2):
        before = text[max(0, begin - _WINDOW) : begin]
        words = before.split()
        last = words[-2:-1] if words[-1:] == ["the"] else words[-1:]
        match = _qualifier_pattern().search(before) if last and _may_qualify(last[0]) else None
        if match is None:
            break
        begin -= len(match[0])
        meaning = _qualifier_meanings()[" ".join((match[1] or match[2]).lower().split())]
        found = meaning if found in (Qualifier.EXACTLY, Qualifier.ABOUT) else found
    return begin, found


def _currency(mark: str) -> str:
    """The code of a currency mark before a number."""
    return lexicon.pairs("currencies")["before"][mark]


def _is_currency(unit: str) -> bool:
    return unit.isupper() and len(unit) == 3


def _alternatives(words: Iterator[str] | list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def _qualifier_meanings() -> dict[str, Qualifier]:
    return {word.lower(): Qualifier(kind) for kind, words in lexicon.load("qualifiers").items() for word in words}


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    return frozenset(phrase.split()[-1] for phrase in _qualifier_meanings())


def _may_qualify(word: str) -> bool:
    """A cheap look at the word before the number, which spares most numbers the search for a qualifier."""
    bare = word.lower().lstrip("(“\"'‘—–")
    return bare in _last_words() or not word[-1].isalnum()


@lru_cache(maxsize=1)
def _currency_ends() -> frozenset[str]:
    return frozenset(mark[-1] for mark in lexicon.pairs("currencies")["before"])


@lru_cache(maxsize=1)
def _qualifier_pattern() -> re.Pattern[str]:
    words = list(_qualifier_meanings())
    signs = [word for word in words if not word[0].isalpha()]
    letters = [word for word in words if word[0].isalpha()]
    return re.compile(rf"(?:(?<![\w-])({_alternatives(letters)})\s{{1,2}}(?:the\s)?|({_alternatives(signs)})\s?)$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _currency_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])({_alternatives(list(lexicon.pairs('currencies')['before']))})\s?$")


@lru_cache(maxsize=1)
def _currency_at() -> re.Pattern[str]:
    return re.compile(rf"({_alternatives(list(lexicon.pairs('currencies')['before']))})\s?")


@lru_cache(maxsize=1)
def _unit_names() -> tuple[dict[str, str], re.Pattern[str]]:
    names = {
        spelling if len(spelling) == 1 else spelling.lower(): unit for unit, words in lexicon.load("units").items() for spelling in words
    }
    names |= {word.lower(): code for word, code in lexicon.pairs("currencies")["after"].items()}
    long = _alternatives([name for name in names if len(name) > 1])
    short = _alternatives([name for name in names if len(name) == 1])
    return names, re.compile(rf"(?P<gap>(?:\sof)?[-\s]?)(?P<name>(?i:{long})|{short})(?![A-Za-z²³])")


def _unit(text: str, end: int, *, spaced: bool) -> tuple[str | None, int]:
    """The unit that follows a numeral, and where it ends; (None, end) without one. A single letter must stand on the digits."""
    names, pattern = _unit_names()
    match = pattern.match(text, end)
    if match is None or (match["gap"] and not spaced):
        return None, end
    name = match["name"]
    if len(name) == 1 and match["gap"] and name.isalpha():
        return None, end
    if match["gap"].startswith((" of", "\nof")) and not _is_currency(names[name.lower()] if len(name) > 1 else ""):
        return None, end
    return names[name if len(name) == 1 else name.lower()], match.end()
