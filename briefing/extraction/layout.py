"""Paragraphs bound sentences: no sentence runs over a line break of the stored text."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

__all__ = ["briefing_layout"]


@Language.component("briefing_layout")
def briefing_layout(doc: Doc) -> Doc:
    """Starts a sentence after each line break. Example: "Floods hit Dorra\\n\\nTwo people died" is two sentences."""
    for token in doc[:-1]:
        if "\n" in token.text:
            following = doc[token.i + 1]
            following.is_sent_start = True
    return doc
