"""Kind ``folder``: files of every known format, in a folder or one by one, become items.

Most files are one item. A feed file, an mbox or a file of JSON lines is as many items as it holds. A file that is empty, binary, too large
or of no known format is a named row.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.errors import TaskFailed
from briefing.models import DocumentRow, Drop, SourceSettings
from briefing.sources import feed, files, formats, jsonl, mail
from briefing.sources.desk import Desk, Found, item, unreadable

__all__ = ["collect"]


def collect(settings: SourceSettings, desk: Desk) -> Iterator[Found]:
    """The files under ``path`` that match ``glob``, in the order of their names; a single file; or standard input (named ``-``)."""
    for file in files.read(settings, desk):
        if isinstance(file, DocumentRow):
            yield file
            continue
        try:
            yield from _read(file, settings, desk)
        except formats.Empty as empty:
            yield unreadable(settings, file.name, str(empty), drop=Drop.EMPTY)
        except TaskFailed as failure:
            yield unreadable(settings, file.name, str(failure))


def _read(file: files.File, settings: SourceSettings, desk: Desk) -> Iterator[Found]:
    media_type = formats.recognised(file.name, file.content)
    if media_type in (formats.FEED, formats.JSON_FEED):
        yield from feed.of_file(file, settings, desk)
    elif media_type == formats.JSON_LINES:
        yield from jsonl.articles(file.name, file.content, settings)
    elif media_type == formats.MBOX:
        yield from mail.messages(file.name, file.content, media_type, settings)
    else:
        yield item(settings, name=file.name, media_type=media_type, content=file.content)
