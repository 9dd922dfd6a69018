"""The workspace of one parsed text: where the components put what they find.

A spaCy ``Doc`` carries its ``Parsed`` as ``doc._.briefing``. A component reads the parse and the lists filled before it, and appends
finished findings to its own list. Offsets are characters of the stored text; the parsed text may differ from it in letter case only.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from briefing.models import Document, Entity, Event, Evidence, Figure, Part, Place, Risk, Source, Statement, When

__all__ = ["Parsed", "parsed"]

LONGEST_HALF = 2000
"""Characters of context kept on either side of a finding."""


@dataclass(slots=False)
class Parsed:
    """Findings in the making for one part (title or text) of ``document``."""

    document: Document
    part: Part = Part.TEXT
    entities: list[Entity] = field(default_factory=list)
    times: list[When] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)
    _sentences: list[tuple[int, int]] = field(default_factory=list, repr=False)

    @cached_property
    def stored(self) -> str:
        """The stored characters of this part."""
        return self.document.title if self.part is Part.TITLE else self.document.text

    def cite(self, start: int, end: int) -> Evidence:
        """Evidence for the stored characters ``[start, end)``; ValueError when empty or outside."""
        return self.document.cite(start, end, self.part)

    def cite_span(self, span: Span | Token) -> Evidence:
        """Evidence for a span or token of the parse."""
        if isinstance(span, Token):
            return self.cite(span.idx, span.idx + len(span.text))
        return self.cite(span.start_char, span.end_char)

    def sentence(self, token: Token) -> Evidence:
        """Evidence for the sentence around a token, without white space at its ends. Of a text without punctuation, the part around it."""
        if not self._sentences:  # ``token.sent`` walks the sentence each time
            self._sentences = [(sent.start_char, sent.end_char) for sent in token.doc.sents]
        low, high = self._sentences[bisect_right(self._sentences, token.idx, key=lambda bounds: bounds[0]) - 1]
        start, end = max(low, token.idx - LONGEST_HALF), min(high, token.idx + len(token.text) + LONGEST_HALF)
        return self.cite(*self.trimmed(start, end))

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The range without white space at its ends; unchanged when there is nothing else in it."""
        words = self.stored[start:end]
        if not words.strip():
            return start, end
        return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def parsed(doc: Doc) -> Parsed:
    """The workspace of ``doc``, made on first use for a text that came without a document (``nlp("some text")``)."""
    work: Parsed | None = doc._.briefing
    if work is None:
        digest = hashlib.sha256(doc.text.encode()).hexdigest()
        work = Parsed(Document(id=digest[:12], source=Source(id="text", name="text"), name="text", text=doc.text, sha256=digest))
        doc._.briefing = work
    return work


if not Doc.has_extension("briefing"):
    Doc.set_extension("briefing", default=None)
