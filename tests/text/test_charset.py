"""Bytes to characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.charset import decoded
from briefing.text.reading import Unreadable

TEXT = "Zwei Männer wurden in Dorra getötet, sagte die Behörde – am Montag früh. " * 5


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marks_and_utf8_need_no_declaration(charset: str) -> None:
    assert decoded(TEXT.encode(charset)) == (TEXT, ())


def test_utf16_without_a_mark_is_a_noted_guess() -> None:
    plain = "Two men were killed in Dorra. " * 5
    assert decoded(plain.encode("utf-16-le")) == (plain, ("character set guessed: utf-16-le",))


def test_a_declared_character_set_is_used() -> None:
    assert decoded("Männer".encode("latin-1"), "iso-8859-1") == ("Männer", ())


def test_a_wrong_declaration_is_noted_and_overruled() -> None:
    text, notes = decoded(TEXT.encode(), "no-such-charset")
    assert text == TEXT
    assert notes == ("declared character set 'no-such-charset' does not fit",)


@pytest.mark.parametrize("label", ["iso-8859-1", "Latin-1", "us-ascii"])
def test_latin_1_is_read_as_the_web_reads_it(label: str) -> None:
    assert decoded("“Zwei Männer” – heute".encode("cp1252"), label) == ("“Zwei Männer” – heute", ())


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "iso-8859-15"])
def test_utf8_under_the_name_of_a_one_byte_set_is_utf8(label: str) -> None:
    assert decoded(TEXT.encode(), label) == (TEXT, (f"declared character set {label!r} does not fit",))
    assert decoded(b"plain words", label) == ("plain words", ())


def test_a_guess_is_recorded_as_a_guess() -> None:
    text, notes = decoded(TEXT.encode("cp1252"))
    assert "getötet" in text
    assert notes[0].startswith("character set guessed: ")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, bytes(range(32)) * 50])
def test_binary_data_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match="binary data"):
        decoded(content)


def test_a_few_nul_bytes_are_no_reason_to_refuse() -> None:
    text, _ = decoded(b"Two men were killed in Dorra on Monday.\x00 " * 10)
    assert "killed in Dorra" in text


@given(st.binary(max_size=400), st.none() | st.text(max_size=20))
def test_any_bytes_are_text_or_refused(content: bytes, charset: str | None) -> None:
    try:
        text, _ = decoded(content, charset)
    except Unreadable:
        return
    assert isinstance(text, str)
