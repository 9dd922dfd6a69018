"""What is wrong with the settings of sources, found without reading any: settings go in, one line for each fault comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from briefing.errors import ConfigurationError
from briefing.models import SourceSettings
from briefing.sources.desk import one_line, shown
from briefing.sources.kinds import kind

__all__ = ["problems"]

# What a shipped kind needs of its settings; a stranger's kind speaks for itself when it is asked.
_NEEDS = {"feed": ("url", "path"), "web": ("url",), "folder": ("path",), "jsonl": ("path",), "mail": ("path",)}


def problems(settings: Sequence[SourceSettings], root: Path | None = None) -> tuple[str, ...]:
    """One line for each fault of the enabled sources, in their order: what, which source, what to do. Nothing is fetched."""
    enabled = [one for one in settings if one.enabled]
    found = [one_line(f"source {one.name!r}: {fault}") for one in enabled for fault in _faults(one, root)]
    ids = Counter(one.source.id for one in enabled)
    return (*found, *(one_line(f"{count} sources have the id {name!r}; give each its own id:") for name, count in ids.items() if count > 1))


def _faults(settings: SourceSettings, root: Path | None) -> Iterator[str]:
    try:
        kind(settings.kind)
    except ConfigurationError as error:
        yield str(error)
        return
    needed = _NEEDS.get(settings.kind, ())
    if needed and not any(getattr(settings, name) for name in needed):
        yield f"kind {settings.kind} needs {' or '.join(f'{name}:' for name in needed)}; add it"
    if settings.url and not _fetchable(settings.url):
        yield f"url {shown(settings.url)} is no http or https address; check its spelling"
    if settings.path and not _exists(settings.path if root is None else root / settings.path):
        yield f"path {settings.path} does not exist; check path:"


def _fetchable(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
