"""What kind of thing a name is, from the model's label and the words of the name; corrections of wrong labels.

Comes in: a name with its label and the words beside it. Goes out: an ``EntityType`` or None for what is no entity.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Span

from briefing.extraction.lexicon import load
from briefing.models import EntityType

__all__ = ["kind_of", "national_kinds", "stands_as_body", "stands_as_place"]

_LABELS = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.FACILITY,
}
_ORDER = (EntityType.ARMED_GROUP, EntityType.FACILITY, EntityType.ORGANISATION, EntityType.STATE_BODY)


@lru_cache(maxsize=1)
def _words() -> dict[EntityType, frozenset[str]]:
    return {kind: frozenset(load("bodies")[kind.value]) for kind in (*_ORDER, EntityType.PLACE)}


@lru_cache(maxsize=1)
def national_kinds() -> dict[tuple[str, ...], EntityType]:
    """Lower-case words that make a body with a nation before them, by their words: ("air", "force") → state body."""
    bodies = load("bodies")
    kinds = {tuple(words.split()): EntityType.STATE_BODY for words in bodies["national_state"]}
    return kinds | {tuple(words.split()): EntityType.ARMED_GROUP for words in bodies["national_armed"]}


def kind_of(span: Span) -> EntityType | None:
    """The type of a named entity of the model; None for labels that are no entity (dates, peoples, works …)."""
    kind = _LABELS.get(span.label_)
    if kind is None:
        return None
    words = [token.lower_ for token in span]
    if kind is EntityType.PERSON:
        return kind
    if kind is EntityType.PLACE:
        return EntityType.FACILITY if words[-1] in _words()[EntityType.FACILITY] and len(words) > 1 else kind
    for candidate in _ORDER:
        if words[-1] in _words()[candidate] and len(words) > 1:
            return candidate
    for candidate in (EntityType.ORGANISATION, EntityType.STATE_BODY, EntityType.ARMED_GROUP):
        if not _words()[candidate].isdisjoint(words):
            return candidate
    if kind is EntityType.ORGANISATION and len(words) > 1 and words[-1] in _words()[EntityType.PLACE]:
        return EntityType.PLACE
    return kind


@lru_cache(maxsize=1)
def _companies() -> frozenset[str]:
    return frozenset(load("bodies")["company"])


@lru_cache(maxsize=1)
def _body_nouns() -> frozenset[str]:
    return frozenset(load("bodies")["kinds"])


def stands_as_body(span: Span, *, has_role: bool = False) -> bool:
    """Is what the model takes for a person a body: "the charity Dorra Relief", "Dorra Shipping", "Dorra Ledger, which", "the Ledger".

    Beside a role only the words of the name itself count.
    """
    doc, root = span.doc, span.root
    words = [token.lower_.rstrip(".") for token in span]
    if len(words) > 1 and words[-1] in _companies():
        return True
    if has_role or span.start == 0 or doc[span.start].tag_ == "NNPS" or root.tag_ == "NNPS":
        return False
    before = doc[span.start - 1]
    if before.pos_ == "NOUN" and before.lemma_.lower() in _body_nouns():
        return True
    after = [token.lower_ for token in doc[span.end : span.end + 2]]
    if after == [",", "which"]:
        return True
    named = root.head == root or root.dep_ not in ("compound", "nmod", "amod", "poss")
    return before.lower_ == "the" and before.head == root and named and span.end < len(doc) and doc[span.end].pos_ in ("VERB", "AUX", "ADP")


def stands_as_place(span: Span) -> bool:
    """Is the name used like a place: after "in", "at", "near" and with nothing of a person or body about it."""
    if span.start == 0 or len(span) > 3:
        return False
    before = span.doc[span.start - 1]
    after = span.doc[span.end] if span.end < len(span.doc) else None
    return before.lower_ in ("in", "near", "outside", "at", "around") and (after is None or after.pos_ not in ("NOUN", "PROPN", "PART"))
