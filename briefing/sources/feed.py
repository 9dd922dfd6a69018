"""Kind ``feed``: RSS, Atom, RDF and JSON Feed, by address or from a file, become one item an entry, in the order of the feed.

The bytes are read into records in a killable worker (``feedreader.py``). An address the user named on the command line may also be a page
or a PDF: what comes back decides.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from briefing.errors import ConfigurationError, TaskFailed
from briefing.models import DocumentRow, Drop, RawItem, Response, SourceSettings
from briefing.sources import files, formats
from briefing.sources.desk import Desk, Found, Note, item, one_line, outlet, public, shown, unreadable
from briefing.sources.feedreader import Entry, FeedRecord, read_feed

__all__ = ["collect", "entries", "named_page", "of_file"]

FEED_SECONDS = 9.0
"""No real feed takes a tenth of it; HOSTILE input must have failed by name within ten seconds."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def collect(settings: SourceSettings, desk: Desk) -> Iterator[Found]:
    """The entries of the feed at ``url``, or of the file at ``path``. TaskFailed when it is no feed."""
    if settings.url is None and settings.path is None:
        raise ConfigurationError(f"source {settings.name!r} of kind feed needs a url or a path; add one of them")
    if settings.url is None:
        for file in files.read(settings, desk):
            if isinstance(file, DocumentRow):
                yield file
            else:
                yield from of_file(file, settings, desk)
        return
    answer = desk.fetch(settings.url, timeout=settings.timeout, allow_private=settings.allow_private)
    try:
        media_type = _answered(answer, settings)
        if media_type in (formats.FEED, formats.JSON_FEED):
            yield from entries(answer.content, settings, desk, url=answer.url, charset=answer.charset, fetched_at=answer.fetched_at)
        else:
            yield named_page(answer, media_type, settings)
    except TaskFailed as failure:
        raise TaskFailed(f"{shown(settings.url)}: {failure}") from None


def named_page(answer: Response, media_type: str, settings: SourceSettings) -> RawItem:
    """An answered page (or PDF) as an item; named on the command line, its host is the outlet's name."""
    host = (urlsplit(answer.url).hostname or "").removeprefix("www.")
    return item(
        settings,
        name=answer.url,
        url=answer.url,
        media_type=media_type,
        content=answer.content,
        source=outlet(settings, name=host),
        fetched_at=answer.fetched_at,
        hints={"url": answer.url, "charset": answer.charset},
    )


def of_file(file: files.File, settings: SourceSettings, desk: Desk) -> Iterator[Found]:
    """The entries of a feed file; one that cannot be read or has none is a row."""
    empty = True
    try:
        for found in entries(file.content, settings, desk):
            empty = empty and isinstance(found, Note)
            yield Note(f"{one_line(file.name)}: {found.text}") if isinstance(found, Note) else found
    except TaskFailed as failure:
        yield unreadable(settings, file.name, str(failure))
        return
    if empty:
        yield unreadable(settings, file.name, "is a feed without entries; nothing to do", drop=Drop.EMPTY)


def _answered(answer: Response, settings: SourceSettings) -> str:
    """What came back, by its bytes; TaskFailed when it is nothing this source may read."""
    try:
        media_type = formats.recognised("", answer.content)
    except formats.Empty:
        raise TaskFailed("answered with nothing; check the address") from None
    if media_type in (formats.FEED, formats.JSON_FEED):
        return media_type
    if not settings.explicit:
        # Broken feeds may begin with anything: only what is surely something else is turned away before it is read.
        if media_type in (formats.HTML, formats.PDF, formats.DOCX):
            raise TaskFailed(f"is a page or file ({media_type}), not a feed; use kind: web or the address of its feed")
        return formats.FEED
    if media_type == formats.PLAIN and (answer.media_type == "text/html" or answer.content.lstrip()[:1] == b"<"):
        return formats.HTML
    if media_type in (formats.JSON_LINES, formats.MBOX):
        raise TaskFailed(f"is a file of many articles ({media_type}); save it and name the file")
    return media_type


def entries(
    content: bytes,
    settings: SourceSettings,
    desk: Desk,
    *,
    url: str | None = None,
    charset: str | None = None,
    fetched_at: datetime | None = None,
) -> Iterator[RawItem | Note]:
    """One item an entry, at most ``settings.limit``, then notes on what was left out or broken. TaskFailed when it is no feed."""
    record = desk.isolate.call(
        read_feed, content, charset, settings.limit, seconds=min(FEED_SECONDS, desk.limits.seconds), megabytes=desk.limits.megabytes
    )
    base = (url or record["url"]).partition("?")[0]  # a query may hold a key, and no link needs it
    for number, entry in enumerate(record["entries"], start=1):
        yield _entry(entry, number, record, settings, base=base, fetched_at=fetched_at)
    if record["broken"]:
        yield Note(one_line(f"the feed is not well-formed ({record['broken']}); what could be read was"))
    if record["total"] > len(record["entries"]):
        yield Note(f"{record['total'] - len(record['entries'])} more entries left out (limit {settings.limit})")


def _entry(entry: Entry, number: int, record: FeedRecord, settings: SourceSettings, *, base: str, fetched_at: datetime | None) -> RawItem:
    link = _link(entry["url"], base) or _link(entry["id"], "")
    title = _plain(entry["title"]) if entry["title_is_html"] else " ".join(entry["title"].split())
    feed_title = _plain(record["title"])
    return item(
        settings,
        name=entry["id"].strip() or link or title or f"entry {number}",
        url=link,
        media_type=entry["media_type"],
        content=entry["content"].encode("utf-8", "replace"),
        source=outlet(settings, name=feed_title),
        fetched_at=fetched_at,
        hints={
            "id": entry["id"],
            "url": link,
            "title": title,
            "author": _plain(entry["author"]),
            "published": entry["published"],
            "updated": entry["updated"],
            "summary": entry["summary"],
            "language": entry["language"] or record["language"],
            "kind": entry["kind"],
            "charset": "utf-8",  # whatever the mark-up inside may claim
            # A configured feed is the outlet the user says it is; elsewhere the feed names itself.
            "source": None if settings.kind == "feed" and not settings.explicit else feed_title,
        },
    )


def _link(address: str, base: str) -> str | None:
    """The absolute http(s) address, or None."""
    try:
        joined = urljoin(base, address.strip()) if address.strip() else ""
        parts = urlsplit(joined)
    except ValueError:
        return None
    return public(joined) if parts.scheme in ("http", "https") and parts.netloc else None


def _plain(marked_up: str) -> str:
    """A title without its mark-up, on one line."""
    return " ".join(html.unescape(_TAG.sub("", marked_up)).split())
