"""Place mentions: found, settled by the countries named, or marked ambiguous."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from briefing.extraction.gazetteer import Candidate
from briefing.extraction.parsed import parsed
from briefing.extraction.places import Places, decide
from briefing.models import Place, PlacePrecision

Read = Callable[[str], dict[str, Place]]


@pytest.fixture(scope="module")
def read(base: Language) -> Read:
    component = Places([])

    def places(text: str) -> dict[str, Place]:
        return {place.evidence.quote: place for place in parsed(component(base(text))).places}

    return places


def test_country_and_city(read: Read) -> None:
    found = read("A bomb went off in Mosul in northern Iraq on Sunday.")
    assert (found["Mosul"].country, found["Mosul"].precision) == ("IQ", PlacePrecision.SETTLEMENT)
    assert found["Mosul"].latitude is not None
    assert (found["northern Iraq"].country, found["northern Iraq"].precision) == ("IQ", PlacePrecision.REGION)
    assert found["northern Iraq"].latitude is None


def test_conflict_regions_and_waters(read: Read) -> None:
    found = read("Ships left the Red Sea while troops entered the Gaza Strip.")
    assert found["Red Sea"].precision is PlacePrecision.AREA
    assert found["Gaza Strip"].country == "PS"


def test_a_large_city_needs_no_country(read: Read) -> None:
    assert read("He flew to Paris on Monday.")["Paris"].country == "FR"


def test_an_ambiguous_name_has_no_coordinates(read: Read) -> None:
    place = read("The fire broke out near Springfield.")["Springfield"]
    assert place.ambiguous
    assert (place.latitude, place.country) == (None, None)


def test_a_spelling_of_a_town_abroad_does_not_decide(read: Read) -> None:
    place = read("The water reached the plain around Nante in the Mozambican province of Zambezia.")["Nante"]
    assert (place.ambiguous, place.country, place.name) == (True, None, "Nante")


def test_a_state_that_bears_a_countrys_name(read: Read) -> None:
    assert read("Protesters met in Georgia, and Georgian police watched. The United States was silent.")["Georgia"].country == "GE"
    assert read("Protesters met in Georgia while the rest of the United States slept.")["Georgia"].ambiguous


def test_people_and_adjectives_are_no_places(read: Read) -> None:
    found = read("Paris Hudson met Iraqi officials.")
    assert "Iraqi" not in found
    assert "Paris" not in found


def test_a_dateline(read: Read) -> None:
    assert read("BEIRUT (AP) - Two men were arrested.")["BEIRUT"].country == "LB"


def test_the_users_own_places(base: Language, tmp_path: Path) -> None:
    file = tmp_path / "places.yaml"
    file.write_text("settlement:\n  - {name: Dorvan Camp, country: SY, at: [36.1, 40.2], aliases: [Dorvan]}\n")
    place = parsed(Places([str(file)])(base("Shells fell near Dorvan in Syria."))).places[0]
    assert (place.name, place.country, place.latitude) == ("Dorvan Camp", "SY", 36.1)


def city(country: str, population: int) -> Candidate:
    return Candidate("Dorra", country, PlacePrecision.SETTLEMENT, 1.0, 2.0, population)


@pytest.mark.parametrize(
    ("sizes", "named", "country"),
    [
        ([("SY", 5000), ("US", 90000)], {"SY"}, "SY"),  # the country named wins over size
        ([("SY", 5000), ("US", 90000)], set(), "US"),  # much larger, and no country says otherwise
        ([("SY", 50000), ("US", 90000)], set(), None),  # too close
        ([("SY", 5000)], {"FR"}, None),  # small, and the text is about another country
        ([("SY", 5000)], set(), None),  # too small to be known to all
        ([("SY", 500000)], {"FR"}, "SY"),
        ([("SY", 9000), ("SY", 8000)], {"SY"}, None),  # namesakes within the country
    ],
)
def test_decide(sizes: list[tuple[str, int]], named: set[str], country: str | None) -> None:
    place = decide(tuple(city(*size) for size in sizes), frozenset(named))
    assert (place.country if place else None) == country


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120))
def test_any_text(base: Language, text: str) -> None:
    doc = Places([])(base(text))
    assert all(place.evidence.quote == text[place.evidence.start : place.evidence.end] for place in parsed(doc).places)
