"""What the archive keeps of a story, and what counts as a change."""

from __future__ import annotations

import pytest
from newsroom import MONDAY, Reading, news

from briefing.models import Change, EventType, GroupingSettings, KnownStory, Measure, Past, Qualifier, Story, WatchList
from briefing.stories import group, remember

TEXT = "A landslide buried the village of Lomar and killed {toll} people, the mayor said. Rescue teams dig with their hands."


def story(name: str, words: str, value: float | None, *, hours: float = 0, text: str = TEXT, kind=EventType.DISASTER, past=None) -> Story:
    reading = Reading(news(name, "Landslide buries Lomar", text.format(toll=words), hours=hours))
    qualifier = Qualifier.VAGUE if value is None else Qualifier.EXACTLY
    toll = reading.figure(words, value, Measure.KILLED, counted="people", qualifier=qualifier)
    reading.event("landslide", kind, place="Lomar", outcomes=(toll,))
    (found,) = group([reading.document], [reading.findings()], past or Past(), GroupingSettings(), WatchList()).stories
    return found


def after(known: KnownStory, words: str, value: float | None, *, hours: float = 24, **more) -> Story:
    return story("later", words, value, hours=hours, past=Past(issue=known.issue, cut_off=MONDAY, stories=(known,)), **more)


@pytest.fixture
def known() -> KnownStory:
    return remember([story("first", "12", 12)], issue=3)[0]


def test_what_is_remembered(known):
    assert known.issue == 3
    assert known.headline == "Landslide buries Lomar"
    assert known.figures == {"killed": "12"}
    assert known.values == {"killed": 12}
    assert "town:lomar" in known.terms
    assert "event:disaster" in known.terms
    assert known.terms == tuple(sorted(known.terms))


@pytest.mark.parametrize(
    ("words", "value", "change", "old"),
    [
        ("12", 12, Change.UNCHANGED, None),
        ("14", 14, Change.UPDATED, "12"),
        ("9", 9, Change.CORRECTED, "12"),
        ("dozens of", None, Change.UNCHANGED, None),
    ],
)
def test_change_of_a_toll(known, words, value, change, old):
    later = after(known, words, value)
    assert later.id == known.id
    assert later.change is change
    assert [delta.old for delta in later.deltas] == ([old] if old else [])
    assert all(delta.issue == 3 for delta in later.deltas)


def test_a_lower_toll_beside_the_old_one_is_a_conflict_and_no_correction(known):
    low, high = (Reading(news(name, "Landslide buries Lomar", TEXT.format(toll=toll), outlet=name, hours=24)) for name, toll in
                 (("low", "9"), ("high", "12")))  # fmt: skip
    for reading, toll in ((low, "9"), (high, "12")):
        reading.event("landslide", EventType.DISASTER, outcomes=(reading.figure(toll, float(toll), Measure.KILLED, counted="people"),))
    past = Past(issue=3, stories=(known,))
    documents, findings = [low.document, high.document], [low.findings(), high.findings()]
    (later,) = group(documents, findings, past, GroupingSettings(), WatchList()).stories
    assert later.change is not Change.CORRECTED
    assert later.deltas == ()
    assert len(later.conflicts) == 1


def test_a_new_kind_of_event_is_an_update(known):
    text = TEXT + " Villagers marched on the town hall."
    reading = Reading(news("later", "Landslide buries Lomar", text.format(toll="12"), hours=24))
    reading.event("landslide", EventType.DISASTER, place="Lomar", outcomes=(reading.figure("12", 12, Measure.KILLED, counted="people"),))
    reading.event("marched", EventType.PROTEST)
    past = Past(issue=3, stories=(known,))
    (later,) = group([reading.document], [reading.findings()], past, GroupingSettings(), WatchList()).stories
    assert later.change is Change.UPDATED
    assert later.deltas == ()


def test_another_town_or_too_long_ago_is_a_new_story(known):
    elsewhere = TEXT.replace("Lomar", "Dastin")
    reading = Reading(news("later", "Landslide buries Dastin", elsewhere.format(toll="12"), hours=24))
    reading.event("landslide", EventType.DISASTER, place="Dastin")
    past = Past(issue=3, stories=(known,))
    (other,) = group([reading.document], [reading.findings()], past, GroupingSettings(), WatchList()).stories
    assert (other.change, other.id == known.id) == (Change.NEW, False)
    assert after(known, "12", 12, hours=24 * 9).change is Change.NEW


def test_one_known_story_is_continued_once(known):
    readings = []
    for name, what in (("a", "landslide"), ("b", "robbery")):
        text = f"A {what} in Lomar kept the mayor awake. Rescue teams {'dig' if what == 'landslide' else 'look for a stolen ambulance'}."
        reading = Reading(news(name, f"Lomar: {what}", text, hours=24))
        reading.event(what, EventType.DISASTER, place="Lomar")
        readings.append(reading)
    past = Past(issue=3, stories=(known,))
    stories = group([r.document for r in readings], [r.findings() for r in readings], past, GroupingSettings(), WatchList()).stories
    assert sum(found.id == known.id for found in stories) <= 1


def test_the_content_hash_leaves_out_who_and_when(known):
    same = remember([story("other-document", "12", 12, hours=5)], issue=4)[0]
    assert same.content_hash == known.content_hash
    assert remember([story("third", "13", 13)], issue=4)[0].content_hash != known.content_hash


def test_ids_are_stable():
    assert story("first", "12", 12).id == story("first", "14", 14, hours=3).id
    assert story("first", "12", 12).id != story("second", "12", 12).id
