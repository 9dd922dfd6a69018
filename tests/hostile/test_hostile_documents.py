"""Documents made to harm: each ends as one named row, and the good one between them is read."""

from __future__ import annotations

import io
import random
import socket
import zipfile
from collections.abc import Callable, Iterable, Iterator
from email.message import EmailMessage
from typing import TYPE_CHECKING, NoReturn, TypeVar

import pytest

from briefing.errors import TaskFailed
from briefing.models import Drop, Limits, RawItem, Source
from briefing.text import prepare

if TYPE_CHECKING:
    from briefing.isolation import Workers

T = TypeVar("T")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GOOD = "Gunmen attacked a fuel depot in Dorra on Sunday night and killed two guards, the provincial police said on Monday."
LIMITS = Limits(seconds=20, megabytes=1500)


class Here:
    """Runs tasks in this process, where a test can watch them."""

    def call(self, function: Callable[..., T], *arguments: object, seconds: float, megabytes: int) -> T:
        return function(*arguments)

    def map(
        self, function: Callable[..., T], arguments: Iterable[tuple[object, ...]], *, seconds: float, megabytes: int
    ) -> Iterator[T | TaskFailed]:
        return (function(*one) for one in arguments)


def item(content: bytes | str, media_type: str = "text/plain", name: str = "bad", **hints: str) -> RawItem:
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return RawItem(
        source=Source(id="inbox", name="Inbox", kind="folder"),
        name=name,
        media_type=media_type,
        content=data,
        sha256="0" * 64,
        hints=hints,
        explicit=True,
    )


def good_word() -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph(GOOD)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def rebuilt(change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> bytes:
    """The good Word file with members changed or left out, and more of them added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good_word())) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            data = change(member, old.read(member))
            if data is not None:
                new.writestr(member, data)
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return stream.getvalue()


def with_entity(name: str, data: bytes) -> bytes:
    if name != "word/document.xml":
        return data
    head = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return head + data.partition(b"?>")[2].replace(GOOD.encode(), b"&x;")


def with_link(name: str, data: bytes) -> bytes:
    if name != "word/_rels/document.xml.rels":
        return data
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = b'<Relationship Id="x1" Type="' + kind + b'" Target="http://127.0.0.1/x.png" TargetMode="External"/>'
    return data.replace(b"</Relationships>", link + b"</Relationships>")


def same(_: str, data: bytes) -> bytes:
    return data


WORD_CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "too many members": (lambda: rebuilt(same, {f"word/media/{n}.bin": b"" for n in range(2100)}), "members in the archive"),
    "bomb": (lambda: rebuilt(same, {"word/media/a.bin": bytes(40_000_000)}), "compressed more than 200 times"),
    "larger bomb": (lambda: rebuilt(same, {"word/media/a.bin": bytes(60_000_000)}), "unpacks to more than 50 MB"),
    "climbing path": (lambda: rebuilt(same, {"../../evil.txt": b"x"}), "leaves the archive"),
    "external entity": (lambda: rebuilt(with_entity), "declares a document type"),
    "linked picture": (lambda: rebuilt(with_link), "links to a file outside"),
    "no document": (lambda: rebuilt(lambda name, data: None if name == "word/document.xml" else data), "word/document.xml is missing"),
    "cut short": (lambda: good_word()[:2000], "no readable zip archive"),
    "broken XML": (lambda: rebuilt(lambda name, data: data[:200] if name == "word/document.xml" else data), "damaged Word document"),
    "old format": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "encrypted or old binary"),
}


@pytest.mark.parametrize("case", WORD_CASES)
def test_word_files_are_refused_with_the_reason(case: str) -> None:
    make, reason = WORD_CASES[case]
    (row,) = prepare([item(make(), WORD)], Here(), LIMITS).rows
    assert row.drop is Drop.UNREADABLE
    assert reason in (row.reason or "")
    assert "\n" not in (row.reason or "")


def test_a_sound_word_file_is_read() -> None:
    (document,) = prepare([item(good_word(), WORD)], Here(), LIMITS).documents
    assert document.text == GOOD


def test_nothing_connects_while_documents_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    connects: list[object] = []

    def refuse(*arguments: object) -> NoReturn:
        connects.append(arguments)
        raise OSError("closed")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    lure = (
        "<!doctype html><html><head><base href='http://127.0.0.1/'><link rel=canonical href='http://127.0.0.1/a'>"
        "<link rel=stylesheet href='http://127.0.0.1/s.css'><script src='http://127.0.0.1/x.js'></script>"
        "<meta http-equiv=refresh content='0;url=http://127.0.0.1/'></head><body><article><img src='http://127.0.0.1/i.png'>"
        f"{f'<p>{GOOD}</p>' * 5}<iframe src='file:///etc/passwd'></iframe></article></body></html>"
    )
    items = [item(lure, "text/html"), item("http://127.0.0.1/a", "text/html"), item(rebuilt(with_link), WORD), item(GOOD)]
    assert len(prepare(items, Here(), LIMITS).rows) == 4
    assert connects == []


def attributes(count: int) -> str:
    many = " ".join(f"a{n}=1" for n in range(count))
    return f"<!doctype html><html><body><article><p {many}>{GOOD}</p></article></body></html>"


def mail_of_nested_parts(depth: int) -> bytes:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return b"From: a@b.example\nSubject: x\n" + parts + b"Content-Type: text/plain\n\nTwo died.\n"


PAGE = "<!doctype html><html><body>{}</body></html>"
HUGE: dict[str, Callable[[], RawItem]] = {
    "quote marks": lambda: item('"' * 1_000_000),
    "open brackets": lambda: item("[" * 500_000, "text/markdown"),
    "stars": lambda: item("*a " * 100_000, "text/markdown"),
    "comment starts": lambda: item("<!--" * 100_000, "text/markdown"),
    "line breaks": lambda: item("\n" * 1_000_000 + "x"),
    "short lines": lambda: item("a\n" * 100_000),
    "one word": lambda: item("a" * 1_000_000),
    "bylines": lambda: item("By " * 300_000),
    "dates": lambda: item("03.03.2026 " * 100_000),
    "dashes": lambda: item("A - " * 250_000),
    "digits": lambda: item("1" * 1_000_000, published="1" * 100_000),
    "marks on a letter": lambda: item("a" + "\u0301" * 500_000),
    "front matter without end": lambda: item("---\ntitle: a\n" + "b: c\n" * 50_000),
    "deep elements": lambda: item(PAGE.format("<div>" * 50_000 + GOOD), "text/html"),
    "deep snippet": lambda: item("<b>" * 100_000 + GOOD, "text/html"),
    "wide table": lambda: item(PAGE.format("<table>" + "<tr><td>1</td></tr>" * 4_000 + "</table>"), "text/html"),
    "angle brackets": lambda: item("<" * 500_000, "text/html"),
    "entities": lambda: item(
        '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;">]><html><body><p>&c;&c;</p></body></html>', "text/html"
    ),
    "nested parts": lambda: item(mail_of_nested_parts(150), "message/rfc822"),
    "long header": lambda: item(b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nTwo died.", "message/rfc822"),
    "broken PDF": lambda: item(b"%PDF-1.7\n" + b"1 0 obj<</Type/Page>>endobj " * 10_000, "application/pdf"),
    "noise": lambda: item(random.Random(7).randbytes(1_000_000)),
    "noise as a page": lambda: item(random.Random(7).randbytes(300_000), "text/html"),
    "lone surrogates": lambda: item("\ud800\udfff" * 1000),
    "NUL bytes": lambda: item(b"\x00".join([GOOD.encode()] * 50)),
}


def test_a_good_item_between_bad_ones_is_read(isolate: Workers) -> None:
    items: list[RawItem] = []
    for name, make in HUGE.items():
        items += [make().model_copy(update={"name": name}), item(f"{GOOD} It was case {len(items)}.", name=f"good {name}")]
    prepared = prepare(items, isolate, LIMITS)
    rows = {row.name: row for row in prepared.rows}
    assert len(prepared.rows) == len(items)
    assert all(rows[f"good {name}"].drop is None for name in HUGE)
    assert [row.name for row in prepared.rows if row.drop is Drop.FAILED] == []
    for document in prepared.documents:
        assert all(document.text[part.start : part.end] for part in document.paragraphs)


@pytest.mark.parametrize("summary", ["", f"<p>{GOOD}</p>"])
def test_a_page_that_hangs_is_named_and_its_summary_used(summary: str, isolate: Workers) -> None:
    good = item(GOOD + " It was dark.", name="good")
    # The limit runs from the start of the task: a worker that has its libraries loaded reads the good item and the summary.
    prepare([good], isolate, LIMITS)
    hanging = item(attributes(100_000), "text/html", "hanging", title="Raid in Dorra", summary=summary)
    prepared = prepare([good, hanging], isolate, Limits(seconds=3, megabytes=1500))
    rows = {row.name: row for row in prepared.rows}
    assert rows["good"].drop is None
    if summary:
        assert rows["hanging"].drop is None
        assert rows["hanging"].notes == ("took longer than 3 s and was ended; the summary of the feed is used",)
        assert {document.name: document.text for document in prepared.documents}["hanging"] == GOOD
    else:
        assert rows["hanging"].drop is Drop.FAILED
        assert rows["hanging"].reason == "took longer than 3 s and was ended"


def test_memory_beyond_the_limit_costs_one_row(isolate: Workers) -> None:
    heavy = item(PAGE.format("<p>a</p>" * 1_500_000), "text/html", "heavy")
    prepared = prepare([heavy, item(GOOD, name="good")], isolate, Limits(seconds=20, megabytes=300))
    rows = {row.name: row for row in prepared.rows}
    assert rows["good"].drop is None
    assert rows["heavy"].drop in (Drop.FAILED, Drop.UNREADABLE)
    assert "memory" in (rows["heavy"].reason or "").lower()


def test_reasons_hold_no_control_characters() -> None:
    (row,) = prepare([item(GOOD, "application/x-\x1b[31m\nodd")], Here(), LIMITS).rows
    assert (row.reason or "").isprintable()


def originals() -> list[tuple[str, bytes]]:
    from weasyprint import HTML

    page = f"<!doctype html><html><head><title>Raid</title></head><body><article>{f'<p>{GOOD}</p>' * 6}</article></body></html>"
    mail = EmailMessage()
    mail["Subject"] = "Raid"
    mail["From"] = "Desk <desk@post.example>"
    mail.set_content(GOOD)
    mail.add_alternative(f"<p>{GOOD}</p>", subtype="html")
    return [
        ("text/html", page.encode()),
        ("message/rfc822", mail.as_bytes()),
        (WORD, good_word()),
        ("application/pdf", bytes(HTML(string=page).write_pdf())),
        ("text/markdown", f"---\ntitle: Raid\ndate: 2026-03-03\n---\n# Raid\n\n{GOOD}".encode()),
    ]


def mutated(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(data))
        kind = chance.randrange(4)
        if kind == 0:
            data[at] = chance.randrange(256)
        elif kind == 1:
            del data[at : at + chance.randrange(1, 200)]
        elif kind == 2:
            data[at:at] = data[max(0, at - chance.randrange(200)) : at] * chance.randrange(1, 4)
        else:
            data[at:at] = chance.randbytes(chance.randrange(1, 30))
        if not data:
            return b""
    return bytes(data)


def mutations(count: int) -> list[RawItem]:
    chance = random.Random(20260303)
    return [
        item(mutated(content, chance), media_type, name=f"{media_type} {number}")
        for number in range(count)
        for media_type, content in originals_cached()
    ]


_ORIGINALS: list[tuple[str, bytes]] = []


def originals_cached() -> list[tuple[str, bytes]]:
    if not _ORIGINALS:
        _ORIGINALS.extend(originals())
    return _ORIGINALS


@pytest.mark.parametrize("count", [20, pytest.param(2000, marks=pytest.mark.slow)])
def test_mutated_documents_end_as_text_or_a_named_reason(count: int, isolate: Workers) -> None:
    items = mutations(count)
    prepared = prepare(items, isolate, LIMITS)
    assert len(prepared.rows) == len(items)
    assert all(row.reason for row in prepared.rows if row.drop)
    # A native crash of the PDF library may cost a worker; nothing may run into the time limit.
    assert not [row for row in prepared.rows if row.drop is Drop.FAILED and "longer than" in (row.reason or "")]
