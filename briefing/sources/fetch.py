"""The one way to the network: an address goes in, a checked and capped ``Response`` comes out, or ``TaskFailed`` with a one-line reason.

Only http and https; addresses are checked when connected to (``connect.py``); redirects are followed by hand, each checked again
(``request.py``); bytes on the wire, decoded bytes (``body.py``), header size, number of redirects and the total time are capped. Nothing is
read from the environment: no proxy, no ``.netrc``. Reasons never hold user names, passwords or the query of an address.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from briefing.errors import TaskFailed
from briefing.models import Fetch, Response
from briefing.sources.desk import AGENT, one_line, shown

__all__ = ["Bounds", "Resolve", "StatusFailed", "make_fetch"]

_MEGABYTE = 2**20
Resolve: TypeAlias = Callable[[str, int], list[str]]
"""How a host name and a port become addresses; raises OSError for an unknown name."""

# Their lines of each request hold whole addresses and headers, where keys and passwords stand.
for _chatty in ("httpx2", "httpcore2"):
    logging.getLogger(_chatty).setLevel(logging.WARNING)
# stamina logs each retry as a warning; without a handler Python would print it, and a run is silent unless it fails.
logging.getLogger("stamina").addHandler(logging.NullHandler())


class StatusFailed(TaskFailed):
    """The server answered with a status that is no success."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Bounds:
    """Caps of one request, all redirects and retries together. Header size is bounded by the HTTP parser (100 KB)."""

    wire: int = 40 * _MEGABYTE
    """Bytes received, headers included."""
    decoded: int = 40 * _MEGABYTE
    """Bytes of the body once decompressed."""
    redirects: int = 5
    attempts: int = 3


def make_fetch(
    now: Callable[[], datetime] | None = None,
    *,
    bounds: Bounds | None = None,
    agent: str = AGENT,
    resolve: Resolve | None = None,
) -> Fetch:
    """The guarded fetch.

    ``now`` is the clock for ``Response.fetched_at`` (left empty without one), ``agent`` the name given to servers, ``resolve`` how a host
    name and port become addresses (default: the system's way).
    """
    return _Fetcher(now, bounds or Bounds(), agent, resolve)


class _Fetcher:
    """``models.ports.Fetch``. Holds no connection between calls, so calls are independent and may come from several threads."""

    def __init__(self, now: Callable[[], datetime] | None, bounds: Bounds, agent: str, resolve: Resolve | None) -> None:
        self._now = now
        self._bounds = bounds
        self._agent = agent
        self._resolve = resolve

    def __call__(self, url: str, *, timeout: float = 20.0, allow_private: bool = False) -> Response:
        """The response, status 200–299, within ``timeout`` seconds in all. TaskFailed otherwise.

        ``allow_private`` opens loopback and private addresses for the host that was asked for; a redirect elsewhere stays checked.
        """
        try:
            return self._tried(url, timeout, allow_private)
        except StatusFailed as failure:
            raise StatusFailed(one_line(f"{shown(url)}: {failure}"), failure.status) from None
        except TaskFailed as failure:
            raise TaskFailed(one_line(f"{shown(url)}: {failure}")) from None

    def _tried(self, address: str, timeout: float, allow_private: bool) -> Response:
        """Asks, and asks again while the failure may pass and a quarter of the time is left."""
        import stamina

        from briefing.sources.connect import Budget, resolve
        from briefing.sources.request import Again, Asker, parsed

        url = parsed(address)
        asker = Asker(self._agent, self._bounds, self._resolve or resolve, self._now)
        budget = Budget(deadline=time.monotonic() + timeout, seconds=timeout, wire=self._bounds.wire)
        private_host = url.raw_host.decode("ascii") if allow_private else None

        def may_pass(error: Exception) -> bool:
            return isinstance(error, Again) and budget.left > timeout / 4

        try:
            for attempt in stamina.retry_context(
                on=may_pass, attempts=self._bounds.attempts, timeout=timeout, wait_initial=0.2, wait_max=timeout / 8, wait_jitter=0.2
            ):
                with attempt:
                    return asker.followed(url, budget, private_host)
        except Again as last:
            raise last.final from None
        raise AssertionError("at least one attempt is always made")
