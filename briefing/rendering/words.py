"""Values in words: figures, dates, places, vocabularies. The filters that read the same in every text format.

In: value objects of the brief, the theme's labels, the brief's time zone. Out: plain strings, never markup; escaping comes after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum
from typing import Literal
from zoneinfo import ZoneInfo

from briefing.models import CitedDocument, Evidence, Figure, Finding, Place, Precision, Qualifier, Statement, Story, When

__all__ = ["Words"]

DateFormat = Literal["iso", "dtg"]

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_CURRENCIES = {"USD": "US$", "GBP": "£", "EUR": "€"}


class Words:
    """Turns values into words of one language and one time zone."""

    def __init__(self, labels: Mapping[str, Mapping[str, str]], text: Mapping[str, str], timezone: str, dates: DateFormat = "iso") -> None:
        self._labels = labels
        self._missing = text["not_reported"]
        self._ambiguous = text["ambiguous"]
        self._more = text["more"]
        self._zone: tzinfo = ZoneInfo(timezone)
        self._dates = dates

    def words(self, value: Evidence | Iterable[Evidence] | str | None) -> str:
        """The words as they stand in the source; "not reported" for a missing value. Several stretches are joined by an ellipsis."""
        if value is None or value == "" or value == ():
            return self._missing
        if isinstance(value, str):
            return value
        if isinstance(value, Evidence):
            return value.quote
        return " … ".join(item.quote for item in value) or self._missing

    def amount(self, figure: Figure) -> str:
        """A figure's words with a capital: "At least 40,000"."""
        quote = figure.evidence[0].quote
        return quote[:1].upper() + quote[1:]

    def reading(self, figure: Figure) -> str:
        """How the words were read: "at least 40,000", "between 1,000 and 5,000 km²"; empty for vague quantities."""
        pattern = self._labels["qualifier"][figure.qualifier]
        if figure.qualifier is Qualifier.BETWEEN or (figure.value is None and figure.low is not None and figure.high is not None):
            if figure.low is None or figure.high is None:
                return ""
            return self._labels["qualifier"]["between"].format(low=_number(figure.low, None), high=_number(figure.high, figure.unit))
        number = next((bound for bound in (figure.value, figure.low, figure.high) if bound is not None), None)
        return "" if number is None else pattern.format(value=_number(number, figure.unit), low="", high="")

    def label(self, value: Enum | str | int, group: str | None = None) -> str:
        """The word for a value of a closed vocabulary. The group is the vocabulary's name, found by itself for an enumeration."""
        if group is None:
            group = _CAMEL.sub("_", type(value).__name__).lower()
        key = str(value.value if isinstance(value, Enum) else value)
        return self._labels.get(group, {}).get(key, key)

    def count(self, number: int, what: str) -> str:
        """ "1 story", "3 stories"."""
        return f"{number:,} {self._labels['one' if number == 1 else 'many'].get(what, what)}"

    def more(self, cut: Mapping[str, int], section: str, what: str) -> str:
        """ "and 7 more stories" for a section the caps have cut, else empty."""
        number = cut.get(section, 0)
        return self._more.replace("{count}", str(number)) + " " + self.count(number, what).partition(" ")[2] if number else ""

    def moment(self, at: datetime | None) -> str:
        """Date and time with offset: "2026-03-03 06:00 +01:00", or a date-time group "030500Z MAR 26"."""
        if at is None:
            return self._missing
        if self._dates == "dtg":
            zulu = at.astimezone(ZoneInfo("UTC"))
            return f"{zulu:%d%H%M}Z {_MONTHS[zulu.month - 1]} {zulu:%y}"
        local = at.astimezone(self._zone)
        return f"{local:%Y-%m-%d %H:%M} {_offset(local)}"

    def clock(self, at: datetime | None) -> str:
        """Local time without date: "06:00"."""
        return f"{at.astimezone(self._zone):%H:%M}" if at else self._missing

    def day(self, at: datetime | date | str | None) -> str:
        """The local day, "2026-03-03"."""
        if at is None:
            return self._missing
        if isinstance(at, str):
            return at
        return f"{at.astimezone(self._zone):%Y-%m-%d}" if isinstance(at, datetime) else at.isoformat()

    def long_day(self, at: datetime | date | str) -> str:
        """The day for a title: "Tuesday, 3 March 2026"."""
        day = date.fromisoformat(self.day(at))
        return f"{self._labels['weekday'][str(day.weekday())]}, {day.day} {self._labels['month'][str(day.month)]} {day.year}"

    def zone(self, at: datetime) -> str:
        """Offset of the brief's zone at that time, "+01:00"."""
        return _offset(at.astimezone(self._zone))

    def resolved(self, when: When | None) -> str:
        """The date a time was resolved to, as exactly as it is known; empty when it was not."""
        if when is None or when.start is None:
            return ""
        return self._at(when.start, when.end, when.precision)

    def when(self, when: When | None) -> str:
        """The words of the source and the date they mean: "on Sunday (2024-12-29)"."""
        if when is None:
            return self._missing
        resolved = self.resolved(when)
        return f"{when.evidence.quote} ({resolved})" if resolved and resolved != when.evidence.quote else when.evidence.quote

    def published(self, document: CitedDocument) -> str:
        """When it was published, as exactly as it is known."""
        if document.published_at is None:
            return self._labels["precision"]["unknown"]
        return self._at(document.published_at, None, document.published_precision)

    def _at(self, start: datetime, end: datetime | None, precision: Precision) -> str:
        local = start.astimezone(self._zone)
        if precision in (Precision.MINUTE, Precision.HOUR):
            return self.moment(start)
        if precision is Precision.MONTH:
            return f"{local:%Y-%m}"
        if precision is Precision.YEAR:
            return f"{local:%Y}"
        last = (end - timedelta(seconds=1)).astimezone(self._zone) if end is not None else local
        if last.date() <= local.date():
            return f"{local:%Y-%m-%d}"
        return f"{local:%Y-%m-%d} – {last:%Y-%m-%d}"

    def place(self, place: Place | None) -> str:
        """The name as written, then what it stands for: "Qamishli (SY)", "the port (Selk, DK)", "Springfield (ambiguous name)"."""
        if place is None:
            return self._missing
        written = place.evidence.quote
        known = [] if written.casefold() == place.name.casefold() else [place.name]
        known += [place.country] if place.country else []
        known += [self._ambiguous] if place.ambiguous else []
        return f"{written} ({', '.join(known)})" if known else written

    def speaker(self, statement: Statement) -> str:
        """Who speaks: the resolved name, else the source as written; empty when the text names none."""
        return statement.speaker or " … ".join(item.quote for item in statement.source)

    def grade(self, value: CitedDocument | Story) -> str:
        """A document's reliability "F, cannot be judged" or a story's credibility "2, probably true"."""
        if isinstance(value, Story):
            return f"{value.credibility}, {self._labels['credibility'].get(str(value.credibility), '')}".rstrip(", ")
        return f"{value.reliability}, {self._labels['reliability'][value.reliability]}"

    @staticmethod
    def clip(text: str, length: int = 160) -> str:
        """At most ``length`` characters, cut between words and marked with an ellipsis."""
        if len(text) <= length:
            return text
        head = text[:length]
        space = head.rfind(" ")
        return head[: space if space > length // 2 else length].rstrip(" ,;:—–-") + " …"

    @staticmethod
    def excerpt(claim: Finding, length: int = 160) -> str:
        """The sentence of a claim when it has at most ``length`` characters, else the claim's own words, with an ellipsis where the
        sentence goes on."""
        sentence, words = claim.context[0].quote, claim.evidence[0].quote
        if len(sentence) <= length or words not in sentence:
            return Words.clip(sentence if len(sentence) <= length else words, length)
        before, _, after = sentence.partition(words)
        shown = Words.clip(words, length)
        goes_on = shown == words and any(char.isalnum() for char in after)
        return ("… " if before.strip() else "") + shown + (" …" if goes_on else "")


def _number(number: float, unit: str | None) -> str:
    text = f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}".rstrip("0").rstrip(".")
    if unit is None:
        return text
    if unit == "%":
        return f"{text}%"
    if unit in _CURRENCIES:
        return f"{_CURRENCIES[unit]}{text}"
    return f"{unit} {text}" if len(unit) == 3 and unit.isupper() else f"{text} {unit}"


def _offset(at: datetime) -> str:
    return at.strftime("%z")[:3] + ":" + at.strftime("%z")[3:5]
