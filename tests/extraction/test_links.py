"""Links between findings: who gives a figure, what an event cost, who raises a risk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from briefing.extraction.parsed import Parsed
from briefing.models import Document, Event, EventStatus, EventType, Risk, RiskKind, Statement, StatementKind

Document_of = Callable[..., Document]


@pytest.fixture
def linked(figures_nlp: Language, document_of: Document_of) -> Callable[..., Parsed]:
    """Figures as found in the text, other findings as given by the words they stand in, linked by the real component."""

    def run(text: str, **findings: Callable[[Parsed], list[object]]) -> Parsed:
        work = Parsed(document_of(text))
        doc = figures_nlp.make_doc(text)
        doc._.briefing = work
        for kind, make in findings.items():
            setattr(work, kind, make(work))
        figures_nlp(doc)
        return work

    return run


def said(work: Parsed, source: str, content: str, *, speaker: str | None = None, nth: int = 0) -> Statement:
    start = work.stored.index(content)
    where = work.stored.index(source, nth)
    cited = work.cite(start, start + len(content))
    return Statement(
        evidence=(cited,),
        context=(cited,),
        source=(work.cite(where, where + len(source)),),
        content=(cited,),
        kind=StatementKind.INDIRECT,
        speaker=speaker,
    )


def test_a_figure_inside_a_statement_names_its_source(linked: Callable[..., Parsed]) -> None:
    text = "The interior ministry said six guards were killed. Twelve boats sank."
    work = linked(text, statements=lambda work: [said(work, "The interior ministry", "six guards were killed")])
    assert [figure.attributed_to and figure.attributed_to.quote for figure in work.figures] == ["The interior ministry", None]


def test_the_innermost_statement_wins(linked: Callable[..., Parsed]) -> None:
    text = "State radio said witnesses reported that six guards were killed."
    work = linked(
        text,
        statements=lambda work: [
            said(work, "State radio", "witnesses reported that six guards were killed"),
            said(work, "witnesses", "six guards were killed"),
        ],
    )
    assert [figure.attributed_to and figure.attributed_to.quote for figure in work.figures] == ["witnesses"]


def test_a_pronoun_is_replaced_by_where_the_speaker_is_named(linked: Callable[..., Parsed]) -> None:
    text = "Mara Voss, the governor, spoke on Monday. She said nine houses burned."
    work = linked(text, statements=lambda work: [said(work, "She", "nine houses burned", speaker="Mara Voss")])
    (figure,) = work.figures
    assert figure.attributed_to is not None
    assert (figure.attributed_to.quote, figure.attributed_to.start) == ("Mara Voss", 0)


def test_a_pronoun_that_nobody_resolved_stays(linked: Callable[..., Parsed]) -> None:
    work = linked("She said nine houses burned.", statements=lambda work: [said(work, "She", "nine houses burned")])
    assert [figure.attributed_to and figure.attributed_to.quote for figure in work.figures] == ["She"]


def event(work: Parsed, trigger: str, sentence: str) -> Event:
    start, first = work.stored.index(trigger), work.stored.index(sentence)
    return Event(
        evidence=(work.cite(start, start + len(trigger)),),
        context=(work.cite(first, first + len(sentence)),),
        type=EventType.EXPLOSION,
        status=EventStatus.ACTUAL,
    )


def test_an_event_has_the_casualties_of_its_sentence(linked: Callable[..., Parsed]) -> None:
    first, second = "A blast killed 13 people and wounded 29 with two devices.", "Police arrested nine men after a raid."
    work = linked(f"{first} {second}", events=lambda work: [event(work, "blast", first), event(work, "raid", second)])
    values = {figure.id: figure.value for figure in work.figures}
    assert [[values[outcome] for outcome in found.outcomes] for found in work.events] == [[13, 29], [9]]


def test_of_two_events_in_a_sentence_the_nearer_one_has_the_figure(linked: Callable[..., Parsed]) -> None:
    text = "A blast killed 13 people and in a later ambush rebels killed four."
    work = linked(text, events=lambda work: [event(work, "blast", text), event(work, "ambush", text)])
    values = {figure.id: figure.value for figure in work.figures}
    assert [[values[outcome] for outcome in found.outcomes] for found in work.events] == [[13], [4]]


def test_a_risk_inside_a_statement_names_its_source(linked: Callable[..., Parsed]) -> None:
    text = "Officials warned that raiders could attack the port. The sea was calm."

    def risks(work: Parsed) -> list[Risk]:
        clause = "raiders could attack the port"
        cited = work.cite(text.index(clause), text.index(clause) + len(clause))
        return [Risk(evidence=(cited,), context=(cited,), kind=RiskKind.WARNING)]

    work = linked(text, risks=risks, statements=lambda work: [said(work, "Officials", "raiders could attack the port")])
    assert [risk.attributed_to and risk.attributed_to.quote for risk in work.risks] == ["Officials"]
