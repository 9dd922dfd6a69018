"""Bytes in, characters out: byte order mark, then the declared character set, then UTF-8, then a guess that is recorded as one.

UTF-8 comes before a declared set of one byte a character: any bytes fit such a set, hardly any text in it is valid UTF-8.
"""

from __future__ import annotations

import codecs
import re

from briefing.text.reading import Unreadable

__all__ = ["decoded"]

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 65_536
MOST_CONTROLS = 0.05
"""A text with a larger share of control characters is binary data under a text's name."""
_LATIN = frozenset({"iso-8859-1", "iso8859-1", "iso_8859-1", "latin-1", "latin1", "l1", "ascii", "us-ascii"})
_ONE_BYTE = re.compile(r"(?:iso[-_]?8859|windows-12|cp12|latin|l1$|(?:us-)?ascii)", re.IGNORECASE)
"""Sets in which any bytes are a text: bytes that are valid UTF-8 beyond ASCII were not written in one of them."""
_ODD = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


def decoded(content: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text and notes on how it was decoded. Unreadable when the bytes are no text at all."""
    text, notes = _decoded(content, declared)
    sample = text[:SAMPLE]
    if len(_ODD.findall(sample)) > MOST_CONTROLS * len(sample):
        raise Unreadable("binary data, not text; check the file or its name")
    return text, notes


def _decoded(content: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return content.decode(charset, errors="replace"), ()
    # Bytes of UTF-16 can be valid UTF-8, so they are looked for first.
    wide = _wide(content)
    if wide:
        return content.decode(wide, errors="replace"), (f"character set guessed: {wide}",)
    notes: tuple[str, ...] = ()
    if declared and _ONE_BYTE.match(declared.strip()):
        if not content.isascii() and _fits(content, "utf-8"):
            return content.decode("utf-8"), (f"declared character set {declared.strip()[:40]!r} does not fit",)
        # The web reads these labels as Windows-1252, whose quotation marks are control characters in ISO 8859-1.
        declared = "cp1252" if declared.strip().lower() in _LATIN and _fits(content, "cp1252") else declared
    for charset in filter(None, (declared, "utf-8")):
        try:
            return content.decode(charset), notes
        except (LookupError, UnicodeError, ValueError):
            if charset is declared:
                notes = (f"declared character set {charset[:40]!r} does not fit",)
    return _guessed(content, notes)


def _fits(content: bytes, charset: str) -> bool:
    try:
        content.decode(charset)
    except UnicodeError:
        return False
    return True


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a Latin text is zero."""
    sample = content[:SAMPLE]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.4 * half and sample[0::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if half and sample[0::2].count(0) > 0.4 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def _guessed(content: bytes, notes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:SAMPLE]).best()
    charset = best.encoding if best is not None else "cp1252"
    return content.decode(charset, errors="replace"), (*notes, f"character set guessed: {charset}")
