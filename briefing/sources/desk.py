"""What every kind of source is handed, and the few words all of them use to answer.

A kind is a module-level function ``collect(settings, desk)``, registered under the entry-point group ``briefing.sources``. It yields, in a
stable order, one ``RawItem`` per article, one ``DocumentRow`` per file or entry that could not be read, and a ``Note`` for what a
reader should know of the whole source. When the source as such fails it raises ``TaskFailed`` with a one-line reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from briefing.models import DocumentRow, Drop, Fetch, Isolate, Limits, Period, RawItem, Source, SourceSettings

__all__ = ["AGENT", "Desk", "Found", "Kind", "Note", "item", "one_line", "outlet", "public", "shown", "unreadable"]

AGENT = "security-briefing"
"""The name given to servers, and by which robots.txt may address this reader."""
_LINE_LENGTH = 300
_HINT_LENGTH = 2_000
_SUMMARY_LENGTH = 200_000


@dataclass(frozen=True)
class Desk:
    """The outside world of one collection: nothing else may be reached for.

    ``window`` is the period of the issue (None for a one-off brief); a kind may use it to ask for less, never to drop what it was given.
    ``root`` is the folder against which relative paths are read.
    """

    window: Period | None
    fetch: Fetch
    isolate: Isolate
    limits: Limits
    root: Path | None = None


@dataclass(frozen=True)
class Note:
    """Something the reader should know of a source that did answer ("3 entries without a link")."""

    text: str


Found: TypeAlias = RawItem | DocumentRow | Note


class Kind(Protocol):
    """What an entry point of group ``briefing.sources`` is."""

    def __call__(self, settings: SourceSettings, desk: Desk) -> Iterable[Found]:
        """Everything the source has, as it came."""


def outlet(settings: SourceSettings, *, name: str | None = None) -> Source:
    """The source as its items carry it, its address without user name and password.

    ``name`` is what the source calls itself; it counts only where the user gave none, that is on the command line.
    """
    source = settings.source
    changes: dict[str, str | None] = {"url": public(source.url)}
    if name and settings.explicit:
        changes |= {"id": name, "name": name}
    return source.model_copy(update=changes)


def item(
    settings: SourceSettings,
    *,
    name: str,
    media_type: str,
    content: bytes,
    source: Source | None = None,
    url: str | None = None,
    hints: Mapping[str, str | None] | None = None,
    fetched_at: datetime | None = None,
) -> RawItem:
    """A ``RawItem`` with its hash. Hints are cut to a sane length and, but for the summary, to one line; empty ones are left out."""
    kept = {key: text for key, value in (hints or {}).items() if value and (text := _hint(key, value))}
    return RawItem(
        source=source or outlet(settings),
        name=one_line(name),
        url=url,
        media_type=media_type,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        fetched_at=fetched_at,
        hints=kept,
        explicit=settings.explicit,
    )


def unreadable(settings: SourceSettings, name: str, reason: str, *, drop: Drop = Drop.UNREADABLE, title: str = "") -> DocumentRow:
    """The row of an item that could not even be read: ``reason`` says what, where in it, and what to do."""
    return DocumentRow(name=one_line(name), source=settings.source.name, title=one_line(title), drop=drop, reason=one_line(reason))


def one_line(text: str) -> str:
    """``text`` on one line of at most 300 characters: white space folded, control characters and broken code points made visible."""
    folded = " ".join(_whole(text[: 4 * _LINE_LENGTH]).split())
    visible = "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in folded)
    return visible if len(visible) <= _LINE_LENGTH else visible[: _LINE_LENGTH - 1] + "…"


def public(url: str | None) -> str | None:
    """The address without user name and password."""
    if not url or "@" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def shown(url: str) -> str:
    """The address as a reason may print it: without user name, password, query and fragment, where keys and tokens stand."""
    bare = (public(url) or "").partition("#")[0]
    address, question, _ = bare.partition("?")
    return one_line(address + ("?…" if question else ""))


def _hint(key: str, value: str) -> str:
    if key == "summary":
        return _whole(value[:_SUMMARY_LENGTH]).strip()
    return " ".join(_whole(value[:_HINT_LENGTH]).split())


def _whole(text: str) -> str:
    """Text that can be written as UTF-8: lone surrogates (from file names and JSON escapes) become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
