"""Connections to checked addresses only: a host name goes in, a stream bound to an address that was looked at comes out.

The check stands at the last moment before the connection, on the address that is then connected to, so neither a redirect nor a name
server that changes its answer can lead past it. Every stream ends at the deadline of its request and after its share of bytes.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ssl import SSLContext, SSLError
from typing import TYPE_CHECKING, TypeAlias

import httpcore2

from briefing.errors import TaskFailed
from briefing.sources.fetch import Resolve

if TYPE_CHECKING:
    from typing import Any

    import httpx2

__all__ = ["Address", "Budget", "Guard", "refusal", "resolve", "transport"]

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

CONNECT_SECONDS = 8.0
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_RELAY = ipaddress.IPv4Network("192.88.99.0/24")  # the withdrawn 6to4 relay, "global" by the letter
_LINK_LOCAL = ipaddress.IPv4Network("169.254.0.0/16")
_SHARED = ipaddress.IPv4Network("100.64.0.0/10")


@dataclass
class Budget:
    """What one request may still use: monotonic deadline, seconds asked for, and bytes on the wire."""

    deadline: float
    seconds: float
    wire: int

    @property
    def left(self) -> float:
        return self.deadline - time.monotonic()

    def turn(self, timeout: float | None = None) -> float:
        """Seconds the next wait may take. ``httpcore2.ReadTimeout`` when nothing is left."""
        left = self.left
        if left <= 0:
            raise httpcore2.ReadTimeout(f"no answer within {self.seconds:g} s")
        return left if timeout is None else min(left, timeout)

    def spend(self, count: int) -> None:
        self.wire -= count
        if self.wire < 0:
            raise TaskFailed("answered with more bytes than allowed")


def refusal(address: Address, allow_private: bool = False) -> str | None:
    """Why this address must not be connected to, or None.

    An IPv6 address that only wraps an IPv4 one (mapped, 6to4, NAT64) is judged by what it wraps; any other must lie in ``2000::/3``.
    ``allow_private`` opens loopback and the private ranges, never link-local (metadata services), multicast or reserved addresses.
    """
    inner = _unwrapped(address)
    if isinstance(inner, ipaddress.IPv4Address):
        if inner.is_global and not inner.is_multicast and inner not in _RELAY:
            return None
        homely = (inner.is_loopback or inner.is_private or inner in _SHARED) and not (
            inner in _LINK_LOCAL or inner.is_unspecified or inner.is_reserved or inner.is_multicast
        )
    else:
        if inner in _GLOBAL_UNICAST and inner.is_global:
            return None
        homely = inner.is_loopback or (inner.is_private and inner in ipaddress.IPv6Network("fc00::/7"))
    if homely and allow_private:
        return None
    return f"{address} is a {'private' if homely else 'reserved'} address"


def _unwrapped(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def resolve(host: str, port: int) -> list[str]:
    """The system's addresses of a host, in its order. OSError when the name is not known."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host[:60]!r} is no host name") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard(httpcore2.NetworkBackend):
    """Opens the connections of one request: resolves, checks, then connects to the checked address.

    One private address among a name's addresses refuses the name: public hosts have none.
    """

    def __init__(self, budget: Budget, private_host: str | None, resolve: Resolve) -> None:
        self._budget = budget
        self._private_host = private_host
        self._resolve = resolve
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        failure: Exception = httpcore2.ConnectError("the host name has no address")
        for address in self._checked(host, port):
            turn = self._budget.turn(CONNECT_SECONDS)
            try:
                stream = self._sockets.connect_tcp(address, port, turn, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._budget)
        raise failure

    def _checked(self, host: str, port: int) -> list[str]:
        addresses = self._looked_up(host, port)
        for text in addresses:
            reason = refusal(ipaddress.ip_address(text), allow_private=host == self._private_host)
            if reason:
                raise TaskFailed(f"{reason}; set allow_private for this source if it is meant" if "private" in reason else reason)
        return addresses

    def _looked_up(self, host: str, port: int) -> list[str]:
        """Asks the resolver in a thread of its own: the system's call knows no deadline."""
        outcome: list[list[str] | OSError] = []

        def ask() -> None:
            try:
                outcome.append(self._resolve(host, port))
            except OSError as error:
                outcome.append(error)

        asking = threading.Thread(target=ask, daemon=True, name="briefing-resolve")
        asking.start()
        asking.join(self._budget.turn(CONNECT_SECONDS))
        if not outcome:
            raise httpcore2.ConnectTimeout("the name server did not answer")
        (answer,) = outcome
        if isinstance(answer, socket.gaierror) and answer.errno != socket.EAI_AGAIN:
            raise TaskFailed("its host name is not known; check its spelling and the network") from answer
        if isinstance(answer, OSError):
            raise httpcore2.ConnectError(str(answer)) from answer
        return answer


class _Stream(httpcore2.NetworkStream):
    """A connection that ends with its budget."""

    def __init__(self, stream: httpcore2.NetworkStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        received = self._stream.read(max_bytes, self._budget.turn(timeout))
        self._budget.spend(len(received))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._budget.turn(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        turn = self._budget.turn(CONNECT_SECONDS if timeout is None else timeout)
        try:
            return _Stream(self._stream.start_tls(ssl_context, server_hostname, turn), self._budget)
        except httpcore2.ConnectError as error:
            if isinstance(error.__cause__, SSLError):  # a second try does not mend a certificate
                raise TaskFailed(f"cannot be read securely ({error}); check its address or its certificate") from error
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def transport(guard: Guard, context: SSLContext) -> httpx2.BaseTransport:
    """HTTP/1.1 for a client of httpx2, over the connections of this guard and no others."""
    import httpx2

    pool = httpcore2.ConnectionPool(ssl_context=context, network_backend=guard, max_connections=2)

    class Body(httpx2.SyncByteStream):
        def __init__(self, answer: httpcore2.Response) -> None:
            self._answer = answer

        def __iter__(self) -> Iterator[bytes]:
            yield from self._answer.iter_stream()

        def close(self) -> None:
            self._answer.close()

    class Guarded(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            url, sent = request.url, request.stream
            target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
            asked = httpcore2.Request(request.method, target, headers=request.headers.raw, content=sent, extensions=request.extensions)
            answer = pool.handle_request(asked)
            return httpx2.Response(answer.status, headers=answer.headers, stream=Body(answer), extensions=answer.extensions)

        def close(self) -> None:
            pool.close()

    return Guarded()
