"""Quotation marks of every style, odd numbers of them, and texts of nothing else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extraction.quotes import quotations


def inner(text: str) -> list[str]:
    return [text[quote.inner_start : quote.inner_end] for quote in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The pass is shut," he said.', ["The pass is shut,"]),
        ("“The pass is shut,” he said, “for good.”", ["The pass is shut,", "for good."]),
        ("'The pass is shut,' he said.", ["The pass is shut,"]),
        ("‘It isn’t safe,’ she said.", ["It isn’t safe,"]),
        ("«The pass is shut», he said.", ["The pass is shut"]),
        ("»The pass is shut«, he said.", ["The pass is shut"]),
        ("„The pass is shut“, he said.", ["The pass is shut"]),
        ("``The pass is shut,'' he said.", ["The pass is shut,"]),
        ("''The pass is shut,'' he said.", ["The pass is shut,"]),
        ("He called it “a ‘small’ fire” twice.", ["a ‘small’ fire"]),
    ],
)
def test_every_style_of_marks_is_read(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    "text", ["The crews' boats don't leak.", "In the ’90s it wasn’t so.", "a 6' 2\" plank", 'a stray " mark', "“”", '""']
)
def test_apostrophes_inches_and_stray_marks_quote_nothing(text: str) -> None:
    assert inner(text) == []


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“We waited for the boat.\n\n“It never came,” he said."
    first, second = quotations(text)
    assert (text[first.inner_start : first.inner_end], first.closed) == ("We waited for the boat.", False)
    assert (text[second.inner_start : second.inner_end], second.closed) == ("It never came,", True)


def test_paragraphs_run_together_keep_their_quotations() -> None:
    assert inner("“We waited for the boat. “It never came,” he said.") == ["We waited for the boat.", "It never came,"]
    assert inner('"We waited for the boat. "It never came," he said.') == ["We waited for the boat.", "It never came,"]


@given(st.text(alphabet=st.sampled_from("\"'“”„«»‘’`a \n."), max_size=80) | st.text(max_size=80))
def test_quotations_lie_in_the_text_in_order_without_overlap(text: str) -> None:
    at = 0
    for quote in quotations(text):
        assert at <= quote.start < quote.inner_start <= quote.inner_end <= quote.end <= len(text)
        assert "\n" not in text[quote.start : quote.end]
        at = quote.end


def test_a_megabyte_of_marks_takes_linear_time() -> None:
    for mark in "\"'“”‘«»„":
        small, large = _seconds(mark * 50_000), _seconds(mark * 500_000)
        assert large < 40 * small + 1


def _seconds(text: str) -> float:
    start = time.process_time()
    quotations(text)
    return time.process_time() - start
