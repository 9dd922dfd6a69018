"""The body of an answer: compressed pieces go in, at most so many bytes come out, or ``TaskFailed``.

Decompressed by hand, because a client that decompresses whole pieces lets a thousandfold of each through before any cap is looked at.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from briefing.errors import TaskFailed

__all__ = ["PIECE", "decoded"]

PIECE = 2**16
"""Bytes handled at a time."""
_MEGABYTE = 2**20


def decoded(pieces: Iterable[bytes], encoding: str, cap: int) -> bytes:
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
                if not piece and len(part) < PIECE:
                    return

    def _step(self, piece: bytes) -> bytes:
        try:
            part = self._machine.decompress(piece, PIECE)
        except zlib.error as error:
            if self._started or not self._raw_allowed:
                raise TaskFailed("answered with a broken compressed body; try again later") from error
            self._machine, self._raw_allowed = zlib.decompressobj(wbits=-15), False
            return self._step(piece)
        self._started = True
        return part
