"""The tables of the room are complete, and a wrong entry is named by file and line."""

from __future__ import annotations

import pytest

from briefing.errors import ConfigurationError
from briefing.stories.tables import counted_classes, points, read_lists, read_points, words


def test_the_shipped_tables_are_complete():
    assert set(points()) == {"events", "measures", "levels", "other"}
    assert counted_classes()["civilian"] == "people"
    assert {"head_end", "pointing", "calendar"} <= set(words())
    assert "on" in words()["head_end"], "a word, not a truth value"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.yaml: is empty"),
        ("events: [", "x.yaml:1: not YAML"),
        ("colours:\n  red: 1", "x.yaml:2: unknown section `colours`"),
        ("levels:\n  low: much", "x.yaml:2: `extreme` is missing|`.*` is missing"),
        ("- a", "x.yaml:1: expected `name:`"),
    ],
)
def test_wrong_points_are_named(text, message):
    with pytest.raises(ConfigurationError, match=message):
        read_points("x.yaml", text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\n  - b\n  - b", "x.yaml:3: `b` stands here twice"),
        ("a: b", "x.yaml:1: expected a list"),
        ("a:\n  - {}", "x.yaml:2: expected a word"),
    ],
)
def test_wrong_lists_are_named(text, message):
    with pytest.raises(ConfigurationError, match=message):
        read_lists("x.yaml", text)
