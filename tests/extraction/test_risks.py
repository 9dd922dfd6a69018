"""Risks: which wordings raise one, their parts, ratings and the matrix."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from briefing.errors import ConfigurationError
from briefing.extraction import ratings
from briefing.extraction.parsed import parsed
from briefing.extraction.risks import Risks
from briefing.models import Impact, Level, Likelihood, Risk, RiskKind

Read = Callable[[str], list[Risk]]
WORDS = ["threat", "of", "could", "kill", "fears", "that", "to", "plan", "the", '"', ",", "\n", "likely"]


@pytest.fixture(scope="module")
def read(base: Language) -> Read:
    component = Risks({})
    return lambda text: parsed(component(base(text))).risks


@pytest.mark.parametrize(
    ("text", "kind", "hedge"),
    [
        ("The group is planning an attack on the port.", RiskKind.PLAN, "is planning"),
        ("The militia was preparing to storm the prison.", RiskKind.PLAN, "was preparing to"),
        ("The cartel threatened to kill the mayor.", RiskKind.THREAT, "threatened to"),
        ("The general vowed to crush the uprising.", RiskKind.THREAT, "vowed to"),
        ("There are fears of famine in the camps.", RiskKind.FEAR, "fears of"),
        ("Diplomats warned that the truce could collapse.", RiskKind.WARNING, "could"),
        ("He spoke of the threat of a resurgence.", RiskKind.THREAT, "threat of"),
        ("The dam is vulnerable to sabotage.", RiskKind.VULNERABILITY, "vulnerable to"),
        ("The raid risks a wider war.", RiskKind.EXPECTATION, "risks"),
        ("The fighting may go on for weeks.", RiskKind.CONTINUATION, "may"),
        ("The rebels are likely to attack the convoy.", RiskKind.EXPECTATION, "are likely to"),
        ("An attack on the convoy is very likely.", RiskKind.EXPECTATION, "very likely"),
        ("The gang gave the owner an ultimatum to leave.", RiskKind.ULTIMATUM, "ultimatum to"),
        ("The school closed for fear of bombardment.", RiskKind.EXPECTATION, "for fear of"),
        ("The death toll may rise.", RiskKind.CASUALTIES_MAY_RISE, "may rise"),
    ],
)
def test_wordings(read: Read, text: str, kind: RiskKind, hedge: str) -> None:
    (risk,) = read(text)
    assert risk.kind is kind
    assert risk.hedge is not None
    assert risk.hedge.quote == hedge


@pytest.mark.parametrize(
    "text",
    [
        "The council will meet on Tuesday to discuss the budget.",
        "The ministry could not confirm the report.",
        "The party plans to open a school.",
        "Shelling killed four people on Monday.",
        "Some of the dead may have been wounded before.",
        "The judge will investigate the attack.",
        "The leak poses no threat to patients.",
        "",
    ],
)
def test_no_risk(read: Read, text: str) -> None:
    assert read(text) == []


def test_cause_event_and_consequence(read: Read) -> None:
    (risk,) = read("The group is planning a prison break to free its fighters if the talks fail, officials say.")
    assert risk.actor is not None
    assert risk.actor.quote == "The group"
    assert risk.event is not None
    assert risk.event.quote.startswith("a prison break")
    assert risk.consequence is not None
    assert risk.consequence.quote.startswith("free its fighters")
    assert risk.cause is not None
    assert risk.cause.quote == "if the talks fail"
    assert "officials say" not in risk.evidence[0].quote


def test_a_clause_is_one_risk(read: Read) -> None:
    found = read("The minister warned that the threat of an attack could force the port to close.")
    assert len(found) == 1


def test_a_hedge_is_never_a_likelihood(read: Read) -> None:
    (risk,) = read("The militia could attack the hospital.")
    assert (risk.likelihood, risk.level) == (None, Level.UNRATED)
    assert (risk.impact, risk.impact_basis) == (Impact.SEVERE, 'target: "hospital"')


def test_a_term_of_the_lexicon_is(read: Read) -> None:
    (risk,) = read("The militia is likely to attack the hospital.")
    assert (risk.likelihood, risk.likelihood_basis) == (Likelihood.LIKELY, 'the text says "likely"')
    assert risk.level is Level.HIGH


def test_a_users_matrix(base: Language) -> None:
    component = Risks({"likely": {"severe": Level.EXTREME}})
    (risk,) = parsed(component(base("The militia is likely to attack the hospital."))).risks
    assert risk.level is Level.EXTREME


def test_the_matrix_is_full_and_grows() -> None:
    order = [Level.LOW, Level.MEDIUM, Level.HIGH, Level.EXTREME]
    matrix = ratings.shipped_matrix()
    cells = [[order.index(matrix[row][column]) for column in Impact] for row in Likelihood]
    assert [len(row) for row in cells] == [5] * 5
    assert all(row == sorted(row) for row in cells)
    assert all(list(column) == sorted(column) for column in zip(*cells, strict=True))


@pytest.mark.parametrize(
    ("likelihood", "impact", "level"),
    [
        (Likelihood.REMOTE, Impact.MINOR, Level.LOW),
        (Likelihood.LIKELY, Impact.CRITICAL, Level.EXTREME),
        (None, Impact.CRITICAL, Level.UNRATED),
        (Likelihood.LIKELY, None, Level.UNRATED),
    ],
)
def test_level(likelihood: Likelihood | None, impact: Impact | None, level: Level) -> None:
    assert ratings.level(likelihood, impact) is level


def test_a_matrix_with_a_hole_rates_nothing_there() -> None:
    assert ratings.level(Likelihood.LIKELY, Impact.MINOR, {"likely": {"severe": Level.HIGH}}) is Level.UNRATED


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("very unlikely", Likelihood.REMOTE),
        ("highly likely", Likelihood.LIKELY),
        ("almost certain", Likelihood.ALMOST_CERTAIN),
        ("may", None),
        ("could", None),
    ],
)
def test_terms_of_probability(words: str, expected: Likelihood | None) -> None:
    found = ratings.likelihood(words.split())
    assert (found[0] if found else None) is expected


def test_the_gravest_word_rates_the_impact() -> None:
    assert ratings.impact(["a", "bomb", "in", "a", "nuclear", "plant"]) == (Impact.CRITICAL, 'target: "nuclear plant"')


def test_a_wrong_matrix_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings.shipped_matrix.cache_clear()
    monkeypatch.setattr(ratings, "pairs", lambda name: {"remote": {"minor": "lowish"}})
    try:
        with pytest.raises(ConfigurationError, match=r"matrix\.yaml: remote × minor"):
            ratings.shipped_matrix()
    finally:
        ratings.shipped_matrix.cache_clear()


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_text(base: Language, text: str) -> None:
    for risk in parsed(Risks({})(base(text))).risks:
        for part in (*risk.evidence, *risk.context, risk.hedge, risk.event, risk.cause, risk.consequence, risk.actor, risk.target):
            assert part is None or part.quote == text[part.start : part.end]


def test_time_grows_with_length(base: Language) -> None:
    def seconds(text: str) -> float:
        doc = base(text)
        start = time.process_time()
        Risks({})(doc)
        return time.process_time() - start

    for sentence in ("There are fears that the rebels could attack. ", "the threat of the threat that could kill and "):
        seconds(sentence)
        assert seconds(sentence * 800) < 20 * seconds(sentence * 100) + 0.3


def test_a_risk_has_its_subject(read: Read) -> None:
    (risk,) = read("The group rested in January and is likely to attack again before the rains.")
    assert risk.evidence[0].quote.startswith("The group")
