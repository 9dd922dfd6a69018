"""The spaCy pipeline: the model's own components, then ours, each registered as a factory under its own name.

Order matters: each component may read what those before it found (``doc._.briefing``).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.errors import ConfigurationError
from briefing.models import Document, Findings, Part

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["COMPONENTS", "Matrix", "load", "read"]

LAYOUT = "briefing_layout"
COMPONENTS = (
    "briefing_entities",
    "briefing_times",
    "briefing_places",
    "briefing_figures",
    "briefing_statements",
    "briefing_events",
    "briefing_risks",
    "briefing_links",
)
Matrix = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Likelihood → impact → level, as pairs: what can be a cache key and cross a process boundary."""
BATCH = 64
LONGEST = 200
LONG_RUN = re.compile(rf"\S{{{LONGEST + 1},}}")


@lru_cache(maxsize=2)
def load(model: str, knowledge: tuple[str, ...] = (), matrix: Matrix = ()) -> Language:
    """The pipeline over spaCy ``model`` with our components; ``knowledge`` are the user's own YAML files, ``matrix`` the user's own risk
    table (empty: the shipped one).

    ConfigurationError when the model is not installed.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*split_arg_string.*")
        import spacy
    from briefing.extraction import registry  # noqa: F401  (registers the factories)

    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise ConfigurationError(f"model: {model} is not installed; install it with pip or set `model:` ({error})") from error
    nlp.add_pipe(LAYOUT, first=True)
    settings: dict[str, dict[str, object]] = {
        "briefing_entities": {"knowledge": list(knowledge)},
        "briefing_places": {"knowledge": list(knowledge)},
        "briefing_risks": {"matrix": {likelihood: dict(cells) for likelihood, cells in matrix}},
    }
    for name in COMPONENTS:
        nlp.add_pipe(name, config=settings.get(name, {}))
    return nlp


def read(nlp: Language, documents: Sequence[Document]) -> Iterator[Findings]:
    """Findings of each document, in order; each title and each text is parsed once."""
    from briefing.extraction.combine import combine
    from briefing.extraction.parsed import parsed

    docs = nlp.pipe(_docs(nlp, documents), batch_size=BATCH)
    for document in documents:
        title = parsed(next(docs)) if document.title else None
        doc = next(docs)
        sentences = tuple(parsed(doc).trimmed(s.start_char, s.end_char) for s in doc.sents if s.text.strip())
        yield combine(title, parsed(doc), sentences)


def _docs(nlp: Language, documents: Sequence[Document]) -> Iterator[Doc]:
    from briefing.extraction.parsed import Parsed

    for document in documents:
        for part, text in ((Part.TITLE, document.title), (Part.TEXT, document.text)):
            if part is Part.TITLE and not text:
                continue
            doc = _tokens(nlp, text)
            doc._.briefing = Parsed(document, part)
            yield doc


def _tokens(nlp: Language, text: str) -> Doc:
    """The tokenised text. spaCy's tokenizer takes quadratic time on long runs without a blank (8,000 quotation marks: 23 s), so such a
    run is cut into pieces first; the characters stay the same."""
    if not LONG_RUN.search(text):
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    pieces = [text[start:end] for start, end in _pieces(text)]
    return Doc.from_docs([nlp.make_doc(piece) for piece in pieces], ensure_whitespace=False) or nlp.make_doc("")


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Ranges that cover the text and hold no run of more than ``LONGEST`` characters without a blank."""
    start = 0
    for run in LONG_RUN.finditer(text):
        for cut in range(run.start() + LONGEST, run.end(), LONGEST):
            yield start, cut
            start = cut
    if start < len(text):
        yield start, len(text)
