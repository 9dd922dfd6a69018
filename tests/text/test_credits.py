"""Bylines, datelines, source lines and agency credits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.credits import agency, byline, credited_agency, source_line, split_dateline


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Reyes", "Ana Reyes"),
        ("BY ANA REYES and TOM FIELD", "ANA REYES and TOM FIELD"),
        ("By Ana de la Cruz in Dorra", "Ana de la Cruz in Dorra"),
        ("By Harbour Post staff", None),
        ("By: Tom Field, Defence Editor", "Tom Field, Defence Editor"),
        ("By Felix Reyes, English desk", "Felix Reyes, English desk"),
        ("By Ana Reyes, senior reporter in Dorra", "Ana Reyes, senior reporter in Dorra"),
        ("By Ana Reyes and Tom Field, foreign staff", "Ana Reyes and Tom Field, foreign staff"),
        ("By March, the road was open", None),
        ("By Ana's account, the road was open", None),
        ("By Sunday the road was open", None),
        ("By Sunday", None),
        ("By Ana Reyes reached the gate.", None),
        ("by and large", None),
        ("Bystanders fled", None),
    ],
)
def test_bylines(line: str, names: str | None) -> None:
    assert byline(line) == names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Source: yahoo.com", ("yahoo.com", "")),
        ("Source: Harbour Post", ("Harbour Post", "")),
        ("SOURCE : Harbour Post.", ("Harbour Post", "")),
        ("Source: https://www.harbour-post.example/a?b=c", ("harbour-post.example", "https://www.harbour-post.example/a?b=c")),
        ("Source: Harbour Post (https://harbour-post.example/a)", ("Harbour Post", "https://harbour-post.example/a")),
        ("Source: officials who asked not to be named because the matter is secret.", None),
        ("Sources said the road was closed", None),
        ("Source:", None),
    ],
)
def test_the_name_of_a_source_line_is_kept_whole(line: str, expected: tuple[str, str] | None) -> None:
    assert source_line(line) == expected


@pytest.mark.parametrize(
    ("paragraph", "words", "wire", "rest"),
    [
        ("DORRA (Reuters) - Two soldiers died.", "DORRA (Reuters)", "Reuters", "Two soldiers died."),
        ("DORRA, March 3 (AFP) — Two soldiers died.", "DORRA, March 3 (AFP)", "AFP", "Two soldiers died."),
        ("PORT DORRA, Tamar — Two soldiers died.", "PORT DORRA, Tamar", None, "Two soldiers died."),
        ("Dorra (Kestrel News) – Two soldiers died.", "Dorra (Kestrel News)", "Kestrel News", "Two soldiers died."),
        ("DORRA/QENA, March 3 (Agence France-Presse) - Two died.", "DORRA/QENA, March 3 (Agence France-Presse)", "AFP", "Two died."),
    ],
)
def test_datelines_are_split_off(paragraph: str, words: str, wire: str | None, rest: str) -> None:
    dateline, body = split_dateline(paragraph)
    assert dateline is not None
    assert (dateline.words, dateline.agency, body) == (words, wire, rest)


def test_a_dateline_with_a_year_is_a_date() -> None:
    dateline, _ = split_dateline("DORRA, 3 March 2026 (AFP) — Two soldiers died.")
    assert dateline is not None
    assert dateline.date == "3 March 2026"


@pytest.mark.parametrize(
    "paragraph",
    [
        "Two soldiers - both from Dorra - died.",
        "The army (which denied it) - and the police - left.",
        "UN – the body that runs the camps – left.",
        "Dorra — a port of 40,000 people — was shelled.",
        "No dash at all.",
        "DORRA (Reuters) -",
        "",
    ],
)
def test_other_dashes_are_no_datelines(paragraph: str) -> None:
    assert split_dateline(paragraph) == (None, paragraph)


@pytest.mark.parametrize(
    ("paragraphs", "author", "wire"),
    [
        (("Two died.",), "The Associated Press", "AP"),
        (("Two died.",), "Ana Reyes and Agence France-Presse", "AFP"),
        (("Two died.", "(AFP)"), "", "AFP"),
        (("Two died.", "– with Reuters"), "", "Reuters"),
        (("Two died.", "This article was first published by Reuters."), "", "Reuters"),
        (("Two died, the Post said, citing AFP.",), "", "AFP"),
        (("Two died, Reuters reported.", "More was not known."), "Ana Reyes", None),
        (("Two died.", "He left the room."), "", None),
        ((), "", None),
    ],
)
def test_agencies_are_credited_in_four_places(paragraphs: tuple[str, ...], author: str, wire: str | None) -> None:
    assert credited_agency(paragraphs, author) == wire


def test_short_agency_names_keep_their_case() -> None:
    assert agency("AP") == "AP"
    assert agency("ap") is None
    assert agency("reuters") == "Reuters"
    assert agency("map") is None


@given(st.text(max_size=400))
def test_any_line_is_harmless(line: str) -> None:
    byline(line)
    source_line(line)
    dateline, rest = split_dateline(line)
    assert line.endswith(rest)
    assert dateline is None or line.startswith(dateline.words[:1]) or line[:1].isspace()
    credited_agency((line,), line)
