"""The one way to the network: an address goes in, a checked and capped ``Response`` comes out, or ``TaskFailed`` with a one-line reason.

Only http and https; addresses are checked when connected to (``connect.py``); redirects are followed by hand, each checked again; bytes on
the wire, decoded bytes, header size, number of redirects and the total time are capped. Nothing is read from the environment: no proxy,
no ``.netrc``. Reasons never hold user names, passwords or the query of an address.
"""

from __future__ import annotations

import logging
import ssl
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import httpcore2
import httpx2
import stamina

from briefing.errors import TaskFailed
from briefing.models import Fetch, Response
from briefing.sources.connect import Budget, Guard, Resolve, Transport, resolve
from briefing.sources.desk import AGENT, one_line, public, shown

__all__ = ["Bounds", "StatusFailed", "make_fetch"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, text/html, application/xml;q=0.9, */*;q=0.5"
_MEGABYTE = 2**20
_PIECE = 2**16

# stamina logs each retry as a warning; without a handler Python would print it, and a run is silent unless it fails.
logging.getLogger("stamina").addHandler(logging.NullHandler())


class StatusFailed(TaskFailed):
    """The server answered with a status that is no success."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status


class _Again(Exception):
    """A failure that may pass: no connection, or a 5xx answer. ``args[0]`` is what to raise when it does not."""

    @property
    def final(self) -> TaskFailed:
        failure = self.args[0]
        return failure if isinstance(failure, TaskFailed) else TaskFailed(str(failure))


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
    resolve: Resolve = resolve,
) -> Fetch:
    """The guarded fetch.

    ``now`` is the clock for ``Response.fetched_at`` (left empty without one), ``agent`` the name given to servers and looked for in
    robots.txt, ``resolve`` how a host name becomes addresses.
    """
    return _Fetcher(now, bounds or Bounds(), agent, resolve)


class _Fetcher:
    """``models.ports.Fetch``. Holds no connection between calls, so calls are independent and may come from several threads."""

    def __init__(self, now: Callable[[], datetime] | None, bounds: Bounds, agent: str, resolve: Resolve) -> None:
        self._now = now
        self._bounds = bounds
        self._agent = agent
        self._resolve = resolve

    def __call__(self, url: str, *, timeout: float = 20.0, allow_private: bool = False) -> Response:
        """The response, status 200–299, within ``timeout`` seconds in all. TaskFailed otherwise.

        ``allow_private`` opens loopback and private addresses for the host that was asked for; a redirect elsewhere stays checked.
        """
        try:
            return self._tried(_checked_url(url), timeout, allow_private)
        except StatusFailed as failure:
            raise StatusFailed(one_line(f"{shown(url)}: {failure}"), failure.status) from None
        except TaskFailed as failure:
            raise TaskFailed(one_line(f"{shown(url)}: {failure}")) from None

    def _tried(self, url: httpx2.URL, timeout: float, allow_private: bool) -> Response:
        budget = Budget(deadline=time.monotonic() + timeout, seconds=timeout, wire=self._bounds.wire)
        host = url.raw_host.decode("ascii") if allow_private else None

        def may_pass(error: Exception) -> bool:
            return isinstance(error, _Again) and budget.left > timeout / 4

        try:
            for attempt in stamina.retry_context(
                on=may_pass, attempts=self._bounds.attempts, timeout=timeout, wait_initial=0.2, wait_max=timeout / 8, wait_jitter=0.2
            ):
                with attempt:
                    return self._followed(url, budget, host)
        except _Again as last:
            raise last.final from None
        raise TaskFailed("was not tried")

    def _followed(self, url: httpx2.URL, budget: Budget, private_host: str | None) -> Response:
        transport = Transport(Guard(budget, private_host, self._resolve), self._tls)
        headers = {"User-Agent": self._agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate", "Accept-Language": "en, *;q=0.5"}
        with httpx2.Client(transport=transport, trust_env=False, headers=headers, timeout=budget.seconds) as client:
            for _ in range(self._bounds.redirects + 1):
                try:
                    onward = self._asked(client, url)
                except (httpx2.HTTPError, httpx2.InvalidURL, *_NETWORK) as error:
                    raise _named(error, budget) from None
                if isinstance(onward, Response):
                    return onward
                url = onward
        raise TaskFailed(f"sends from redirect to redirect, more than {self._bounds.redirects} times; check the address")

    def _asked(self, client: httpx2.Client, url: httpx2.URL) -> Response | httpx2.URL:
        """One request: the response, or where it sends us."""
        with client.stream("GET", url, follow_redirects=False) as answer:
            if answer.status_code in _REDIRECTS and "location" in answer.headers:
                return _checked_url(answer.headers["location"], base=url)
            if not 200 <= answer.status_code < 300:
                failure = StatusFailed(_status(answer), answer.status_code)
                raise _Again(failure) if answer.status_code >= 500 else failure
            return Response(
                url=public(str(url)) or "",
                status=answer.status_code,
                media_type=answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
                charset=answer.charset_encoding,
                content=_decoded(answer.iter_raw(_PIECE), answer.headers.get("content-encoding", ""), self._bounds.decoded),
                fetched_at=self._now() if self._now else None,
            )

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx2.create_ssl_context(trust_env=False)


_NETWORK = (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol)


def _checked_url(address: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """The absolute http(s) address, for a redirect without the user name and password a server may have put into it."""
    try:
        url = httpx2.URL(address.strip()) if base is None else base.join(address)
    except (httpx2.InvalidURL, ValueError, TypeError) as error:
        raise TaskFailed("is no valid address; check its spelling" if base is None else "redirects to an invalid address") from error
    if url.scheme not in ("http", "https"):
        what = f"{url.scheme or 'no'} scheme"
        raise TaskFailed(f"only http and https are fetched ({what}{'' if base is None else ' after a redirect'})")
    if not url.host:
        raise TaskFailed("names no host; check the address")
    if base is not None and (url.scheme, url.raw_host, url.port) != (base.scheme, base.raw_host, base.port):
        url = url.copy_with(userinfo=b"")
    return url


def _status(answer: httpx2.Response) -> str:
    advice = {401: "it wants a login", 403: "it refuses readers like this one", 404: "check the address", 410: "remove the source"}
    hint = advice.get(answer.status_code, "try again later" if answer.status_code >= 429 else "check the address")
    return f"answered {answer.status_code} {answer.reason_phrase[:60]}".rstrip() + f"; {hint}"


def _named(error: Exception, budget: Budget) -> Exception:
    """The failure in one line: one that may pass as ``_Again``."""
    if isinstance(error, httpcore2.ConnectTimeout) and budget.left > 0:
        return _Again(TaskFailed("does not take connections; try again later"))
    if isinstance(error, httpcore2.TimeoutException | httpx2.TimeoutException):
        return TaskFailed(f"did not answer in full within {budget.seconds:g} s; raise its timeout or try again later")
    if isinstance(error, httpcore2.ConnectError):
        failure = TaskFailed(f"cannot be connected to ({error}); check the address and the network")
        return failure if _lasting(error) else _Again(failure)
    if isinstance(error, httpx2.InvalidURL):
        return TaskFailed("redirects to an invalid address")
    return TaskFailed(f"broke off or broke the protocol ({error or type(error).__name__}); try again later")


def _lasting(error: BaseException) -> bool:
    """True for a bad certificate and an unknown name, which a second try does not mend."""
    import socket

    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError) or (isinstance(seen, socket.gaierror) and seen.errno != socket.EAI_AGAIN):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _decoded(pieces: Iterable[bytes], encoding: str, cap: int) -> bytes:
    """The body, decompressed piece by piece so that it never holds more than ``cap`` bytes."""
    coding = encoding.strip().lower()
    body = bytearray()
    if coding in ("", "identity"):
        for piece in pieces:
            body += piece
            _fits(len(body), cap)
        return bytes(body)
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise TaskFailed(f"answered in an encoding that was not asked for ({coding[:40]})")
    inflate = _Inflate(raw_allowed=coding == "deflate")
    for piece in pieces:
        for part in inflate.feed(piece):
            body += part
            _fits(len(body), cap)
    if not inflate.complete:
        raise TaskFailed("broke off within the compressed body; try again later")
    return bytes(body)


def _fits(size: int, cap: int) -> None:
    if size > cap:
        raise TaskFailed(f"answered with more than {cap / _MEGABYTE:g} MB; only smaller answers are read")


class _Inflate:
    """gzip (of one or more members), zlib, and the raw deflate some servers send in its place."""

    def __init__(self, *, raw_allowed: bool) -> None:
        self._raw_allowed = raw_allowed
        self._machine = zlib.decompressobj(wbits=47)
        self._started = False

    @property
    def complete(self) -> bool:
        return self._machine.eof or not self._started

    def feed(self, piece: bytes) -> Iterable[bytes]:
        while True:
            part = self._step(piece)
            yield part
            if self._machine.eof:
                piece = self._machine.unused_data
                if not piece.startswith(b"\x1f\x8b"):  # padding after the last member
                    return
                self._machine = zlib.decompressobj(wbits=47)
            else:
                piece = self._machine.unconsumed_tail
                if not piece and len(part) < _PIECE:
                    return

    def _step(self, piece: bytes) -> bytes:
        try:
            part = self._machine.decompress(piece, _PIECE)
        except zlib.error as error:
            if self._started or not self._raw_allowed:
                raise TaskFailed("answered with a broken compressed body; try again later") from error
            self._machine, self._raw_allowed = zlib.decompressobj(wbits=-15), False
            return self._step(piece)
        self._started = True
        return part
