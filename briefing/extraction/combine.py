"""One ``Findings`` from the two parsed parts of a document.

Comes in: what was found in the title and in the text. Goes out: all of it, title first, with one entity for each thing that a part or
the gazetteer names. Entities with a name or an alias in common become one; a place the gazetteer knows becomes an entity of type place,
and corrects a single word the model took for a person or a body.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.extraction.parsed import Parsed
from briefing.models import Entity, EntityType, Event, EventStatus, Evidence, Findings, Part, Place, PlacePrecision, Statement

__all__ = ["combine"]

Range = tuple[int, int]

_ASIDE = frozenset({EventStatus.HISTORICAL, EventStatus.DENIED})
_MARKS = "'\"‘’“”.,;:()"
# Words of so few letters say nothing: "the", "of", "in".
_SHORT = 3


def combine(title: Parsed | None, text: Parsed, sentences: Sequence[Range]) -> Findings:
    """The findings of a document; ``sentences`` are the character ranges of the sentences of the text, in order."""
    parts = [text] if title is None else [title, text]
    places = [place for part in parts for place in part.places]
    entities = _entities(parts, places, _Contexts(parts, sentences))
    names = _speaker_names(entities)
    return Findings(
        document_id=text.document.id,
        entities=tuple(sorted(entities, key=_first)),
        figures=tuple(one for part in parts for one in part.figures),
        statements=tuple(_renamed(one, names) for part in parts for one in part.statements),
        events=_events(title.events if title is not None else (), text.events),
        risks=tuple(one for part in parts for one in part.risks),
        places=tuple(places),
        sentences=tuple((start, end) for start, end in sentences),
    )


def _events(title: Sequence[Event], text: Sequence[Event]) -> tuple[Event, ...]:
    """The events of both; one that the title and the text tell becomes one, in the words of the text, the title as further evidence."""
    ours, alone = list(text), []
    for headline in title:
        at = next((i for i, one in enumerate(ours) if _same_event(headline, one)), None)
        if at is None:
            alone.append(headline)
        else:
            ours[at] = _told_twice(ours[at], headline)
    return (*alone, *ours)


def _same_event(headline: Event, told: Event) -> bool:
    """A headline is the text's event of its type when nothing they both say differs. Headlines drop the words that tell a plan from a deed,
    so that status is compared only where one of them is background or denied."""
    if headline.type is not told.type or ({headline.status, told.status} & _ASIDE and headline.status is not told.status):
        return False
    if headline.place is not None and told.place is not None and not _agree(headline.place.evidence, told.place.evidence):
        return headline.place.country == told.place.country and headline.place.precision is PlacePrecision.COUNTRY
    return all(
        one is None or other is None or _agree(one, other) for one, other in ((headline.actor, told.actor), (headline.target, told.target))
    ) or _agree(headline.evidence[0], told.evidence[0])


def _agree(one: Evidence, other: Evidence) -> bool:
    """Do they share a word that says something, capital letters and plural aside."""
    return bool(_said(one.quote) & _said(other.quote))


def _said(words: str) -> set[str]:
    return {word.strip(_MARKS).removesuffix("s") for word in words.casefold().split() if len(word) > _SHORT} | {words.casefold()}


def _told_twice(told: Event, headline: Event) -> Event:
    return told.model_copy(
        update={
            "evidence": (*told.evidence, *headline.evidence),
            "context": (*told.context, *headline.context),
            "actor": told.actor or headline.actor,
            "target": told.target or headline.target,
            "place": told.place or headline.place,
            "when": told.when or headline.when,
        }
    )


def _position(evidence: Evidence) -> tuple[bool, int, int]:
    """Sorts evidence: the title before the text, then by offset."""
    return evidence.part is not Part.TITLE, evidence.start, evidence.end


def _first(entity: Entity) -> tuple[bool, int, int]:
    return _position(entity.evidence[0])


class _Contexts:
    """The sentence around a piece of evidence."""

    def __init__(self, parts: Sequence[Parsed], sentences: Sequence[Range]) -> None:
        self._parts = {part.part: part for part in parts}
        self._sentences = sentences
        self._starts = [start for start, _ in sentences]

    def around(self, evidence: Evidence) -> Evidence:
        work = self._parts[evidence.part]
        if evidence.part is Part.TEXT and self._sentences:
            start, end = self._sentences[max(bisect_right(self._starts, evidence.start) - 1, 0)]
            if start <= evidence.start and evidence.end <= end:
                return work.cite(start, end)
        return evidence if evidence.part is Part.TEXT else work.cite(*work.trimmed(0, len(work.stored)))


@dataclass
class _Thing:
    """An entity in the making: evidence with its context, by position."""

    name: str
    type: EntityType
    pairs: dict[tuple[bool, int, int], tuple[Evidence, Evidence]]
    role: Evidence | None = None
    affiliation: Evidence | None = None

    def known_as(self) -> list[str]:
        names = (self.name, *(evidence.quote for evidence, _ in self.pairs.values()))
        return list(dict.fromkeys(_key(name) for name in names))

    def take(self, other: _Thing) -> None:
        """Joins ``other``, which comes later in the document and knows the fuller name."""
        if len(other.name) > len(self.name) and self.type is other.type:
            self.name = other.name
        self.pairs.update(other.pairs)
        if self.role is None:
            self.role, self.affiliation = other.role, other.affiliation

    def entity(self) -> Entity:
        ordered = [self.pairs[position] for position in sorted(self.pairs)]
        aliases = dict.fromkeys(" ".join(evidence.quote.split()) for evidence, _ in ordered)
        return Entity(
            evidence=tuple(evidence for evidence, _ in ordered),
            context=tuple(context for _, context in ordered),
            name=self.name,
            type=self.type,
            aliases=tuple(sorted(aliases, key=lambda name: -len(name))),
            role=self.role,
            affiliation=self.affiliation,
        )


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split()).removeprefix("the ").removesuffix("'s")


def _entities(parts: Iterable[Parsed], places: Sequence[Place], contexts: _Contexts) -> list[Entity]:
    found = [_thing(entity) for part in parts for entity in part.entities]
    _place(found, places)
    covered = {(evidence.part, i) for thing in found for evidence, _ in thing.pairs.values() for i in range(evidence.start, evidence.end)}
    for place in places:
        if (place.evidence.part, place.evidence.start) not in covered:
            pair = (place.evidence, contexts.around(place.evidence))
            found.append(_Thing(place.name, EntityType.PLACE, {_position(place.evidence): pair}))
    return [thing.entity() for thing in _joined(found)]


def _thing(entity: Entity) -> _Thing:
    pairs = {_position(one): (one, context) for one, context in zip(entity.evidence, entity.context, strict=True)}
    return _Thing(entity.name, entity.type, pairs, entity.role, entity.affiliation)


def _place(things: Iterable[_Thing], places: Iterable[Place]) -> None:
    """Gives things the gazetteer knows their canonical name and, when the model mistook a single word, their type."""
    known = {_position(place.evidence): place for place in places}
    for thing in things:
        matches = [known[position] for position in thing.pairs if position in known]
        if not matches or thing.role is not None:
            continue
        mistaken = thing.type in (EntityType.PERSON, EntityType.ORGANISATION) and len(matches) == len(thing.pairs) and " " not in thing.name
        if mistaken:
            thing.type = EntityType.PLACE
        if thing.type is EntityType.PLACE and not matches[0].ambiguous:
            thing.name = matches[0].name


def _joined(things: Iterable[_Thing]) -> list[_Thing]:
    """Things that share a name become one; a place and a body of the same name stay two."""
    owners: dict[tuple[bool, str], _Thing] = {}
    kept: list[_Thing] = []
    for thing in sorted(things, key=lambda one: min(one.pairs)):
        is_place = thing.type is EntityType.PLACE
        keys = [(is_place, key) for key in thing.known_as()]
        owner = next((owners[key] for key in keys if key in owners), None)
        if owner is None:
            kept.append(thing)
        else:
            owner.take(thing)
        for key in keys:
            owners.setdefault(key, owner or thing)
    return kept


def _speaker_names(entities: Iterable[Entity]) -> dict[str, str]:
    """Every name of an entity → its canonical name, where only one entity has it."""
    owners: dict[str, dict[str, None]] = {}
    for entity in entities:
        for name in (entity.name, *entity.aliases):
            owners.setdefault(_key(name), {})[entity.name] = None
    return {name: next(iter(found)) for name, found in owners.items() if len(found) == 1}


def _renamed(statement: Statement, names: dict[str, str]) -> Statement:
    """The statement with the full name of a speaker the title calls by surname."""
    if statement.speaker is None:
        return statement
    full = names.get(_key(statement.speaker))
    return statement.model_copy(update={"speaker": full}) if full and full != statement.speaker else statement
