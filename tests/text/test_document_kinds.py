"""Kinds and languages of documents."""

from __future__ import annotations

import pytest

from briefing.models import DocumentKind
from briefing.text.kinds import declared, kind_of
from briefing.text.language import language_of

ENGLISH = "The army said on Monday that its forces had retaken the town of Dorra after three days of fighting with the rebels."
GERMAN = "Die Armee teilte am Montag mit, ihre Truppen hätten die Stadt Dorra nach drei Tagen schwerer Kämpfe zurückerobert."


@pytest.mark.parametrize(
    ("title", "url", "kind"),
    [
        ("Opinion: Dorra deserves better", None, DocumentKind.OPINION),
        ("Dorra deserves better | Opinion", None, DocumentKind.OPINION),
        ("Analysis – why Dorra fell", None, DocumentKind.ANALYSIS),
        ("Live: shells fall on Dorra", None, DocumentKind.LIVE),
        ("Dorra shelling: live updates", None, DocumentKind.LIVE),
        ("What we know so far about the Dorra blast", None, DocumentKind.EXPLAINER),
        ("Situation report: Dorra", None, DocumentKind.REPORT),
        ("Two die in Dorra", "https://harbour-post.example/opinion/2026/dorra", DocumentKind.OPINION),
        ("Two die in Dorra", "https://harbour-post.example/news/opinion-poll-in-dorra", DocumentKind.NEWS),
        ("Live fire exercise in Dorra", None, DocumentKind.NEWS),
        ("Army: Dorra is ours", None, DocumentKind.NEWS),
        ("Report: Dorra hit by shells", None, DocumentKind.NEWS),
        ("", "http://[broken", DocumentKind.NEWS),
    ],
)
def test_titles_and_addresses_name_the_kind(title: str, url: str | None, kind: DocumentKind) -> None:
    assert kind_of(title, url) is kind


def test_a_declaration_comes_first() -> None:
    assert kind_of("Opinion: Dorra", None, "news") is DocumentKind.NEWS
    assert kind_of("Two die in Dorra", None, "OpinionNewsArticle|World") is DocumentKind.OPINION


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("analysis", DocumentKind.ANALYSIS),
        ("Dorra, news, Opinion", DocumentKind.OPINION),
        ("news, Dorra", None),
        ("NewsArticle|World", None),
        ("", None),
    ],
)
def test_declarations(words: str, kind: DocumentKind | None) -> None:
    assert declared(words) is kind


@pytest.mark.parametrize(
    ("text", "sure", "likely", "expected"),
    [
        (ENGLISH, "", "", ("en", "guess")),
        (ENGLISH.upper(), "", "", ("en", "guess")),
        (GERMAN, "", "en-GB", ("de", "guess")),
        (GERMAN, "en", "", ("en", "metadata")),
        ("Ja.", "", "de-AT", ("de", "metadata")),
        ("Ja.", "German", "", ("de", "metadata")),
        ("12.", "", "", ("und", "guess")),
        (ENGLISH, "nonsense here", "", ("en", "guess")),
    ],
)
def test_language_is_declared_or_guessed(text: str, sure: str, likely: str, expected: tuple[str, str]) -> None:
    assert language_of(text, sure, likely) == expected
