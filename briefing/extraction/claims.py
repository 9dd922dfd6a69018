"""What every construction works with: a verb cue with its surroundings, and the claim it makes.

Comes in: a ``View`` and a cue. Goes out: a ``VerbCue`` that answers the questions of the constructions, and ``Claim`` values.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from briefing.extraction.clauses import Range, View, minus
from briefing.extraction.cues import Cue, Entry
from briefing.extraction.sources import fits, is_quantity, source_phrase, verb_source
from briefing.extraction.syntax import verb_group

__all__ = ["Claim", "VerbCue", "verb_cue"]

_FAR = 25
"""Tokens an object may be long before the preposition that goes with it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement in the making. ``content`` is not yet trimmed; ``source`` is empty in "it is feared that"."""

    cue: Range
    anchor: Token
    entry: Entry
    content: tuple[Range, ...]
    noun: Token | None = None
    source: Range | None = None
    addressee: Range | None = None
    direct: bool = False
    """The content is a quotation as a whole; what follows in the paragraph may belong to it."""


@dataclass(frozen=True, slots=True)
class VerbCue:
    """A verb cue with everything the constructions ask about it."""

    view: View
    cue: Cue
    token: Token
    noun: Token | None
    source: Range | None
    group: Range
    """The cue itself: "did not say", "pointed out"."""

    def taking(self, *kinds: str) -> Entry | None:
        """The first reading that takes one of ``kinds`` and allows this source."""
        for entry in self.cue.entries:
            if not entry.takes.isdisjoint(kinds) and (self.noun is None or fits(self.noun, entry.only)):
                return entry
        return None

    @property
    def block(self) -> Range:
        """Source and cue with what stands between them; the cue alone when the source follows at a distance."""
        if self.source and self.source[1] <= self.group[0]:
            return self.source[0], self.group[1]
        if self.source and self.group[1] == self.source[0]:
            return self.group[0], self.source[1]
        return self.group

    @property
    def used(self) -> tuple[Range, ...]:
        return (self.group, self.source) if self.source else (self.group,)

    def child(self, *relations: str) -> Token | None:
        """The first child in one of ``relations`` behind the verb that is not the source."""
        return next((c for c in self.token.children if c.dep_ in relations and c.i > self.token.i and c != self.noun), None)

    def preposition(self, *words: str) -> Token | None:
        """The first of the prepositions with something after it, below the verb or its object."""
        holders = [self.token, *(c for c in self.token.children if c.dep_ in ("dobj", "nsubjpass"))]
        for holder in holders:
            for child in holder.children:
                if child.dep_ in ("prep", "prt", "agent") and child.lower_ in words and child.i >= self.token.i and any(child.children):
                    return child
        return None

    def tail(self, word: str) -> Range | None:
        """The stretch that ``word`` opens behind the object: "as a crime", "of looting", "as deeply flawed"."""
        preposition = self.preposition(word)
        if preposition is not None:
            return self.view.subtree(preposition)
        for child in self.token.children:
            if child.i > self.token.i and child.dep_ in ("advcl", "xcomp", "ccomp", "prep", "dobj"):
                start, end = self.view.subtree(child)
                low = child.i if child.dep_ == "dobj" else start
                at = next((i for i in range(max(low, self.token.i + 1), min(end, low + _FAR)) if self.view.doc[i].lower_ == word), None)
                if at is not None and (word == "as" or at == start):
                    return at, end
        return None

    @property
    def relative(self) -> Range | None:
        """The noun a relative clause says it of: "the raid, which she called a crime", "the man they accuse of theft"."""
        head = self.token.head
        if self.token.dep_ != "relcl" or head == self.noun or head.pos_ not in ("NOUN", "PROPN"):
            return None
        return head.left_edge.i, head.i + 1

    def made(self, entry: Entry, *content: Range, direct: bool = False, cue_end: int | None = None) -> Claim:
        group = self.group if cue_end is None else (self.group[0], cue_end)
        return Claim(group, self.token, entry, content, self.noun, self.source, self._addressee(content), direct)

    def _addressee(self, content: tuple[Range, ...]) -> Range | None:
        """Who was told: "told reporters that", "said to the crew"."""
        if self.taking("command") is None and self.preposition("to") is None:
            return None
        found = self.child("dobj", "dative")
        if found is None or found.lower_ == "to":
            to = found or self.preposition("to")
            found = next((c for c in to.children if c.dep_ == "pobj"), None) if to else None
        if found is None or any(start <= found.i < end for start, end in content):
            return None
        return source_phrase(found)


def _outside(source: Range, cue: Range, noun: Token) -> Range | None:
    """A source that swallowed its cue keeps the part with its noun, else the longer one."""
    pieces = minus(source, [cue])
    return max(pieces, key=lambda piece: (piece[0] <= noun.i < piece[1], piece[1] - piece[0]), default=None)


def verb_cue(view: View, cue: Cue) -> VerbCue:
    """``cue`` with its source, cut free of each other."""
    noun = verb_source(cue.token)
    if noun is not None and is_quantity(noun):
        noun = None
    source = source_phrase(noun) if noun is not None and view.inside[noun.i] < 0 else None
    span = verb_group(cue.token)
    group = span.start, max(span.end, cue.end)
    if source and noun is not None and source[0] <= cue.token.i < source[1]:
        source = _outside(source, group, noun)
    return VerbCue(view, cue, cue.token, noun if source else None, source, group)
