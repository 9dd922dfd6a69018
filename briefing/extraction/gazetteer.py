"""Names of places: what a name can mean, and which country an adjective belongs to.

Comes in: a name as written. Goes out: the ``Candidate`` places that bear it, best known first; nothing is decided here.
The settlements are GeoNames (CC-BY 4.0, see ``CREDIT``) and the regions ISO 3166-2, packed by ``scripts/build_gazetteer.py``; areas, waters
and adjectives are hand-written in ``lexicons/areas.yaml`` and ``lexicons/countries.yaml``.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from briefing.errors import ConfigurationError
from briefing.extraction.lexicon import Record, records
from briefing.models import PlacePrecision

__all__ = ["CREDIT", "Candidate", "Gazetteer", "fold", "gazetteer", "read_areas"]

CREDIT = "Place names and coordinates: GeoNames (geonames.org), CC-BY 4.0; regions: ISO 3166-2 (pycountry)."

_SPACES = re.compile(r"[\s\-–—/]+")
_DROPPED = str.maketrans("", "", "'’‘`ʼʿʾ\".")
# Letters without a decomposition that news writes plainly.
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"})
_ARTICLES = ("al ", "el ", "ar ", "as ", "ad ", "an ", "ash ", "at ", "az ")
_LONGEST = 60
# Look-ups kept: the names of a day repeat.
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """One meaning of a name. ``population`` is 0 where it is unknown or makes no sense; ``curated`` places were written down by hand."""

    name: str
    country: str | None
    precision: PlacePrecision
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    curated: bool = False


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """The name as it is looked up: lower case, without accents, apostrophes, hyphens and dots ("Al-Ḥasakah" → "al hasakah")."""
    # Folding may compose and letter case may decompose: plain, fold, plain again.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name[: 4 * _LONGEST]).casefold()).casefold()
    plain = plain.translate(_DROPPED).translate(_PLAIN)
    return _SPACES.sub(" ", "".join(mark for mark in plain if not unicodedata.combining(mark))).strip()


class Gazetteer:
    """All names. ``areas`` are further places by folded name, asked before the settlements."""

    def __init__(
        self, packed: bytes, areas: Mapping[str, tuple[Candidate, ...]], adjectives: Mapping[str, str], aliases: Mapping[str, str]
    ) -> None:
        # Kept as bytes and searched in place: splitting into lines would cost more than all look-ups of a day.
        countries, self._places, self._names = gzip.decompress(packed).split(b"\n\n")
        self._found: dict[str, tuple[Candidate, ...]] = {}
        self._areas = areas
        self._adjectives = adjectives
        self.countries: dict[str, Candidate] = {}
        self._country_of: dict[str, str] = {}
        for line in countries.decode().split("\n"):
            code, name, latitude, longitude, others = line.split("\t")
            self.countries[code] = Candidate(name, code, PlacePrecision.COUNTRY, *_point(latitude, longitude))
            for known in (name, *others.split("|")):
                self._country_of[fold(known)] = code
        self._country_of.pop("", None)
        self._country_of.update(aliases)

    def country(self, name: str) -> str | None:
        """ISO code of the country called ``name`` ("the UK" → GB), or None."""
        return self._country_of.get(fold(name).removeprefix("the ")) if len(name) <= _LONGEST else None

    def adjective(self, word: str) -> str | None:
        """ISO code of the country an adjective or demonym belongs to ("Iraqis" → IQ), or None."""
        return self._adjectives.get(word.lower())

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Everything ``name`` can mean: a country, else areas and places, settlements by population. Empty when unknown."""
        if len(name) > _LONGEST:
            return ()
        plain = fold(name).removeprefix("the ")
        if plain not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[plain] = self._find(plain)
        return self._found[plain]

    def _find(self, plain: str) -> tuple[Candidate, ...]:
        if code := self._country_of.get(plain):
            # A state of the United States may bear a country's name ("Georgia").
            states = (place for place in self._settlements(plain) if place.country == "US" and place.precision is PlacePrecision.REGION)
            return (self.countries[code], *states)
        for form in _forms(plain):
            if found := (*self._areas.get(form, ()), *self._settlements(form)):
                return found
        return ()

    def _settlements(self, plain: str) -> tuple[Candidate, ...]:
        line = _line(self._names, plain.encode(errors="replace") + b"\t")
        return tuple(self._place(int(offset)) for offset in line.split(b",")) if line else ()

    def _place(self, offset: int) -> Candidate:
        line = self._places[offset : offset + 300].split(b"\n", 1)[0]
        name, country, kind, latitude, longitude, population = line.decode().split("\t")
        precision = PlacePrecision.REGION if kind == "r" else PlacePrecision.SETTLEMENT
        return Candidate(name, country, precision, *_point(latitude, longitude), int(population))


def _line(block: bytes, key: bytes) -> bytes:
    """What follows ``key`` on its line of a sorted block; empty when there is no such line."""
    low, high = 0, len(block)
    while low < high:
        start = block.rfind(b"\n", 0, (low + high) // 2) + 1
        end = block.find(b"\n", start)
        end = len(block) if end < 0 else end
        if block.startswith(key, start):
            return block[start + len(key) : end]
        if block[start:end] < key:
            low = end + 1
        else:
            high = start
    return b""


def _forms(plain: str) -> tuple[str, ...]:
    """The name itself, then without or with the Arabic article."""
    for article in _ARTICLES:
        if plain.startswith(article):
            rest = plain.removeprefix(article)
            return (plain, rest, f"al {rest}")
    return (plain, f"al {plain}")


def _point(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    return (float(latitude), float(longitude)) if latitude and longitude else (None, None)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, read on first use. ConfigurationError when a hand-written entry is wrong."""
    packed = (files("briefing.extraction") / "data" / "gazetteer.tsv.gz").read_bytes()
    countries = records("countries")["countries"]
    return Gazetteer(packed, read_areas(), _words(countries, "adjectives", lower=True), _words(countries, "names", lower=False))


def _words(entries: tuple[Record, ...], field: str, *, lower: bool) -> dict[str, str]:
    out = {}
    for entry in entries:
        entry.allow("code", "names", "adjectives")
        for word in entry.words(field):
            out[word.lower() if lower else fold(word)] = entry.text("code")
    return out


def read_areas(name: str | Path = "areas") -> dict[str, tuple[Candidate, ...]]:
    """Hand-written places by folded name, from a shipped list or a user's own file. Classes that are no precision of places belong to
    other components and are left alone; ConfigurationError names file and line of a wrong entry."""
    out: dict[str, tuple[Candidate, ...]] = {}
    for kind, entries in records(name).items():
        if kind not in list(PlacePrecision):
            continue
        for entry in entries:
            entry.allow("name", "country", "at", "aliases")
            latitude, longitude = _coordinates(entry)
            country = entry.text("country", "") or None
            place = Candidate(entry.text("name"), country, PlacePrecision(kind), latitude, longitude, curated=True)
            for known in (place.name, *entry.words("aliases")):
                out[fold(known)] = (*out.get(fold(known), ()), place)
    return out


def _coordinates(entry: Record) -> tuple[float | None, float | None]:
    try:
        latitude, longitude = (float(number) for number in entry.words("at"))
    except ValueError:
        raise ConfigurationError(f"{entry.where}: `at` must be latitude and longitude, like [33.3, 44.4]") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ConfigurationError(f"{entry.where}: `at` is outside the world: {latitude}, {longitude}")
    return latitude, longitude
