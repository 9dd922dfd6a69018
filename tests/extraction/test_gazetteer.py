"""Names of places: folding, candidates, adjectives, the hand-written lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ConfigurationError
from briefing.extraction.gazetteer import CREDIT, fold, gazetteer, read_areas
from briefing.models import PlacePrecision


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Al-Ḥasakah", "al hasakah"), ("Sana’a", "sanaa"), ("  Deir   ez-Zor ", "deir ez zor"), ("Łódź", "lodz"), ("U.S.", "us"), ("", "")],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("name", "country", "precision"),
    [
        ("Iraq", "IQ", PlacePrecision.COUNTRY),
        ("the United Kingdom", "GB", PlacePrecision.COUNTRY),
        ("Turkey", "TR", PlacePrecision.COUNTRY),
        ("Türkiye", "TR", PlacePrecision.COUNTRY),
        ("Kosovo", "XK", PlacePrecision.COUNTRY),
        ("Hasakeh", "SY", PlacePrecision.SETTLEMENT),
        ("Kharkiv", "UA", PlacePrecision.SETTLEMENT),
        ("Borno", "NG", PlacePrecision.REGION),
        ("Golan Heights", "SY", PlacePrecision.REGION),
        ("Strait of Hormuz", None, PlacePrecision.AREA),
    ],
)
def test_the_first_candidate(name: str, country: str | None, precision: PlacePrecision) -> None:
    first = gazetteer().find(name)[0]
    assert (first.country, first.precision) == (country, precision)
    assert first.latitude is not None
    assert first.longitude is not None


def test_settlements_come_by_population() -> None:
    sizes = [place.population for place in gazetteer().find("Springfield") if place.precision is PlacePrecision.SETTLEMENT]
    assert len(sizes) > 3
    assert sizes == sorted(sizes, reverse=True)


def test_every_indexed_name_is_found() -> None:
    names = gazetteer()
    keys = [line.split(b"\t")[0].decode() for line in names._names.split(b"\n")[::997]]
    assert len(keys) > 100
    assert all(names._settlements(key) for key in keys if key)


def test_unknown_names_and_lengths() -> None:
    assert gazetteer().find("Qwertyburg an der Asdf") == ()
    assert gazetteer().find("Paris" * 1000) == ()


@pytest.mark.parametrize(("word", "country"), [("Iraqis", "IQ"), ("turkish", "TR"), ("Israeli", "IL"), ("table", None)])
def test_adjectives(word: str, country: str | None) -> None:
    assert gazetteer().adjective(word) == country


def test_every_hand_written_country_exists() -> None:
    names = gazetteer()
    codes = {place.country for places in read_areas().values() for place in places if place.country} | set(names._adjectives.values())
    assert codes <= set(names.countries)


def test_credit_names_the_licence() -> None:
    assert "GeoNames" in CREDIT
    assert "CC-BY" in CREDIT


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("region:\n  - {name: Dorra, at: [95, 3]}\n", "mine.yaml:2: `at` is outside the world"),
        ("region:\n  - {name: Dorra, at: [here]}\n", "mine.yaml:2: `at` must be latitude and longitude"),
        ("region:\n  - {name: Dorra, at: [1, 2], size: 3}\n", "mine.yaml:2: unknown field `size`"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, yaml: str, message: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(yaml)
    with pytest.raises(ConfigurationError, match=message):
        read_areas(file)


def test_a_users_file_may_hold_other_classes(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    groups = "groups:\n  - {name: North Column, type: armed_group}\n"
    file.write_text(groups + "settlement:\n  - {name: Dorra, country: SY, at: [35, 38], aliases: [Durra]}\n")
    assert read_areas(file)["durra"][0].name == "Dorra"
    assert "north column" not in read_areas(file)


@given(st.text(max_size=200))
def test_any_name_can_be_looked_up(name: str) -> None:
    names = gazetteer()
    assert isinstance(names.find(name), tuple)
    assert fold(fold(name)) == fold(name)
