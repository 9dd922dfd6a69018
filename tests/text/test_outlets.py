"""Whose document it is."""

from __future__ import annotations

import pytest

from briefing.models import Marking, OutletSettings, Reliability, Source
from briefing.text.outlets import source_of
from briefing.text.reading import Draft

OUTLETS = (
    OutletSettings(
        name="Harbour Post", aliases=("harbour-post.example", "HP"), publisher="Quay Group", country="TM", reliability=Reliability.B
    ),
    OutletSettings(name="Hill Courier", marking=Marking.AMBER),
)
FOLDER = Source(id="inbox", name="Inbox", kind="folder", marking=Marking.GREEN, reliability=Reliability.C)


def draft(outlet: str = "", url: str | None = None, marking: Marking | None = None) -> Draft:
    return Draft(title="t", paragraphs=("p",), outlet=outlet, url=url, marking=marking)


@pytest.mark.parametrize("name", ["Harbour Post", "HARBOUR POST", "hp", "Harbour-Post", "harbour-post.example"])
def test_an_outlet_is_known_by_name_and_alias(name: str) -> None:
    source = source_of(FOLDER, draft(name), OUTLETS)
    assert (source.id, source.name, source.owner, source.country, source.reliability) == (
        "harbour-post",
        "Harbour Post",
        "Quay Group",
        "TM",
        Reliability.B,
    )


def test_an_outlet_is_known_by_the_host_of_the_address() -> None:
    assert source_of(FOLDER, draft(url="https://www.harbour-post.example/a"), OUTLETS).name == "Harbour Post"


def test_an_unknown_outlet_keeps_its_name_whole() -> None:
    source = source_of(FOLDER, draft("yahoo.com"), OUTLETS)
    assert (source.id, source.name, source.owner, source.reliability) == ("yahoo-com", "yahoo.com", "yahoo.com", Reliability.C)


def test_a_document_that_names_nobody_stays_with_its_folder() -> None:
    assert source_of(FOLDER, draft(), OUTLETS) == FOLDER


def test_a_host_is_better_than_a_folder() -> None:
    assert source_of(FOLDER, draft(url="https://www.plain.example/a/b"), OUTLETS).name == "plain.example"


@pytest.mark.parametrize("kind", ["feed", "web"])
def test_configured_feeds_and_pages_stay_as_they_are(kind: str) -> None:
    source = Source(id="post", name="My Post", kind=kind)
    assert source_of(source, draft("Harbour Post"), OUTLETS) == source
    assert source_of(source, draft("Harbour Post"), OUTLETS, explicit=True).name == "Harbour Post"


def test_the_more_closed_marking_holds() -> None:
    assert source_of(FOLDER, draft("Hill Courier"), OUTLETS).marking is Marking.AMBER
    assert source_of(FOLDER, draft("Hill Courier", marking=Marking.RED), OUTLETS).marking is Marking.RED
    assert source_of(FOLDER, draft("Harbour Post", marking=Marking.CLEAR), OUTLETS).marking is Marking.GREEN
    feed = Source(id="post", name="My Post", kind="feed")
    assert source_of(feed, draft(marking=Marking.AMBER), OUTLETS).marking is Marking.AMBER


def test_broken_addresses_name_nobody() -> None:
    assert source_of(FOLDER, draft(url="http://[::1"), OUTLETS) == FOLDER
