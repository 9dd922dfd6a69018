"""One finding per fact, with the quote of every document."""

from __future__ import annotations

import pytest
from newsroom import MONDAY, Reading, news

from briefing.models import EntityType, EventStatus, EventType, Measure, Part, Qualifier
from briefing.stories.counted import counted_class
from briefing.stories.merging import merge


def merged(*readings: Reading):
    return merge([r.document for r in readings], {r.document.id: r.findings() for r in readings})


def figure_of(words: str, *, measure: Measure = Measure.KILLED):
    reading = Reading(news("a", "", f"The count was 7 {words}."))
    return reading.figure("7", 7, measure, counted=words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("people linked to the Red Column", "people"),
        ("civilians in the old town", "people"),
        ("gunmen", "fighters"),
        ("police officers", "forces"),
        ("attacks in the desert", "attack"),
        ("families", "displaced"),
        ("the number of dead", "people"),
        ("the number of inmates held", "prisoners"),
        ("the death toll", "people"),
    ],
)
def test_class_of_what_is_counted(words, expected):
    assert counted_class(figure_of(words)) == expected


def test_a_figure_without_a_noun_counts_people_where_only_people_can_be_meant():
    reading = Reading(news("a", "", "A raid killed 7."))
    assert counted_class(reading.figure("7", 7, Measure.KILLED)) == "people"
    assert counted_class(reading.figure("7", 7, Measure.MONEY)) == ""


def test_the_fullest_mention_leads_and_the_headline_follows():
    first = Reading(news("a", "Raid kills 7", "It was dark. A raid killed 7 farmers, police said."))
    first.figure("7", 7, Measure.KILLED, title=True)
    second = Reading(news("b", "Raid", "The raid killed 7 people.", outlet="Delta Post"))
    second.figure("7", 7, Measure.KILLED, counted="people")
    (figure,) = merged(first, second).figures
    assert [(e.document_id, e.part) for e in figure.evidence] == [("b", Part.TEXT), ("a", Part.TITLE)]
    assert [c.quote for c in figure.context] == ["The raid killed 7 people.", "Raid kills 7"]
    assert figure.id == figure.model_copy().id


def test_other_qualifiers_numbers_measures_and_classes_are_other_facts():
    reading = Reading(news("a", "", "At least 7 people died, 7 soldiers among them. 7 were hurt, 9 later."))
    reading.figure("At least 7", 7, Measure.KILLED, counted="people", qualifier=Qualifier.AT_LEAST)
    reading.figure("7", 7, Measure.KILLED, counted="soldiers")
    reading.figure("7", 7, Measure.WOUNDED)
    reading.figure("9", 9, Measure.WOUNDED)
    assert len(merged(reading).figures) == 4


def test_statements_of_one_speaker_and_content_are_one():
    first = Reading(news("a", "", "Mayor Ana Sol said the bridge would stay closed until Friday."))
    first.statement("Mayor Ana Sol", "said", "the bridge would stay closed until Friday", speaker="Ana Sol")
    second = Reading(news("b", "", "The bridge would stay closed until Friday, Ana Sol said."))
    second.statement("Ana Sol", "said", "The bridge would stay closed until Friday", speaker="Ana Sol")
    third = Reading(news("c", "", "The bridge would stay closed until Friday, the army said. Ana Sol said that schools open."))
    third.statement("the army", "said", "The bridge would stay closed until Friday")
    third.statement("Ana Sol", "said", "schools open", speaker="Ana Sol")
    found = merged(first, second, third).statements
    assert [len(statement.evidence) for statement in found] == [2, 1, 1]


def test_events_of_one_type_place_and_day_are_one():
    readings = []
    for name, place, day in (("a", "Lomar", MONDAY), ("b", None, None), ("c", "Dastin", MONDAY)):
        reading = Reading(news(name, "", f"A raid on a farm near {place or 'the river'} ended at noon."))
        reading.event("raid", EventType.BATTLE, place=place, day=day)
        readings.append(reading)
    old = Reading(news("d", "", "The raid was like the one of 2019."))
    old.event("raid", EventType.BATTLE, status=EventStatus.HISTORICAL)
    found = merged(*readings, old).events
    assert [tuple(e.document_id for e in event.evidence) for event in found] == [("a", "b"), ("c",), ("d",)]


def test_two_events_of_one_report_stay_two():
    reading = Reading(news("a", "", "A raid began at dawn. Another strike followed."))
    reading.event("raid", EventType.BATTLE)
    reading.event("strike", EventType.BATTLE)
    assert len(merged(reading).events) == 2


def test_a_group_and_its_abbreviation_are_one_but_two_people_of_one_surname_are_not():
    first = Reading(news("a", "", "The Red Column (RC) took Lomar. Ana Sol fled."))
    first.entity("Red Column", EntityType.ARMED_GROUP, aliases=("Red Column", "RC"))
    first.entity("Ana Sol", EntityType.PERSON, aliases=("Ana Sol", "Sol"))
    second = Reading(news("b", "", "RC denied it. Pedro Sol stayed."))
    second.entity("RC", EntityType.ARMED_GROUP)
    second.entity("Pedro Sol", EntityType.PERSON, aliases=("Pedro Sol", "Sol"))
    names = [entity.name for entity in merged(first, second).entities]
    assert names == ["Red Column", "Ana Sol", "Pedro Sol"]


def test_risks_in_other_words_stay_apart():
    first, second = (Reading(news(name, "", "The dam at Lomar could burst within days. Looters may come.")) for name in "ab")
    for reading in (first, second):
        reading.risk("The dam at Lomar could burst within days")
    second.risk("Looters may come")
    assert [len(risk.evidence) for risk in merged(first, second).risks] == [2, 1]
