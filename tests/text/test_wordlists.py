"""The room's word lists, and what a wrong entry is told."""

from __future__ import annotations

import pytest

from briefing.errors import ConfigurationError
from briefing.models import DocumentKind
from briefing.text.wordlists import groups, lists, parsed, tables


def test_the_shipped_lists_are_sound() -> None:
    assert {"running", "small", "exercise", "tasks", "mastheads"} == set(lists("layout"))
    assert {"whole", "opening", "holding"} == set(lists("boilerplate"))
    assert set(tables("kinds")) == {"labels", "phrases", "segments", "sections", "types"}
    assert all(kind in set(DocumentKind) for table in tables("kinds").values() for kind in table)


def test_no_agency_name_stands_for_two() -> None:
    names = [name for entries in groups("agencies").values() for entry in entries for name in entry]
    assert len(names) == len(set(names))


def test_boilerplate_entries_are_in_small_letters() -> None:
    for entries in lists("boilerplate").values():
        assert all(entry == entry.casefold() for entry in entries)


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ("a: [b]\nc: d\n", "words.yaml:2"),
        ("a: [b]\na: [c]\n", "words.yaml:2"),
        ("a: [b, [c]]\n", "words.yaml:1"),
        ("a: [b\nc: d\n", "words.yaml:"),
        ("a: []\n", "words.yaml:1"),
        ("- a\n", "words.yaml:1"),
        ("", "words.yaml:1"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(source: str, where: str) -> None:
    from briefing.text.wordlists import _texts

    with pytest.raises(ConfigurationError) as caught:
        parsed("words", source, _texts)
    assert str(caught.value).startswith(where)
    assert "\n" not in str(caught.value)
