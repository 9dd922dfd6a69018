from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import TaskFailed
from briefing.sources import formats
from briefing.sources.formats import recognised


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


HTML = b"<!DOCTYPE html><html><body><p>A page.</p></body></html>"
RSS = b'<?xml version="1.0"?><!-- <html> --><rss version="2.0"><channel/></rss>'
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"/>'
RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
MAIL = b"Subject: A\nFrom: a@b.example\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n\nText.\n"


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.txt", b"Plain words.", formats.PLAIN),
        ("README", b"Plain words.", formats.PLAIN),
        ("a.md", b"# Title\n\n<div>x</div>", formats.MARKDOWN),
        ("a.html", b"no mark-up at all", formats.HTML),
        ("a.HTM", HTML, formats.HTML),
        ("saved.txt", HTML, formats.HTML),
        ("-", b"<p>A fragment.</p>", formats.HTML),
        ("a.pdf", b"\n%PDF-1.7 \xff\x00", formats.PDF),
        ("renamed.txt", b"%PDF-1.4", formats.PDF),
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml"), formats.DOCX),
        ("a.eml", b"Anything at all", formats.MAIL),
        ("-", MAIL, formats.MAIL),
        ("-", b"From a@b.example Mon Mar  2 09:00:00 2026\n" + MAIL, formats.MBOX),
        ("-", b"Security: tightened\n\nThe port was shut.", formats.PLAIN),
        ("feed.xml", RSS, formats.FEED),
        ("feed.html", ATOM, formats.FEED),
        ("feed.rdf", b"\xef\xbb\xbf" + RDF, formats.FEED),
        ("feed.xml", RSS.decode().encode("utf-16"), formats.FEED),
        ("feed.json", b'{"version": "https://jsonfeed.org/version/1.1",\n "items": []}', formats.JSON_FEED),
        ("feed.json", rb'{"version": "https:\/\/jsonfeed.org\/version\/1", "items": []}', formats.JSON_FEED),
        ("a.jsonl", b'{"text": "see jsonfeed.org/version"}', formats.JSON_LINES),
        ("a.json", b'{"text": "A"}\n{"text": "B"}', formats.JSON_LINES),
        ("-", b'{"text": "' + b"A" * 30_000 + b'"}', formats.JSON_LINES),
        ("wide.txt", "Wörter".encode("utf-16"), formats.PLAIN),
    ],
)
def test_bytes_decide_first_and_the_name_second(name: str, content: bytes, media_type: str) -> None:
    assert recognised(name, content) == media_type


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"Not a PDF", "holds no PDF"),
        ("a.docx", b"Not Word", "holds no Word document"),
        ("a.docx", zipped("xl/workbook.xml"), "zip archive"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or an encrypted office file"),
        ("a.rtf", b"{\\rtf1 x}", "RTF"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("a.txt", b"\0\1\2\3" * 50, "binary"),
        ("a.csv", b"a,b\n1,2\n", r"unknown format \(\.csv\)"),
        ("a.xml", b"<inventory/>", "no feed"),
        ("a.json", b'[{"text": "A"}]', "one object a line"),
        ("a.jsonl", b"just words", "no JSON objects"),
    ],
)
def test_what_fits_nothing_is_named_with_what_to_do(name: str, content: bytes, words: str) -> None:
    with pytest.raises(TaskFailed, match=words) as failure:
        recognised(name, content)
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\xef\xbb\xbf\n", b"\0\0\0"])
def test_nothing_but_white_space_is_empty(content: bytes) -> None:
    with pytest.raises(formats.Empty):
        recognised("a.txt", content)


@given(st.sampled_from(["a", "a.txt", "a.xml", "a.json", "a.pdf", "a.zzz"]), st.binary(max_size=300))
def test_any_bytes_end_as_a_type_or_a_reason(name: str, content: bytes) -> None:
    try:
        assert "/" in recognised(name, content)
    except TaskFailed as failure:
        assert str(failure)


@pytest.mark.parametrize("unit", [b"<!--", b"<", b"<a", b"{", b"[", b"From: ", b"A:b\n", b'"', b"<!doctype "])
def test_endless_repetitions_are_looked_at_in_linear_time(unit: bytes) -> None:
    for name in ("-", "a.xml", "a.json"):
        with contextlib.suppress(TaskFailed):
            recognised(name, unit * (2_000_000 // len(unit)))
