"""Names in a text. Comes in: a parsed text. Goes out: mentions, none overlapping, in text order; each says what it names and of what kind.

Three finders: known actors, bodies made of a nation and a common noun ("Syrian army", "Assad regime"), and the model's named entities.
Known names win over patterns, patterns over the model; a longer person's name wins over a known name inside it ("Bob Wagner").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from briefing.extraction.actors import Actor, Register
from briefing.extraction.bodies import kind_of, national_kinds, stands_as_body, stands_as_place
from briefing.extraction.gazetteer import gazetteer
from briefing.extraction.offices import has_role_before, is_role
from briefing.models import EntityType

__all__ = ["Mention", "mentions"]

_LONGEST = 9
_BEFORE_NAMES = frozenset({"the", "a", "an", "itself", "himself", "herself", "themselves"})
_MARKS = frozenset("\"'“”‘’«»()[]{}-–—,.:;!?*_|/#@•·")


@dataclass(frozen=True, slots=True)
class Mention:
    """``span`` names something of ``type``; ``actor`` when it is a known one. ``name`` is without article and possessive ending."""

    span: Span
    type: EntityType
    actor: Actor | None = None

    @property
    def name(self) -> str:
        return " ".join(self.span.text.split())


def mentions(doc: Doc, register: Register) -> list[Mention]:
    """All mentions of ``doc`` in text order."""
    entities = _agreed([mention for ent in doc.ents if (mention := _named(ent))])
    covering = _people(doc, entities)
    known = [Mention(span, actor.type, actor) for span, actor in register.find(doc) if covering[span.start] <= len(span)]
    return _without_overlaps(doc, [known, list(_national(doc)), entities])


def _agreed(found: list[Mention]) -> list[Mention]:
    """A name of several words that the words around it once made a body's is a body's wherever the model sees a person."""
    bodies = {mention.name for mention in found if mention.type is EntityType.ORGANISATION and mention.span.label_ == "PERSON"}
    if not bodies:
        return found
    return [replace(one, type=EntityType.ORGANISATION) if one.type is EntityType.PERSON and one.name in bodies else one for one in found]


def _people(doc: Doc, entities: Iterable[Mention]) -> list[int]:
    """For each token the length of the person's name it stands in, or 0."""
    lengths = [0] * len(doc)
    for mention in entities:
        if mention.type is EntityType.PERSON:
            lengths[mention.span.start : mention.span.end] = [len(mention.span)] * len(mention.span)
    return lengths


def _without_overlaps(doc: Doc, groups: Iterable[list[Mention]]) -> list[Mention]:
    """Earlier groups win, within a group the longer span."""
    taken = bytearray(len(doc))
    kept = []
    for group in groups:
        for mention in sorted(group, key=lambda one: (-len(one.span), one.span.start)):
            if not any(taken[mention.span.start : mention.span.end]):
                taken[mention.span.start : mention.span.end] = b"\1" * len(mention.span)
                kept.append(mention)
    return sorted(kept, key=lambda one: one.span.start)


def _named(ent: Span) -> Mention | None:
    """A mention from an entity of the model, cleaned of article, possessive and punctuation; None when nothing namelike is left."""
    if kind_of(ent) is None:
        return None
    span = _stripped(ent)
    if span is None or len(span) > _LONGEST or not any(token.text[0].isupper() for token in span):
        return None
    if any("\n" in token.text for token in span) or not any(token.is_alpha or "-" in token.text or "." in token.text for token in span):
        return None
    clean = Span(ent.doc, span.start, span.end, label=ent.label_)
    kind = kind_of(clean)
    if len(span) == 1 and span.start > 1 and ent.doc[span.start - 1].lower_ == "of" and is_role(ent.doc, span.start - 2):
        return None  # "Secretary of State"
    if kind is None or (len(span) == 1 and (span[0].is_stop or span[0].pos_ in ("VERB", "ADV", "PRON", "ADP"))):
        return None
    return Mention(clean, _corrected(clean, kind))


def _corrected(span: Span, kind: EntityType) -> EntityType:
    """What the words beside a name say against the model's label: "in al-Dorrah" is a place, "president Ana Weir" a person."""
    arabic = span.text.lower().startswith(("al-", "el-"))
    if kind in (EntityType.PERSON, EntityType.ORGANISATION) and not has_role_before(span):
        if stands_as_place(span) and (arabic or kind is EntityType.PERSON):
            return EntityType.PLACE
        if arabic and len(span) <= 3 and gazetteer().find(span.text):
            return EntityType.PLACE
    if kind is EntityType.PERSON and stands_as_body(span, has_role=has_role_before(span)):
        return EntityType.ORGANISATION
    if kind is EntityType.ORGANISATION and len(span) in (2, 3) and has_role_before(span) and all(token.text[0].isupper() for token in span):
        return EntityType.PERSON
    return kind


def _stripped(span: Span) -> Span | None:
    doc, start, end = span.doc, span.start, span.end
    while start < end and (doc[start].text in _MARKS or doc[start].is_space or doc[start].lower_ in _BEFORE_NAMES):
        start += 1
    while end > start and (doc[end - 1].text in _MARKS or doc[end - 1].is_space or doc[end - 1].tag_ == "POS"):
        end -= 1
    return doc[start:end] if start < end else None


def _national(doc: Doc) -> Iterator[Mention]:
    """A nation, country or person with a word for a body: "Syrian army", "Assad regime", "Erdoğan's government"."""
    for ent in doc.ents:
        if ent.label_ not in ("NORP", "GPE", "PERSON", "ORG"):
            continue
        words_from = ent.end
        if words_from < len(doc) and doc[words_from].tag_ == "POS":
            words_from += 1
        found = _body_words(doc, words_from, ent)
        if found:
            start = next((i for i in range(ent.start, ent.end) if doc[i].lower_ != "the"), ent.start)
            yield Mention(doc[start : found[0]], found[1])


def _body_words(doc: Doc, start: int, ent: Span) -> tuple[int, EntityType] | None:
    """The end and kind of the body's words at ``start``; peoples before them may pile up ("Syrian Kurdish forces")."""
    while start < len(doc) and start - ent.end < 2 and doc[start].ent_type_ == "NORP":
        start += 1
    for length in (2, 1):
        words = tuple(token.lower_ for token in doc[start : start + length])
        kind = national_kinds().get(words)
        if kind is None or len(words) < length or _goes_on(doc, start + length):
            continue
        if kind is EntityType.ARMED_GROUP and ent.label_ != "NORP":
            return None
        return start + length, kind
    return None


def _goes_on(doc: Doc, end: int) -> bool:
    """Is the word only the first part of a longer noun ("army base", "government officials")."""
    if end >= len(doc):
        return False
    following: Token = doc[end]
    return following.pos_ in ("NOUN", "PROPN") and following.dep_ != "ROOT" and doc[end - 1].dep_ == "compound"
