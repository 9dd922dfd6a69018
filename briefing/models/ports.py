"""What the rooms are handed from outside: the isolated runner and the guarded fetch, as the shapes they rely on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Protocol, TypeVar

from briefing.errors import TaskFailed
from briefing.models.value import Value

T = TypeVar("T")


class Isolate(Protocol):
    """Runs module-level functions in killable workers. Arguments and results are pickled: plain records, never spaCy objects."""

    def call(self, function: Callable[..., T], *arguments: object, seconds: float, megabytes: int) -> T:
        """The function's result. TaskFailed (one-line reason) when it raised, ran past ``seconds`` or past ``megabytes``."""

    def map(
        self, function: Callable[..., T], arguments: Iterable[tuple[object, ...]], *, seconds: float, megabytes: int
    ) -> Iterator[T | TaskFailed]:
        """One outcome per argument tuple, in order; a failed task yields its TaskFailed instead of raising."""


class Response(Value):
    """An answered request: final address after redirects, media type without parameters, decoded body."""

    url: str
    status: int
    media_type: str
    charset: str | None = None
    content: bytes
    fetched_at: datetime | None = None


class Fetch(Protocol):
    """The one guarded way to the network (``sources/fetch.py``): addresses checked at connect time, sizes and total time capped."""

    def __call__(self, url: str, *, timeout: float = 20.0, allow_private: bool = False) -> Response:
        """The response, status 200–299. ``SourceFailed``-free: raises TaskFailed with a one-line reason."""
