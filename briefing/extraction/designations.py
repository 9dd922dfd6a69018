"""Where a text names with numbers instead of counting: dates, times of day, years, codes, phone numbers, ordinals, results.

Comes in: a text. Goes out: the character ranges of such numbers, in order, so that ``numbers.find`` can step over them. Pure, without
spaCy; every pattern is linear in the text (each begins at a word boundary and repeats only within bounds).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefing.extraction import lexicon

__all__ = ["designations", "is_result", "is_year"]

_ORDINAL = r"(?:st|nd|rd|th)"
_CODES = rf"""
    (?:https?://|www\.)\S+
  | [\w.+-]{{1,64}}@[\w.-]{{1,200}}
  | [#§]\s?\w+
  | \b(?!(?:USD|EUR|GBP|RM|Rs|Ksh|US|sub|minus|magnitude|approx|c|ca)[-–.]?\d)
    [A-Za-z]{{1,30}}[-–]?\d[\w-]{{0,60}}(?:\.\d\w{{0,20}})?             # T-72, MH17, Covid-19, mid-2015, v2.7m
  | \b(?:[1-6]G|[234]D|[48]K|(?:480|576|720|1080|1440|2160)[pi])\b     # 5G, 3D, 1080p
  | \b\d{{1,4}}[xX×]\d{{1,4}}\b | \b\d+x\b
  | \b\d+{_ORDINAL}\b | \b\d*0['’]?s\b                                # 22nd, 1990s
  | \+\d[\d\ ()-]{{6,20}}\d                                           # +1 (202) 555-0175
  | \(\d{{2,5}}\)[ -]?\d[\d -]{{4,12}}\d
  | \b\d{{3}}-\d{{3}}-\d{{4}}\b | \b\d{{3}}-0\d{{3}}\b | \b0\d{{2,4}}[ -]\d{{3,4}}(?:[ -]?\d{{3,4}})?\b
  | \b\d+(?:\.\d+)?°\s?(?:\d+['′]\s?)?(?:\d+["″]\s?)?[NSEW]\b          # 33.5° N
  | ^[ \t]*\(?\d{{1,3}}[.)](?=\s)                                     # list numbering
"""
_CLOCK = r"""
    \b\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,3}\b)?(?:\s?(?:[ap]\.?m\b\.?|GMT|UTC))?
  | \b\d{1,2}(?:\.\d{2})?\s?[ap]\.?m\b\.?
  | \b\d{4}\s?(?:GMT|UTC|hrs|hours|local\stime)\b | \b\d{4}Z\b
  | \b\w{1,12}\s(?:[ap]\.m\.|o['’]clock)
"""
_NUMERIC_DATES = r"""
    \b\d{4}-\d{2}(?:-\d{2}(?:T[\d:.]{2,15}(?:Z|[+-]\d{2}:?\d{2})?)?)?\b
  | \b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b | \b\d{4}[./]\d{1,2}[./]\d{1,2}\b
  | \b\d{1,4}/\d{1,4}(?:/\d{1,4})?\b                                   # 9/11, 24/7
  | \b(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b(?!\s?%)         # 2014-15
  | (?<!\d)['’]\d\d\b
"""


def designations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges between ``start`` and ``end`` of ``text`` in which no number counts anything, in order."""
    for match in _pattern().finditer(text, start, end):
        yield match.span()


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = lexicon.load("designations")
    months = lexicon.pairs("times")["months"]
    month = "|".join(sorted({*months, *(name.upper() for name in months)}, key=lambda name: (-len(name), name)))
    labels = "|".join(sorted((re.escape(label).replace(r"\ ", r"\s") for label in names["labels"]), key=len, reverse=True))
    capitals = "|".join(sorted((re.escape(label).replace(r"\ ", r"\s") for label in names["capital_labels"]), key=len, reverse=True))
    phrases = "|".join(sorted((re.escape(phrase).replace(r"\ ", r"\s") for phrase in names["phrases"]), key=len, reverse=True))
    digits = r"(?:no\.?\s|number\s|\#)?\d{1,6}(?:[-/]\d{1,4})?\b(?![,.]\d)"
    dates = rf"""
        \b\d{{1,2}}{_ORDINAL}?(?:\s?(?:[-–]|to|and)\s?\d{{1,2}}{_ORDINAL}?)?\s(?:of\s)?(?:{month})\b\.?(?:,?\s\d{{4}}\b|\s['’]?\d\d\b)?
      | \b(?:{month})\b\.?\s?(?:\d{{6}}|\d{{4}})\b
      | \b(?:{month})\b\.?\s?\d{{1,2}}{_ORDINAL}?\b(?!,\d{{3}}|\.\d)(?:\s?(?:[-–]|to)\s?(?:(?:{month})\s)?\d{{1,2}}\b)?(?:,?\s?\d{{4}}\b)?
      | \b(?:{month})(?:\sof|,)\s\d{{4}}\b
    """
    words = rf"""
        (?i:\b(?:{labels})\s{digits})
      | \b(?:{capitals})\s(?:{digits}|(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)\b)
      | \bN[oO]s?\.?\s?\d+\b
      | (?i:\b(?:{phrases})(?!\w))
    """
    parts = "|".join((_NUMERIC_DATES, _CLOCK, dates, words, _CODES))
    return re.compile(rf"(?<![A-Za-z])(?:{parts})", re.VERBOSE | re.MULTILINE)


@lru_cache(maxsize=1)
def _year_words() -> tuple[frozenset[str], re.Pattern[str]]:
    names = lexicon.load("designations")
    return frozenset(names["year_before"]), re.compile(rf"[-\s](?:\w+\s)?(?:{'|'.join(names['counted_after'])})\b", re.IGNORECASE)


def is_year(text: str, start: int, end: int) -> bool:
    """Is the bare four-digit number ``text[start:end]`` a year? One between 1900 and 2035 is, unless people or things are counted with
    it ("2000 troops", but "in 2000 troops crossed"); an older one only after a word like "in" or "since"."""
    if end - start != 4 or not text[start:end].isdecimal():
        return False
    year = int(text[start:end])
    before, counted = _year_words()
    word = re.search(r"([A-Za-z]+|['’]s)[\s-]+$", text[max(0, start - 20) : start])
    dated = word is not None and word[1].lower() in before
    if 1900 <= year <= 2035:
        return dated or counted.match(text, end) is None
    return 1000 <= year < 1900 and dated and counted.match(text, end) is None


@lru_cache(maxsize=1)
def _result_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(lexicon.load('designations')['results'])})\b", re.IGNORECASE)


_PAIR = re.compile(r"(\d{1,3})\s?[-–]\s?(\d{1,3})(?![\d%,.]*[\d%])")


def is_result(text: str, start: int) -> bool:
    """Does a result begin at ``start`` ("won 3-1", "a 5-4 ruling"): a falling pair of numbers, or any pair beside a word of winning?"""
    pair = _PAIR.match(text, start)
    if pair is None:
        return False
    around = text[max(0, start - 25) : pair.end() + 15]
    return int(pair[1]) >= int(pair[2]) or _result_words().search(around) is not None
