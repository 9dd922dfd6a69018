"""Kind ``jsonl``: JSON lines, one article a line, become items.

A line is an object with ``text`` and, each optional, ``id``, ``title``, ``date`` (or ``published``), ``updated``, ``author``, ``source``,
``url``, ``language``, ``summary``, ``kind``, ``marking``, ``exercise``. A line that is none is a named row, and the rest goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from briefing.models import DocumentRow, Drop, RawItem, SourceSettings
from briefing.sources import files
from briefing.sources.desk import Desk, Found, item, unreadable
from briefing.sources.formats import PLAIN

__all__ = ["articles", "collect"]

_HINTS = {
    "title": "title",
    "author": "author",
    "date": "published",
    "published": "published",
    "updated": "updated",
    "summary": "summary",
    "source": "source",
    "language": "language",
    "kind": "kind",
    "url": "url",
    "id": "id",
    "marking": "marking",
    "exercise": "exercise",
}


def collect(settings: SourceSettings, desk: Desk) -> Iterator[Found]:
    """The articles of the file at ``path``, or of each file of the folder there."""
    for file in files.read(settings, desk):
        if isinstance(file, DocumentRow):
            yield file
        else:
            yield from articles(file.name, file.content, settings)


def articles(name: str, content: bytes, settings: SourceSettings) -> Iterator[RawItem | DocumentRow]:
    """One item or row for each line that is not blank; ``name`` is the file's, for the rows."""
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield _article(f"{name}:{number}", line, settings)


def _article(place: str, line: bytes, settings: SourceSettings) -> RawItem | DocumentRow:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return unreadable(settings, place, "is not UTF-8; write the file again in UTF-8")
    except RecursionError:
        return unreadable(settings, place, "is nested too deeply; write one flat object a line")
    except ValueError as error:
        return unreadable(settings, place, f"is no JSON ({error}); write one object a line")
    if not isinstance(record, dict):
        return unreadable(settings, place, 'is no JSON object; write {"text": …} on each line')
    hints = _hints(record)
    text = record.get("text")
    if not isinstance(text, str):
        return unreadable(settings, place, 'has no "text"; give the article\'s text as a string', title=hints.get("title", ""))
    if not text.strip():
        return unreadable(settings, place, 'has an empty "text"; fill or remove it', drop=Drop.EMPTY, title=hints.get("title", ""))
    return item(
        settings,
        name=hints.get("id") or place,
        url=hints.get("url"),
        media_type=PLAIN,
        content=text.encode("utf-8", "replace"),
        hints=hints,
    )


def _hints(record: dict[str, object]) -> dict[str, str]:
    """The record's own words about itself; numbers (ids, years) and ``true`` as text, anything else left out."""
    said: dict[str, str] = {}
    for key, hint in _HINTS.items():
        value = record.get(key)
        if value is True:
            said.setdefault(hint, "true")
        elif isinstance(value, str | int | float) and value is not False and str(value).strip():
            said.setdefault(hint, str(value).strip())
    return said
