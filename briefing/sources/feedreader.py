"""Reads the bytes of one feed (RSS, Atom, RDF, JSON Feed) into plain records. Runs in a killable worker, never in the main process.

In: bytes, the charset the server named, and how many entries are wanted. Out: a ``FeedRecord`` of strings. Nothing is fetched, no mark-up
is cleaned, no relative address resolved: that is done by whoever knows where the feed came from.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TypedDict, cast

from briefing.errors import TaskFailed

__all__ = ["Entry", "FeedRecord", "read_feed"]

AUTHOR_CHARACTERS = 300
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Elements whose text feedparser searches for an e-mail address, at quadratic cost.
_AUTHOR = re.compile(
    rb"<(?:[A-Za-z][\w.-]{0,40}:)?(?:author|creator|name|email|contributor|managingeditor|webmaster|publisher|owner)(?:\s[^<>]{0,500})?>",
    re.IGNORECASE,
)
_CDATA = b"<![CDATA["
_ELEMENT = re.compile(r"</?[A-Za-z]")


class Entry(TypedDict):
    """One entry, every value a string, "" where the feed says nothing. ``media_type`` is that of ``content``."""

    id: str
    url: str
    title: str
    title_is_html: bool
    author: str
    published: str
    updated: str
    summary: str
    content: str
    media_type: str
    language: str
    kind: str


class FeedRecord(TypedDict):
    title: str
    language: str
    url: str
    """The site the feed belongs to."""
    broken: str
    """Why the feed is not well-formed, "" when it is."""
    total: int
    """Entries in the feed, of which ``entries`` holds at most as many as were wanted."""
    entries: list[Entry]


def read_feed(content: bytes, charset: str | None, most: int) -> FeedRecord:
    """The first ``most`` entries in the order of the feed. TaskFailed when it is no feed at all."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(content, most)
    return _xml_feed(content, charset, most)


def cut_authors(content: bytes) -> bytes:
    """The feed with the text of each author element cut at 300 bytes. Linear, and exact for encodings that contain ASCII."""
    pieces: list[bytes] = []
    done = 0
    for opening in _AUTHOR.finditer(content):
        start = opening.end()
        if start < done:
            continue
        text = start + len(content[start : start + 64]) - len(content[start : start + 64].lstrip())
        marked = content.startswith(_CDATA, text)
        text = text + len(_CDATA) if marked else start
        end = content.find(b"]]>" if marked else b"<", text)
        end = len(content) if end < 0 else end
        if end - text > AUTHOR_CHARACTERS:
            pieces.append(content[done : _boundary(content, text, text + AUTHOR_CHARACTERS)])
            done = end
    return b"".join([*pieces, content[done:]]) if pieces else content


def _boundary(content: bytes, start: int, cut: int) -> int:
    """The last place at or before ``cut`` that splits neither a UTF-8 character nor an entity."""
    while cut > start and content[cut] & 0xC0 == 0x80:
        cut -= 1
    entity = content.rfind(b"&", max(start, cut - 12), cut)
    return entity if entity >= 0 and b";" not in content[entity:cut] else cut


def _xml_feed(content: bytes, charset: str | None, most: int) -> FeedRecord:
    import feedparser

    if content.startswith(_WIDE_MARKS):
        content, charset = content.decode("utf-16", "replace").encode("utf-8-sig"), None
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    # A stream, not the bytes: feedparser would try to open bytes as the name of a file.
    parsed = feedparser.parse(io.BytesIO(cut_authors(content)), sanitize_html=False, resolve_relative_uris=False, response_headers=headers)
    if not parsed.entries and not parsed.get("version"):
        raise TaskFailed(
            f"is no feed that can be read ({_broken(parsed) or 'neither RSS, Atom, RDF nor JSON Feed'}); check where it comes from"
        )
    return FeedRecord(
        title=_string(parsed.feed, "title"),
        language=_string(parsed.feed, "language"),
        url=_string(parsed.feed, "link"),
        broken=_broken(parsed),
        total=len(parsed.entries),
        entries=[_xml_entry(entry, _exercise(parsed.feed)) for entry in parsed.entries[:most]],
    )


def _exercise(feed: Mapping[str, object]) -> tuple[str, ...]:
    """The category by which a whole feed declares itself exercise material; its other categories say nothing of an entry."""
    return tuple(term for term in _terms(feed) if term.casefold() == "exercise")


def _broken(parsed: Mapping[str, object]) -> str:
    """Why feedparser calls the feed broken; a mere mismatch of encodings or media types does not count."""
    error = parsed.get("bozo_exception")
    if not parsed.get("bozo") or type(error).__name__ in ("CharacterEncodingOverride", "NonXMLContentType"):
        return ""
    return " ".join(str(error).split())[:120] or type(error).__name__


def _xml_entry(entry: Mapping[str, object], of_feed: tuple[str, ...] = ()) -> Entry:
    detail = entry.get("title_detail")
    content, media_type = _longest(entry)
    summary = _string(entry, "summary")
    return Entry(
        id=_string(entry, "id"),
        url=_page(entry),
        title=_string(entry, "title"),
        title_is_html=not (isinstance(detail, Mapping) and detail.get("type") == "text/plain"),
        author=_string(entry, "author")[:AUTHOR_CHARACTERS],
        published=_moment(entry, "published") or _moment(entry, "created"),
        updated=_moment(entry, "updated"),
        summary=summary if summary != content else "",
        content=content,
        media_type=media_type,
        language=_string(entry, "language"),
        kind=", ".join(dict.fromkeys((*_terms(entry), *of_feed))),
    )


def _longest(entry: Mapping[str, object]) -> tuple[str, str]:
    """The longest of the entry's contents and its summary, with its media type: feeds carry teaser and full text in any of them."""
    contents = entry.get("content")
    details = [*contents, entry.get("summary_detail")] if isinstance(contents, list) else [entry.get("summary_detail")]
    values = [(str(one.get("value") or ""), one.get("type") == "text/plain") for one in details if isinstance(one, Mapping)]
    text, plain = max(values, key=lambda pair: len(pair[0].strip()), default=("", True))
    if not plain and not _ELEMENT.search(text):  # called HTML as all of RSS is, yet written as plain lines
        return html.unescape(text), "text/plain"
    return text, "text/plain" if plain else "text/html"


def _page(entry: Mapping[str, object]) -> str:
    """The entry's link; an identifier that feedparser takes for a permanent link counts only when it is an address."""
    link = _string(entry, "link")
    return link if not entry.get("guidislink") or "://" in link else ""


def _moment(entry: Mapping[str, object], key: str) -> str:
    """The time as the feed has it where the standard library can read it, else as feedparser understood it (UTC)."""
    raw = _string(entry, key).strip() if key in entry else ""
    understood = entry.get(f"{key}_parsed") if key in entry else None
    if not raw or _standard(raw) or understood is None:
        return raw[:100]
    year, month, day, hour, minute, second = tuple(cast("tuple[int, ...]", understood))[:6]
    date = f"{year:04d}-{month:02d}-{day:02d}"
    return f"{date}T{hour:02d}:{minute:02d}:{second:02d}Z" if ":" in raw else date


def _standard(raw: str) -> bool:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            read(raw)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return True
    return False


def _terms(entry: Mapping[str, object]) -> Iterator[str]:
    tags = entry.get("tags")
    for tag in tags[:10] if isinstance(tags, list) else []:
        term = tag.get("term") if isinstance(tag, Mapping) else None
        if isinstance(term, str) and term.strip():
            yield " ".join(term.split())[:60]


def _string(record: Mapping[str, object], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _json_feed(content: bytes, most: int) -> FeedRecord:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org). TaskFailed when the JSON or its shape is not that of a feed."""
    try:
        feed = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise TaskFailed(f"is no JSON feed that can be read ({' '.join(str(error).split())[:120]}); check where it comes from") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version" not in _string(feed, "version"):
        raise TaskFailed("is JSON but no JSON feed (jsonfeed.org); check where it comes from")
    records = [record for record in items if isinstance(record, dict)]
    return FeedRecord(
        title=_string(feed, "title"),
        language=_string(feed, "language"),
        url=_string(feed, "home_page_url"),
        broken="" if len(records) == len(items) else f"{len(items) - len(records)} items are no objects",
        total=len(records),
        entries=[_json_entry(record) for record in records[:most]],
    )


def _json_entry(record: Mapping[str, object]) -> Entry:
    marked_up, text, summary = (_string(record, key) for key in ("content_html", "content_text", "summary"))
    identity = record.get("id")
    tags = record.get("tags")
    return Entry(
        id=str(identity) if isinstance(identity, str | int | float) else "",
        url=_string(record, "url") or _string(record, "external_url"),
        title=_string(record, "title"),
        title_is_html=False,
        author=", ".join(_authors(record))[:AUTHOR_CHARACTERS],
        published=_string(record, "date_published")[:100],
        updated=_string(record, "date_modified")[:100],
        summary=summary if marked_up.strip() or text.strip() else "",
        content=marked_up if marked_up.strip() else text if text.strip() else summary,
        media_type="text/html" if marked_up.strip() else "text/plain",
        language=_string(record, "language"),
        kind=", ".join(tag[:60] for tag in tags[:10] if isinstance(tag, str)) if isinstance(tags, list) else "",
    )


def _authors(record: Mapping[str, object]) -> Iterator[str]:
    authors = record.get("authors")
    for author in authors if isinstance(authors, list) else [record.get("author")]:
        name = author.get("name") if isinstance(author, Mapping) else None
        if isinstance(name, str) and name.strip():
            yield name.strip()
