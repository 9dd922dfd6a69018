"""The constructions in which English attributes words to somebody, one small function each.

Comes in: a ``View`` of the text and one cue. Goes out: a ``Claim`` (who, cue, what; token ranges), or None when this is not the construction.
``claim`` tries them in order; the first that fits wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from briefing.extraction.clauses import Range, View, minus
from briefing.extraction.cues import Cue, Entry
from briefing.extraction.lexicon import load
from briefing.extraction.sources import fits, noun_source, source_phrase, verb_source
from briefing.extraction.syntax import verb_group

__all__ = ["Claim", "claim", "fronted"]


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
class _Verb:
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
        """Source and cue when they stand side by side, else the cue alone."""
        if self.source and self.source[1] == self.group[0]:
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


def claim(view: View, cue: Cue) -> Claim | None:
    """What ``cue`` reports, by the first construction that fits; None when it reports nothing."""
    if cue.token.pos_ == "NOUN":
        return next(_tried(_NOUN_CONSTRUCTIONS, view, cue), None)
    noun = verb_source(cue.token)
    source = source_phrase(noun) if noun is not None and view.inside[noun.i] < 0 else None
    span = verb_group(cue.token)
    group = span.start, max(span.end, cue.end)
    if source and source[0] <= cue.token.i < source[1]:
        source = _outside(source, group)
    verb = _Verb(view, cue, cue.token, noun if source else None, source, group)
    if source is None:
        return next((found for build in _WITHOUT_SOURCE if (found := build(verb))), None)
    return next((found for build in _WITH_SOURCE if (found := build(verb))), None)


def _outside(source: Range, cue: Range) -> Range | None:
    """A source that swallowed its cue by a faulty parse keeps the part on the longer side."""
    return max(minus(source, [cue]), key=lambda piece: piece[1] - piece[0], default=None)


def _tried(builders: tuple[Callable[[View, Cue], Claim | None], ...], view: View, cue: Cue) -> Iterator[Claim]:
    return (found for build in builders if (found := build(view, cue)))


def _clause(verb: _Verb) -> Claim | None:
    """The content clause stands behind the cue: "The mayor said that the bridge had been closed"."""
    entry = verb.taking("clause", "quotation", "order")
    clause = verb.child("ccomp")
    if entry is None or clause is None or not _is_finite(clause, verb):
        return None
    start, end = verb.view.subtree(clause)
    if start < verb.token.i:
        return None
    pieces = minus(verb.view.widened((start, end)), verb.used)
    return verb.made(entry, *fronted(verb.view, verb.token, verb.block), *pieces)


def _is_finite(clause: Token, verb: _Verb) -> bool:
    """A clause with "to" is an order, a clause in -ing is no statement, unless it is quoted."""
    if verb.view.inside[clause.i] >= 0 or clause.tag_ not in ("VB", "VBG") or verb.taking("order"):
        return True
    return any(child.dep_ in ("aux", "nsubj", "expl") and child.tag_ != "TO" for child in clause.children)


def fronted(view: View, verb: Token, block: Range) -> list[Range]:
    """A clause or phrase before the speaker that belongs to what is said: "With the bridge gone, officials say …"."""
    sentence = view.sentence(verb.i)
    pieces = []
    for child in verb.children:
        if child.i >= block[0] or child.dep_ not in ("advcl", "prep"):
            continue
        start, end = view.subtree(child)
        opens = view.doc[start].lower_ in _fronted()
        if start >= sentence[0] and opens and end <= block[0] and block[0] - end <= 1:
            pieces.append((start, end))
    return pieces


@lru_cache(maxsize=1)
def _fronted() -> frozenset[str]:
    return frozenset(load("grammar")["fronted"])


def _trailing(verb: _Verb) -> Claim | None:
    """The words come first: "The bridge is closed, the mayor said." or "The bridge, she said, is closed."."""
    entry = verb.taking("clause", "quotation")
    view, block = verb.view, verb.block
    sentence = view.sentence(verb.token.i)
    before = block[0] - 1
    if entry is None or before < sentence[0] or not _ends_words(view, before):
        return None
    if verb.token.dep_ in ("relcl", "acl", "conj", "advcl") and view.inside[before] < 0:
        return None
    first = view.widened((sentence[0], block[0]))
    pieces = [first, *_resumed(verb, sentence)]
    return verb.made(entry, *pieces, direct=view.inside[before] >= 0 or view.inside[before - 1] >= 0)


def _ends_words(view: View, index: int) -> bool:
    """Is the token before the speaker a comma, a dash or a closing mark."""
    token = view.doc[index]
    return token.text in (",", "-", "–", "—", "--") or (view.inside[index] >= 0 and index + 1 == view.quoted[view.inside[index]][1])


def _resumed(verb: _Verb, sentence: Range) -> list[Range]:
    """What goes on behind a speaker in the middle: "…, she said, is closed" but not "…, she said, pointing at it"."""
    view, block = verb.view, verb.block
    end = block[1]
    if end >= sentence[1] or view.doc[end].text != ",":
        return []
    clause = next((c for c in verb.token.children if c.dep_ == "ccomp" and c.i < verb.token.i and c.right_edge.i > end), None)
    if clause is not None:
        return [(end, min(clause.right_edge.i + 1, sentence[1]))]
    if verb.token.dep_ in ("parataxis", "ccomp") and verb.token.head.right_edge.i > end and verb.token.right_edge.i <= end:
        return [(end, min(verb.token.head.right_edge.i + 1, sentence[1]))]
    if view.inside[min(end + 1, sentence[1] - 1)] >= 0:
        start, stop = view.quoted[view.inside[min(end + 1, sentence[1] - 1)]]
        return [(start, stop)] if start == end + 1 else []
    return []


def _quotation(verb: _Verb) -> Claim | None:
    """A quotation behind the cue: 'She said on Monday: "The bridge is closed."', 'wrote "closed" on it' is none."""
    entry = verb.taking("quotation")
    view, (_, end) = verb.view, verb.block
    if entry is None:
        return None
    reach = min(view.sentence(verb.token.i)[1] + 2, len(view.doc))
    for index in range(end, reach):
        number = view.inside[index]
        if number >= 0:
            start = view.quoted[number][0]
            near = start - end <= 1 or view.doc[start - 1].text in (":", ",")
            return verb.made(entry, view.quoted[number], direct=True) if near or view.is_whole(number) else None
        if view.doc[index].text.startswith("\n"):
            return None
    return None


def _colon(verb: _Verb) -> Claim | None:
    """A colon instead of "that": "The mayor said: the bridge is closed"."""
    entry = verb.taking("clause", "quotation")
    view, (_, end) = verb.view, verb.block
    stop = view.sentence(verb.token.i)[1]
    if entry is None or end >= stop or view.doc[end].text != ":":
        return None
    return verb.made(entry, (end + 1, stop)) if end + 1 < stop else None


def _order(verb: _Verb) -> Claim | None:
    """Who is to do what: "urged the council to act"; the council belongs to the content."""
    entry = verb.taking("order")
    if entry is None:
        return None
    told = verb.child("dobj", "ccomp", "dative")
    deed = verb.child("xcomp", "ccomp", "advcl")
    if verb.cue.particle is not None and told is None:
        told = next((c for c in verb.cue.particle.children if c.dep_ == "pobj"), None)
    if told is None or deed is None or not any(c.tag_ == "TO" for c in deed.children):
        return None
    start, end = verb.view.subtree(told)
    return verb.made(entry, (max(start, verb.group[1]), max(end, verb.view.subtree(deed)[1])))


def _command(verb: _Verb) -> Claim | None:
    """Somebody told to act: "told the crew to leave" has the content "to leave" and the addressee "the crew"."""
    entry = verb.taking("command")
    deed = verb.child("xcomp", "ccomp")
    if entry is None or deed is None or not any(c.tag_ == "TO" for c in deed.children):
        return None
    start, end = verb.view.subtree(deed)
    to = next(c.i for c in deed.children if c.tag_ == "TO")
    return verb.made(entry, (max(to, start), end))


def _infinitive(verb: _Verb) -> Claim | None:
    """Promised deeds: "vowed to return"."""
    entry = verb.taking("infinitive")
    deed = verb.child("xcomp")
    if entry is None or deed is None or not any(c.tag_ == "TO" for c in deed.children):
        return None
    return verb.made(entry, verb.view.subtree(deed))


def _naming(verb: _Verb) -> Claim | None:
    """A name given: "called the raid a crime"."""
    entry = verb.taking("naming")
    clause = verb.child("ccomp", "oprd", "xcomp")
    if entry is None or clause is None or any(c.tag_ == "TO" for c in clause.children):
        return None
    named = verb.child("dobj", "ccomp") or clause
    start = min(verb.view.subtree(named)[0], verb.view.subtree(clause)[0])
    end = max(verb.view.subtree(named)[1], verb.view.subtree(clause)[1])
    return verb.made(entry, verb.view.widened((max(start, verb.group[1]), end)))


def _object_with_preposition(verb: _Verb) -> Claim | None:
    """Blame and description: "accused the army of looting", "described the raid as a success"."""
    thing = verb.child("dobj")
    for word in ("as", "of", "for", "on", "at", "to", "with"):
        entry = verb.taking(f"object {word}")
        preposition = verb.preposition(word) if entry else None
        if entry is None or preposition is None:
            continue
        tail = verb.view.subtree(preposition)
        head = verb.view.subtree(thing) if thing is not None else tail
        if thing is None and verb.noun is not None and verb.token.dep_ != "relcl":
            continue
        return verb.made(entry, verb.view.widened((min(head[0], tail[0]), max(head[1], tail[1]))))
    return None


def _object(verb: _Verb) -> Claim | None:
    """Evaluative speech; the noun phrase is the content: "condemned the raid"."""
    entry = verb.taking("object")
    thing = verb.child("dobj")
    if entry is None or thing is None or thing.tag_ in ("WP", "WDT"):
        return None
    return verb.made(entry, verb.view.widened(verb.view.subtree(thing)))


def _preposition(verb: _Verb) -> Claim | None:
    """A topic: "warned of famine", "called for talks"; the preposition belongs to the cue."""
    for word in ("about", "against", "for", "of", "on", "over"):
        entry = verb.taking(word)
        found = verb.preposition(word) if entry else None
        if entry is None or found is None or found.head != verb.token:
            continue
        held = next((c for c in found.children if c.dep_ in ("pobj", "pcomp")), None)
        if held is not None:
            end = verb.view.subtree(found)[1]
            return verb.made(entry, verb.view.widened((found.i + 1, end)), cue_end=found.i + 1 if found.i == verb.group[1] else None)
    return None


def _passive(verb: _Verb) -> Claim | None:
    """Said of somebody: "The army was accused by villagers of looting", "Two people are believed to be missing"."""
    subject = next((c for c in verb.token.children if c.dep_ == "nsubjpass"), None)
    if subject is None:
        return None
    entry = verb.taking("clause", "object", "object of", "object for", "object as", "order")
    if entry is None:
        return None
    whole = verb.view.subtree(subject)
    if subject.tag_ in ("WP", "WDT") and verb.token.dep_ == "relcl":
        whole = (verb.token.head.i, verb.token.head.i + 1)
    clause = verb.child("ccomp")
    if clause is not None and subject.lower_ != "it":
        return verb.made(entry, verb.view.subtree(clause)) if verb.taking("command") or verb.source else None
    if clause is not None:
        return verb.made(entry, verb.view.subtree(clause))
    deed = verb.child("xcomp")
    tail = verb.view.subtree(deed) if deed is not None else None
    preposition = verb.preposition("of", "for", "as")
    if tail is None and preposition is not None:
        tail = verb.view.subtree(preposition)
    if tail is None and verb.source is None:
        return None
    return verb.made(entry, whole, *([tail] if tail and tail[0] >= verb.group[1] else []))


def _impersonal(verb: _Verb) -> Claim | None:
    """Nobody is named: "It is feared that the dam will break"."""
    if not any(c.dep_ in ("nsubjpass", "expl") and c.lower_ == "it" for c in verb.token.children):
        return None
    entry, clause = verb.taking("clause"), verb.child("ccomp")
    return verb.made(entry, verb.view.subtree(clause)) if entry and clause is not None else None


def _noun_clause(view: View, cue: Cue) -> Claim | None:
    """A reporting noun with its clause: "his warning that the dam may break", "a claim by officials that …"."""
    clause = next((c for c in cue.token.children if c.dep_ in ("acl", "ccomp") and c.i > cue.token.i), None)
    if clause is None or not any(c.dep_ in ("mark", "nsubj", "nsubjpass", "expl") for c in clause.children):
        return None
    if clause.dep_ == "acl" and not any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children):
        return None
    return _noun_made(view, cue, "clause", view.subtree(clause))


def _noun_infinitive(view: View, cue: Cue) -> Claim | None:
    """A reporting noun with a deed: "their threat to close the strait"."""
    deed = next((c for c in cue.token.children if c.dep_ == "acl" and any(part.tag_ == "TO" for part in c.children)), None)
    return _noun_made(view, cue, "infinitive", view.subtree(deed)) if deed is not None else None


def _noun_topic(view: View, cue: Cue) -> Claim | None:
    """A reporting noun with its topic: "his warning about the dam", "the council's call for calm"."""
    for child in cue.token.children:
        if child.dep_ == "prep" and child.i > cue.token.i and any(c.dep_ in ("pobj", "pcomp") for c in child.children):
            found = _noun_made(view, cue, child.lower_, (child.i + 1, view.subtree(child)[1]))
            if found and found.source:
                return found
    return None


def _noun_made(view: View, cue: Cue, kind: str, content: Range) -> Claim | None:
    entry = next((entry for entry in cue.entries if kind in entry.takes), None)
    if entry is None:
        return None
    noun, group = noun_source(cue.token), (cue.token.i, cue.token.i + 1)
    if noun is None:
        noun, group = _doer(cue.token, group)
    source = source_phrase(noun) if noun is not None and view.inside[noun.i] < 0 and fits(noun, "speaker") else None
    if noun is not None and source and noun.dep_ == "poss" and noun.pos_ == "PRON":
        group = (noun.i, group[1])
    used = [group, source] if source else [group]
    pieces = tuple(minus(view.widened(content), used))
    return Claim(group, cue.token, entry, pieces, noun if source else None, source) if pieces else None


def _doer(noun: Token, group: Range) -> tuple[Token | None, Range]:
    """The subject of "issued a warning", with the cue widened to the verb."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.pos_ != "VERB" or verb.lemma_ not in _light():
        return None, group
    return verb_source(verb), (verb.i, group[1])


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    return frozenset(load("grammar")["light"])


_WITH_SOURCE: tuple[Callable[[_Verb], Claim | None], ...] = (
    _command,
    _order,
    _clause,
    _passive,
    _trailing,
    _infinitive,
    _naming,
    _object_with_preposition,
    _object,
    _preposition,
    _quotation,
    _colon,
)
_WITHOUT_SOURCE: tuple[Callable[[_Verb], Claim | None], ...] = (_impersonal, _passive)
_NOUN_CONSTRUCTIONS: tuple[Callable[[View, Cue], Claim | None], ...] = (_noun_clause, _noun_infinitive, _noun_topic)
