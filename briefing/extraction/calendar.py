"""Turns the words of a time expression into the interval they name. Pure; the clock is the publication date of the document.

Comes in: a match of ``times.times`` and the aware publication date, or None. Goes out: an ``Interval``, or None when the words do not
settle it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from briefing.extraction import lexicon
from briefing.models import Precision

__all__ = ["Interval", "resolve"]

DAY = timedelta(days=1)
_AHEAD = re.compile(r"\b(?:will|shall|due|scheduled|planned|plans|planning|set\sto|expected|upcoming)\b[^.!?\n]*$|['’]ll\b[^.!?\n]*$")


@dataclass(frozen=True, slots=True)
class Interval:
    """Half-open ``[start, end)``, aware; an open side is None ("since Friday" has no end)."""

    start: datetime | None
    end: datetime | None
    precision: Precision


def resolve(match: re.Match[str], published: datetime | None) -> Interval | None:
    """The interval of a time expression; None when a relative one has no publication date, or the date does not exist."""
    found = match.groupdict()
    ahead = (found["bound"] or "").lower() in ("by", "until", "till") or _AHEAD.search(
        match.string, max(0, match.start() - 80), match.start()
    ) is not None
    zone = published.tzinfo if published is not None and published.tzinfo is not None else UTC
    try:
        named = _absolute(found, zone, published, ahead) or (_relative(found, published, ahead) if published is not None else None)
    except (ValueError, OverflowError):
        return None
    if named is None:
        return None
    named = _within(named, found)
    return _bounded(named, (found["bound"] or "").lower(), published)


def _absolute(found: dict[str, str | None], zone: tzinfo, published: datetime | None, ahead: bool) -> Interval | None:
    """A date of the calendar. Without a year it is the last such day up to a week after publication, or the coming one
    where the words look ahead."""
    if iso := found["iso"]:
        day = datetime.fromisoformat(iso).replace(tzinfo=zone)
        if clock := found["clock"]:
            moment = datetime.fromisoformat(f"{iso}T{clock}{(found['zone'] or '').replace('Z', '+00:00')}")
            moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
            return Interval(moment, moment + timedelta(minutes=1), Precision.MINUTE)
        return _day(day)
    if dotted := found["dotted"]:
        day_text, month_text, year_text = dotted.split(".")
        return _day(datetime(int(year_text), int(month_text), int(day_text), tzinfo=zone))
    if year := found["year4"]:
        return Interval(datetime(int(year), 1, 1, tzinfo=zone), datetime(int(year) + 1, 1, 1, tzinfo=zone), Precision.YEAR)
    if (name := found["month3"]) is not None and (year := found["year3"]) is not None:
        return _month(datetime(int(year), _month_number(name), 1, tzinfo=zone))
    name, day_of, year = (
        (found["month"], found["day"], found["year"]) if found["month"] else (found["month2"], found["day2"], found["year2"])
    )
    if name is None or day_of is None:
        return None
    if year is not None:
        return _day(datetime(int(year), _month_number(name), int(day_of), tzinfo=zone))
    if published is None:
        return None
    return _day(_closest(published, _month_number(name), int(day_of), ahead))


def _closest(published: datetime, month: int, day: int, ahead: bool) -> datetime:
    """The latest such day that is no more than a week after publication; looking ahead, half a year after."""
    for year in (published.year + 1, published.year, published.year - 1):
        candidate = datetime(year, month, day, tzinfo=published.tzinfo)
        if candidate <= published + (183 if ahead else 7) * DAY:
            return candidate
    return datetime(published.year, month, day, tzinfo=published.tzinfo)


def _relative(found: dict[str, str | None], published: datetime, ahead: bool) -> Interval | None:
    """An expression that counts from the day of publication."""
    today = published.replace(hour=0, minute=0, second=0, microsecond=0)
    if (name := found["name"]) is not None:
        return _weekday(today, name, (found["which"] or ("coming" if ahead else "")).lower(), named_ahead=bool(found["which"]))
    if (words := found["relative"]) is not None:
        return _day(today + int(lexicon.pairs("times")["days"][" ".join(words.lower().split())]) * DAY)
    if (unit := found["unit"]) is not None and found["direction"] is not None:
        return _counted(today, published, found["count"] or "1", unit.lower(), found["direction"].lower())
    if (unit := found["unit2"]) is not None:
        return _stretch(today, (found["which2"] or "").lower(), found["count2"], found["span"] or "", unit.lower())
    if (name := found["month4"]) is not None:
        return _named_month(today, name, (found["which3"] or "").lower())
    if (name := found["month5"]) is not None:
        return _month(_closest_month(today, _month_number(name)))
    return None


def _weekday(today: datetime, name: str, which: str, *, named_ahead: bool) -> Interval:
    """The day of that name: today or the last one; the coming one where the words look ahead, never today after "next"."""
    number = int(lexicon.pairs("times")["weekdays"][name.capitalize()])
    back = (today.weekday() - number) % 7
    if which in ("next", "coming"):
        return _day(today + ((7 - back) if back else (7 if named_ahead else 0)) * DAY)
    if which in ("last", "past") and back == 0:
        back = 7
    return _day(today - back * DAY)


def _counted(today: datetime, published: datetime, count: str, unit: str, direction: str) -> Interval | None:
    """ "two days ago". "Later" and "earlier" count from something the sentence names, so they stay open."""
    if direction != "ago":
        return None
    counts = lexicon.pairs("times")["counts"]
    number = int(count) if count.isdecimal() else int(counts[count.lower()])
    kind = lexicon.pairs("times")["units"][unit]
    if kind == "minute":
        moment = published.replace(second=0, microsecond=0) - timedelta(minutes=number)
        return Interval(moment, moment + timedelta(minutes=1), Precision.MINUTE)
    if kind == "hour":
        moment = published.replace(minute=0, second=0, microsecond=0) - timedelta(hours=number)
        return Interval(moment, moment + timedelta(hours=1), Precision.HOUR)
    if kind == "day":
        return _day(today - number * DAY)
    if kind in ("week", "fortnight", "weekend"):
        start = _monday(today) - number * (2 if kind == "fortnight" else 1) * 7 * DAY
        return Interval(start, start + 7 * DAY, Precision.WEEK)
    if kind == "month":
        return _month(_months_from(today, -number))
    years = number * (10 if kind == "decade" else 1)
    return Interval(
        today.replace(month=1, day=1, year=today.year - years), today.replace(month=1, day=1, year=today.year - years + 1), Precision.YEAR
    )


def _stretch(today: datetime, which: str, count: str | None, words: str, unit: str) -> Interval | None:
    """ "last week", "this month", "the past three days"."""
    kind = lexicon.pairs("times")["units"][unit]
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    digits = re.search(r"\d+", words)
    if count is not None or digits is not None:
        return _past_units(
            today, step, int(digits[0]) if digits else int(lexicon.pairs("times")["counts"].get((count or "").lower(), 0)), kind
        )
    if kind == "day":
        return _day(today + step * DAY)
    if kind == "week":
        start = _monday(today) + step * 7 * DAY
        return Interval(start, start + 7 * DAY, Precision.WEEK)
    if kind == "weekend":
        saturday = _monday(today) + 5 * DAY + (step if step < 0 or which == "next" else 0) * 7 * DAY
        return Interval(saturday, saturday + 2 * DAY, Precision.RANGE)
    if kind == "month":
        return _month(_months_from(today, step))
    if kind == "year":
        return Interval(
            today.replace(month=1, day=1, year=today.year + step), today.replace(month=1, day=1, year=today.year + step + 1), Precision.YEAR
        )
    return None


def _past_units(today: datetime, step: int, number: int, kind: str) -> Interval | None:
    """ "the past three days" runs to the end of the day of publication; a number not given ("few") leaves it open."""
    days = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3650}.get(kind)
    if not number or days is None or step == 0:
        return None
    if step < 0:
        return Interval(today - number * days * DAY, today + DAY, Precision.RANGE)
    return Interval(today, today + (number * days + 1) * DAY, Precision.RANGE)


def _named_month(today: datetime, name: str, which: str) -> Interval | None:
    """ "last May", "next June", "this summer"."""
    seasons = lexicon.pairs("times")["seasons"]
    season = seasons.get(name.lower())
    month = int(season) if season else _month_number(name)
    start = today.replace(month=month, day=1)
    if which == "last" and start > today - (0 if season else 31) * DAY:
        start = start.replace(year=start.year - 1)
    elif which == "next" and start <= today:
        start = start.replace(year=start.year + 1)
    return _month(start) if not season else Interval(start, _months_from(start, 3), Precision.RANGE)


def _closest_month(today: datetime, month: int) -> datetime:
    """The month of that name that lies nearest before the day of publication, or the present one."""
    start = today.replace(month=month, day=1)
    return start if start <= today else start.replace(year=start.year - 1)


def _within(named: Interval, found: dict[str, str | None]) -> Interval:
    """Cut to a part of the day ("Sunday night"), or to the early or late part of a month or year."""
    stage = (found["stage"] or "").lower().split(" on")[0].split(" of")[0]
    part = (found["part"] or found["part2"] or "").lower() or stage
    words = (found["relative"] or "").lower()
    part = part or next((name for name in ("morning", "afternoon", "evening", "overnight", "night") if words.endswith(name)), "")
    if named.start is None or not part:
        return named
    if named.precision is Precision.DAY:
        hours = lexicon.pairs("times")["parts"].get({"early": "early morning", "late": "late evening"}.get(part, part))
        if hours is None:
            return named
        first, last = (int(hour) for hour in hours.split("-"))
        return Interval(named.start + timedelta(hours=first), named.start + timedelta(hours=last), Precision.PART_OF_DAY)
    if named.end is None or part not in ("early", "mid", "late"):
        return named
    third = (named.end - named.start) / 3
    begin = named.start + ("early", "mid", "late").index(part) * third
    return Interval(begin, begin + third, Precision.RANGE)


def _bounded(named: Interval, bound: str, published: datetime | None) -> Interval:
    """ "since Friday" begins there and ends with the publication; "until Friday" only ends."""
    if bound in ("since", "from"):
        return Interval(named.start, published if published and named.start and published > named.start else None, Precision.RANGE)
    if bound == "after":
        return Interval(named.end, None, Precision.RANGE)
    if bound in ("until", "till", "by"):
        return Interval(None, named.end, Precision.RANGE)
    if bound == "before":
        return Interval(None, named.start, Precision.RANGE)
    return named


def _day(day: datetime) -> Interval:
    return Interval(day, day + DAY, Precision.DAY)


def _month(day: datetime) -> Interval:
    start = day.replace(day=1)
    return Interval(start, _months_from(start, 1), Precision.MONTH)


def _months_from(day: datetime, months: int) -> datetime:
    """The first of the month that lies so many months away."""
    index = day.year * 12 + day.month - 1 + months
    return day.replace(year=index // 12, month=index % 12 + 1, day=1)


def _monday(day: datetime) -> datetime:
    return day - day.weekday() * DAY


def _month_number(name: str) -> int:
    return int(lexicon.pairs("times")["months"][name.capitalize()])
