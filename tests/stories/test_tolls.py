"""Which numbers are whole tolls of now: parts, increments, older and withdrawn counts are not."""

from __future__ import annotations

import pytest
from newsroom import Reading, news

from briefing.models import EventType, Figure, GroupingSettings, Measure, Past, Qualifier, WatchList
from briefing.stories import group
from briefing.stories.conflicts import conflicts, main_figures
from briefing.stories.counted import same_kind
from briefing.stories.merging import merge
from briefing.stories.tolls import is_added, is_freed, is_older, is_part, is_refuted, is_remaining


def figure_in(text: str, words: str, measure: Measure = Measure.KILLED, *, counted: str | None = None) -> Figure:
    return Reading(news("a", "Notes", text)).figure(words, 1.0, measure, counted=counted)


@pytest.mark.parametrize(
    ("text", "words", "part"),
    [
        ("The army said it had killed nine of the raiders.", "nine", True),
        ("Two of her patients died at dawn.", "Two", True),
        ("The clinic counted 11 dead, two more than the police.", "two", True),
        ("Nine people were killed in Orven.", "Nine", False),
        ("Nine of ten wells are dry, and 12 people died.", "12", False),
    ],
)
def test_a_part_of_others(text, words, part):
    assert is_part(figure_in(text, words)) is part


def test_the_wounded_who_died_are_no_count_of_the_wounded():
    assert is_part(figure_in("Three injured men had died on the road.", "Three", Measure.WOUNDED))
    assert not is_part(figure_in("Three people were wounded and two dead were found.", "Three", Measure.WOUNDED))
    assert not is_part(figure_in("Three people were wounded.", "Three", Measure.WOUNDED))


@pytest.mark.parametrize(
    ("text", "words", "added"),
    [
        ("Another 12 people died at night.", "12", True),
        ("Divers found a further four dead.", "four", True),
        ("By noon 6 more had died.", "6", True),
        ("By noon 6 had died.", "6", False),
    ],
)
def test_an_increment(text, words, added):
    assert is_added(figure_in(text, words)) is added


@pytest.mark.parametrize(
    ("text", "words", "older"),
    [
        ("Nurses, who had counted 17 dead on Sunday, now speak of 22.", "17", True),
        ("Nurses, who had counted 17 dead on Sunday, now speak of 22.", "22", False),
        ("The toll rose from 12 to 15.", "12", True),
        ("The toll rose from 12 to 15.", "15", False),
        ("Earlier in the day the police had spoken of three dead.", "three", True),
        ("The police speak of three dead.", "three", False),
    ],
)
def test_an_older_count(text, words, older):
    assert is_older(figure_in(text, words)) is older


def test_those_displaced_before_are_no_count_of_the_displaced():
    assert is_part(figure_in("The war may reach camps where 9,000 displaced people live.", "9,000", Measure.DISPLACED))
    assert not is_part(figure_in("The war drove 9,000 people from Orven.", "9,000", Measure.DISPLACED))


def test_who_is_still_missing():
    assert is_remaining(figure_in("One miner is still missing.", "One", Measure.MISSING))
    assert not is_remaining(figure_in("Two miners are missing, and rain is still falling.", "Two", Measure.MISSING))


def test_an_older_count_of_the_missing_does_not_conflict_with_who_is_missing_still():
    readings = []
    for number, (text, words) in enumerate((("Two miners are missing.", "Two"), ("One miner is still missing.", "One"))):
        reading = Reading(news(f"d{number}", "Shaft falls in", text, outlet=f"Outlet {number}", hours=number))
        reading.figure(words, 2.0 - number, Measure.MISSING, counted="miner")
        readings.append(reading)
    merged = merge([r.document for r in readings], {r.document.id: r.findings() for r in readings})
    assert conflicts(merged.figures, merged.events, ["d1", "d0"]) == ()
    assert len(conflicts(merged.figures, merged.events, ["d0", "d1"])) == 1, "a newer count is no older one"


def test_what_is_said_to_be_false_and_who_was_let_go():
    assert is_refuted(figure_in("A report that three workers were killed was false.", "three"))
    assert not is_refuted(figure_in("Three workers were killed.", "Three"))
    assert is_freed(figure_in("Two suspects who were arrested on Sunday were released.", "Two", Measure.DETAINED))
    assert not is_freed(figure_in("Two suspects were arrested.", "Two", Measure.DETAINED))
    assert not is_freed(figure_in("Two guards were killed when hostages were released.", "Two", Measure.KILLED))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("people", "people", True),
        ("people", "miner", True),
        ("people", "fighters", False),
        ("people", "suspects", False),
        ("bodies", "people", False),
        ("miner", "teacher", False),
    ],
)
def test_kinds_of_counted(one, other, same):
    assert same_kind(one, other) is same
    assert same_kind(other, one) is same


def tolls_of(*reports: tuple[str, list[tuple[str, float, str]]]):
    """Conflicts and main toll of reports (oldest first), each with its killed figures as (words, value, counted)."""
    readings = []
    for number, (text, figures) in enumerate(reports):
        reading = Reading(news(f"d{number}", "Mill burns in Orven", text, outlet=f"Outlet {number}", hours=number))
        for words, value, counted in figures:
            reading.figure(words, value, Measure.KILLED, counted=counted)
        readings.append(reading)
    merged = merge([r.document for r in readings], {r.document.id: r.findings() for r in readings})
    newest_first = [reading.document.id for reading in reversed(readings)]
    found = conflicts(merged.figures, merged.events, newest_first)
    main = main_figures(merged.figures, merged.events, newest_first).get(Measure.KILLED)
    return [[figure.value for figure in conflict.figures] for conflict in found], main.value if main else None


def test_bodies_found_in_one_place_are_no_other_toll():
    first = ("The fire killed 23 people, the mayor said.", [("23", 23, "people")])
    second = ("The toll rose after six bodies were found. In all 23 people died.", [("six", 6, "bodies"), ("23", 23, "people")])
    assert tolls_of(first, second) == ([], 23)


def test_another_party_is_no_other_toll():
    first = ("The raid killed 23 people.", [("23", 23, "people")])
    second = ("Nine of the raiders were killed later.", [("Nine", 9, "the raiders")])
    assert tolls_of(first, second) == ([], 23)


def test_an_increment_is_no_toll_beside_the_whole():
    report = ("The fire killed 23 people. Another 12 people died in hospital.", [("23", 23, "people"), ("12", 12, "people")])
    assert tolls_of(report) == ([], 23)


def test_the_count_of_the_day_before_is_older_and_not_conflicting():
    first = ("Three people died in the fire.", [("Three", 3, "people")])
    second = ("Four people died. Earlier in the day the mayor had spoken of three dead.", [("Four", 4, "people"), ("three", 3, "dead")])
    assert tolls_of(first, second) == ([], 4)


def test_two_whole_tolls_disagree_however_far_apart():
    first = ("Three people died in the fire.", [("Three", 3, "people")])
    second = ("The fire killed 90 people, rescuers said.", [("90", 90, "people")])
    assert tolls_of(first, second) == ([[3, 90]], 90)


def test_a_refuted_toll_is_never_one_of_the_story():
    reading = Reading(
        news("a", "Strike in Orven", "A report that three workers were killed in Orven was false, the union said. Police closed it.")
    )
    reading.figure("three", 3, Measure.KILLED, counted="workers")
    reading.event("closed", EventType.PROTEST, place="Orven")
    (story,) = group([reading.document], [reading.findings()], Past(), GroupingSettings(), WatchList()).stories
    assert [figure.background for figure in story.figures] == [True]


def test_a_figure_without_numbers_has_no_part():
    vague = Reading(news("a", "Notes", "Dozens died.")).figure("Dozens", None, Measure.KILLED, qualifier=Qualifier.VAGUE)
    assert not any((is_part(vague), is_added(vague), is_older(vague), is_freed(vague), is_refuted(vague)))


def test_one_of_the_dead_is_no_toll_beside_a_number():
    first = ("Three workers died in the fire.", [("Three", 3, "workers")])
    second = ("A worker died of his burns, which brought the toll to 4.", [("A", 1, "worker"), ("4", 4, "the toll")])
    assert tolls_of(first, second) == ([], 4)
    assert tolls_of(("A worker died in the fire.", [("A", 1, "worker")])) == ([], 1)
