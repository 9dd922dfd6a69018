"""The number reader: each form by example, then properties, then hostile input."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extraction.numbers import Number, NumberSpan, find, read
from briefing.models import Qualifier

Q = Qualifier


def quotes(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text)]


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("0", 0),
        ("40,000", 40_000),
        ("300 000", 300_000),
        ("12,00,000", 1_200_000),
        ("1.5 million", 1_500_000),
        ("2.3 million", 2_300_000),
        ("100m", 100_000_000),
        ("3bn", 3_000_000_000),
        ("4 hundred million", 400_000_000),
        ("2½", 2.5),
        ("2-1/2", 2.5),
        ("six", 6),
        ("Forty-eight", 48),
        ("a dozen", 12),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("a hundred", 100),
        ("two hundred and fifty", 250),
        ("one hundred and twenty thousand", 120_000),
        ("two thousand five hundred", 2_500),
        ("half a million", 500_000),
        ("a quarter of a million", 250_000),
        ("three quarters of a million", 750_000),
        ("two and a half million", 2_500_000),
        ("a million and a half", 1_500_000),
        ("a", 1),
        ("An", 1),
        ("٣٠", 30),
        ("１２", 12),
    ],
)
def test_a_plain_count_has_its_value(quote: str, value: float) -> None:
    assert read(quote) == Number(value=value)


@pytest.mark.parametrize(
    ("quote", "value", "qualifier"),
    [
        ("At least 40", 40, Q.AT_LEAST),
        ("no fewer than nine", 9, Q.AT_LEAST),
        ("one or more", 1, Q.AT_LEAST),
        ("500-plus", 500, Q.AT_LEAST),
        ("70+", 70, Q.AT_LEAST),
        ("up to 500", 500, Q.AT_MOST),
        ("as many as 3,000", 3_000, Q.AT_MOST),
        ("about 60", 60, Q.ABOUT),
        ("close to 3,000", 3_000, Q.ABOUT),
        ("some 150", 150, Q.ABOUT),
        ("an estimated about 100", 100, Q.ABOUT),
        ("approximately two dozen", 24, Q.ABOUT),
        ("20 or so", 20, Q.ABOUT),
        ("over 70", 70, Q.MORE_THAN),
        ("well over a hundred", 100, Q.MORE_THAN),
        ("fewer than ten", 10, Q.FEWER_THAN),
        ("just under 20", 20, Q.FEWER_THAN),
        ("an estimated at least 20", 20, Q.AT_LEAST),
    ],
)
def test_the_qualifier_belongs_to_the_quote(quote: str, value: float, qualifier: Qualifier) -> None:
    assert read(quote) == Number(value=value, qualifier=qualifier)


@pytest.mark.parametrize(
    ("quote", "low", "high", "unit"),
    [
        ("between 1,000 and 5,000", 1_000, 5_000, None),
        ("between one hundred and two hundred", 100, 200, None),
        ("between nine and 50", 9, 50, None),
        ("from 500 to well over 1000", 500, 1_000, None),
        ("3-5", 3, 5, None),
        ("300 to 400", 300, 400, None),
        ("three to five", 3, 5, None),
        ("two or three hundred", 200, 300, None),
        ("around 130-135 million", 130e6, 135e6, None),
        ("800,000 to 1.3 million", 800_000, 1_300_000, None),
        ("5 to 7 per cent", 5, 7, "%"),
        ("$10 to $15 billion", 10e9, 15e9, "USD"),
        ("£5-10 million", 5e6, 10e6, "GBP"),
    ],
)
def test_a_range_has_both_ends(quote: str, low: float, high: float, unit: str | None) -> None:
    assert read(quote) == Number(low=low, high=high, unit=unit, qualifier=Q.BETWEEN)


@pytest.mark.parametrize(
    ("quote", "value", "unit", "qualifier"),
    [
        ("12 per cent", 12, "%", Q.EXACTLY),
        ("just over 42%", 42, "%", Q.MORE_THAN),
        ("almost half", 50, "%", Q.ABOUT),
        ("two-thirds", 66.666666667, "%", Q.EXACTLY),
        ("a third", 33.333333333, "%", Q.EXACTLY),
        ("three in four", 75, "%", Q.EXACTLY),
        ("£2.5m", 2_500_000, "GBP", Q.EXACTLY),
        ("about $23,000", 23_000, "USD", Q.ABOUT),
        ("US$5.3bn", 5.3e9, "USD", Q.EXACTLY),
        ("EUR50m", 50e6, "EUR", Q.EXACTLY),
        ("1,200€", 1_200, "EUR", Q.EXACTLY),
        ("two bitcoins", 2, "BTC", Q.EXACTLY),
        ("magnitude 6.1", 6.1, "magnitude", Q.EXACTLY),
        ("455g", 455, "gram", Q.EXACTLY),
        ("24-year", 24, "year", Q.EXACTLY),
        ("-2C", -2, "celsius", Q.EXACTLY),
        ("30 sq km", 30, "square kilometre", Q.EXACTLY),
        ("$-50.8bn", -50_800_000_000, "USD", Qualifier.EXACTLY),
        ("164p", 164, "penny", Qualifier.EXACTLY),
        ("2.5degF", 2.5, "fahrenheit", Qualifier.EXACTLY),
        ("about 1.5l", 1.5, "litre", Qualifier.ABOUT),
    ],
)
def test_the_unit_belongs_to_the_quote(quote: str, value: float, unit: str, qualifier: Qualifier) -> None:
    assert read(quote) == Number(value=value, unit=unit, qualifier=qualifier)


@pytest.mark.parametrize(
    "quote", ["dozens", "Scores", "hundreds", "tens of thousands", "several hundred", "a few dozen", "hundreds of thousands"]
)
def test_a_vague_quantity_has_no_value(quote: str) -> None:
    assert read(quote) == Number(qualifier=Q.VAGUE)


def test_a_vague_sum_keeps_its_currency() -> None:
    assert read("billions of dollars") == Number(unit="USD", qualifier=Q.VAGUE)


@pytest.mark.parametrize(
    "quote", ["", "no", "people", "40 people", "the 40", "1,2,3,4", "IV", "half-hearted", "at least", "twenty nine ten"]
)
def test_what_is_no_number_expression_reads_as_nothing(quote: str) -> None:
    assert read(quote) is None


@pytest.mark.parametrize(
    "text",
    [
        "The 9/11 memorial has room for T-72 tanks and MH17 parts.",
        "Resolution 2254 was read on page 12 of Unit 8200's file.",
        "Call +44 20 7946 0958 or (202) 555-0175 or 555-0123.",
        "The visitors won 3-1, a 5-4 ruling followed.",
        "It began at 10:30, at 7pm, at 1600 GMT and ended at nine o'clock.",
        "On 24 November, on Nov. 3, 2021 and on 2024-11-24 nothing happened; 01.01.2025 too.",
        "In 2015, since 2011, from 2005 to 2014, since at least 2013 and in the 1990s.",
        "The 22nd and the first, World War Two, the Group of Seven, no one, one another.",
        "1. Open the door.\n2) Close it.",
        "Write to desk34@example.org or see https://example.org/7/items/12.",
        "Coordinates 33.5° N are no count.",
        "The IV Corps and Covid-19 and a 4x4.",
        "1,2,3,4",
        "the second half, half an hour later, half-hearted",
        "nineteen ninety-four",
        "Build v2.7m ran a lap of 1:36.6.",
        "A wall 12m high stood by a 37m-long ship.",
        "Part 3 of the act lapsed this half.",
    ],
)
def test_numbers_that_name_are_stepped_over(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.79 of 49 in stock", ["4.79", "49"]),
        ("On 5 May 2021 at least 12 people died", ["at least 12"]),
        ("Forty-eight of about 500 boats", ["Forty-eight", "about 500"]),
        ("The toll rose from 3 to 5 on Monday", ["3", "5"]),
        ("Sales dropped 7% to $2.3 billion", ["7%", "$2.3 billion"]),
        ("killing 2000 people in 2000", ["2000"]),
        ("a 30,000-strong force", ["30,000"]),
        ("It left 100000people homeless", ["100000"]),
        ("ABOUT 50 PEASANTS AND THREE OTHERS", ["ABOUT 50", "THREE"]),
        ("Dozens more fled; scores of huts burned; the striker scores twice", ["Dozens", "scores"]),
        ("half of the 30 boats, almost a third", ["half", "30", "almost a third"]),
    ],
)
def test_the_span_is_the_number_with_its_qualifier(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


LEADING = ["at least", "up to", "about", "between", "from", "or more", "a", "of", "in", "on", "May", "magnitude"]
NUMERALS = ["six", "twenty-five", "hundred", "half", "a third", "million", "dozens", "tens of", "thousands", "1,200", "3.5", "2015", "40"]
MARKS = ["and", "to", "$", "£", "%", "per cent", "km", "C", "-", "–", "people", ",", ".", "(", "\n", "+"]
WORDS = st.sampled_from([*LEADING, *NUMERALS, *MARKS])


@given(
    st.lists(st.tuples(WORDS, st.sampled_from([" ", "", "-"])), max_size=25).map(lambda parts: "".join(word + gap for word, gap in parts))
)
def test_reading_a_found_quote_gives_the_number_back(text: str) -> None:
    last = 0
    for span in find(text):
        assert isinstance(span, NumberSpan)
        assert last <= span.start <= span.core < span.end <= len(text)
        last = span.end
        number = span.number
        assert read(text[span.start : span.end]) == number
        assert (number.qualifier is Q.BETWEEN) == (number.low is not None and number.high is not None)
        assert number.low is None or number.high is None or number.low < number.high
        assert (number.qualifier is Q.VAGUE) == (number.value is None and number.low is None)


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    for span in find(text):
        assert text[span.start : span.end]
    read(text)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "12 " * 10_000,
        '"' * 100_000,
        "one " * 20_000,
        "a few " * 20_000,
        "1,2" * 20_000,
        "at least " * 20_000,
        "1-" * 20_000,
        "a@" * 50_000,
    ],
    ids=["digits", "numbers", "quote marks", "ones", "few", "commas", "qualifiers", "hyphens", "addresses"],
)
def test_long_rows_take_linear_time(text: str) -> None:
    def seconds(part: str) -> float:
        begin = time.process_time()
        for _ in find(part):
            pass
        return time.process_time() - begin

    list(find("five"))
    tenth, whole = seconds(text[: len(text) // 10]), seconds(text)
    assert whole < 30 * tenth + 1.0


def test_long_digit_rows_are_identifiers() -> None:
    assert read("1" * 40) is None
    assert read("007") is None
