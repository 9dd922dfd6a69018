"""Who wrote it and whose copy it is: bylines, datelines, agency credits, the line that names the source.

Each function looks at one line or paragraph and returns what it says, or None. Nothing here changes text but ``split_dateline``, which
returns the paragraph without its dateline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.text.dates import read
from briefing.text.wordlists import groups, lists

__all__ = ["Dateline", "agency", "byline", "credited_agency", "source_line", "split_dateline"]

_BY = re.compile(r"^by:?\s+(?=\S)", re.IGNORECASE)
_SMALL = frozenset({
    "and", "&", "in", "for", "of", "the", "at", "with", "de", "del", "da", "di", "van", "von", "der", "den", "la", "le",
    "el", "al", "bin", "ibn", "abu", "e", "y", "und",
})  # fmt: skip
_SOURCE = re.compile(r"^(?:source|sources|outlet)\s*:\s*(?=\S)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:www\.)?([^/\s:?#]+)", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—]{1,2}\s+|\s*—\s*")
_CREDIT = re.compile(r"\(([^()]{2,40})\)\s*$")
_DAY_MONTH = re.compile(r",?\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?$")
_WIRE_WORD = re.compile(r"\b(?:news|wire|agency|press|media)\b|^[A-Z]{2,6}$|^[a-z]{3}$", re.IGNORECASE)
_TAIL_CREDIT = re.compile(r"^[\s(–—-]*(?:with |via |source: )?([A-Za-z][\w .'-]{1,40}?)[\s).]*$")
_PRODUCED = re.compile(
    r"(?:first (?:published|appeared)|originally published|produced|provided|distributed)\s+(?:by|on|in)\s+(?:the\s+)?"
    r"([A-Z][\w'-]*(?: [A-Z][\w'-]*){0,3})"
)
_CITING = re.compile(r"\bciting (?:the )?([A-Z][\w'-]*(?: [A-Z][\w'-]*){0,2})|\bciting (dpa)\b")


@dataclass(frozen=True, slots=True)
class Dateline:
    """``words`` as printed ("DORRA, March 3 (Kestrel News)"), the agency in it, and the date when it has a year."""

    words: str
    agency: str | None
    date: str | None


@lru_cache(maxsize=1)
def _agencies() -> tuple[dict[str, str], dict[str, str]]:
    exact: dict[str, str] = {}
    loose: dict[str, str] = {}
    for group in (entry for entries in groups("agencies").values() for entry in entries):
        for name in group:
            exact[name] = group[0]
            if " " in name or not name.isupper():
                loose[name.casefold()] = group[0]
    return exact, loose


def agency(name: str) -> str | None:
    """The agency of that name as a brief credits it ("Agence France-Presse" → "AFP"), or None for any other name."""
    exact, loose = _agencies()
    name = name.strip(" .,;:()")
    return exact.get(name) or loose.get(name.casefold())


def byline(line: str) -> str | None:
    """The authors of a byline ("By Ana Reyes and Tom Field in Dorra" → "Ana Reyes and Tom Field in Dorra"), or None.

    "By Sunday the road was open" is none: all but small words must be capitalised, or name a task behind a comma ("English desk").
    """
    match = _BY.match(line)
    if not match or len(line) > 140:
        return None
    names = line[match.end() :].strip(" ,;|")
    words = re.findall(r"[^\s,|;]+", names)
    proper = [word for word in words if word.lower() not in _SMALL]
    if not words or len(words) > 16 or len(proper) < 1:
        return None
    if names.endswith((".", "!", "?", ":")) and not re.search(r"\b[A-Z]\.$", names):
        return None
    if re.match(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", names, re.IGNORECASE):
        return None
    if not all(_is_name(word) for word in proper):
        head, _, tasks = names.partition(",")
        roles = re.findall(r"[^\s,|;]+", tasks)
        known = lists("layout")["tasks"]
        if not all(_is_name(word) or word.lower() in known or word.lower() in _SMALL for word in roles):
            return None
        if not all(_is_name(word) for word in re.findall(r"[^\s|;]+", head) if word.lower() not in _SMALL):
            return None
    return names


def _is_name(word: str) -> bool:
    return word[0].isupper() or word.lower().startswith(("al-", "d'"))


def source_line(line: str) -> tuple[str, str] | None:
    """Name and address of a line "Source: yahoo.com"; the name is kept whole. A full sentence after "Source:" is no source."""
    match = _SOURCE.match(line)
    if not match or len(line) > 300:
        return None
    value = line[match.end() :].strip()
    address = _ADDRESS.search(value)
    url = address[0].rstrip(").,;>") if address else ""
    name = _ADDRESS.sub("", value).strip(" ()<>[],;–—-|")
    if not name and address:
        host = _HOST.match(url)
        name = host[1].lower() if host else ""
    name = name[:-1] if name.endswith(".") and name.count(".") == 1 else name
    return (name, url) if name and len(name.split()) <= 8 and len(name) <= 80 else None


def split_dateline(paragraph: str) -> tuple[Dateline | None, str]:
    """The dateline at the head of a first paragraph, and the paragraph without it.

    "DORRA (Reuters) - Two soldiers died." gives the dateline "DORRA (Reuters)" and "Two soldiers died."
    """
    dash = _DASH.search(paragraph[:140])
    if not dash:
        return None, paragraph
    words, rest = paragraph[: dash.start()].strip(), paragraph[dash.end() :]
    if not words or not rest or len(words) > 100:
        return None, paragraph
    credit = _CREDIT.search(words)
    place = words[: credit.start()].strip() if credit else words
    date = _DAY_MONTH.search(place)
    town = place[: date.start()] if date else place
    if not _is_town(town, bool(credit)):
        return None, paragraph
    name = credit[1].strip() if credit else None
    wire = (agency(name) or (name if _WIRE_WORD.search(name) else None)) if name else None
    if name and not wire and not town.isupper():
        return None, paragraph
    dated = date[0].strip(" ,") if date and read(date[0]) else None
    return Dateline(words, wire, dated), rest


def _is_town(town: str, credited: bool) -> bool:
    words = re.findall(r"[^\s,/]+", town)
    if not words or len(words) > 8 or not all(word[0].isupper() or word.lower() in _SMALL or word.startswith("al-") for word in words):
        return False
    first = re.split(r"[,/]", town)[0].strip()
    return credited or (first.isupper() and len(first) > 2)


def credited_agency(paragraphs: tuple[str, ...], author: str) -> str | None:
    """The agency that the author line, the last line, a credit sentence or the first paragraph's "citing …" names, or None."""
    by = next((found for found in map(agency, re.split(r",| and |;|/|\|", author)) if found), None) if author else None
    if by or not paragraphs:
        return by
    for paragraph in paragraphs[-2:]:
        short = _TAIL_CREDIT.match(paragraph) if len(paragraph) <= 60 else None
        found = agency(short[1]) if short else None
        match = None if found else _PRODUCED.search(paragraph[:300])
        found = found or (agency(match[1]) if match else None)
        if found:
            return found
    for match in _CITING.finditer(paragraphs[0][:600]):
        words = (match[1] or match[2]).split()
        for length in range(len(words), 0, -1):
            found = agency(" ".join(words[:length]))
            if found:
                return found
    return None
