"""When an item was published: words in, an aware moment with its precision out. Nothing is ever invented.

``read`` finds the first date in a few words, ``alone`` only accepts words that are a date and nothing else (a date line), and
``in_path`` reads the date in an address or a file name. A date without a time is midnight UTC with precision ``day``. A time without a
zone is read as UTC and says so. Numbers that could be day/month or month/day ("03/04/2025") are no date; dotted ones ("03.04.2025") are
day first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from briefing.models import Precision

__all__ = ["Moment", "alone", "in_path", "read"]

LONGEST = 200
"""Words longer than this are no date; they are not even searched."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
# Offsets in minutes. Letters that several zones share (IST, AST, BST of Bangladesh …) are left out but for those of RFC 5322 and the UK.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "bst": 60, "cet": 60, "west": 60, "wat": 60, "cest": 120, "cat": 120, "sast": 120,
    "eet": 120, "eest": 180, "eat": 180, "msk": 180, "trt": 180, "irst": 210, "gst": 240, "aft": 270, "pkt": 300, "npt": 345, "ict": 420,
    "wib": 420, "sgt": 480, "hkt": 480, "myt": 480, "pht": 480, "awst": 480, "jst": 540, "kst": 540, "acst": 570, "aest": 600, "aedt": 660,
    "nzst": 720, "nzdt": 780, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})"

_ISO = re.compile(rf"(?<!\d){_YEAR}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep){_DAY}(?!\d)")
_BASIC = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
_DAY_FIRST = re.compile(rf"(?<!\d){_DAY}(?:st|nd|rd|th)?(?: of)?[ -]{{1,2}}{_MONTH},?[ -]{{1,2}}{_YEAR}(?!\d)", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH} {{1,2}}{_DAY}(?:st|nd|rd|th)?,? {{1,2}}{_YEAR}(?!\d)", re.IGNORECASE)
_DOTTED = re.compile(rf"(?<![\w.]){_DAY}\. ?(?P<month>\d{{1,2}})\. ?{_YEAR}(?!\d|\.\d)")
_SLASHED = re.compile(rf"(?<![\d/-])(?P<first>\d{{1,2}})(?P<sep>[/-])(?P<second>\d{{1,2}})(?P=sep){_YEAR}(?![\d/-])")
_GROUP = re.compile(r"\b(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})(?P<zone>Z) ?(?P<month>[A-Z]{3}) ?(?P<short>\d{2})\b")
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?(?:\.\d+)?$")

_TIME = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)? ?(?P<half>[ap]\.?m\b\.?)?"
    r"|(?= ?[ap]\.?m\b)) ?(?P<half_alone>[ap]\.?m\b\.?)?"
    r" ?\(?(?P<zone>(?:UTC|GMT)?[+-]\d{1,2}:?(?:\d{2})?|[A-Za-z]{1,4}\b)?",
    re.IGNORECASE,
)
_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs)?|fri|sat|sun"
_AROUND = re.compile(
    rf"\b(?:{_WEEKDAYS}|first|last|date|dated|published|publication|updated|posted|modified|issued|on|at|as of|of|local|time|hrs?|hours)\b",
    re.IGNORECASE,
)
_PATH_YEAR_MONTH_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_./]([01]?\d|[a-z]{3})[-_./]([0-3]?\d)(?!\d)", re.IGNORECASE)
_PATH_DAY_FIRST = re.compile(r"(?<!\d)([0-3]?\d)\.([01]?\d)\.((?:19|20)\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Moment:
    """An aware point in time. ``zoned`` is false when the words gave a clock time without a zone and UTC was assumed."""

    at: datetime
    precision: Precision
    zoned: bool = True


def read(words: str) -> Moment | None:
    """The first date in ``words`` with its time if one stands beside it, or None. "3 March 2026, 14:05 CET" is 13:05 UTC."""
    return _found(words)[0]


def alone(words: str) -> Moment | None:
    """As ``read``, but only when the words are a date line: nothing but a date, a time, a weekday and words like "Published"."""
    if len(words) > 90:
        return None
    moment, rest = _found(words)
    return moment if moment and not re.search(r"\w", _AROUND.sub("", rest)) else None


def in_path(path: str) -> Moment | None:
    """The day written in an address or a file name ("/2026/03/03/", "2026-03-03 clashes.txt", "20260303", "03.03.2026")."""
    path = path[-LONGEST * 5 :]
    match = _PATH_YEAR_MONTH_DAY.search(path) or _BASIC.search(path)
    if match:
        year, month, day = match.groups()
        return _day(int(year), int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0), int(day))
    match = _PATH_DAY_FIRST.search(path)
    return _day(int(match[3]), int(match[2]), int(match[1])) if match else None


def _found(words: str) -> tuple[Moment | None, str]:
    """The moment and the words left over."""
    words = " ".join(words[: LONGEST + 1].split())
    if len(words) > LONGEST:
        words = words[:LONGEST]
    if _EPOCH.match(words):
        return _epoch(words), ""
    group = _GROUP.search(words)
    if group:
        month = _MONTHS.get(group["month"].lower(), 0)
        day = _day(2000 + int(group["short"]), month, int(group["day"]))
        return (_timed(day, group["hour"], group["minute"], "0", 0) if day else None), _without(words, group)
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST, _DOTTED, _SLASHED, _BASIC):
        match = pattern.search(words)
        if match:
            day = _of_match(match)
            return _with_time(day, words, match) if day else (None, words)
    return None, words


def _without(words: str, match: re.Match[str]) -> str:
    return words[: match.start()] + " " + words[match.end() :]


def _of_match(match: re.Match[str]) -> Moment | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        if first == second or first > 12 >= second:
            return _day(year, second, first)
        return _day(year, first, second) if second > 12 >= first else None
    month = parts["month"]
    return _day(year, int(month) if month.isdigit() else _MONTHS[month.lower()], int(parts["day"]))


def _day(year: int, month: int, day: int) -> Moment | None:
    try:
        at = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return Moment(at, Precision.DAY) if 1900 <= year <= 2200 else None


def _epoch(words: str) -> Moment | None:
    seconds = float(words)
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    return Moment(datetime.fromtimestamp(int(seconds), tz=UTC), Precision.MINUTE)


def _with_time(day: Moment, words: str, match: re.Match[str]) -> tuple[Moment, str]:
    """The day with the clock time that follows it, or stands before it."""
    after, before = words[match.end() :], words[: match.start()]
    # ISO 8601 joins date and time by a letter.
    after = after[1:] if after[:1] in ("T", "t", "_") else after
    for part, other in ((after, before), (before, after)):
        time = _TIME.search(part[:60])
        if time:
            half = (time["half"] or time["half_alone"] or "").lower()
            if time["minute"] or half:
                return _clock(day, time, half), other + " " + _without(part, time)
    return day, before + " " + after


def _clock(day: Moment, time: re.Match[str], half: str) -> Moment:
    hour = int(time["hour"])
    if half:
        if not 1 <= hour <= 12:
            return day
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zone = time["zone"]
    offset = _offset(zone) if zone else None
    if zone and offset is None and zone.lower() not in ("on", "at", "hrs", "h", "and", "by", "in", "the"):
        # A named zone we cannot place: the day as written is sure, the hour is not.
        return day
    return _timed(day, str(hour), time["minute"] or "0", time["second"] or "0", offset) or day


def _timed(day: Moment, hour: str, minute: str, second: str, offset: int | None) -> Moment | None:
    try:
        local = day.at.replace(hour=int(hour), minute=int(minute), second=int(second))
        at = local.replace(tzinfo=timezone(timedelta(minutes=offset or 0))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Moment(at, Precision.MINUTE, zoned=offset is not None)


def _offset(zone: str) -> int | None:
    """Minutes east of UTC: "+05:30", "UTC+2", "CEST"; None for letters that name no single zone."""
    known = _ZONES.get(zone.lower())
    if known is not None:
        return known
    match = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", zone.lower())
    if not match:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return -minutes if match[1] == "-" else minutes
