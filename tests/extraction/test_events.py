"""Events: type, status, participants, one per event, the lexicon's columns, hostile text."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from briefing.extraction import triggers
from briefing.extraction.events import Events
from briefing.extraction.parsed import Parsed, parsed
from briefing.extraction.places import Places
from briefing.models import Document, Event, EventStatus, EventType, Precision, Source, When

Read = Callable[[str], list[Event]]
ACLED = {"Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots", "Strategic developments"}
PLOVER = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"),
    *("THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "OTHER"),
}


WORDS = ["attack", "the", "rebels", "killed", "by", "in", "Goma", ",", '"', "plan", "to", "\n"]


@pytest.fixture(scope="module")
def read(base: Language) -> Read:
    return lambda text: parsed(_components(base(text))).events


def _components(doc: Doc) -> Doc:
    return Events()(Places([])(doc))


def quoted(event: Event) -> str:
    return event.evidence[0].quote


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rebels captured the town of Dorra on Monday.", EventType.BATTLE),
        ("A drone strike hit a convoy near Marib in Yemen.", EventType.AIRSTRIKE),
        ("A car bomb killed four shoppers in Kirkuk.", EventType.EXPLOSION),
        ("Gunmen attacked villagers in northern Nigeria.", EventType.ATTACK_ON_CIVILIANS),
        ("Pirates kidnapped six sailors off Benin.", EventType.ABDUCTION),
        ("Police arrested three men in Lyon on Friday.", EventType.ARREST),
        ("Thousands of students protested in Tbilisi.", EventType.PROTEST),
        ("A mob looted shops in Durban.", EventType.RIOT),
        ("Thirty prisoners escaped from a jail in Benin City.", EventType.ESCAPE),
        ("Thousands of families fled the village.", EventType.DISPLACEMENT),
        ("The army deployed two brigades to the border.", EventType.DEPLOYMENT),
        ("The two sides signed a ceasefire in Doha.", EventType.AGREEMENT),
        ("The bloc imposed sanctions on three banks.", EventType.SANCTION),
        ("Hackers leaked the records of a clinic in Oslo.", EventType.CYBER),
        ("An earthquake killed 20 people in Nepal.", EventType.DISASTER),
        ("A court in Oslo convicted two brothers.", EventType.JUDICIAL),
        ("Officers took power in a coup in Niamey.", EventType.OTHER),
    ],
)
def test_types(read: Read, text: str, kind: EventType) -> None:
    found = read(text)
    assert kind in [event.type for event in found]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rebels attacked the base on Monday.", EventStatus.ACTUAL),
        ("The army is planning an offensive against the rebels.", EventStatus.PLANNED),
        ("The army will attack the rebels near Dorra.", EventStatus.PLANNED),
        ("A previous attack on the base by rebels left ten dead.", EventStatus.HISTORICAL),
        ("The garrison foiled an attack on the base by rebels in Dorra.", None),
        ("Rebels did not attack the base.", None),
    ],
)
def test_status(read: Read, text: str, status: EventStatus | None) -> None:
    found = read(text)
    if status is None:
        assert EventStatus.ACTUAL not in [event.status for event in found]
    else:
        assert status in [event.status for event in found]


@pytest.mark.parametrize(("year", "status"), [(2019, EventStatus.HISTORICAL), (2026, EventStatus.ACTUAL)])
def test_a_time_long_before_publication_is_history(base: Language, year: int, status: EventStatus) -> None:
    text = f"Rebels attacked the base in {year}."
    published = datetime(2026, 3, 3, tzinfo=UTC)
    source = Source(id="s", name="s")
    document = Document(id="d", source=source, name="d", text=text, sha256="", published_at=published, published_precision=Precision.DAY)
    doc = base(text)
    doc._.briefing = Parsed(document)
    at = text.index(str(year))
    when = When(
        evidence=document.cite(at, at + 4),
        start=datetime(year, 1, 1, tzinfo=UTC),
        end=datetime(year + 1, 1, 1, tzinfo=UTC),
        precision=Precision.YEAR,
    )
    parsed(doc).times.append(when)
    (event,) = parsed(_components(doc)).events
    assert event.status is status
    assert event.when == when


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked the base in Goma.",
        "The base in Goma was attacked by rebels.",
        "The rebels' attack on the base in Goma lasted an hour.",
        "The rebels launched an attack on the base in Goma.",
        "An attack by rebels on the base in Goma failed to break the line.",
    ],
)
def test_active_passive_and_nominal_forms(read: Read, text: str) -> None:
    event = read(text)[0]
    assert event.actor is not None
    assert "rebels" in event.actor.quote.lower()
    assert event.target is not None
    assert "base" in event.target.quote
    assert event.place is not None
    assert event.place.name == "Goma"


def test_the_actor_of_a_decision_and_of_a_reported_clause(read: Read) -> None:
    (event,) = [event for event in read("The group said it had captured the town of Dorra.") if event.type is EventType.BATTLE]
    assert event.actor is not None
    assert event.actor.quote == "The group"


def test_the_dead_are_what_the_blast_cost(read: Read) -> None:
    found = read("A car bomb exploded at a market in Kirkuk, killing four people.")
    assert EventType.ATTACK_ON_CIVILIANS not in [event.type for event in found]


def test_one_event_once(read: Read) -> None:
    found = read("A drone strike hit a depot near Marib in Yemen. The strike came at dawn. The strike was the third this week.")
    assert [quoted(event) for event in found] == ["drone strike"]


def test_two_events_stay_two(read: Read) -> None:
    found = read("Rebels attacked a base in Goma. Police arrested two students in Lyon.")
    assert [event.type for event in found] == [EventType.BATTLE, EventType.ARREST]


@pytest.mark.parametrize(
    "text", ["He died of a heart attack in Oslo.", "The firms struck a deal with the bank.", "The council met on Tuesday.", ""]
)
def test_no_events(read: Read, text: str) -> None:
    assert read(text) == []


def test_every_class_has_its_columns() -> None:
    assert {kind.type for kind in triggers.classes()} == set(EventType)
    assert {kind.plover for kind in triggers.classes()} <= PLOVER
    assert all(kind.acled for kind in triggers.classes())


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_text(base: Language, text: str) -> None:
    for event in parsed(_components(base(text))).events:
        for part in (*event.evidence, *event.context, event.actor, event.target):
            assert part is None or part.quote == text[part.start : part.end]


def test_time_grows_with_length(base: Language) -> None:
    def seconds(text: str) -> float:
        doc = base(text)
        start = time.process_time()
        _components(doc)
        return time.process_time() - start

    for sentence in ("Rebels attacked a base in Goma. ", "the attack on the attack by the attack in Goma and "):
        seconds(sentence)
        assert seconds(sentence * 800) < 20 * seconds(sentence * 100) + 0.3


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Nobody escaped from the prison in Dorra.", EventStatus.DENIED),
        ("There is no evidence of an attack by rebels on the depot in Goma.", EventStatus.DENIED),
        ("Army to strike rebel camps near Goma", EventStatus.PLANNED),
        ("The rebels have waged a decades-long insurgency against the government of Chad.", EventStatus.HISTORICAL),
        ("The revolt began with a protest by students in Goma.", EventStatus.HISTORICAL),
        ("The mayor plans a visit to Goma after an attack by rebels on the market.", EventStatus.ACTUAL),
    ],
)
def test_status_told_by_the_words_around(read: Read, text: str, status: EventStatus) -> None:
    doc_events = [event.status for event in read(text)]
    assert status in doc_events


def test_figures_of_attacks_are_an_event(read: Read) -> None:
    (event,) = [
        event for event in read("The group has carried out six attacks in Mali, killing 70 people.") if event.type is EventType.BATTLE
    ]
    assert quoted(event) == "attacks"


def test_what_is_taken_tells_the_type(read: Read) -> None:
    assert [event.type for event in read("Pirates seized a tanker off Benin.")] == [EventType.ABDUCTION]
    assert [event.type for event in read("Police seized 40 rifles in Lyon.")] == [EventType.OTHER]


def test_a_target_stops_before_a_relative_clause(read: Read) -> None:
    (event,) = read("Rebels attacked a market in the west of Niger in which 23 people were killed.")[:1]
    assert event.target is not None
    assert "which" not in event.target.quote
    assert "market" in event.target.quote


def test_a_bare_number_is_no_target(read: Read) -> None:
    assert [
        event.target for event in read("A drone strike killed 25 in Marib on Monday.") if event.target and event.target.quote == "25"
    ] == []


def test_a_month_is_no_march(read: Read) -> None:
    assert [quoted(event) for event in read("The war in Chad began in March 2011.") if quoted(event) == "March"] == []


def test_who_was_jailed_after_being_arrested(read: Read) -> None:
    found = [event for event in read("Two brothers were arrested in Oslo and jailed on Monday.") if event.type is EventType.ARREST]
    assert all(event.target is not None and event.target.quote == "Two brothers" for event in found)
    assert found


def test_the_place_of_the_lead_is_that_of_what_follows(read: Read) -> None:
    found = read("Gunmen attacked a market in Goma on Monday. A car bomb exploded near the gate at noon, witnesses said.")
    assert [event.place.name for event in found if event.type is EventType.EXPLOSION and event.place is not None] == ["Goma"]
