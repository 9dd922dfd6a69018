"""Mentions of events with their participants, and the merging of those that are one event.

Comes in: a parse with times and places. Goes out: ``Occurrence`` objects, one per event of the document, in text order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from spacy.tokens import Doc, Span, Token

from briefing.extraction import participants
from briefing.extraction.lexicon import load
from briefing.extraction.parsed import Parsed
from briefing.extraction.status import status
from briefing.extraction.triggers import Trigger, find
from briefing.models import EventStatus, EventType, Place, When

__all__ = ["Occurrence", "located", "merged", "read", "salience"]

Item = TypeVar("Item", Place, When)

# What violence costs: in a sentence with another violent event these are its outcome, not an event of their own.
_OUTCOMES = frozenset({"killed", "killing", "shooting"})
_VIOLENT = frozenset(
    {EventType.BATTLE, EventType.AIRSTRIKE, EventType.EXPLOSION, EventType.ATTACK_ON_CIVILIANS, EventType.DISASTER, EventType.RIOT}
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_INDEFINITE = frozenset({"a", "an", "another"})
# Points an event needs, and what the role of a verb gives: the main clause reports, relative clauses and participles remind.
_ENOUGH = 2
_VERB_POINTS = {"ROOT": 1, "conj": 1, "relcl": -2, "acl": -2, "xcomp": -1}
# An event is taken up again among so many others; what is told later is told anew.
_LOOK_BACK = 40
# More triggers than this in one sentence are a list or an attack on us.
_MOST_IN_SENTENCE = 60
# Triggers so general that they must say more.
_GENERAL = frozenset({"strike", "judicial", "killed", "war", "territory taken", "armed clash"})
# Triggers that name an incident by themselves.
_TELLING = frozenset(
    {
        "air strike",
        "chemical attack",
        "coup",
        "suicide bombing",
        "escape",
        "abduction",
        "deployment",
        "sanction",
        "protest",
        "offensive",
        "bombing",
    }
)
# What is taken tells what taking is: a town is a battle, a man an arrest, a rifle a find, a ship a hijacking.
_TAKEN = {"persons": EventType.ARREST, "materiel": EventType.OTHER, "vessels": EventType.ABDUCTION}
# The lead and the two sentences that go on with it.
_OPENING = 3
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ"})
# Classes of triggers whose type depends on the words around, and which types are asked for, in this order.
_RETYPED = frozenset({"attack on fighters", "strike", "killed", "offensive"})
_RETYPES = ("cyber", "airstrike", "explosion", "attack_on_civilians")


@dataclass(frozen=True, slots=True)
class Occurrence:
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


def read(doc: Doc, work: Parsed) -> list[Occurrence]:
    """Every mention of an event in the text, outcomes of others left out."""
    triggers = find(doc)
    if not triggers:
        return []
    places, times = _by_sentence(doc, work.places), _by_sentence(doc, work.times)
    groups: dict[int, list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        groups[trigger.head.sent.start].append(trigger)
    found = [
        _occurrence(trigger, places[start], times[start], work)
        for start, group in groups.items()
        for trigger in group[:_MOST_IN_SENTENCE]
        if not _is_outcome(trigger, group)
    ]
    return [one for one in found if one.trigger.kind.name != "arrival" or _moves(one)]


def _moves(one: Occurrence) -> bool:
    """Armed or uprooted people arrive; an invitation arrives too."""
    return one.actor is not None and bool({token.lemma_.lower() for token in one.actor} & (_types()["armed"] | _types()["uprooted"]))


def _by_sentence(doc: Doc, items: Iterable[Item]) -> dict[int, list[tuple[Token, Item]]]:
    out: dict[int, list[tuple[Token, Item]]] = defaultdict(list)
    for item in items:
        span = doc.char_span(item.evidence.start, item.evidence.end, alignment_mode="expand")
        if span is not None and len(span):
            out[span.sent.start].append((span.root, item))
    return out


def _is_outcome(trigger: Trigger, group: Sequence[Trigger]) -> bool:
    """ "The blast killed four": the killing is what the blast cost."""
    if trigger.kind.name not in _OUTCOMES:
        return False
    return any(other.kind.name not in _OUTCOMES and other.kind.type in _VIOLENT for other in group)


def _occurrence(
    trigger: Trigger,
    places: Sequence[tuple[Token, Place]],
    times: Sequence[tuple[Token, When]],
    work: Parsed,
) -> Occurrence:
    doer, sufferer = participants.actor(trigger), participants.target(trigger)
    if doer is not None and sufferer is not None and doer.start == sufferer.start:
        sufferer = None
    when = participants.nearest(trigger, times, ())
    dated = participants.nearest(trigger, times, (), furthest=2)
    where = participants.nearest(trigger, participants.locations(places, trigger), (doer,) if doer is not None else ())
    return Occurrence(
        trigger=trigger,
        type=_type(trigger, doer, sufferer),
        status=status(trigger.head, dated, work.document.published_at),
        actor=doer,
        target=sufferer,
        place=where,
        when=when,
    )


def _type(trigger: Trigger, doer: Span | None, sufferer: Span | None) -> EventType:
    """The type of the trigger, told more exactly by its words and by who takes part."""
    kind, words = trigger.kind, _types()
    if kind.name == "arrival" and doer is not None and {token.lemma_.lower() for token in doer} & words["uprooted"]:
        return EventType.DISPLACEMENT
    hit = {token.lemma_.lower() for token in sufferer} if sufferer is not None else set()
    civil = bool(hit & words["civilians"]) and not hit & words["fighters"]
    if kind.name in _RETYPED:
        around = {token.lemma_.lower() for token in (*trigger.head.children, *trigger.head.doc[trigger.start : trigger.end])}
        for name in _RETYPES:
            if around & words[name]:
                return EventType(name)
    if kind.name == "killed":
        return EventType.BATTLE if hit & words["fighters"] else kind.type
    if kind.name == "territory taken" and (taken := next((name for name in _TAKEN if hit & words[name]), None)):
        return _TAKEN[taken]
    if civil and kind.name in ("attack on fighters", "armed clash"):
        return EventType.ATTACK_ON_CIVILIANS
    return kind.type


def salience(found: Occurrence) -> int:
    """How far the text itself presents the mention as an event: what it says of it, and whether in the foreground."""
    points = sum(part is not None for part in (found.actor, found.target, found.place, found.when))
    points += _verb_points(found) if found.trigger.is_verb else _noun_points(found)
    if found.trigger.kind.name == "killed" and found.actor is None:
        points -= 1
    points += (found.trigger.kind.name in _TELLING) - (found.trigger.kind.name in _GENERAL)
    points += found.status is EventStatus.HISTORICAL  # Told with its time or as the story's past.
    if found.status in (EventStatus.HYPOTHETICAL, EventStatus.DENIED):
        points -= 2
    return points


def _verb_points(found: Occurrence) -> int:
    """The main clause reports; relative clauses, participles and purposes remind or explain."""
    head = found.trigger.head
    if found.status is EventStatus.PLANNED:
        return 0
    if head.dep_ == "acl" and head.head.dep_ == "ROOT" and head.head.pos_ in ("NOUN", "PROPN"):
        return 1  # A headline, or a main verb read as a participle: "Thousands protested".
    infinitive = any(child.tag_ == "TO" for child in head.lefts)
    return _VERB_POINTS.get(head.dep_, 0) - (2 if infinitive else 0)


def _noun_points(found: Occurrence) -> int:
    """An event is introduced with "a", taken up again with "the"; joined to another by "and" it is rarely the news."""
    head = found.trigger.head
    if _introduced(found):
        return 1
    definite = any(child.dep_ == "det" and child.lower_ in _DEFINITE for child in head.lefts)
    return -(definite and found.target is None) - (head.dep_ == "conj" and found.actor is None and found.target is None)


def _introduced(found: Occurrence) -> bool:
    return not found.trigger.is_verb and any(child.dep_ == "det" and child.lower_ in _INDEFINITE for child in found.trigger.head.lefts)


def merged(found: Sequence[Occurrence]) -> list[Occurrence]:
    """One mention per event, the fullest, in text order; what it leaves out is filled from the others. What is never more than background
    is no event."""
    groups: list[list[Occurrence]] = []
    for one in found:
        home = next(
            (
                group
                for group in reversed(groups[-_LOOK_BACK:])
                if all(_compatible(one, other) for other in group[:_LOOK_BACK]) and any(_akin(one, other) for other in group[:_LOOK_BACK])
            ),
            None,
        )
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    events = [_fullest(group) for group in groups if max(map(salience, group)) >= _ENOUGH]
    return sorted(events, key=lambda event: event.trigger.start)


def located(found: Sequence[Occurrence], doc: Doc, work: Parsed) -> list[Occurrence]:
    """With the place of the first sentence for what the next two tell of the day without a place; only when it names a single one."""
    opening = list(islice(doc.sents, _OPENING))
    if len(opening) < 2:
        return list(found)
    lead = [place for place in work.places if place.evidence.start < opening[0].end_char]
    if len({place.name for place in lead}) != 1:
        return list(found)
    within = range(opening[1].start, opening[-1].end)
    return [
        replace(one, place=lead[0])
        if one.place is None and one.status is EventStatus.ACTUAL and one.trigger.start in within and one.type in _VIOLENT
        else one
        for one in found
    ]


def _compatible(one: Occurrence, other: Occurrence) -> bool:
    """Nothing that both say differs."""
    if _takes_up(one) and (one.type is other.type or {one.type, other.type} <= _VIOLENT):
        return True
    if _introduced(one) or one.type is not other.type or one.status is not other.status:
        return False
    if one.place is not None and other.place is not None and not _same_place(one.place, other.place):
        return False
    if one.when is not None and other.when is not None and not _same_time(one.when, other.when):
        return False
    return _overlap(one.actor, other.actor) is not False and _overlap(one.target, other.target) is not False


def _akin(one: Occurrence, other: Occurrence) -> bool:
    """Something speaks for their being the same: the words, who took part, or that it is taken up."""
    if _takes_up(one) or one.trigger.head.lemma_ == other.trigger.head.lemma_:
        return True
    return bool(_overlap(one.actor, other.actor) or _overlap(one.target, other.target)) or min(one.fullness, other.fullness) < 2


def _takes_up(one: Occurrence) -> bool:
    """ "The attack", "that strike": says nothing new of an event told before."""
    head = one.trigger.head
    if one.trigger.is_verb or one.target is not None or one.actor is not None:
        return False
    own = any(child.dep_ in ("prep", "acl", "relcl", "amod", "nummod") for child in head.children)
    return not own and any(child.dep_ == "det" and child.lower_ in _DEFINITE for child in head.lefts)


def _same_place(one: Place, other: Place) -> bool:
    return one.name == other.name or one.evidence.quote in other.evidence.quote or other.evidence.quote in one.evidence.quote


def _same_time(one: When, other: When) -> bool:
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return one.evidence.quote.casefold() == other.evidence.quote.casefold()
    return one.start < other.end and other.start < one.end


def _overlap(one: Span | None, other: Span | None) -> bool | None:
    """Do they share a content word; None when one is missing or a pronoun."""
    if one is None or other is None or one.root.pos_ == "PRON" or other.root.pos_ == "PRON":
        return None
    return bool(_content(one) & _content(other))


def _content(span: Span) -> set[str]:
    return {token.lemma_.lower() for token in span if token.pos_ in _CONTENT}


def _fullest(group: Sequence[Occurrence]) -> Occurrence:
    best = max(group, key=lambda one: one.fullness)
    for other in group:
        best = replace(
            best,
            actor=best.actor or other.actor,
            target=best.target or other.target,
            place=best.place or other.place,
            when=best.when or other.when,
        )
    return best
