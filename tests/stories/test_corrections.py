"""Numbers taken back, and stories that end."""

from __future__ import annotations

import pytest
from newsroom import MONDAY, Reading, news

from briefing.errors import ConfigurationError
from briefing.models import Change, EventType, GroupingSettings, KnownStory, Measure, Past, Story, WatchList
from briefing.stories import group, remember
from briefing.stories.closing import ends
from briefing.stories.cues import has_cue
from briefing.stories.tables import read_lists

FIRST = "Thieves stole 5,200 rifles from the arsenal of Orven on Sunday, the army said. Nobody was hurt in the raid."


def story(
    name: str, text: str, figures: list[tuple[str, float, str]], *, title="Rifles stolen in Orven", hours: float = 0, past=None
) -> Story:
    reading = Reading(news(name, title, text, hours=hours))
    for words, value, counted in figures:
        reading.figure(words, value, Measure.MATERIEL, counted=counted)
    reading.event(text.split()[1], EventType.BATTLE, place="Orven")
    (found,) = group([reading.document], [reading.findings()], past or Past(), GroupingSettings(), WatchList()).stories
    return found


@pytest.fixture
def known() -> KnownStory:
    return remember([story("first", FIRST, [("5,200", 5200, "rifles")])], issue=7)[0]


def later(known: KnownStory, text: str, figures: list[tuple[str, float, str]], **more) -> Story:
    return story("later", text, figures, hours=24, past=Past(issue=known.issue, cut_off=MONDAY, stories=(known,)), **more)


def test_the_archive_keeps_every_number(known):
    assert known.printed == (("materiel", "5,200", 5200.0),)
    assert not known.closed


@pytest.mark.parametrize(
    "text",
    [
        "Thieves stole 2,500 rifles from Orven, the army corrected. A number of 5,200 rifles was given in error.",
        "Thieves stole 2,500 rifles from Orven and not 5,200 rifles. The army gave no reason.",
        "Thieves stole 2,500 rifles from Orven. The number had been given as 5,200 rifles on Sunday.",
    ],
)
def test_a_number_taken_back_is_a_correction(known, text):
    found = later(known, text, [("2,500", 2500, "rifles"), ("5,200", 5200, "rifles")])
    assert found.change is Change.CORRECTED
    assert [(delta.old, delta.new.value, delta.measure, delta.issue) for delta in found.deltas] == [("5,200", 2500, Measure.MATERIEL, 7)]


def test_a_number_that_grew_is_an_update(known):
    text = "Thieves stole 7,100 rifles from Orven in all. The number has risen from 5,200 rifles, which was wrong by Monday."
    found = later(known, text, [("7,100", 7100, "rifles"), ("5,200", 5200, "rifles")])
    assert (found.change, found.deltas) == (Change.UPDATED, ())


def test_a_number_the_issue_never_printed_is_not_taken_back(known):
    text = "Thieves stole 2,500 rifles from Orven. A number of 9,900 rifles was given in error."
    assert later(known, text, [("2,500", 2500, "rifles"), ("9,900", 9900, "rifles")]).change is Change.UPDATED


def test_a_number_of_something_else_is_no_correction(known):
    text = "Thieves stole rifles from Orven. The army corrected its notice of 5,200 rifles after two hours of 900 calls."
    found = later(known, text, [("5,200", 5200, "rifles"), ("900", 900, "calls")])
    assert found.change is not Change.CORRECTED


@pytest.mark.parametrize(
    "sentence",
    [
        "Dockers lifted their blockade of the port of Lomar on Monday.",
        "Dockers end Lomar blockade after talks",
        "The strike on the railway was called off.",
        "After nine days the siege of the mill is over.",
        "All 14 miners were rescued from the shaft at noon.",
        "The last two hostages have been set free.",
    ],
)
def test_an_end(sentence):
    assert ends(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The council called on dockers to end the blockade.",
        "The blockade will be lifted only if wages are paid.",
        "Dockers did not end their strike.",
        "Two of the hostages were released.",
        "A protest over wages filled the market.",
        "The end of the strike is not in sight.",
        "Dockers blockade the port of Lomar.",
        "All miners hope to be rescued by Friday.",
        "",
    ],
)
def test_no_end(sentence):
    assert not ends(sentence)


def test_a_story_that_ends_is_closed_once(known):
    text = "Thieves gave up and the siege of Orven ended on Monday. The rifles are back."
    closed = later(known, text, [])
    assert closed.change is Change.CLOSED
    again = remember([closed], issue=8)[0]
    assert again.closed
    third = story("third", text + " The mayor rejoiced.", [], hours=40, past=Past(issue=8, cut_off=MONDAY, stories=(again,)))
    assert third.change is Change.UNCHANGED


def test_a_new_story_is_new_even_when_it_tells_of_its_end():
    assert story("first", "The siege of Orven ended on Monday. The rifles are back.", []).change is Change.NEW


def test_cues_are_whole_words_in_any_case():
    assert has_cue("It was CORRECTED at noon", "correction")
    assert not has_cue("an uncorrected proof", "correction")


def test_a_cue_that_stands_twice_is_named_with_its_line():
    with pytest.raises(ConfigurationError, match=r"cues\.yaml:1: `lifted` stands here twice"):
        read_lists("cues.yaml", "ends_verb: [lifted, lifted]")
