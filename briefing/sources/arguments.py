"""Arguments of the command line (FILE, FOLDER, URL, ``-``) become explicit sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from briefing.errors import UsageError
from briefing.models import SourceSettings
from briefing.sources.desk import one_line, shown
from briefing.sources.files import STDIN

__all__ = ["named"]

EXPLICIT_LIMIT = 100_000
"""What the user names is read in full; the number only bounds a run gone wrong."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


def named(paths: Sequence[str]) -> tuple[SourceSettings, ...]:
    """One source for each argument, in their order; an argument given twice counts once.

    An address is of kind feed, and what comes back decides between feed and page. A folder, a file and standard input are of kind folder.
    UsageError naming a path that does not exist, or a scheme that is not read.
    """
    sources: list[SourceSettings] = []
    taken: dict[str, int] = {}
    for argument in dict.fromkeys(paths):
        source = _address(argument) if _SCHEME.match(argument) else _place(argument)
        taken[source.name] = taken.get(source.name, 0) + 1
        number = taken[source.name]
        sources.append(source if number == 1 else source.model_copy(update={"id": f"{source.name} ({number})"}))
    return tuple(sources)


def _address(argument: str) -> SourceSettings:
    scheme = argument.partition("://")[0].lower()
    if scheme not in ("http", "https"):
        raise UsageError(f"{shown(argument)}: addresses of scheme {scheme} are not read; give an http or https address, or a path")
    return SourceSettings(name=shown(argument), kind="feed", url=argument, explicit=True, limit=EXPLICIT_LIMIT)


def _place(argument: str) -> SourceSettings:
    if argument == STDIN:
        return SourceSettings(name="standard input", kind="folder", path=Path(STDIN), explicit=True, limit=EXPLICIT_LIMIT)
    path = Path(argument)
    try:
        found = path.exists()
    except (OSError, ValueError) as error:
        raise UsageError(f"{one_line(argument)}: cannot be looked at ({one_line(str(error))}); check the path") from None
    if not argument or not found:
        raise UsageError(f"{one_line(argument) or 'an empty argument'}: no such file or folder; check the path")
    absolute = path.absolute()
    name = one_line(absolute.name or absolute.resolve().name or argument)
    return SourceSettings(name=name, kind="folder", path=absolute, explicit=True, limit=EXPLICIT_LIMIT)
