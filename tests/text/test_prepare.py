"""The verb, with real workers."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from briefing.models import DocumentKind, Drop, Limits, Marking, OutletSettings, Period, Precision, Prepared, RawItem, Reliability
from briefing.text import prepare

if TYPE_CHECKING:
    from conftest import Inline, MakeItem

    from briefing.isolation import Workers

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LIMITS = Limits(seconds=30)
BODY = (
    "Gunmen attacked a fuel depot in Dorra on Sunday night and killed two guards, the provincial police said.",
    'The attackers burned three lorries. "They knew the gate," said Major Ilda Carneiro, who leads the inquiry.',
    "The depot supplies the hospital and the airport. Officials warned that fuel may run out by Friday.",
)
HEADLINE = "Two guards die in raid on Dorra depot"
ITEM = "\n\n".join(("Situation, Facts and Events\n03.03.2026", HEADLINE, *BODY, "Source: yahoo.com"))


def as_mail(text: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Night Desk <night@desk.example>"
    mail["Subject"] = "for the morning"
    mail["Date"] = "Wed, 04 Mar 2026 05:00:00 +0100"
    mail.set_content(text)
    return mail.as_bytes()


def as_html() -> str:
    return f"<h1>Situation, Facts and Events</h1><p>03.03.2026</p><h2>{HEADLINE}</h2>" + "".join(
        f"<p>{part}</p>" for part in (*BODY, "Source: yahoo.com")
    )


def test_the_layout_of_a_briefing_item_is_read_alike_from_every_kind_of_file(
    isolate: Workers,
    make_item: MakeItem,
    make_pdf: Callable[..., bytes],
    make_word: Callable[[Sequence[tuple[str, str]]], bytes],
) -> None:
    markdown = f"# Situation, Facts and Events\n\n03.03.2026\n\n## {HEADLINE}\n\n" + "\n\n".join((*BODY, "Source: yahoo.com"))
    word = [
        ("Title", "Situation, Facts and Events"),
        ("Normal", "03.03.2026"),
        ("Heading 1", HEADLINE),
        *(("Normal", part) for part in BODY),
    ]
    items = [
        make_item(ITEM, name="a.txt"),
        make_item(markdown, "text/markdown", name="a.md"),
        make_item(make_word([*word, ("Normal", "Source: yahoo.com")]), WORD, name="a.docx"),
        make_item(make_pdf(as_html()), "application/pdf", name="a.pdf"),
        make_item(as_mail(ITEM), "message/rfc822", name="a.eml"),
        make_item(as_html(), "text/html", name="a.html"),
        make_item(f"<!doctype html><html><body><article>{as_html()}</article></body></html>", "text/html", name="b.html"),
    ]
    for item in items:
        prepared = prepare([item], isolate, LIMITS)
        assert [row.drop for row in prepared.rows] == [None], prepared.rows
        (document,) = prepared.documents
        assert document.title == HEADLINE, item.name
        assert document.text == "\n\n".join(BODY), item.name
        assert document.published_at == datetime(2026, 3, 3, tzinfo=UTC)
        assert (document.published_precision, document.published_from) == (Precision.DAY, "text")
        assert (document.source.name, document.source.id, document.language) == ("yahoo.com", "yahoo-com", "en")


def test_offsets_are_those_of_the_stored_text(inline: Inline, make_item: MakeItem) -> None:
    (document,) = prepare([make_item(ITEM)], inline, LIMITS).documents
    assert tuple(document.text[part.start : part.end] for part in document.paragraphs) == BODY
    assert document.cite(0, 6).quote == "Gunmen"


def test_front_matter_wins_over_what_the_container_says(inline: Inline, make_item: MakeItem) -> None:
    content = (
        f"---\ntitle: {HEADLINE}\ndate: 2026-03-02T23:30:00+02:00\nsource: Harbour Post\nmarking: TLP:AMBER\nkind: analysis\n"
        f"exercise: true\nauthor: Ana Reyes\nurl: https://harbour-post.example/a?utm_source=x\n---\n\n"
        f"# Another heading\n\nDORRA, March 2 (Kestrel News) — {BODY[0]}"
    )
    outlets = (OutletSettings(name="Harbour Post", publisher="Quay Group", reliability=Reliability.B),)
    (document,) = prepare([make_item(content, "text/markdown")], inline, LIMITS, outlets=outlets).documents
    assert document.title == HEADLINE
    assert document.text == f"Another heading\n\n{BODY[0]}"
    assert (document.dateline, document.wire) == ("DORRA, March 2 (Kestrel News)", "Kestrel News")
    assert document.published_at == datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
    assert (document.published_precision, document.published_from) == (Precision.MINUTE, "metadata")
    assert (document.source.publisher, document.source.marking, document.byline) == ("Quay Group", Marking.AMBER, "Ana Reyes")
    assert (document.kind, document.labels) == (DocumentKind.ANALYSIS, ("exercise",))
    assert document.url == "https://harbour-post.example/a?utm_source=x"


def test_a_feed_entry_is_read_as_the_snippet_it_is(inline: Inline, make_item: MakeItem) -> None:
    item = make_item(
        f"<p>{BODY[0]}</p><p><a href='/a'>Read more</a></p>",
        "text/html",
        name="tag:1",
        kind="feed",
        url="https://post.example/a",
        title=HEADLINE,
        published="Mon, 02 Mar 2026 21:30:00 +0000",
        language="en-us",
    )
    (document,) = prepare([item], inline, LIMITS).documents
    assert (document.title, document.text) == (HEADLINE, BODY[0])
    assert (document.published_from, document.language_from) == ("feed", "guess")
    assert document.source == item.source


@pytest.mark.parametrize(
    ("category", "labels"), [("World, EXERCISE", ("exercise",)), ("Exercise only", ("exercise",)), ("Exercise tips", ())]
)
def test_a_category_declares_exercise_material(inline: Inline, make_item: MakeItem, category: str, labels: tuple[str, ...]) -> None:
    item = make_item(f"<p>{BODY[0]}</p>", "text/html", kind="feed", published="Mon, 02 Mar 2026 21:30:00 +0000")
    item = item.model_copy(update={"hints": {**item.hints, "kind": category}})
    (document,) = prepare([item], inline, LIMITS).documents
    assert document.labels == labels


def test_dates_come_from_the_address_or_the_file_name_last(inline: Inline, make_item: MakeItem) -> None:
    by_name, by_url = (
        prepare([item], inline, LIMITS).documents[0]
        for item in (make_item(BODY[0], name="in/2026-03-03 dorra.txt"), make_item(BODY[0], url="https://post.example/2026/03/03/dorra"))
    )
    assert (by_name.published_from, by_url.published_from) == ("file name", "url")
    assert by_name.published_at == by_url.published_at == datetime(2026, 3, 3, tzinfo=UTC)


def test_an_ambiguous_date_is_unknown_and_noted(inline: Inline, make_item: MakeItem) -> None:
    prepared = prepare([make_item(BODY[0], explicit=True, published="03/04/2026")], inline, LIMITS)
    assert prepared.documents[0].published_at is None
    assert prepared.documents[0].labels == ("undated",)
    assert prepared.rows[0].notes == ("date '03/04/2026' is ambiguous or none",)


def test_a_time_without_a_zone_is_noted(inline: Inline, make_item: MakeItem) -> None:
    prepared = prepare([make_item(BODY[0], published="2026-03-03T10:00:00")], inline, LIMITS)
    assert prepared.rows[0].notes == ("time without zone, read as UTC",)


def test_ids_depend_on_the_text_and_not_on_place_or_hour(inline: Inline, make_item: MakeItem) -> None:
    one = make_item(ITEM, name="here/a.txt", url="file:///here/a.txt")
    other = make_item(ITEM, name="there/b.txt").model_copy(update={"fetched_at": datetime(2026, 3, 3, tzinfo=UTC)})
    changed = make_item(ITEM.replace("killed two", "killed three"), name="here/a.txt")
    first, second, third = (prepare([item], inline, LIMITS).documents[0] for item in (one, other, changed))
    assert first.id == second.id != third.id
    assert len(first.id) == 12


@pytest.fixture
def mixed(make_item: MakeItem) -> list[RawItem]:
    at = "2026-03-02T20:00:00Z"
    return [
        make_item(BODY[0], name="good", published=at, source="Post"),
        make_item(BODY[0].upper(), name="copy", published="2026-03-02T21:00:00Z", source="Courier"),
        make_item(BODY[0], name="same", published="2026-03-02T22:00:00Z", source="Post"),
        make_item(BODY[1], name="undated"),
        make_item(BODY[1], name="stale", published="2025-03-02"),
        make_item(BODY[1], name="future", published="2026-04-02"),
        make_item(b"", name="empty"),
        make_item(b"\x00\x01\x02\x03" * 100, name="binary"),
        make_item(BODY[2], "application/x-odd", name="odd"),
        make_item(
            "Die Armee teilte am Montag mit, ihre Truppen hätten die Stadt nach drei Tagen zurückerobert.", name="german", published=at
        ),
        make_item("%PDF-1.7 broken", "application/pdf", name="broken.pdf"),
        make_item(BODY[2], name="other", published=at, url="https://post.example/a?utm_medium=x", source="Post"),
        make_item(BODY[2] + " More.", name="newer", published="2026-03-02T23:00:00Z", url="https://post.example/a", source="Post"),
    ]


def run(items: Sequence[RawItem], isolate: Inline | Workers) -> Prepared:
    start = datetime(2026, 3, 2, 6, tzinfo=UTC)
    return prepare(items, isolate, LIMITS, window=Period(start=start, end=start + timedelta(days=1)), at=start + timedelta(days=1))


def test_each_item_ends_as_one_row(mixed: list[RawItem], isolate: Workers) -> None:
    prepared = run(mixed, isolate)
    rows = {row.name: row for row in prepared.rows}
    assert {name: row.drop for name, row in rows.items()} == {
        "good": None,
        "copy": None,
        "same": Drop.DUPLICATE,
        "undated": Drop.UNDATED,
        "stale": Drop.STALE,
        "future": Drop.FUTURE,
        "empty": Drop.EMPTY,
        "binary": Drop.UNREADABLE,
        "odd": Drop.UNREADABLE,
        "german": Drop.LANGUAGE,
        "broken.pdf": Drop.UNREADABLE,
        "other": Drop.DUPLICATE,
        "newer": None,
    }
    assert len(prepared.rows) == len(mixed)
    assert all((row.drop is None) == (row.reason is None) for row in prepared.rows)
    assert all("\n" not in (row.reason or "") for row in prepared.rows)
    assert rows["same"].reason == "same text as good (Post)"
    assert rows["other"].reason == "older version of newer (Post)"
    copy = next(document for document in prepared.documents if document.name == "copy")
    assert copy.duplicate_of == rows["good"].document_id


def test_nothing_depends_on_the_order_of_the_items(mixed: list[RawItem], inline: Inline) -> None:
    expected = run(mixed, inline)
    for seed in range(5):
        shuffled = list(mixed)
        random.Random(seed).shuffle(shuffled)
        assert run(shuffled, inline) == expected


def test_a_text_too_short_to_guess_from_is_in_the_language_asked_for(inline: Inline, make_item: MakeItem) -> None:
    (document,) = prepare([make_item("12 dead.", explicit=True)], inline, LIMITS, languages=("en", "de")).documents
    assert (document.language, document.language_from) == ("en", "default")


def test_a_running_title_is_no_part_of_the_text(inline: Inline, make_item: MakeItem) -> None:
    (document,) = prepare([make_item(f"Daily security brief\n\n{BODY[0]}", title=HEADLINE, explicit=True)], inline, LIMITS).documents
    assert (document.title, document.text) == (HEADLINE, BODY[0])


def test_the_same_long_paragraph_stands_once(inline: Inline, make_item: MakeItem) -> None:
    (document,) = prepare([make_item("\n\n".join((BODY[0], BODY[1], BODY[0])), explicit=True)], inline, LIMITS).documents
    assert document.text == f"{BODY[0]}\n\n{BODY[1]}"


def test_a_text_without_end_is_cut_and_says_so(inline: Inline, make_item: MakeItem) -> None:
    prepared = prepare([make_item(f"{BODY[0]}\n\n" + "Two men died in Dorra. " * 40_000, explicit=True)], inline, LIMITS)
    assert prepared.documents[0].text == BODY[0]
    assert "text cut" in prepared.documents[0].labels
    assert prepared.rows[0].notes == ("text cut at 500000 characters",)


def test_nothing_gives_nothing(inline: Inline) -> None:
    assert prepare([], inline, LIMITS) == Prepared()
