"""Kind ``mail``: ``.eml`` files, mbox files and Maildir folders become items of type ``message/rfc822``.

Messages are only cut apart here; their headers and parts are read where their text is prepared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from briefing.errors import ConfigurationError, TaskFailed
from briefing.models import DocumentRow, Drop, RawItem, SourceSettings
from briefing.sources import files, formats
from briefing.sources.desk import Desk, Found, item, unreadable

__all__ = ["collect", "messages"]

# A dividing line follows a blank one and ends in a year; other lines that begin with "From " are text.
_DIVIDER = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]*\d{4}[^\r\n]*\r?\n")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_MAILDIR = frozenset({"cur", "new"})


def collect(settings: SourceSettings, desk: Desk) -> Iterator[Found]:
    """The messages under ``path``; a file of another format is a named row."""
    if settings.path is None:
        raise ConfigurationError(f"source {settings.name!r}: kind mail reads .eml and mbox files; give their place as path:")
    for file in files.read(settings, desk):
        if isinstance(file, DocumentRow):
            yield file
            continue
        try:
            media_type = formats.recognised(_ending(file.name), file.content)
        except formats.Empty as empty:
            yield unreadable(settings, file.name, str(empty), drop=Drop.EMPTY)
        except TaskFailed as failure:
            yield unreadable(settings, file.name, str(failure))
        else:
            if media_type in (formats.MAIL, formats.MBOX):
                yield from messages(file.name, file.content, media_type, settings)
            else:
                yield unreadable(settings, file.name, f"is no mail ({media_type}); read it with a source of kind folder")


def messages(name: str, content: bytes, media_type: str, settings: SourceSettings) -> Iterator[RawItem | DocumentRow]:
    """One item for a message, one for each message of an mbox."""
    if media_type == formats.MAIL:
        yield item(settings, name=name, media_type=formats.MAIL, content=content)
        return
    parts = _DIVIDER.split(content)
    if parts[0].strip() or len(parts) == 1:
        yield unreadable(settings, name, 'is no mbox: it does not begin with a dated "From " line; save a single message as .eml')
        return
    for number, part in enumerate(parts[1:], start=1):
        message = _QUOTED.sub(rb"\1", part).rstrip(b"\r\n") + b"\n"
        if message.strip():
            yield item(settings, name=f"{name}#{number}", media_type=formats.MAIL, content=message)
        else:
            yield unreadable(settings, f"{name}#{number}", "is an empty message; nothing to do", drop=Drop.EMPTY)


def _ending(name: str) -> str:
    """The name by which the format is told: messages of a Maildir carry no ending of their own."""
    return "message.eml" if _MAILDIR.intersection(PurePosixPath(name).parent.parts) else name
