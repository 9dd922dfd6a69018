from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from briefing.models import Drop, RawItem, SourceSettings
from briefing.sources.jsonl import articles

SETTINGS = SourceSettings(name="Wire", kind="jsonl", path=Path("wire.jsonl"))


def read(*lines: object) -> list[object]:
    content = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(articles("wire.jsonl", content, SETTINGS))


def test_a_line_becomes_an_item_with_its_own_words_as_hints() -> None:
    (item,) = read(
        {
            "id": "n-17",
            "text": "Two guards were hurt.",
            "title": "Guards hurt",
            "date": "2026-03-02",
            "source": "Harbour Post",
            "url": "https://harbour.example/17",
            "language": "en",
            "author": "I. Mora",
            "exercise": True,
        }
    )
    assert isinstance(item, RawItem)
    assert (item.name, item.media_type, item.content) == ("n-17", "text/plain", b"Two guards were hurt.")
    assert item.url == "https://harbour.example/17"
    assert item.hints == {
        "id": "n-17",
        "title": "Guards hurt",
        "published": "2026-03-02",
        "source": "Harbour Post",
        "url": "https://harbour.example/17",
        "language": "en",
        "author": "I. Mora",
        "exercise": "true",
    }
    assert item.source.name == "Wire"
    assert item.fetched_at is None


def test_a_number_as_id_is_kept_as_text_and_a_missing_one_is_file_and_line() -> None:
    first, second = read({"id": 4, "text": "A"}, {"text": "B"})
    assert isinstance(first, RawItem) and first.name == "4"
    assert isinstance(second, RawItem) and second.name == "wire.jsonl:2"


def test_bad_lines_are_named_rows_and_the_rest_goes_on() -> None:
    found = read(b"{broken", {"text": "good"}, ["no object"], {"title": "Bare"}, {"text": " "}, b'{"text": "\xff"}', {"text": 7})
    rows = {row.name: row for row in found if not isinstance(row, RawItem)}
    assert [item.content for item in found if isinstance(item, RawItem)] == [b"good"]
    assert list(rows) == [f"wire.jsonl:{line}" for line in (1, 3, 4, 5, 6, 7)]
    assert "no JSON" in rows["wire.jsonl:1"].reason
    assert rows["wire.jsonl:4"].title == "Bare"
    assert [row.drop for row in rows.values()] == [Drop.UNREADABLE] * 3 + [Drop.EMPTY] + [Drop.UNREADABLE] * 2
    assert "UTF-8" in rows["wire.jsonl:6"].reason


def test_a_line_nested_without_end_is_a_row() -> None:
    (row,) = read(b'{"text": ' + b"[" * 200_000)
    assert not isinstance(row, RawItem)
    assert row.drop is Drop.UNREADABLE


def test_a_lone_surrogate_keeps_the_number_of_characters() -> None:
    (item,) = read(b'{"id": "\\ud800", "text": "a\\ud800b"}')
    assert isinstance(item, RawItem)
    assert item.content == b"a?b"
    assert item.name == "?"


def test_a_byte_order_mark_and_blank_lines_are_passed_over() -> None:
    (item,) = read(b'\xef\xbb\xbf{"text": "A"}', b"  ", b"")
    assert isinstance(item, RawItem) and item.name == "wire.jsonl:1"


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_every_line_that_is_not_blank_ends_as_exactly_one_item_or_row(lines: list[bytes]) -> None:
    content = b"\n".join(lines)
    expected = [line for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    assert len(list(articles("f", content, SETTINGS))) == len(expected)
