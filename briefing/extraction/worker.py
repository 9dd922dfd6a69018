"""What runs in a worker process: the model is loaded on the first task and kept for the next ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.models import Config, Document, Findings

__all__ = ["Settings", "find"]


@dataclass(frozen=True)
class Settings:
    """What of the configuration the pipeline is loaded with."""

    model: str
    knowledge: tuple[str, ...]
    matrix: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    @classmethod
    def of(cls, config: Config) -> Settings:
        matrix = tuple((row, tuple((column, str(level)) for column, level in cells.items())) for row, cells in config.risk_matrix.items())
        return cls(config.model, tuple(str(path) for path in config.knowledge), matrix)


def find(settings: Settings, documents: Sequence[Document]) -> list[Findings]:
    """Findings of each document, in order; plain records, for they cross a process boundary."""
    from briefing.extraction.language import load, read

    return list(read(load(settings.model, settings.knowledge, settings.matrix), documents))
