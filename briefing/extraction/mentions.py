"""Mentions of events with their participants, and the merging of those that are one event.

Comes in: a parse with times and places. Goes out: ``Mention`` objects, one per event of the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from briefing.extraction import participants
from briefing.extraction.lexicon import load
from briefing.extraction.parsed import Parsed
from briefing.extraction.status import status
from briefing.extraction.triggers import Trigger, find
from briefing.models import EventStatus, EventType, Place, When

__all__ = ["Mention", "merged", "read", "salience"]

# What violence costs: in a sentence with another violent event these are its outcome, not an event of their own.
_OUTCOMES = frozenset({"killed", "killing", "shooting"})
_VIOLENT = frozenset({EventType.BATTLE, EventType.AIRSTRIKE, EventType.EXPLOSION, EventType.ATTACK_ON_CIVILIANS, EventType.DISASTER, EventType.RIOT})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
# Points a mention needs to be an event, and what the place of a verb in its sentence gives: the main clause reports, relative clauses and
# participles remind.
_ENOUGH = 2
_VERB_POINTS = {"ROOT": 1, "relcl": -2, "acl": -2, "xcomp": -1}
# Triggers so general that they must say more.
_GENERAL = frozenset({"agreement", "attack on fighters", "strike", "judicial", "killed"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One trigger with what its clause says of it."""

    trigger: Trigger
    type: EventType
    status: EventStatus
    actor: Span | None = None
    target: Span | None = None
    place: Place | None = None
    when: When | None = None

    @property
    def fullness(self) -> int:
        """How much it says: participants count double."""
        return 2 * (self.actor is not None) + 2 * (self.target is not None) + (self.place is not None) + (self.when is not None)


@lru_cache(maxsize=1)
def _types() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load("event_types").items()}


def read(doc: Doc, work: Parsed) -> list[Mention]:
    """Every mention of the text that says enough to be an event."""
    triggers = find(doc)
    if not triggers:
        return []
    places = _by_sentence(doc, work.places)
    times = _by_sentence(doc, work.times)
    by_sentence: dict[int, list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        by_sentence[trigger.head.sent.start].append(trigger)
    return [
        _mention(trigger, places[start], times[start], work)
        for start, group in by_sentence.items()
        for trigger in group
        if not _is_outcome(trigger, group)
    ]


def _by_sentence(doc: Doc, items: Iterable[Place | When]) -> dict[int, list[tuple[Token, Place | When]]]:
    out: dict[int, list[tuple[Token, Place | When]]] = defaultdict(list)
    for item in items:
        span = doc.char_span(item.evidence.start, item.evidence.end, alignment_mode="expand")
        if span is not None and len(span):
            out[span.sent.start].append((span.root, item))
    return out


def _is_outcome(trigger: Trigger, group: Sequence[Trigger]) -> bool:
    """ "The blast killed four": the killing is what the blast cost."""
    if trigger.kind.name not in _OUTCOMES:
        return False
    return any(other is not trigger and other.kind.name not in _OUTCOMES and other.kind.type in _VIOLENT for other in group)


def _mention(
    trigger: Trigger,
    places: Sequence[tuple[Token, Place | When]],
    times: Sequence[tuple[Token, Place | When]],
    work: Parsed,
) -> Mention:
    doer, sufferer = participants.actor(trigger), participants.target(trigger)
    if doer is not None and sufferer is not None and doer.start == sufferer.start:
        sufferer = None
    when = participants.nearest(trigger, times, ())
    where = participants.nearest(trigger, places, (doer,) if doer is not None else ())
    assert when is None or isinstance(when, When)
    assert where is None or isinstance(where, Place)
    return Mention(
        trigger=trigger,
        type=_type(trigger, doer, sufferer),
        status=status(trigger.head, when, work.document.published_at),
        actor=doer,
        target=sufferer,
        place=where,
        when=when,
    )


def _type(trigger: Trigger, doer: Span | None, sufferer: Span | None) -> EventType:
    """The type of the trigger, told more exactly by its words and by who suffers it."""
    kind, words = trigger.kind, _types()
    around = {token.lemma_.lower() for token in trigger.head.children} | {token.lemma_.lower() for token in trigger.head.doc[trigger.start : trigger.end]}
    hit = {token.lemma_.lower() for token in sufferer} if sufferer is not None else set()
    if kind.name in ("attack on fighters", "strike", "killed", "offensive"):
        for name in ("cyber", "airstrike", "explosion", "attack_on_civilians"):
            if around & words[name]:
                return EventType(name)
    if kind.name in ("attack on fighters", "killed", "armed clash") and hit & words["civilians"] and not hit & words["fighters"]:
        return EventType.ATTACK_ON_CIVILIANS
    if kind.name == "killed" and hit & words["fighters"]:
        return EventType.BATTLE
    if kind.name == "territory taken" and hit & words["persons"]:
        return EventType.ARREST
    return kind.type


def salience(mention: Mention) -> int:
    """How far the text itself presents the mention as an event: what it says of it, and whether in the foreground."""
    head = mention.trigger.head
    points = sum(part is not None for part in (mention.actor, mention.target, mention.place, mention.when))
    if mention.trigger.is_verb:
        points += _VERB_POINTS.get(head.dep_, 0)
        if any(child.tag_ == "TO" for child in head.lefts) and mention.status is not EventStatus.PLANNED:
            points -= 2
    else:
        points += _noun_points(head)
    if mention.trigger.kind.name in _GENERAL:
        points -= 1
    if mention.status in (EventStatus.HYPOTHETICAL, EventStatus.DENIED):
        points -= 2
    return points


def _noun_points(noun: Token) -> int:
    """An event is introduced with "a", taken up again with "the"; joined to another by "and" it is rarely the news."""
    articles = {child.lower_ for child in noun.lefts if child.dep_ == "det"}
    points = 1 if articles & {"a", "an", "another"} else -1 if articles & _DEFINITE else 0
    return points - (noun.dep_ == "conj")


def merged(found: Sequence[Mention]) -> list[Mention]:
    """One mention per event, the fullest, in text order; what it leaves out is filled from the others. What never is more than background
    is no event."""
    groups: list[list[Mention]] = []
    for mention in found:
        home = next((group for group in reversed(groups) if _one(mention, group)), None)
        if home is None:
            groups.append([mention])
        else:
            home.append(mention)
    events = [_fullest(group) for group in groups if max(map(salience, group)) >= _ENOUGH]
    return sorted(events, key=lambda mention: mention.trigger.start)


def _one(mention: Mention, group: Sequence[Mention]) -> bool:
    """Can the mention be the event of the group: nothing that both say differs."""
    return all(_compatible(mention, other) for other in group)


def _takes_up(mention: Mention) -> bool:
    """ "The attack", "that strike": says nothing new of an event told before."""
    head = mention.trigger.head
    articles = {child.lower_ for child in head.lefts if child.dep_ == "det"}
    return not mention.trigger.is_verb and bool(articles & _DEFINITE) and mention.target is None


def _compatible(one: Mention, other: Mention) -> bool:
    if _takes_up(one) and (one.type is other.type or {one.type, other.type} <= _VIOLENT):
        return True
    if one.type is not other.type or one.status is not other.status:
        return False
    if one.place is not None and other.place is not None and not _same_place(one.place, other.place):
        return False
    if one.when is not None and other.when is not None and not _same_time(one.when, other.when):
        return False
    return _overlap(one.actor, other.actor) and _overlap(one.target, other.target)


def _same_place(one: Place, other: Place) -> bool:
    return one.name == other.name or one.evidence.quote in other.evidence.quote or other.evidence.quote in one.evidence.quote


def _same_time(one: When, other: When) -> bool:
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return one.evidence.quote.casefold() == other.evidence.quote.casefold()
    return one.start < other.end and other.start < one.end


def _overlap(one: Span | None, other: Span | None) -> bool:
    """Nothing against their being the same: one is missing, a pronoun, or they share a content word."""
    if one is None or other is None or one.root.pos_ == "PRON" or other.root.pos_ == "PRON":
        return True
    return bool({token.lemma_.lower() for token in one if token.pos_ in _CONTENT} & {token.lemma_.lower() for token in other if token.pos_ in _CONTENT})


_CONTENT = frozenset({"NOUN", "PROPN", "ADJ"})


def _fullest(group: Sequence[Mention]) -> Mention:
    best = max(group, key=lambda mention: mention.fullness)
    for other in group:
        best = replace(
            best,
            actor=best.actor or other.actor,
            target=best.target or other.target,
            place=best.place or other.place,
            when=best.when or other.when,
        )
    return best
