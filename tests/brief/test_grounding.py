"""The gate: no name and no number that the evidence lacks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import Reading, news

from briefing.brief.bottomline import gated
from briefing.brief.grounding import is_grounded, ungrounded
from briefing.brief.tables import read_texts, read_words, texts, words
from briefing.errors import ConfigurationError
from briefing.models import Line

TEXT = "Police in Orven said that 1,200 people fled after Maro Tellin's men burned three farms."


def evidence():
    return (Reading(news("a", "t", TEXT)).cite(TEXT),)


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Maro Tellin burned three farms in Orven.", ()),
        ("The farms near Orven: 1,200 people fled.", ()),
        ("Tellin burned farms.", ()),
        ("Tellin burned four farms.", ("four",)),
        ("Tellin burned 3 farms.", ("3",)),
        ("1200 people fled.", ("1200",)),
        ("Some 200 people fled.", ("Some", "200")),
        ("Police in Kestra said so.", ("Kestra",)),
        ("Orvens people fled.", ("Orvens",)),
        ("No one else fled.", ("one",)),
    ],
)
def test_what_the_evidence_lacks(sentence, missing):
    assert ungrounded(sentence, evidence()) == missing
    assert is_grounded(sentence, evidence()) == (not missing)


def test_a_number_is_a_whole_word():
    cited = (Reading(news("a", "t", "The toll is 120.")).cite("The toll is 120."),)
    assert not is_grounded("The toll is 12.", cited)
    assert is_grounded("The toll is 120.", cited)


def test_the_gate_counts_what_it_refuses():
    lines = [Line(text="Police in Orven.", evidence=evidence()), Line(text="Police in Kestra.", evidence=evidence())]
    passed, refused = gated(lines)
    assert ([line.text for line in passed], refused) == (["Police in Orven."], 1)


@given(st.text(max_size=200).filter(str.strip))
def test_a_quote_is_always_grounded_in_itself(text):
    assert is_grounded(text, (Reading(news("a", "t", text)).cite(text),))


def test_a_long_run_of_marks_is_read_at_once():
    text = "A" + "'A-" * 200_000
    assert is_grounded(text, (Reading(news("a", "t", text)).cite(text),))


def test_the_shipped_tables_are_complete():
    assert {"numbers", "starts"} <= set(words())
    assert {"icd203", "phia", "reliability", "credibility", "confidence", "qualifiers", "tlp"} <= set(texts().legends)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.yaml: is empty"),
        ("a: [", "x.yaml:1: not YAML"),
        ("limits: []", "x.yaml:1: `legends` is missing"),
        ("legends: {}\nlimits: []\ncredits: []\nmore: 1", "x.yaml:1: `more` is unknown"),
        ("legends:\n  a:\n    title: T\nlimits: []\ncredits: []", "x.yaml:3: `rows` is missing"),
        ("legends: {}\nlimits: a\ncredits: []", "x.yaml:2: expected a list"),
    ],
)
def test_wrong_texts_are_named(text, message):
    with pytest.raises(ConfigurationError, match=message):
        read_texts("x.yaml", text)


def test_wrong_words_are_named():
    with pytest.raises(ConfigurationError, match=r"x\.yaml:2: expected a text"):
        read_words("x.yaml", "a:\n  - {}")
