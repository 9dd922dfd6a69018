"""Items made in memory, files made by real writers, and a runner without processes for tests that need no isolation."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

import pytest

from briefing.errors import TaskFailed
from briefing.models import RawItem, Source

T = TypeVar("T")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Inline:
    """Runs tasks where it stands. Only for input that is known to be tame."""

    def call(self, function: Callable[..., T], *arguments: object, seconds: float, megabytes: int) -> T:
        return function(*arguments)

    def map(
        self, function: Callable[..., T], arguments: Iterable[tuple[object, ...]], *, seconds: float, megabytes: int
    ) -> Iterator[T | TaskFailed]:
        return (function(*one) for one in arguments)


class MakeItem(Protocol):
    def __call__(
        self,
        content: str | bytes,
        media_type: str = ...,
        *,
        name: str = ...,
        kind: str = ...,
        url: str | None = ...,
        explicit: bool = ...,
        **hints: str,
    ) -> RawItem: ...


@pytest.fixture
def inline() -> Inline:
    return Inline()


@pytest.fixture
def make_item() -> MakeItem:
    def make(
        content: str | bytes,
        media_type: str = "text/plain",
        *,
        name: str = "item.txt",
        kind: str = "folder",
        url: str | None = None,
        explicit: bool = False,
        **hints: str,
    ) -> RawItem:
        data = content.encode() if isinstance(content, str) else content
        return RawItem(
            source=Source(id="inbox", name="Inbox", kind=kind),
            name=name,
            url=url,
            media_type=media_type,
            content=data,
            sha256=hashlib.sha256(data).hexdigest(),
            hints=hints,
            explicit=explicit,
        )

    return make


@pytest.fixture
def make_word() -> Callable[[Sequence[tuple[str, str]]], bytes]:
    """A DOCX file of (style, text) paragraphs."""

    def make(paragraphs: Sequence[tuple[str, str]]) -> bytes:
        from docx import Document

        document = Document()
        for style, text in paragraphs:
            document.add_paragraph(text, style=style)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return make


@pytest.fixture(scope="session")
def make_pdf() -> Callable[[str], bytes]:
    """A PDF file of an HTML body."""

    def make(body: str, style: str = "") -> bytes:
        from weasyprint import HTML

        return bytes(HTML(string=f"<html lang=en><style>@page {{ size: A5 }} {style}</style><body>{body}</body></html>").write_pdf())

    return make
