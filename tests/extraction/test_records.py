"""The line of ``briefing extract``: offsets into the text, plain values, nothing of the title."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from briefing.extraction.records import record
from briefing.models import (
    Document,
    Entity,
    EntityType,
    Event,
    EventStatus,
    EventType,
    Evidence,
    Figure,
    Findings,
    Measure,
    Part,
    Place,
    PlacePrecision,
    Precision,
    Qualifier,
    Risk,
    RiskKind,
    Source,
    Stance,
    Statement,
    StatementKind,
    When,
)

TITLE = "Nine wounded in Dorra"
TEXT = 'At least nine people were wounded in Dorra on Monday, Mayor Ilin Prosk said. "It may get worse," she warned.'
DOCUMENT = Document(id="d1", source=Source(id="s", name="s"), name="d1.txt", title=TITLE, text=TEXT, sha256="0" * 64)
SENTENCE = DOCUMENT.cite(0, 76)


def cite(words: str, part: Part = Part.TEXT) -> Evidence:
    start = (TITLE if part is Part.TITLE else TEXT).index(words)
    return DOCUMENT.cite(start, start + len(words), part)


PLACE = Place(evidence=cite("Dorra"), name="Dorra", country="MZ", latitude=1.5, longitude=2.5, precision=PlacePrecision.SETTLEMENT)
MONDAY = When(
    evidence=cite("on Monday"), start=datetime(2026, 3, 2, tzinfo=UTC), end=datetime(2026, 3, 3, tzinfo=UTC), precision=Precision.DAY
)
FIGURE = Figure(
    evidence=(cite("At least nine"),),
    context=(SENTENCE,),
    value=9,
    qualifier=Qualifier.AT_LEAST,
    measure=Measure.WOUNDED,
    counted=cite("people"),
    attributed_to=cite("Mayor Ilin Prosk"),
    place=PLACE,
    when=MONDAY,
)
IN_TITLE = Figure(evidence=(cite("Nine", Part.TITLE),), context=(cite(TITLE, Part.TITLE),), value=9, measure=Measure.WOUNDED)
STATEMENT = Statement(
    evidence=(cite('It may get worse," she warned'),),
    context=(cite('"It may get worse," she warned.'),),
    source=(cite("she"),),
    cue=(cite("warned"),),
    content=(cite("It may get worse"),),
    quoted=(cite("It may get worse"),),
    kind=StatementKind.DIRECT,
    speaker="Ilin Prosk",
    stance=Stance.WARNS,
)
EVENT = Event(
    evidence=(cite("wounded"),), context=(SENTENCE,), type=EventType.OTHER, status=EventStatus.ACTUAL, target=cite("people"), place=PLACE
)
RISK = Risk(evidence=(cite("It may get worse"),), context=(cite("It may get worse"),), kind=RiskKind.WARNING, hedge=cite("may"))
PERSON = Entity(
    evidence=(cite("Ilin Prosk"),),
    context=(SENTENCE,),
    name="Ilin Prosk",
    type=EntityType.PERSON,
    aliases=("Ilin Prosk",),
    role=cite("Mayor"),
)
TOWN = Entity(
    evidence=(cite("Dorra", Part.TITLE), cite("Dorra")), context=(cite(TITLE, Part.TITLE), SENTENCE), name="Dorra", type=EntityType.PLACE
)
TITLE_ONLY = Entity(evidence=(cite("Nine", Part.TITLE),), context=(cite(TITLE, Part.TITLE),), name="Nine", type=EntityType.ORGANISATION)
FINDINGS = Findings(
    document_id="d1",
    figures=(IN_TITLE, FIGURE),
    statements=(STATEMENT,),
    events=(EVENT,),
    risks=(RISK,),
    entities=(TITLE_ONLY, PERSON, TOWN),
)


def test_the_given_id_is_kept() -> None:
    assert record("given", FINDINGS)["id"] == "given"


def test_no_findings_make_empty_lists() -> None:
    assert record("e", Findings(document_id="e")) == {
        "id": "e",
        "figures": [],
        "statements": [],
        "events": [],
        "risks": [],
        "entities": [],
    }


def test_a_figure_tells_number_words_and_offsets() -> None:
    (figure,) = record("d1", FINDINGS)["figures"]
    assert TEXT[figure["start"] : figure["end"]] == "At least nine"
    assert {k: figure[k] for k in ("value", "low", "high", "qualifier", "measure", "counted", "attributed_to", "place", "when")} == {
        "value": 9,
        "low": None,
        "high": None,
        "qualifier": "at_least",
        "measure": "wounded",
        "counted": "people",
        "attributed_to": "Mayor Ilin Prosk",
        "place": "Dorra",
        "when": "on Monday",
    }
    assert figure["location"]["country"] == "MZ"
    assert figure["when_interval"] == {"start": "2026-03-02T00:00:00+00:00", "end": "2026-03-03T00:00:00+00:00", "precision": "day"}


def test_a_statement_tells_its_spans() -> None:
    (statement,) = record("d1", FINDINGS)["statements"]
    for name, words in (("source", "she"), ("cue", "warned"), ("content", "It may get worse"), ("quoted", "It may get worse")):
        ((start, end),) = statement[name]
        assert TEXT[start:end] == words
    assert (statement["kind"], statement["speaker"], statement["stance"], statement["polarity"]) == (
        "direct",
        "Ilin Prosk",
        "warns",
        "positive",
    )


def test_an_event_and_a_risk() -> None:
    told = record("d1", FINDINGS)
    (event,), (risk,) = told["events"], told["risks"]
    assert (event["type"], event["status"], event["actor"], event["target"], event["place"]) == ("other", "actual", None, "people", "Dorra")
    assert (risk["hedge"], risk["kind"], risk["level"], risk["likelihood"], risk["horizon"]) == ("may", "warning", "unrated", None, None)


def test_what_stands_in_the_title_alone_is_left_out() -> None:
    told = record("d1", FINDINGS)
    assert [entity["name"] for entity in told["entities"]] == ["Ilin Prosk", "Dorra"]
    assert told["entities"][1]["mentions"] == [[TEXT.index("Dorra"), TEXT.index("Dorra") + 5]]
    assert len(told["figures"]) == 1


def test_the_record_survives_json() -> None:
    told = record("d1", FINDINGS)
    assert json.loads(json.dumps(told)) == told
