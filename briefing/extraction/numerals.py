"""Reads one numeral: "1,200", "3.5 million", "twenty-five", "half a million", "two-thirds", "tens of thousands".

Comes in: a text and a position. Goes out: a ``Numeral`` with its characters and its value, or None. Pure, without spaCy, linear in the
characters it consumes. What stands around the numeral (qualifier, unit, range) is read by ``numbers``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from briefing.extraction import lexicon

__all__ = ["Numeral", "numeral", "row_end", "starts"]

MAX_DIGITS = 15
"""Longer rows of digits are identifiers: a float could not hold them exactly either."""

_HALF_UNICODE = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_JOIN = re.compile(r"[-‐‑]|[ \t\u00a0\n]{1,2}")
_TOKEN = re.compile(r"(?<![A-Za-z])[A-Za-z]+|(?<!\d)\d")
_BARE_POINT = re.compile(r"[^\w.]?\.")
_LEADS = ("a", "an", "several", "few", "many", "multiple", "countless", "untold", "tens")
_WORD = re.compile(r"[A-Za-z]+")
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_AND_A_HALF = re.compile(r"\sand\sa\shalf\b", re.IGNORECASE)
_METRES = re.compile(r"\s?\(\d[\d.,]{0,9}\s?(?:ft|feet)\b|[-\s](?:long|high|tall|wide|deep|away|above|below|thick)\b")
_FRACTION = re.compile(r"(?P<decimals>\.\d+)(?![.,]?\d)")
_DIGITS = re.compile(
    r"""(?P<whole>\d{1,3}(?:[,'’\u00a0\u202f\u2009]\d{3})+(?!\d)      # 1,200,000
        |\d{1,2}(?:,\d{2})+,\d{3}(?!\d)                               # 12,00,000
        |\d{1,3}(?:[ ]000)+(?!\d)                                     # 300 000
        |\d+)
        (?P<decimals>\.\d+)?
        (?:(?P<vulgar>[½¼¾⅓⅔])|[- ](?P<upper>[1-9])/(?P<lower>[2-9])(?![\d/]))?
        (?![.,:/'’]?\d)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """``text[start:end]`` means ``value``; None for a vague quantity ("dozens"). ``scale`` is the multiplier that was written last
    ("million" → 1,000,000; 1 without one), ``share`` says that the value is a part in per cent ("a third" → 33.3…)."""

    start: int
    end: int
    value: float | None
    scale: float = 1.0
    share: bool = False
    digits: bool = False


class _Words(NamedTuple):
    """The number words by kind, and the patterns made of them."""

    small: dict[str, float]
    tens: dict[str, float]
    scales: dict[str, float]
    groups: dict[str, float]
    letters: dict[str, float]
    parts: dict[str, float]
    scale_after_digits: re.Pattern[str]
    letter_after_digits: re.Pattern[str]
    half_of: re.Pattern[str]
    part_of: re.Pattern[str]
    part: re.Pattern[str]
    one_in: re.Pattern[str]
    vague: re.Pattern[str]
    openers: frozenset[str]
    opening: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    read = {kind: {word: float(value) for word, value in words.items()} for kind, words in lexicon.pairs("numbers").items()}
    big = "|".join((*read["scales"], *read["groups"]))
    plural = "|".join(f"{word}s" for word in (*read["scales"], *read["groups"], "score"))
    parts = "|".join(read["parts"])
    count = "|".join(("an?", *read["small"]))
    flags = re.IGNORECASE
    return _Words(
        **read,
        scale_after_digits=re.compile(rf"[-\s]?({big})s?\b", flags),
        letter_after_digits=re.compile(rf"\s?({'|'.join(sorted(read['letters'], key=len, reverse=True))})\b(?!['’])", flags),
        half_of=re.compile(rf"(?:an?[-\s])?(half|quarter)[-\s](?:of[-\s])?an?[-\s]({big})\b|half[-\s]({big})\b", flags),
        part_of=re.compile(rf"({count})[-\s](quarter|third)s?\sof\san?\s({big})\b", flags),
        part=re.compile(rf"(?:({count})[-\s])?({'|'.join(sorted(read['parts'], key=len, reverse=True))})\b", flags),
        one_in=re.compile(
            rf"({'|'.join(read['small'])}|\d)\s(?:in|out of)\s(?:every\s)?({'|'.join(read['small'])}|\d{{1,3}})\b(?![-,.\d])", flags
        ),
        vague=re.compile(
            rf"(?:(?:tens|{plural})\s(?:of|upon|or)\s)?(?:{plural})\b"
            rf"|(?:several|an?\sfew|few|an?\scouple(?:\sof)?|many|multiple|countless|untold)\s(?:{big}|score)s?\b",
            flags,
        ),
        openers=frozenset(
            (
                *read["small"],
                *read["tens"],
                *(f"{word}s" for word in (*read["scales"], *read["groups"], "score")),
                *_LEADS,
                "half",
                "quarter",
                "halves",
            )
        ),
        opening=re.compile(
            rf"(?:(?:{'|'.join(_LEADS[:-1])})\s(?:few\s|couple\s(?:of\s)?)?(?:{big}|score|{parts})s?|(?:an?[-\s])(?:half|quarter)"
            rf"|{'|'.join((*read['small'], *read['tens']))}|tens\sof|{plural}|half|quarter|halves)(?![^\W\d])",
            flags,
        ),
    )


def numeral(text: str, start: int, *, joined: bool = True) -> Numeral | None:
    """The longest numeral that begins at ``start``. ``joined=False`` does not read over "and" ("between a hundred and two hundred")."""
    if start < len(text) and (text[start].isdigit() or text[start] == "."):
        return _share_of(text, start) or _digits(text, start)
    for reader in (_share_of, _vague, _part_of_scale, _part):
        if (found := reader(text, start)) is not None:
            return found
    return _spelled(text, start, joined=joined)


def starts(text: str, position: int = 0, end: int | None = None) -> int | None:
    """The next place at or after ``position`` where a numeral may begin: digits or a number word. None without one."""
    words = _words()
    stop = len(text) if end is None else end
    for token in _TOKEN.finditer(text, position, stop):
        start = token.start()
        if token[0][0].isdigit():
            return start - 1 if start > position and _BARE_POINT.match(text, max(0, start - 2), start) else start
        if token[0].lower() in words.openers and words.opening.match(text, start) and not (start and text[start - 1].isalnum()):
            return start
    return None


def _digits(text: str, start: int) -> Numeral | None:
    words = _words()
    match = (_FRACTION if text[start] == "." else _DIGITS).match(text, start)
    if match is None or match.end() - start > 2 * MAX_DIGITS:
        return None
    found = match.groupdict()
    whole = re.sub(r"\D", "", found.get("whole") or "0")
    if len(whole) > MAX_DIGITS or (len(whole) > 1 and whole.lstrip("0") != whole and not found["decimals"]):
        return None
    value = float(whole + (found["decimals"] or ""))
    if found.get("vulgar"):
        value += _HALF_UNICODE[found["vulgar"]]
    if found.get("upper"):
        value += int(found["upper"]) / int(found["lower"])
    end, scale = match.end(), 1.0
    while (more := words.scale_after_digits.match(text, end)) is not None and scale < 1e12:
        word = more[1].lower()
        scale *= words.scales.get(word) or words.groups[word]
        end = more.end()
    if scale == 1.0 and (letter := words.letter_after_digits.match(text, end)) is not None and _letter_fits(text, letter):
        scale, end = words.letters[letter[1].lower()], letter.end()
    return Numeral(start, end, _round(value * scale), scale, digits=True)


def _letter_fits(text: str, letter: re.Match[str]) -> bool:
    """A single letter must stand on the digits ("100m") and be no metre ("37m (121ft)", "12m high"); an abbreviation may follow a blank
    ("2 bn")."""
    return len(letter[1]) > 1 or not (letter[0][0].isspace() or (letter[1] == "m" and _METRES.match(text, letter.end())))


def _spelled(text: str, start: int, *, joined: bool) -> Numeral | None:
    """Number words in the order English allows; a row that breaks it ("nineteen ninety") is no number."""
    words = _words()
    total, group, last, scale, position = 0.0, 0.0, "", 1.0, start
    end = start
    while (word := _WORD.match(text, position)) is not None:
        name = word[0].lower()
        kind = _kind(name, words)
        if name in ("a", "an") and not last:
            group, last = 1.0, "a"
        elif kind == "small" and last in ("", "hundred", "scale", *(("tens",) if 0 < words.small[name] < 10 else ())):
            group, last = group + words.small[name], "small"
        elif kind == "tens" and last in ("", "hundred", "scale"):
            group, last = group + words.tens[name], "tens"
        elif kind == "scales" and name == "hundred" and last in ("a", "small", "tens") and group < 100:
            group, last, scale = group * 100, "hundred", 100.0
        elif (
            kind == "scales"
            and name != "hundred"
            and last in ("a", "small", "tens", "hundred")
            and (not total or words.scales[name] < scale)
        ):
            total, group, last, scale = total + group * words.scales[name], 0.0, "scale", words.scales[name]
        elif kind == "groups" and last in ("a", "small", "tens"):
            return Numeral(start, word.end(), group * words.groups[name], words.groups[name])
        else:
            break
        end = word.end()
        half = _AND_A_HALF.match(text, end)
        if half is not None and last in ("small", "scale"):
            unit = scale if last == "scale" else 1.0
            group, end = group + 0.5 * unit, half.end()
        join = _JOIN.match(text, end)
        position = join.end() if join else end
        if joined and last in ("hundred", "scale") and (rest := _after_and(text, end, multiplied=last == "hundred")) is not None:
            more = rest.value or 0.0
            value = total + group + more if rest.scale == 1.0 else total + group * rest.scale + more
            return Numeral(start, rest.end, _round(value), max(scale, rest.scale))
        if join is None:
            break
    if last in ("", "a") or (last != "scale" and _number_word_follows(text, end, words)):
        return None
    return Numeral(start, end, _round(total + group), scale)


def _after_and(text: str, end: int, *, multiplied: bool) -> Numeral | None:
    """The rest after "and": a number below a hundred ("two hundred and fifty"), or after hundreds one with a scale that multiplies both
    ("one hundred and twenty thousand")."""
    joiner = _AND.match(text, end)
    rest = _spelled(text, joiner.end(), joined=False) if joiner else None
    if rest is None or rest.value is None or rest.value / (rest.scale if rest.scale >= 1000 else 1.0) >= 100:
        return None
    return rest if rest.scale == 1.0 or (multiplied and rest.scale >= 1000) else None


def _kind(name: str, words: _Words) -> str:
    if name in words.small:
        return "small"
    if name in words.tens:
        return "tens"
    if name in words.scales:
        return "scales"
    return "groups" if name in words.groups else ""


def _number_word_follows(text: str, end: int, words: _Words) -> bool:
    join = _JOIN.match(text, end)
    word = _WORD.match(text, join.end()) if join else None
    return word is not None and _kind(word[0].lower(), words) in ("small", "tens")


def row_end(text: str, position: int) -> int:
    """The end of the number words that follow one another directly from ``position`` on."""
    words = _words()
    while _number_word_follows(text, position, words):
        join = _JOIN.match(text, position)
        word = _WORD.match(text, join.end()) if join else None
        position = word.end() if word else position
    return position


def _vague(text: str, start: int) -> Numeral | None:
    match = _words().vague.match(text, start)
    return Numeral(start, match.end(), None) if match else None


def _part_of_scale(text: str, start: int) -> Numeral | None:
    """ "half a million", "a quarter of a million", "three quarters of a million"."""
    words = _words()
    if (match := words.half_of.match(text, start)) is not None:
        share = 0.25 if (match[1] or "").lower() == "quarter" else 0.5
        word = (match[2] or match[3]).lower()
    elif (match := words.part_of.match(text, start)) is not None:
        share = _count(match[1], words) / words.parts[match[2].lower()]
        word = match[3].lower()
    else:
        return None
    scale = words.scales.get(word) or words.groups[word]
    return Numeral(start, match.end(), _round(share * scale), scale)


def _part(text: str, start: int) -> Numeral | None:
    """ "half", "a third", "two-thirds": a share in per cent. An ordinal ("third") alone is none."""
    words = _words()
    match = words.part.match(text, start)
    if match is None:
        return None
    count, word = match[1], match[2].lower()
    if count is None and word != "half":
        return None
    return Numeral(start, match.end(), _round(100 * _count(count or "one", words) / words.parts[word]), share=True)


def _share_of(text: str, start: int) -> Numeral | None:
    """ "one in five", "three out of ten": a share in per cent."""
    words = _words()
    match = words.one_in.match(text, start)
    if match is None:
        return None
    upper, lower = (_count(part, words) for part in match.groups())
    if not 0 < upper < lower or lower > 1000:
        return None
    return Numeral(start, match.end(), _round(100 * upper / lower), share=True)


def _count(word: str, words: _Words) -> float:
    name = word.lower()
    if name in ("a", "an"):
        return 1.0
    return float(name) if name.isdigit() else words.small[name]


def _round(value: float) -> float:
    """Without the dust of binary fractions: 2.3 × 1,000,000 is 2,300,000."""
    return round(value, 9)
