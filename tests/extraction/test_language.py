"""The pipeline as a whole: one parse, any text, linear time."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.errors import ConfigurationError
from briefing.extraction.language import load, read
from briefing.models import Document, Evidence, Findings, Part, Source, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language


def document(text: str, title: str = "") -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return Document(id="d", source=Source(id="s", name="s"), name="d", title=title, text=text, sha256=digest)


def evidence(value: object) -> Iterator[Evidence]:
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            yield from evidence(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from evidence(one)


def stands(findings: Findings, given: Document) -> bool:
    parts = {Part.TITLE: given.title, Part.TEXT: given.text}
    return all(parts[one.part][one.start : one.end] == one.quote for one in evidence(findings))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300), title=st.text(max_size=60))
def test_any_text_gives_findings_that_stand_in_it(nlp: Language, text: str, title: str) -> None:
    given = document(text, title)
    (findings,) = read(nlp, [given])
    assert stands(findings, given)


@pytest.mark.parametrize(
    "text",
    [
        '"' * 50_000,
        "'\"“”«»" * 10_000,
        "no end " * 10_000,
        "KILLED " * 5_000,
        "12 " * 10_000,
        "\x00\x01\x1b[31m" * 2_000,
        "a" * 100_000,
        "((((((" * 5_000,
        "He said that " * 3_000,
    ],
    ids=["quotes", "mixed quotes", "no punctuation", "upper case", "numbers", "controls", "one word", "brackets", "nested said"],
)
def test_odd_text_ends_in_reasonable_time(nlp: Language, text: str) -> None:
    given = document(text)
    start = time.process_time()
    (findings,) = read(nlp, [given])
    assert stands(findings, given)
    assert time.process_time() - start < 60


def test_text_in_pieces_is_the_same_text(nlp: Language) -> None:
    from briefing.extraction.language import _tokens

    text = "Before " + "x" * 1000 + " between\n\n" + "“" * 450 + " after."
    assert _tokens(nlp, text).text == text


def test_no_sentence_runs_over_a_paragraph(nlp: Language) -> None:
    text = "Floods hit Dorra\n\nTwo people died on Sunday"
    (findings,) = read(nlp, [document(text)])
    assert [text[start:end] for start, end in findings.sentences] == ["Floods hit Dorra", "Two people died on Sunday"]


def test_a_model_that_is_not_there_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError, match="en_core_web_gigantic is not installed"):
        load("en_core_web_gigantic")
