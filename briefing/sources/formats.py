"""Which format a file or answer is in: its name and its bytes go in, one media type comes out.

The bytes decide wherever they carry a signature (PDF, Word, HTML, feeds); the name decides among the plain ones. What fits neither is
``TaskFailed`` with what it seems to be and what to do about it.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

from briefing.errors import TaskFailed

__all__ = ["DOCX", "FEED", "HTML", "JSON_FEED", "JSON_LINES", "MAIL", "MARKDOWN", "MBOX", "PDF", "PLAIN", "Empty", "recognised"]

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MAIL = "message/rfc822"
MBOX = "application/mbox"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FEED = "application/rss+xml"
JSON_FEED = "application/feed+json"
JSON_LINES = "application/jsonl"

_SUFFIXES = {
    "": None,
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".eml": MAIL,
    ".mbox": MBOX,
    ".pdf": PDF,
    ".docx": DOCX,
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".json": JSON_LINES,
    ".xml": FEED,
    ".rss": FEED,
    ".atom": FEED,
    ".rdf": FEED,
}
SUPPORTED = "txt, md, html, eml, mbox, pdf, docx, jsonl and feeds"

_HEAD = 16_384
# How text in encodings that do not contain ASCII begins: by its mark, or by the opening of an XML file without one.
_WIDE = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"<\0\0\0": "utf-32-le",
    b"\0\0\0<": "utf-32-be",
    b"<\0?\0": "utf-16-le",
    b"\0<\0?": "utf-16-be",
    b"Lo\xa7\x94": "cp037",
}
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\f\x08\x1b")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ROOT = re.compile(r"<([A-Za-z][\w.:-]*)")
_DOCTYPE = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?\S")
_MAIL_HEADERS = frozenset({"from", "date", "subject", "message-id", "received", "return-path", "mime-version", "delivered-to"})
_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_HTML_ROOTS = frozenset({"html", "head", "body", "article", "main", "section", "div", "p", "h1", "meta", "title"})


class Empty(TaskFailed):
    """There is nothing in it but white space."""


def recognised(name: str, content: bytes) -> str:
    """The media type of a file called ``name``. ``Empty`` or TaskFailed with a one-line reason (without the name)."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n\f\0"):
        raise Empty("is empty; remove it or fill it")
    suffix = PurePosixPath(name).suffix.lower()
    said = _SUFFIXES.get(suffix)
    signed = _signed(content)
    if signed:
        return signed
    if said in (PDF, DOCX):
        raise TaskFailed(f"is called {suffix} but holds no {'PDF' if said == PDF else 'Word document'}; save it again from its program")
    head = _text(content[:_HEAD])
    if head is None:
        raise TaskFailed(f"is binary and of no known format; {SUPPORTED} are read")
    return _written(head, content, suffix, said)


def _signed(content: bytes) -> str | None:
    """The binary formats, by their first bytes."""
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"PK\x03\x04"):
        if b"word/document.xml" in content:
            return DOCX
        raise TaskFailed(f"is a zip archive and no Word document; unpack it ({SUPPORTED} are read)")
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise TaskFailed("is an old or an encrypted office file; save it as .docx or .pdf without a password")
    if content.startswith(b"{\\rtf"):
        raise TaskFailed("is rich text (RTF); save it as .docx or .txt")
    return None


def _text(head: bytes) -> str | None:
    """The beginning as text good enough to look at, or None when it is binary."""
    for mark, encoding in _WIDE.items():
        if head.startswith(mark):
            return head.decode(encoding, "ignore")
    if b"\0" in head or len(head) - len(head.translate(None, _CONTROL)) > len(head) // 20:
        return None
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _written(head: str, content: bytes, suffix: str, said: str | None) -> str:
    """The text formats, by signature first and by name second."""
    start = _COMMENT.sub("", head).lstrip()
    root = _root(start)
    if _DOCTYPE.search(start[:2000]) and start.startswith("<"):
        return HTML
    if root in _FEED_ROOTS:
        return FEED
    if root == "html":
        return HTML
    if said in (PLAIN, MARKDOWN, HTML, MAIL, MBOX):
        return said
    if said == FEED:
        raise TaskFailed("is XML but no feed (RSS, Atom or RDF); export it as one of the known formats")
    if start.startswith(("{", "[")):
        return _json(start, content, suffix)
    if said == JSON_LINES:
        raise TaskFailed("holds no JSON objects, one a line; check how it was written")
    return _unnamed(start, root, suffix)


def _root(start: str) -> str | None:
    """Local name of the first element when the text begins as mark-up."""
    if not start.startswith("<"):
        return None
    found = _ROOT.search(start)
    return found.group(1).rpartition(":")[2].lower() if found else None


def _json(start: str, content: bytes, suffix: str) -> str:
    if suffix in (".jsonl", ".ndjson"):
        return JSON_LINES
    if start.startswith("{") and (b"jsonfeed.org/version" in content or rb"jsonfeed.org\/version" in content):
        return JSON_FEED
    if _is_object(start.partition("\n")[0]):
        return JSON_LINES
    raise TaskFailed("is JSON but neither a JSON feed nor JSON lines; write one object a line")


def _is_object(line: str) -> bool:
    """True for a JSON object, or for the visible part of one that is longer than what was looked at."""
    if len(line) > _HEAD // 2:
        return line.startswith("{")
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _unnamed(start: str, root: str | None, suffix: str) -> str:
    """Text whose name says nothing: standard input, and files without a known ending."""
    if root in _HTML_ROOTS:
        return HTML
    if start.startswith("From ") and _looks_like_mail(start.partition("\n")[2]):
        return MBOX
    if _looks_like_mail(start):
        return MAIL
    if suffix:
        raise TaskFailed(f"is of an unknown format ({suffix}); {SUPPORTED} are read")
    return PLAIN


def _looks_like_mail(start: str) -> bool:
    """True when the text opens with at least three header lines, two of them known ones."""
    names: list[str] = []
    for line in start.splitlines()[:40]:
        if line[:1] in (" ", "\t") and names:
            continue
        if not _HEADER.match(line):
            break
        names.append(line.partition(":")[0].lower())
    return len(names) >= 3 and len(_MAIL_HEADERS.intersection(names)) >= 2
