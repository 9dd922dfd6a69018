"""The verb of the room on a small invented day."""

from __future__ import annotations

import random

import pytest
from newsroom import MONDAY, Reading, news

from briefing.models import (
    Change,
    DocumentKind,
    Drop,
    EventStatus,
    EventType,
    Findings,
    GroupingSettings,
    KnownStory,
    Measure,
    Past,
    Story,
    WatchList,
)
from briefing.stories import group, remember

SETTINGS = GroupingSettings()
NO_WATCH = WatchList()


def stories_of(day, past=None, settings=SETTINGS, watch=NO_WATCH) -> tuple[Story, ...]:
    return group(day.documents, day.findings, past or Past(), settings, watch).stories


def test_one_story_per_event_best_first(orven):
    blast, strike = stories_of(orven)
    assert set(blast.documents) == {"wire-1", "wire-2", "own-1"}
    assert blast.documents[0] == "own-1", "newest first"
    assert strike.documents == ("strike-1",)
    assert "explosion" in blast.reasons
    assert blast.rank > strike.rank


def test_the_same_wire_text_counts_once(orven):
    blast = stories_of(orven)[0]
    assert len(blast.publishers) == 2
    assert blast.origins["wire-1"] == blast.origins["wire-2"] == "Coast Wire"
    assert blast.origins["own-1"] == "Orven Gazette"
    assert any("carry one text of Coast Wire" in reason for reason in blast.credibility_reasons)


def test_figures_that_differ_stand_side_by_side_and_are_not_summed(orven):
    blast = stories_of(orven)[0]
    (conflict,) = blast.conflicts
    assert conflict.measure is Measure.KILLED
    assert [figure.value for figure in conflict.figures] == [12, 15]
    assert conflict.newest == 1
    assert all(figure.value != 27 for figure in blast.figures)
    assert blast.credibility == 2
    assert "figures for killed differ" in blast.credibility_reasons


def test_one_figure_per_fact_with_the_quote_of_each_document(orven):
    blast = stories_of(orven)[0]
    twelve = next(figure for figure in blast.figures if figure.value == 12)
    assert {evidence.document_id for evidence in twelve.evidence} == {"wire-1", "wire-2"}
    assert len(twelve.context) == len(twelve.evidence)
    assert [c.document_id for c in twelve.context] == [e.document_id for e in twelve.evidence]
    event = next(event for event in blast.events if event.type is EventType.EXPLOSION)
    assert len(event.evidence) == 3
    assert twelve.id in event.outcomes


def test_the_order_of_the_input_makes_no_difference(orven):
    expected = group(orven.documents, orven.findings, Past(), SETTINGS, NO_WATCH)
    pairs = list(zip(orven.documents, orven.findings, strict=True))
    for seed in range(4):
        random.Random(seed).shuffle(pairs)
        shuffled = group([d for d, _ in pairs], [f for _, f in pairs], Past(), SETTINGS, NO_WATCH)
        assert shuffled.stories == expected.stories


def test_opinion_gives_statements_and_never_an_event(orven):
    column = Reading(
        news(
            "column",
            "Orven market bomb shows that the ministry sleeps",
            "The car bomb at the grain market in Orven shows how little the interior ministry has learned, columnist Ada Brin writes. "
            "The police searched warehouses near the railway station too late.",
            outlet="Hill Tribune",
            kind=DocumentKind.OPINION,
            hours=10,
        )
    )
    column.event("car bomb", EventType.EXPLOSION, place="Orven")
    column.statement("columnist Ada Brin", "writes", "how little the interior ministry has learned", speaker="Ada Brin")
    orven.add(column)
    blast = stories_of(orven)[0]
    assert "column" in blast.documents
    assert any(statement.speaker == "Ada Brin" for statement in blast.statements)
    assert all(evidence.document_id != "column" for event in blast.events for evidence in event.evidence)
    assert len(blast.publishers) == 2, "a comment is no report"


def test_an_opinion_alone_is_left_out_with_a_row():
    column = Reading(
        news("column", "Why raids fail", "The raid in Orven was a mistake, Ada Brin writes. It always is.", kind=DocumentKind.OPINION)
    )
    column.event("raid", EventType.ARREST)
    grouped = group([column.document], [column.findings()], Past(), SETTINGS, NO_WATCH)
    assert grouped.stories == ()
    assert grouped.rows[0].drop is Drop.NOT_RELEVANT
    assert "opinion" in (grouped.rows[0].reason or "")


@pytest.mark.parametrize("status", [EventStatus.HISTORICAL, EventStatus.HYPOTHETICAL, EventStatus.DENIED])
def test_a_story_without_a_current_event_is_left_out(status):
    reading = Reading(news("past", "Ten years after the Orven blast", "Ten years ago a blast hit Orven. A service was held on Monday."))
    reading.event("blast", EventType.EXPLOSION, status=status)
    grouped = group([reading.document], [reading.findings()], Past(), SETTINGS, NO_WATCH)
    assert (len(grouped.stories), len(grouped.rows)) == (0, 1)


def test_an_event_in_passing_makes_no_story():
    text = "The singer married in a garden. Eighty guests came by boat. She killed the rumour of a break with a photograph."
    reading = Reading(news("gossip", "Singer weds", text))
    reading.event("killed", EventType.ATTACK_ON_CIVILIANS)
    grouped = group([reading.document], [reading.findings()], Past(), SETTINGS, NO_WATCH)
    assert grouped.rows[0].reason == "names a security event only in passing"
    reading.figure("Eighty", 80, Measure.DISPLACED, counted="guests")
    assert len(group([reading.document], [reading.findings()], Past(), SETTINGS, NO_WATCH).stories) == 1, "with victims it is one"


def test_a_planned_event_a_risk_or_a_watch_list_hit_keeps_a_story():
    planned = Reading(news("plan", "March planned", "Unions in Orven plan a march to the port on Friday."))
    planned.event("march", EventType.PROTEST, status=EventStatus.PLANNED)
    risky = Reading(news("risk", "Dam in danger", "Engineers warn that the Lomar dam could burst within days."))
    risky.risk("the Lomar dam could burst within days")
    watched = Reading(news("watch", "Ferry timetable", "The ferry from Kestra will sail twice a day from Monday on."))
    readings = [planned, risky, watched]
    grouped = group(
        [r.document for r in readings], [r.findings() for r in readings], Past(), SETTINGS, WatchList(routes=("ferry from  Kestra",))
    )
    assert {story.documents[0] for story in grouped.stories} == {"plan", "risk", "watch"}
    hit = next(story for story in grouped.stories if story.documents == ("watch",))
    assert any(reason.startswith("watch-list: route") for reason in hit.reasons)


def test_another_language_and_a_failed_reading_form_no_story_and_get_no_row(orven):
    orven.documents.append(news("fremd", "Bombe in Orven", "Eine Bombe hat in Orven zwölf Menschen getötet.", labels=("language: de",)))
    orven.findings.append(Findings(document_id="fremd"))
    orven.documents.append(news("failed", "Car bomb in Orven", "A car bomb killed 12 people at the grain market in Orven."))
    orven.findings.append(Findings(document_id="failed"))
    grouped = group(orven.documents, orven.findings, Past(), SETTINGS, NO_WATCH)
    used = {document for story in grouped.stories for document in story.documents}
    assert not used & {"fremd", "failed"}
    assert grouped.rows == ()


def test_a_word_for_word_repetition_joins_its_original(orven):
    original = orven.documents[2]
    copy = news("copy", "Completely other headline", original.text, outlet="Lake Daily", hours=200, duplicate_of="own-1")
    reading = Reading(copy)
    reading.figure("15", 15, Measure.KILLED, counted="people")
    orven.add(reading)
    blast = stories_of(orven)[0]
    assert "copy" in blast.documents
    assert len(blast.publishers) == 2


def test_a_story_keeps_its_id_and_tells_what_changed(orven):
    first = stories_of(orven)
    known = remember(first, issue=7)
    text = "The car bomb at the grain market in Orven killed 19 people, the interior ministry said on Tuesday. Police searched warehouses."
    reading = Reading(news("next-day", "Orven market bomb toll rises to 19", text, outlet="Delta Post", hours=26))
    toll = reading.figure("19", 19, Measure.KILLED, counted="people")
    reading.event("bomb", EventType.EXPLOSION, place="Orven", outcomes=(toll,))
    past = Past(issue=7, cut_off=MONDAY, stories=known)
    (story,) = group([reading.document], [reading.findings()], past, SETTINGS, NO_WATCH).stories
    assert story.id == first[0].id
    assert story.change is Change.UPDATED
    (delta,) = story.deltas
    assert (delta.old, delta.new.value, delta.issue) == ("15", 19, 7)


def test_the_cap_of_one_publisher_puts_its_further_stories_last():
    readings = []
    for number, town in enumerate(("Orven", "Kestra", "Lomar", "Dastin")):
        reading = Reading(
            news(f"d{number}", f"Convoy ambushed outside {town}", f"Gunmen ambushed a convoy outside {town} and burned lorry {number}.")
        )
        reading.event("ambushed", EventType.BATTLE, place=town, at=(number * 2.0, 38.0))
        readings.append(reading)
    other = Reading(news("other", "Clerks march over pay", "Clerks marched through the capital over late pay.", outlet="Delta Post"))
    other.event("marched", EventType.PROTEST)
    readings.append(other)
    settings = GroupingSettings(per_source=3)
    stories = group([r.document for r in readings], [r.findings() for r in readings], Past(), settings, NO_WATCH).stories
    assert len(stories) == 5
    assert stories[3].documents == ("other",)
    assert "more than 3 stories of Orven Gazette alone" in stories[4].reasons


def test_nothing_in_nothing_out():
    grouped = group([], [], Past(stories=(KnownStory(id="st-1", issue=1, headline="x"),)), SETTINGS, NO_WATCH)
    assert grouped.stories == ()
    assert grouped.rows == ()
