"""Kind ``web``: one page by its address becomes one item of type ``text/html`` (or PDF), if the site's robots.txt lets it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from briefing.errors import ConfigurationError, TaskFailed
from briefing.models import SourceSettings
from briefing.sources import formats
from briefing.sources.desk import AGENT, Desk, Found, shown
from briefing.sources.feed import named_page
from briefing.sources.fetch import StatusFailed

__all__ = ["collect", "permitted"]

ROBOTS_BYTES = 500_000
ROBOTS_SECONDS = 5.0
_PAGES = (formats.HTML, formats.PDF, formats.DOCX)


def collect(settings: SourceSettings, desk: Desk) -> Iterator[Found]:
    """The page at ``url``, robots.txt and page together within the source's timeout. TaskFailed when it may not or cannot be read."""
    if settings.url is None:
        raise ConfigurationError(f"source {settings.name!r} of kind web needs a url; add the address of the page")
    deadline = time.monotonic() + settings.timeout
    if not _may_read(settings.url, settings, desk):
        raise TaskFailed(f"{shown(settings.url)}: robots.txt of the site asks not to be read; remove the source or ask the publisher")
    left = max(deadline - time.monotonic(), 0.1)
    answer = desk.fetch(settings.url, timeout=left, allow_private=settings.allow_private)
    try:
        media_type = formats.recognised("page.html", answer.content)
    except TaskFailed as failure:
        raise TaskFailed(f"{shown(settings.url)}: {failure}") from None
    if media_type not in _PAGES:
        raise TaskFailed(f"{shown(settings.url)}: is no page ({media_type}); use kind: feed for a feed")
    yield named_page(answer, media_type, settings)


def permitted(robots: bytes, url: str) -> bool:
    """True when this robots.txt lets this reader have the page. Runs in a worker."""
    from protego import Protego

    return bool(Protego.parse(robots[:ROBOTS_BYTES].decode("utf-8", "replace")).can_fetch(url, AGENT))


def _may_read(url: str, settings: SourceSettings, desk: Desk) -> bool:
    """RFC 9309: no robots.txt (4xx) permits everything, an unreachable one nothing."""
    parts = urlsplit(url)
    address = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
    try:
        robots = desk.fetch(address, timeout=settings.timeout, allow_private=settings.allow_private)
    except StatusFailed as failure:
        if failure.status < 500:
            return True
        raise
    limits = desk.limits
    try:
        return desk.isolate.call(permitted, robots.content, url, seconds=min(ROBOTS_SECONDS, limits.seconds), megabytes=limits.megabytes)
    except TaskFailed as failure:
        raise TaskFailed(f"{shown(address)}: {failure}") from None
