"""Clusters, look-alikes, linkage and the words documents are compared by."""

from __future__ import annotations

from datetime import UTC, datetime
from math import hypot, log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import Reading, news

from briefing.models import DocumentKind, EventStatus, EventType, Findings, GroupingSettings, PlacePrecision
from briefing.stories import cluster
from briefing.stories.linkage import link
from briefing.stories.lookalikes import profile, weighed
from briefing.stories.similarity import similar_pairs
from briefing.stories.words import content_words, names, shingles, stem

SETTINGS = GroupingSettings()
QUAKE = "An earthquake of magnitude 5.8 damaged houses in {town} on {day}, the seismic office said. Rescue teams searched the ruins."


WHERE = {"Lomar": (-4.1, 39.6), "Dastin": (-1.3, 36.8), "Lomar Bridge": (-4.0, 39.6)}


def weighed_by_place_and_day(one: Reading, other: Reading, words: float = 0.5) -> float:
    """Similarity of two reports whose words are ``words`` alike; 0 when they are held apart."""
    return weighed([(0, 1, words)], [profile(one.document, one.findings()), profile(other.document, other.findings())]).get((0, 1), 0.0)


def empty(documents):
    return [Findings(document_id=document.id) for document in documents]


@pytest.mark.parametrize(
    ("word", "reduced"),
    [("attacks", "attack"), ("attacked", "attack"), ("Attacking", "attack"), ("Orven's", "orven"), ("cities", "city"), ("gas", "gas")],
)
def test_stem_takes_endings_off(word, reduced):
    assert stem(word) == reduced


def test_names_are_capitalised_words_that_never_stand_in_small_letters():
    report = news("a", "Troops enter Orven", "Troops entered Orven on Monday. The troops met no one, General Tellin said.")
    assert {"orven", "tellin", "general"} <= set(names(report))
    assert not {"troop", "monday"} & set(names(report))


def test_the_title_repeated_in_the_text_is_read_once():
    once = news("a", "Bridge falls in Orven", "Two lorries sank.")
    twice = news("a", "Bridge falls in Orven", "Bridge falls in Orven Two lorries sank.")
    assert content_words(once) == content_words(twice)


def test_shingles_of_a_short_text_are_the_text():
    assert shingles("Two words") == {"two words"}
    assert shingles("") == frozenset()
    assert len(shingles("one two three four five six")) == 2


def test_documents_about_one_event_are_one_cluster_without_any_findings(orven):
    labels = dict(zip([d.id for d in orven.documents], cluster(orven.documents, empty(orven.documents), SETTINGS), strict=True))
    assert labels["wire-1"] == labels["wire-2"] == labels["own-1"] == "wire-1"
    assert labels["strike-1"] == "strike-1"


def test_further_apart_than_the_window_is_another_event():
    text = "A car bomb killed 12 people at the grain market in Orven, the interior ministry said."
    near, far = news("a", "Car bomb in Orven", text), news("b", "Car bomb in Orven", text.replace("12", "14"), hours=24 * 6)
    assert len(set(cluster([near, far], empty([near, far]), SETTINGS))) == 2
    assert len(set(cluster([near, far], empty([near, far]), GroupingSettings(window_days=7)))) == 1


def test_look_alikes_in_two_towns_stay_apart():
    documents, findings = [], []
    for name, town in (("a", "Lomar"), ("b", "Dastin")):
        reading = Reading(news(name, f"Earthquake damages {town}", QUAKE.format(town=town, day="Monday")))
        reading.event("earthquake", EventType.DISASTER, place=town, at=WHERE[town])
        documents.append(reading.document)
        findings.append(reading.findings())
    assert len(set(cluster(documents, empty(documents), SETTINGS))) == 1, "the words alone cannot tell"
    assert len(set(cluster(documents, findings, SETTINGS))) == 2


@pytest.mark.parametrize("at", [WHERE["Lomar Bridge"], None])
def test_a_near_town_or_one_without_a_position_proves_nothing(at):
    one, other = (Reading(news(name, "Quake", QUAKE.format(town=town, day="Monday"))) for name, town in (("a", "Lomar"), ("b", "Dastin")))
    one.event("earthquake", EventType.DISASTER, place="Lomar", at=WHERE["Lomar"])
    other.event("earthquake", EventType.DISASTER, place="Dastin", at=at)
    assert weighed_by_place_and_day(one, other) == 0.5


def test_look_alikes_on_two_days_stay_apart():
    documents, findings = [], []
    for name, day, word in (("a", 1, "Sunday"), ("b", 3, "Tuesday")):
        text = QUAKE.format(town="Lomar", day=word)
        reading = Reading(news(name, "Earthquake damages Lomar", text, hours=24 * (day - 1)))
        reading.event("earthquake", EventType.DISASTER, place="Lomar", day=datetime(2026, 3, day, tzinfo=UTC))
        documents.append(reading.document)
        findings.append(reading.findings())
    assert len(set(cluster(documents, findings, SETTINGS))) == 2


@pytest.mark.parametrize(("days", "expected"), [(0, 0.5), (1, 0.35), (2, 0.0)])
def test_the_further_apart_the_days_the_less_alike(days, expected):
    one, other = (Reading(news(name, "Quake", "An earthquake shook the province.")) for name in "ab")
    one.event("earthquake", EventType.DISASTER, day=datetime(2026, 3, 1, tzinfo=UTC))
    other.event("earthquake", EventType.DISASTER, day=datetime(2026, 3, 1 + days, tzinfo=UTC))
    assert weighed_by_place_and_day(one, other) == expected


def test_a_rare_town_brings_reports_together_and_one_that_all_name_does_not():
    readings = [
        Reading(news(name, "Market", f"Traders left {town}."))
        for name, town in zip("abcd", ("Lomar", "Lomar", "Kestra", "Dastin"), strict=True)
    ]
    for reading in readings:
        reading.place(reading.document.text.split()[-1].rstrip("."))
    profiles = [profile(reading.document, reading.findings()) for reading in readings]
    assert weighed([(0, 1, 0.1)], profiles)[0, 1] == pytest.approx(0.15)
    assert weighed([(0, 2, 0.1)], profiles)[0, 2] == 0.1
    assert weighed([(0, 1, 0.1)], profiles[:2])[0, 1] == 0.1


def test_a_bulletin_from_a_form_is_no_reprint_when_it_names_another_town():
    form = (
        QUAKE + " People felt the tremor for ten seconds. No tsunami warning was given. The office asks for reports by telephone or letter."
    )
    documents, findings = [], []
    for name, town in (("a", "Lomar"), ("b", "Dastin")):
        reading = Reading(
            news(name, f"Earthquake damages {town}", form.format(town=town, day="Monday") + form.format(town=town, day="Monday"))
        )
        reading.event("earthquake", EventType.DISASTER, place=town, at=WHERE[town])
        documents.append(reading.document)
        findings.append(reading.findings())
    assert len(set(cluster(documents, findings, GroupingSettings(reprint=0.5)))) == 2


def test_a_town_named_anywhere_in_the_other_report_is_no_difference():
    one = Reading(news("a", "Raid near Lomar", "Gunmen raided a farm near Lomar. The road to Dastin is closed."))
    one.event("raided", EventType.BATTLE, place="Lomar")
    one.place("Dastin")
    other = Reading(news("b", "Raid near Dastin", "Gunmen raided a farm near Dastin."))
    other.event("raided", EventType.BATTLE, place="Dastin")
    assert weighed_by_place_and_day(one, other) == 0.5


def test_recalled_events_do_not_hold_apart():
    one = Reading(news("a", "Raid near Lomar", "Gunmen raided a farm near Lomar, as others had raided Dastin."))
    one.event("raided", EventType.BATTLE, place="Lomar")
    recalled = one.event("raided", EventType.BATTLE, status=EventStatus.HISTORICAL, place="Dastin")
    assert recalled.place
    assert set(profile(one.document, one.findings()).towns) == {"lomar"}


def test_an_explainer_joins_the_report_it_is_like_and_links_nothing():
    a = news("a", "Car bomb at Orven market", "A car bomb killed 12 people at the grain market in Orven, police said.")
    c = news("c", "Orven market bomb explained", "A car bomb at the grain market in Orven: what police said.", kind=DocumentKind.EXPLAINER)
    assert cluster([c, a], empty([c, a]), SETTINGS) == ["a", "a"]
    assert cluster([c], empty([c]), SETTINGS) == ["c"]


def test_undated_documents_are_within_every_window():
    text = "A car bomb killed 12 people at the grain market in Orven, the interior ministry said."
    documents = [news("a", "Car bomb in Orven", text), news("b", "Car bomb in Orven", text.replace("12", "twelve"), hours=None)]
    assert len(set(cluster(documents, empty(documents), SETTINGS))) == 1


def test_documents_without_words_are_alone():
    documents = [news("a", "", ""), news("b", "", "…"), news("c", "", "!!!")]
    assert cluster(documents, empty(documents), SETTINGS) == ["a", "b", "c"]
    assert cluster([], [], SETTINGS) == []


def test_a_megabyte_of_quotation_marks_is_read_in_no_time():
    documents = [news("a", '"' * 1000, '"' * 1_000_000), news("b", "x", "Two people met in Orven to talk about the harvest this year.")]
    assert cluster(documents, empty(documents), SETTINGS) == ["a", "b"]


def test_similarity_is_symmetric_and_at_most_one(orven):
    pairs = similar_pairs(orven.documents, 3, 0.0)
    assert all(i < j and 0 <= value <= 1 for i, j, value in pairs)
    backwards = similar_pairs(orven.documents[::-1], 3, 0.0)
    last = len(orven.documents) - 1
    assert sorted((last - j, last - i, value) for i, j, value in backwards) == pairs


def test_linkage_joins_by_average():
    assert link(3, [(0, 1, 0.9), (1, 2, 0.3)], 0.2) == [0, 0, 2], "the third is like one of two: 0.15 on average"
    assert link(3, [(0, 1, 0.9), (1, 2, 0.3), (0, 2, 0.2)], 0.2) == [0, 0, 0]
    assert link(2, [(0, 1, -0.5)], 0.1) == [0, 1]
    assert link(0, [], 0.5) == []


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(0.01, 1)), max_size=28))
def test_linkage_gives_every_item_the_lowest_of_its_group(edges):
    unique = {(i, j): value for i, j, value in edges if i < j}
    groups = link(8, [(i, j, value) for (i, j), value in unique.items()], 0.3)
    assert len(groups) == 8
    for item, group in enumerate(groups):
        assert group == min(i for i, other in enumerate(groups) if other == group)
        assert groups[group] == group
        assert group <= item


def test_a_name_that_several_places_bear_brings_reports_together_but_holds_none_apart():
    readings = []
    for name, text in (("a", "Raiders came to Lomar."), ("b", "Survivors in Lomar wept."), ("c", "A dam held in Dastin.")):
        reading = Reading(news(name, "Market", text))
        place = reading.place("Lomar" if "Lomar" in text else "Dastin", precision=PlacePrecision.UNKNOWN)
        readings.append(
            (reading.document, reading.findings().model_copy(update={"places": (place.model_copy(update={"ambiguous": True}),)}))
        )
    profiles = [profile(document, findings) for document, findings in readings]
    found = weighed([(0, 1, 0.1), (0, 2, 0.1)], profiles)
    assert found[0, 1] > 0.1
    assert found[0, 2] == 0.1
    assert all(one.towns == {} for one in profiles)


def test_words_are_weighed_by_how_rare_they_are():
    texts = ("Ferry ferry lamp", "Ferry crane", "Lamp ladder")
    documents = [news(name, "", text) for name, text in zip("abc", texts, strict=True)]
    found = {(i, j): value for i, j, value in similar_pairs(documents, 3, 0.0)}
    idf = {count: log(4 / (1 + count)) + 1 for count in (1, 2)}
    ferry, lamp = (1 + log(2)) * idf[2], idf[2]
    first, second = hypot(ferry, lamp), hypot(idf[2], idf[1])
    words = ferry * idf[2] / first / second
    assert found[0, 1] == pytest.approx(0.8 * words, abs=1e-5), "the first report names nothing"
    assert (1, 2) not in found or found[1, 2] == 0.0
