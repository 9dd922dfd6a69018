"""HOSTILE input of the network: addresses that lead inside (2), answers that never end (9). All servers are real ones on loopback."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from briefing.errors import TaskFailed
from briefing.models import Fetch
from briefing.sources.fetch import Bounds, make_fetch

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MEGABYTE = 2**20


class Wire:
    """A listening socket that counts who came and answers each as ``behave`` says."""

    def __init__(self, behave: Callable[[socket.socket], None], family: socket.AddressFamily = socket.AF_INET) -> None:
        self.accepted = 0
        self._behave = behave
        self._socket = socket.create_server(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0), family=family)
        self._socket.settimeout(0.1)
        self.port: int = self._socket.getsockname()[1]
        self._closing = threading.Event()
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()

    def _serve(self) -> None:
        while not self._closing.is_set():
            with suppress(TimeoutError):
                connection, _ = self._socket.accept()
                self.accepted += 1
                thread = threading.Thread(target=self._answer, args=(connection,))
                self._threads.append(thread)
                thread.start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(15)
            self._behave(connection)

    def close(self) -> None:
        self._closing.set()
        for thread in self._threads:
            thread.join()
        self._socket.close()


@contextmanager
def wire(behave: Callable[[socket.socket], None], family: socket.AddressFamily = socket.AF_INET) -> Iterator[Wire]:
    server = Wire(behave, family)
    try:
        yield server
    finally:
        server.close()


def request(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(4096)
        if not piece:
            break
        received += piece
    return received


def hello(connection: socket.socket) -> None:
    request(connection)
    connection.sendall(HEAD + b"Content-Length: 5\r\nConnection: close\r\n\r\nhello")


@pytest.fixture
def fetch() -> Fetch:
    return make_fetch(bounds=Bounds(wire=8 * MEGABYTE, decoded=4 * MEGABYTE))


# -- addresses that lead inside -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "localhost", "[::ffff:127.0.0.1]", "１２７.0.0.1", "0", "0.0.0.0"],
)
def test_every_spelling_of_loopback_is_refused_before_a_connection(fetch: Fetch, host: str) -> None:
    with wire(hello) as server:
        with pytest.raises(TaskFailed, match=r"is a (private|reserved) address|no valid address"):
            fetch(f"http://{host}:{server.port}/", timeout=3)
        time.sleep(0.05)
        assert server.accepted == 0


def test_ipv6_loopback_is_refused_before_a_connection(fetch: Fetch) -> None:
    with wire(hello, socket.AF_INET6) as server:
        with pytest.raises(TaskFailed, match="::1 is a private address"):
            fetch(f"http://[::1]:{server.port}/", timeout=3)
        assert server.accepted == 0
        assert fetch(f"http://[::1]:{server.port}/", timeout=3, allow_private=True).content == b"hello"


@pytest.mark.parametrize("host", ["169.254.169.254", "[fec0::1]", "[fe80::1]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "[::]", "224.0.0.1"])
def test_inner_addresses_are_refused_as_such(fetch: Fetch, host: str) -> None:
    started = time.monotonic()
    with pytest.raises(TaskFailed, match=r"is a (private|reserved) address"):
        fetch(f"http://{host}/latest/meta-data/", timeout=3)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "inside", ["169.254.169.254", "127.1:{port}", "2130706433:{port}", "[::ffff:127.0.0.1]:{port}", "localhost:{port}"]
)
def test_a_redirect_inside_is_refused_before_a_connection(fetch: Fetch, inside: str) -> None:
    with wire(hello) as secret:
        location = f"http://{inside.format(port=secret.port)}/latest/meta-data/".encode()

        def send_inside(connection: socket.socket) -> None:
            request(connection)
            connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n")

        with wire(send_inside) as server, pytest.raises(TaskFailed, match=r"is a (private|reserved) address"):
            fetch(f"http://127.0.0.1:{server.port}/", timeout=3, allow_private=True)
        assert (server.accepted, secret.accepted) == (1, 0)


def test_a_name_that_changes_its_address_is_checked_where_it_is_connected_to() -> None:
    """DNS rebinding: the first answer is public, the second is loopback. What is checked is what is connected to."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    with wire(hello) as server:
        guarded = make_fetch(resolve=rebinding, bounds=Bounds(attempts=1))
        connected: list[str] = []
        real = socket.create_connection

        def watched(address: tuple[str, int], *rest: object, **more: object) -> socket.socket:
            connected.append(address[0])
            raise ConnectionRefusedError("not in a test")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(socket, "create_connection", watched)
            with pytest.raises(TaskFailed, match="cannot be connected to"):
                guarded(f"http://rebind.example:{server.port}/", timeout=3)
        with pytest.raises(TaskFailed, match=r"127\.0\.0\.1 is a private address"):
            guarded(f"http://rebind.example:{server.port}/", timeout=3)
        assert socket.create_connection is real
        assert connected == ["93.184.216.34"], "the checked address itself, never the name again"
        assert asked == ["rebind.example"] * 2, "one look-up a connection"
        assert server.accepted == 0


def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    with wire(hello) as server:
        guarded = make_fetch(resolve=lambda host, port: ["93.184.216.34", "127.0.0.1"])
        with pytest.raises(TaskFailed, match="private address"):
            guarded(f"http://mixed.example:{server.port}/", timeout=3)
        assert server.accepted == 0


def test_a_name_server_that_does_not_answer_costs_the_timeout_and_no_more() -> None:
    release = threading.Event()

    def silent(host: str, port: int) -> list[str]:
        release.wait(20)
        return []

    started = time.monotonic()
    with pytest.raises(TaskFailed, match="did not answer"):
        make_fetch(resolve=silent, bounds=Bounds(attempts=1))("http://slow.example/", timeout=0.5)
    release.set()
    assert time.monotonic() - started < 2


# -- answers that never end -----------------------------------------------------------------------------------------------------------


def drip(connection: socket.socket, piece: bytes, pause: float = 0.02) -> None:
    while True:
        connection.sendall(piece)
        time.sleep(pause)


def never_answers(connection: socket.socket) -> None:
    request(connection)
    connection.recv(1)


def drips_headers(connection: socket.socket) -> None:
    request(connection)
    connection.sendall(HEAD)
    drip(connection, b"X: y\r\n")


def drips_body(connection: socket.socket) -> None:
    request(connection)
    connection.sendall(HEAD + b"Content-Length: 1000000\r\n\r\n")
    drip(connection, b".")


def drips_continue(connection: socket.socket) -> None:
    request(connection)
    drip(connection, b"HTTP/1.1 100 Continue\r\n\r\n")


@pytest.mark.parametrize("behave", [never_answers, drips_headers, drips_body, drips_continue])
def test_a_slow_server_ends_at_the_deadline(fetch: Fetch, behave: Callable[[socket.socket], None]) -> None:
    with wire(behave) as server:
        started = time.monotonic()
        with pytest.raises(TaskFailed, match=r"did not answer in full within 0\.6 s"):
            fetch(f"http://127.0.0.1:{server.port}/", timeout=0.6, allow_private=True)
        assert time.monotonic() - started < 1.5


def test_a_slow_tls_greeting_ends_at_the_deadline(fetch: Fetch) -> None:
    with wire(lambda connection: drip(connection, b"\x16\x03\x01\x40\x00"[:1])) as server:
        started = time.monotonic()
        with pytest.raises(TaskFailed):
            fetch(f"https://127.0.0.1:{server.port}/", timeout=0.6, allow_private=True)
        assert time.monotonic() - started < 2


def test_redirects_and_retries_share_one_deadline(fetch: Fetch) -> None:
    def slowly_again(connection: socket.socket) -> None:
        request(connection)
        time.sleep(0.3)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
        request(connection)
        connection.recv(1)

    with wire(slowly_again) as server:
        started = time.monotonic()
        with pytest.raises(TaskFailed):
            fetch(f"http://127.0.0.1:{server.port}/", timeout=1, allow_private=True)
        assert time.monotonic() - started < 2


def test_a_redirect_loop_ends_after_five(fetch: Fetch) -> None:
    def loop(connection: socket.socket) -> None:
        while request(connection):
            connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")

    with wire(loop) as server, pytest.raises(TaskFailed, match="more than 5 times"):
        fetch(f"http://127.0.0.1:{server.port}/", timeout=5, allow_private=True)


def endless(connection: socket.socket) -> None:
    request(connection)
    connection.sendall(HEAD + b"Connection: close\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


def endless_chunks(connection: socket.socket) -> None:
    request(connection)
    connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"8000\r\n" + b"x" * 0x8000 + b"\r\n")


def endless_gzip(connection: socket.socket) -> None:
    request(connection)
    connection.sendall(HEAD + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n")
    machine = zlib.compressobj(9, zlib.DEFLATED, 31)
    while True:
        connection.sendall(machine.compress(b"\0" * MEGABYTE))


@pytest.mark.parametrize("behave", [endless, endless_chunks, endless_gzip])
def test_an_endless_body_ends_at_its_cap(fetch: Fetch, behave: Callable[[socket.socket], None]) -> None:
    with wire(behave) as server, pytest.raises(TaskFailed, match="more than 4 MB"):
        fetch(f"http://127.0.0.1:{server.port}/", timeout=9, allow_private=True)


def test_a_gzip_bomb_is_cut_while_it_unfolds(fetch: Fetch) -> None:
    import tracemalloc

    bomb = gzip.compress(b"\0" * (80 * MEGABYTE))  # 80 KB on the wire

    def explode(connection: socket.socket) -> None:
        request(connection)
        connection.sendall(HEAD + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n" + bomb)

    with wire(explode) as server:
        tracemalloc.start()
        try:
            with pytest.raises(TaskFailed, match="more than 4 MB"):
                fetch(f"http://127.0.0.1:{server.port}/", timeout=9, allow_private=True)
            assert tracemalloc.get_traced_memory()[1] < 30 * MEGABYTE
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("line", [b"X-Many: " + b"y" * 70 + b"\r\n", b"y" * 800_000], ids=["many", "one"])
def test_800_kilobytes_of_headers_are_refused(fetch: Fetch, line: bytes) -> None:
    def shout(connection: socket.socket) -> None:
        request(connection)
        connection.sendall(HEAD + (b"X-One: " if len(line) > 100 else b"") + line * (800_000 // len(line)) + b"\r\n\r\n")

    with wire(shout) as server, pytest.raises(TaskFailed, match="broke the protocol"):
        fetch(f"http://127.0.0.1:{server.port}/", timeout=5, allow_private=True)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"hello\r\n\r\n",
        b"HTTP/1.1 200\r\n",
        b"\x16\x03\x01\x00",
        HEAD + b"Content-Length: 50\r\n\r\nshort",
        HEAD + b"Content-Length: -1\r\n\r\n",
    ],
)
def test_a_broken_answer_is_one_line(fetch: Fetch, answer: bytes) -> None:
    def mumble(connection: socket.socket) -> None:
        request(connection)
        connection.sendall(answer)

    with wire(mumble) as server, pytest.raises(TaskFailed, match="broke off or broke the protocol") as failure:
        fetch(f"http://127.0.0.1:{server.port}/", timeout=3, allow_private=True)
    assert "\n" not in str(failure.value)


def test_a_hostile_status_line_cannot_break_the_line(fetch: Fetch) -> None:
    def shout(connection: socket.socket) -> None:
        request(connection)
        connection.sendall(b"HTTP/1.1 404 \t\xff" + b"A" * 5000 + b"\r\nContent-Length: 0\r\n\r\n")

    with wire(shout) as server, pytest.raises(TaskFailed) as failure:
        fetch(f"http://127.0.0.1:{server.port}/", timeout=3, allow_private=True)
    assert len(str(failure.value)) <= 300
    assert str(failure.value).isprintable()
