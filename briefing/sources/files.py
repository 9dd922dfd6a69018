"""Files on disk: settings go in, the bytes of each file come out in the order of their names.

What is hidden is passed over; what leads out of the folder, is no regular file, is too large or cannot be read is a named row.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import ConfigurationError, TaskFailed
from briefing.models import DocumentRow, SourceSettings
from briefing.sources.desk import Desk, one_line, unreadable

__all__ = ["STDIN", "File", "located", "read"]

STDIN = "-"
_MEGABYTE = 2**20


@dataclass(frozen=True)
class File:
    """A file that was read: ``name`` is relative to its folder, with forward slashes."""

    name: str
    content: bytes


def located(settings: SourceSettings, desk: Desk) -> Path:
    """The folder or file of a source. ConfigurationError without ``path``."""
    if settings.path is None:
        raise ConfigurationError(f"source {settings.name!r} of kind {settings.kind} needs a path; add path: to it")
    return settings.path if desk.root is None else desk.root / settings.path


def read(settings: SourceSettings, desk: Desk) -> Iterator[File | DocumentRow]:
    """Every file of the source, or its row. TaskFailed when the folder or file itself is not there or cannot be listed."""
    if settings.explicit and settings.path == Path(STDIN):
        yield _standard_input(settings, desk)
        return
    place = located(settings, desk)
    if not place.exists():
        raise TaskFailed(f"{_told(settings)} does not exist; check path:")
    if place.is_dir():
        yield from _folder(settings, desk, place)
    else:
        yield _file(settings, desk, place, place.name)


def _folder(settings: SourceSettings, desk: Desk, folder: Path) -> Iterator[File | DocumentRow]:
    inside = folder.resolve()
    for path in _listed(settings, folder):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")) or (path.is_dir() and not path.is_symlink()):
            continue
        try:
            leaves = not path.resolve().is_relative_to(inside)
        except (OSError, RuntimeError):  # a link to itself
            leaves = True
        if leaves:
            yield unreadable(settings, name, "is a link that leads out of the folder; copy the file here instead")
        elif not path.is_dir():
            yield _file(settings, desk, path, name)


def _listed(settings: SourceSettings, folder: Path) -> list[Path]:
    try:
        found = set(folder.glob(settings.glob))
    except (ValueError, NotImplementedError, IndexError) as error:
        raise ConfigurationError(
            f"source {settings.name!r}: glob {settings.glob!r} is not usable ({error}); write it like **/*.html"
        ) from None
    except OSError as error:
        raise TaskFailed(f"{_told(settings)} cannot be listed ({_why(error)})") from error
    return sorted((path for path in found if path.is_relative_to(folder)), key=lambda path: path.as_posix())


def _file(settings: SourceSettings, desk: Desk, path: Path, name: str) -> File | DocumentRow:
    most = desk.limits.file_megabytes * _MEGABYTE
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return unreadable(settings, name, "is no regular file; remove it from the folder")
        with path.open("rb") as handle:
            content = handle.read(most + 1)
    except OSError as error:
        return unreadable(settings, name, f"cannot be read ({_why(error)}); check its permissions")
    if len(content) > most:
        return _too_large(settings, desk, name)
    return File(os.fsencode(name).decode("utf-8", "replace"), content)


def _standard_input(settings: SourceSettings, desk: Desk) -> File | DocumentRow:
    most = desk.limits.file_megabytes * _MEGABYTE
    try:
        content = sys.stdin.buffer.read(most + 1)
    except OSError as error:
        return unreadable(settings, settings.name, f"cannot be read ({_why(error)})")
    return File(settings.name, content) if len(content) <= most else _too_large(settings, desk, settings.name)


def _too_large(settings: SourceSettings, desk: Desk, name: str) -> DocumentRow:
    return unreadable(settings, name, f"is larger than {desk.limits.file_megabytes} MB; split it or raise limits.file_megabytes")


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _told(settings: SourceSettings) -> str:
    return one_line(str(settings.path))
