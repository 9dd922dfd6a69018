"""Whose document it is: the outlet a document names, enriched by what the user says of that outlet.

Configured feeds and web pages stay the sources they are. Documents that come in folders, mails and JSON lines carry their outlet with
them: front matter, JSON, "Source:" line, name of the site or sender, host of the address, in this order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from briefing.models import Marking, OutletSettings, Source
from briefing.text.cleaning import folded
from briefing.text.reading import Draft

__all__ = ["source_of"]

_NOT_SLUG = re.compile(r"[^\w]+")


def source_of(source: Source, draft: Draft, outlets: Sequence[OutletSettings], *, explicit: bool = False) -> Source:
    """The document's source: ``source`` itself, or the outlet the document names. The more closed marking always holds."""
    marking = _closest(source.marking, draft.marking)
    if source.kind in ("feed", "web") and not explicit:
        return source if marking is source.marking else source.model_copy(update={"marking": marking})
    host = _host(draft.url)
    known = _known(draft.outlet, host, outlets)
    name = known.name if known else draft.outlet or host
    if not name:
        return source if marking is source.marking else source.model_copy(update={"marking": marking})
    return Source(
        id=_slug(name),
        name=name,
        kind=source.kind,
        url=f"https://{host}" if host else None,
        country=(known.country if known else None) or source.country,
        language=source.language,
        reliability=known.reliability if known else source.reliability,
        publisher=known.publisher if known else None,
        marking=_closest(marking, known.marking if known else None),
    )


def _known(name: str, host: str, outlets: Sequence[OutletSettings]) -> OutletSettings | None:
    """The outlet that goes by ``name``, or else the one whose alias is the host."""
    for key in (folded(name), folded(host.removeprefix("www."))):
        for outlet in outlets:
            if key and key in {folded(alias) for alias in (outlet.name, *outlet.aliases)}:
                return outlet
    return None


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _slug(name: str) -> str:
    return _NOT_SLUG.sub("-", name.casefold()).strip("-") or "unnamed"


def _closest(one: Marking | None, other: Marking | None) -> Marking | None:
    markings = [marking for marking in (one, other) if marking]
    return max(markings, key=lambda marking: marking.rank, default=None)
