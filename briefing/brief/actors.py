"""The persons and groups the day turns on.

Comes in: the printed stories and all documents. Goes out: key actors, most important first: who did or said something that is reported,
with the sentence, the role, and in how many independent reports they stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefing.models import (
    Document,
    Entity,
    EntityType,
    EventStatus,
    Evidence,
    KeyActor,
    Part,
    Story,
    independent_publishers,
)

__all__ = ["key_actors"]

_ACTING = (EntityType.PERSON, EntityType.ARMED_GROUP, EntityType.STATE_BODY, EntityType.ORGANISATION)
_WHERE = re.compile(r"\b(?:in|at|from|near|outside|across|around)\s+(?:the\s+)?$")
"""Before the name of a place; ``endpos`` of the search is where the name starts."""
_CURRENT = (EventStatus.ACTUAL, EventStatus.PLANNED)


@dataclass
class _Sheet:
    """What is known of one actor, gathered over the stories."""

    entity: Entity
    aliases: dict[str, None] = field(default_factory=dict)
    role: Evidence | None = None
    affiliation: Evidence | None = None
    did: list[Evidence] = field(default_factory=list)
    said: list[Evidence] = field(default_factory=list)
    evidence: dict[Evidence, None] = field(default_factory=dict)
    stories: dict[str, None] = field(default_factory=dict)
    reports: list[tuple[str, str]] = field(default_factory=list)
    first_story: int = 0


def key_actors(stories: Sequence[Story], documents: Sequence[Document]) -> list[KeyActor]:
    """Persons and groups that act or speak, by independent reports, then by what they did and said, then by story. Outlets and
    agencies that only report are none."""
    owners = {document.id: document.source.owner for document in documents}
    reporters = {name.casefold() for d in documents for name in (d.source.owner, d.source.name, d.wire) if name}
    sheets: list[_Sheet] = []
    for place, story in enumerate(stories):
        for entity in story.entities:
            if entity.type in _ACTING and not reporters & {name.casefold() for name in (entity.name, *entity.aliases)}:
                _note(_sheet(sheets, entity, place), entity, story, owners)
    acting = [sheet for sheet in sheets if sheet.did or sheet.said]
    return [_actor(sheet) for sheet in sorted(acting, key=_order)]


def _order(sheet: _Sheet) -> tuple[int, int, int, str]:
    return -len(independent_publishers(sheet.reports)), -len(sheet.did) - len(sheet.said), sheet.first_story, sheet.entity.name


def _sheet(sheets: list[_Sheet], entity: Entity, place: int) -> _Sheet:
    """The sheet of that name and type, opened at its first story."""
    for sheet in sheets:
        if sheet.entity.type is entity.type and sheet.entity.name.casefold() == entity.name.casefold():
            return sheet
    sheets.append(_Sheet(entity, first_story=place))
    return sheets[-1]


def _note(sheet: _Sheet, entity: Entity, story: Story, owners: Mapping[str, str]) -> None:
    names = {name.casefold() for name in (entity.name, *entity.aliases)}
    mention = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))) + r")(?!\w)")
    sheet.aliases |= dict.fromkeys(entity.aliases)
    sheet.role = sheet.role or entity.role
    sheet.affiliation = sheet.affiliation or entity.affiliation
    sheet.evidence |= dict.fromkeys(entity.evidence)
    sheet.stories[story.id] = None
    sheet.did += [e.context[0] for e in story.events if e.status in _CURRENT and e.actor and _names(mention, e.actor)]
    said = (s for s in story.statements if s.speaker and s.speaker.casefold() in names)
    sheet.said += [s.context[0] for s in said if not s.source or any(_speaks(mention, source) for source in s.source)]
    cited = dict.fromkeys(evidence.document_id for evidence in entity.evidence)
    sheet.reports += [(owners[document], story.origins.get(document, owners[document])) for document in cited if document in owners]


def _names(mention: re.Pattern[str], words: Evidence) -> bool:
    """True when the name stands in the words for the actor and not for the place where one acts ("gunmen in Orven")."""
    quote = words.quote.casefold()
    return any(not _WHERE.search(quote, 0, match.start()) for match in mention.finditer(quote))


def _speaks(mention: re.Pattern[str], source: Evidence) -> bool:
    """The same for a speaker; "he" names nobody and speaks for whom it stands."""
    return _names(mention, source) or not mention.search(source.quote.casefold())


def _fullest(sentences: Sequence[Evidence]) -> Evidence | None:
    """The first sentence of a text; a headline only when there is none."""
    return min(sentences, key=lambda evidence: evidence.part is Part.TITLE, default=None)


def _actor(sheet: _Sheet) -> KeyActor:
    return KeyActor(
        name=sheet.entity.name,
        type=sheet.entity.type,
        aliases=tuple(alias for alias in sheet.aliases if alias != sheet.entity.name),
        role=sheet.role,
        affiliation=sheet.affiliation,
        did=_fullest(sheet.did),
        said=_fullest(sheet.said),
        reports=max(len(independent_publishers(sheet.reports)), 1),
        story_ids=tuple(sheet.stories),
        evidence=tuple(sheet.evidence),
    )
