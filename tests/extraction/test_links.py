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


def givers_of(work: Parsed) -> list[str | None]:
    return [figure.attributed_to and figure.attributed_to.quote for figure in work.figures]


@pytest.mark.parametrize(
    ("text", "givers"),
    [
        ("Police put the crowd at 5,000.", ["Police"]),
        ("Organisers spoke of 8,000 marchers.", ["Organisers"]),
        ("A survey by the Dorra Post gave the mayor an approval of 49 per cent.", ["A survey by the Dorra Post"]),
        ("The latest figures show 300 raids in the valley.", ["The latest figures"]),
        ("Six boats sank off the coast the harbour authority said.", ["the harbour authority"]),
        ("Six boats sank off the coast on Friday Dorra police said.", ["Dorra police"]),
        ("About 300 people live in the fort, the ministry estimates, with many unwell.", ["the ministry"]),
        # nobody gives these
        ("Police put 200 officers on the bridge.", [None]),
        ("The captain spoke to 12 sailors.", [None]),
        ("The report was carried by 12 papers.", [None]),
        ("The 12 guards heard what the minister said.", [None]),
    ],
)
def test_who_gives_a_figure_without_a_statement(linked: Callable[..., Parsed], text: str, givers: list[str | None]) -> None:
    assert givers_of(linked(text)) == givers


def test_who_gives_a_figure_is_nearer_than_who_says_the_whole(linked: Callable[..., Parsed]) -> None:
    text = "Voss said the census shows 40 empty villages."
    work = linked(text, statements=lambda work: [said(work, "Voss", "the census shows 40 empty villages")])
    assert givers_of(work) == ["the census"]


def test_a_sentence_that_adds_to_a_toll_has_its_source(linked: Callable[..., Parsed]) -> None:
    text = "The coast guard said 12 sailors died. Another 30 were injured. The port has 40 cranes."
    work = linked(text, statements=lambda work: [said(work, "The coast guard", "12 sailors died")])
    assert givers_of(work) == ["The coast guard", "The coast guard", None]


def test_an_added_toll_that_somebody_else_says_is_theirs(linked: Callable[..., Parsed]) -> None:
    text = "The coast guard said 12 sailors died. Another 30 were injured, the port said."
    work = linked(
        text,
        statements=lambda work: [said(work, "The coast guard", "12 sailors died"), said(work, "the port", "Another 30 were injured")],
    )
    assert givers_of(work) == ["The coast guard", "the port"]


def test_an_unresolved_it_is_the_source_of_the_sentence_before(linked: Callable[..., Parsed]) -> None:
    text = "Six boats sank off the coast the harbour authority said. It said nine houses burned."
    work = linked(text, statements=lambda work: [said(work, "It", "nine houses burned")])
    assert givers_of(work) == ["the harbour authority", "the harbour authority"]
