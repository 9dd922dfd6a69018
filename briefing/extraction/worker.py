"""What runs in a worker process: the model is loaded on the first task and kept for the next ones."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Document, Findings

__all__ = ["find"]


def find(model: str, knowledge: tuple[str, ...], documents: Sequence[Document]) -> list[Findings]:
    """Findings of each document, in order; plain records, for they cross a process boundary."""
    from briefing.extraction.language import load, read

    return list(read(load(model, knowledge), documents))
