"""The YAML loader of the word lists: shapes, and errors that name file and line."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from briefing.errors import ConfigurationError
from briefing.extraction import lexicon


def written(folder: Path, text: str) -> Path:
    path = folder / "words.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_lists_of_words_keep_order_and_spelling(tmp_path: Path) -> None:
    path = written(tmp_path, "# comment\nyes_words: [no, on, 12]\nother:\n  - two words\n")
    assert dict(lexicon.load(path)) == {"yes_words": ("no", "on", "12"), "other": ("two words",)}


def test_pairs_of_words(tmp_path: Path) -> None:
    assert dict(lexicon.pairs(written(tmp_path, "months: {May: 5}\n"))["months"]) == {"May": "5"}


def test_records_know_their_line(tmp_path: Path) -> None:
    path = written(tmp_path, "groups:\n  - name: North Column\n    aliases: [NC, Column]\n  - name: South Column\n")
    first, second = lexicon.records(path)["groups"]
    assert (first.text("name"), first.words("aliases"), first.where) == ("North Column", ("NC", "Column"), "words.yaml:2")
    assert (second.words("aliases"), second.text("type", "group"), second.where) == ((), "group", "words.yaml:4")
    with pytest.raises(ConfigurationError, match=r"words\.yaml:4: `type` must be one text"):
        second.text("type")
    with pytest.raises(ConfigurationError, match=r"words\.yaml:2: unknown field `aliases`; known are name"):
        first.allow("name")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [x]\na: [y]\n", "words.yaml:2: `a` stands here twice"),
        ("a:\n  - x\n  - x\n", "words.yaml:3: `x` stands in this list twice"),
        ("a:\n  - x\n  - [y]\n", "words.yaml:3: expected a word"),
        ("a: x\n", "words.yaml:1: expected a list of words"),
        ("- a\n", "words.yaml:1: expected `name:`"),
        ("a:\n  - ''\n", "words.yaml:2: expected a word"),
        ("a: [x\nb: ]y\n", "words.yaml:2: not YAML"),
        ("", "words.yaml: is empty"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        lexicon.load(written(tmp_path, text))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"nowhere\.yaml: cannot be read"):
        lexicon.load("nowhere")


@pytest.mark.parametrize("name", ["designations", "figures", "measures", "qualifiers", "units"])
def test_the_shipped_word_lists_are_valid(name: str) -> None:
    assert lexicon.load(name)
    text = (files("briefing.extraction") / "lexicons" / f"{name}.yaml").read_text(encoding="utf-8")
    assert text.startswith("#")


@pytest.mark.parametrize("name", ["currencies", "numbers", "times"])
def test_the_shipped_tables_are_valid(name: str) -> None:
    assert lexicon.pairs(name)
