"""One request with its redirects: an address and a budget go in, a ``Response`` comes out.

Failures are ``TaskFailed`` with a reason without the address (``fetch.py`` adds it); what may pass with time is ``Again``.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import httpcore2

from briefing.errors import TaskFailed
from briefing.models import Response
from briefing.sources.body import PIECE, decoded
from briefing.sources.connect import Budget, Guard, transport
from briefing.sources.desk import public
from briefing.sources.fetch import Bounds, Resolve, StatusFailed

if TYPE_CHECKING:
    import httpx2

__all__ = ["Again", "Asker", "parsed"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, text/html, application/xml;q=0.9, */*;q=0.5"
_NETWORK = (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol)
_ADVICE = {401: "it wants a login", 403: "it refuses readers like this one", 404: "check the address", 410: "remove the source"}


class Again(Exception):
    """A failure that may pass: no connection, or a 5xx answer. ``final`` is what to raise when it does not."""

    def __init__(self, final: TaskFailed) -> None:
        super().__init__(str(final))
        self.final = final


def parsed(address: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """The absolute http(s) address; for a redirect to another host without the user name and password it may bring."""
    import httpx2

    after = "" if base is None else " after a redirect"
    try:
        url = httpx2.URL(address.strip()) if base is None else base.join(address)
    except (httpx2.InvalidURL, ValueError, TypeError):
        raise TaskFailed(f"is no valid address{after}; check its spelling") from None
    if url.scheme not in ("http", "https"):
        raise TaskFailed(f"only http and https are fetched, not {url.scheme[:20] or 'an address without scheme'}{after}")
    if not url.host:
        raise TaskFailed(f"names no host{after}; check the address")
    if base is not None and (url.scheme, url.raw_host, url.port) != (base.scheme, base.raw_host, base.port):
        url = url.copy_with(userinfo=b"")
    return url


@dataclass(frozen=True)
class Asker:
    """Asks for addresses under one agent's name, within ``bounds``."""

    agent: str
    bounds: Bounds
    resolve: Resolve
    now: Callable[[], datetime] | None = None

    def followed(self, url: httpx2.URL, budget: Budget, private_host: str | None) -> Response:
        """The answer at the end of the redirects. ``private_host`` is the one host that may be private."""
        import httpx2

        headers = {"User-Agent": self.agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate", "Accept-Language": "en, *;q=0.5"}
        guarded = transport(Guard(budget, private_host, self.resolve), _tls())
        with httpx2.Client(transport=guarded, trust_env=False, headers=headers, timeout=budget.seconds) as client:
            for _ in range(self.bounds.redirects + 1):
                try:
                    onward = self._asked(client, url)
                except (httpx2.HTTPError, *_NETWORK) as error:
                    raise _named(error, budget) from None
                if isinstance(onward, Response):
                    return onward
                url = onward
        raise TaskFailed(f"sends from redirect to redirect, more than {self.bounds.redirects} times; check the address")

    def _asked(self, client: httpx2.Client, url: httpx2.URL) -> Response | httpx2.URL:
        """One request: the response, or where it sends us."""
        with client.stream("GET", url, follow_redirects=False) as answer:
            if answer.status_code in _REDIRECTS and "location" in answer.headers:
                return parsed(answer.headers["location"], base=url)
            if not 200 <= answer.status_code < 300:
                failure = StatusFailed(_status(answer), answer.status_code)
                raise Again(failure) if answer.status_code >= 500 else failure
            return Response(
                url=public(str(url)) or "",
                status=answer.status_code,
                media_type=answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
                charset=answer.charset_encoding,
                content=decoded(answer.iter_raw(PIECE), answer.headers.get("content-encoding", ""), self.bounds.decoded),
                fetched_at=self.now() if self.now else None,
            )


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """The certificates httpx2 brings, without what the environment says; loading them costs 20 ms."""
    import httpx2

    return httpx2.create_ssl_context(trust_env=False)


def _status(answer: httpx2.Response) -> str:
    hint = _ADVICE.get(answer.status_code, "try again later" if answer.status_code >= 429 else "check the address")
    return f"answered {answer.status_code} {answer.reason_phrase[:60]}".rstrip() + f"; {hint}"


def _named(error: Exception, budget: Budget) -> Exception:
    """The failure in one line: one that may pass as ``Again``."""
    if isinstance(error, httpcore2.ConnectTimeout) and budget.left > 0:
        return Again(TaskFailed("does not take connections; try again later"))
    if isinstance(error, httpcore2.TimeoutException):
        return TaskFailed(f"did not answer in full within {budget.seconds:g} s; raise its timeout or try again later")
    if isinstance(error, httpcore2.ConnectError):
        return Again(TaskFailed(f"cannot be connected to ({error}); check the address and the network"))
    return TaskFailed(f"broke off or broke the protocol ({error or type(error).__name__}); try again later")
