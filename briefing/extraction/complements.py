"""Constructions whose content is no clause: orders, promises, verdicts, blame, topics, passives ("urged the council to act").

Comes in: a ``VerbCue``. Goes out: a ``Claim``, or None when this is not the construction.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from briefing.extraction.claims import Claim, VerbCue
from briefing.extraction.sources import fits, source_phrase

__all__ = ["call_to_act", "command", "evaluated", "infinitive", "naming", "order", "passive", "topic", "verdict"]

_REFLEXIVE = frozenset({"itself", "himself", "herself", "themselves"})


def order(verb: VerbCue) -> Claim | None:
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


def command(verb: VerbCue) -> Claim | None:
    """Somebody told to act: "told the crew to leave" has the content "to leave" and the addressee "the crew"."""
    entry = verb.taking("command")
    deed = verb.child("xcomp", "ccomp")
    if entry is None or deed is None or not any(c.tag_ == "TO" for c in deed.children):
        return None
    start, end = verb.view.subtree(deed)
    to = next(c.i for c in deed.children if c.tag_ == "TO")
    return verb.made(entry, (max(to, start), end))


def infinitive(verb: VerbCue) -> Claim | None:
    """Promised deeds: "vowed to return"."""
    entry = verb.taking("infinitive")
    deed = verb.child("xcomp")
    if entry is None or deed is None or not any(c.tag_ == "TO" for c in deed.children):
        return None
    return verb.made(entry, *([verb.relative] if verb.relative else []), verb.view.subtree(deed))


def naming(verb: VerbCue) -> Claim | None:
    """A name given: "called the raid a crime"."""
    entry = verb.taking("naming")
    clause = verb.child("ccomp", "oprd", "xcomp")
    if entry is None or clause is None or any(c.tag_ == "TO" for c in clause.children):
        return None
    named = verb.child("dobj", "ccomp") or clause
    if any(token.lower_ in _REFLEXIVE for token in named.subtree if token.i <= verb.group[1]):
        return None  # "an armed group calling itself the North Column"
    if named is clause and clause.dep_ == "oprd" and verb.relative is not None:
        return verb.made(entry, verb.relative, verb.view.subtree(clause))
    start = min(verb.view.subtree(named)[0], verb.view.subtree(clause)[0])
    end = max(verb.view.subtree(named)[1], verb.view.subtree(clause)[1])
    return verb.made(entry, verb.view.widened((max(start, verb.group[1]), end)))


def verdict(verb: VerbCue) -> Claim | None:
    """Blame and description: "accused the army of looting", "described the raid as a success"."""
    thing = verb.child("dobj")
    for word in ("as", "of", "for", "on", "at", "to", "with"):
        entry = verb.taking(f"object {word}")
        tail = verb.tail(word) if entry else None
        if entry is None or tail is None:
            continue
        if thing is not None and thing.tag_ not in ("WP", "WDT"):
            head = verb.view.subtree(thing)
            return verb.made(entry, verb.view.widened((min(head[0], tail[0]), max(head[1], tail[1]))))
        if verb.relative is not None:
            return verb.made(entry, verb.relative, tail)
    return None


def evaluated(verb: VerbCue) -> Claim | None:
    """Evaluative speech; the noun phrase is the content: "condemned the raid"."""
    entry = verb.taking("object")
    thing = verb.child("dobj")
    if entry is None or thing is None or thing.tag_ in ("WP", "WDT") or verb.child("dative") is not None:
        return None
    return verb.made(entry, verb.view.widened(verb.view.subtree(thing)))


def topic(verb: VerbCue) -> Claim | None:
    """A topic: "warned of famine", "called for talks"; the preposition belongs to the cue."""
    for word in ("about", "against", "for", "of", "on", "over"):
        entry = verb.taking(word)
        found = verb.preposition(word) if entry else None
        if entry is None or found is None or found.head != verb.token:
            continue
        held = next((c for c in found.children if c.dep_ in ("pobj", "pcomp")), None)
        if held is not None:
            end = _with_purpose(verb, verb.view.subtree(found)[1])
            return verb.made(entry, verb.view.widened((found.i + 1, end)), cue_end=found.i + 1 if found.i == verb.group[1] else None)
    return None


def _with_purpose(verb: VerbCue, end: int) -> int:
    """The end of a topic with the infinitive that follows it: "called for the council to act"."""
    for child in verb.token.children:
        if child.dep_ in ("advcl", "xcomp", "ccomp") and child.left_edge.i == end and any(c.tag_ == "TO" for c in child.children):
            return verb.view.subtree(child)[1]
    return end


def call_to_act(verb: VerbCue) -> Claim | None:
    """A topic the parser takes for a clause: "called for the council to act"."""
    entry = verb.taking("for")
    deed = verb.child("advcl", "ccomp", "xcomp")
    if entry is None or deed is None or deed.left_edge.lower_ != "for" or deed.left_edge.i != verb.group[1]:
        return None
    start, end = verb.view.subtree(deed)
    return verb.made(entry, (start + 1, end), cue_end=start + 1)


def passive(verb: VerbCue) -> Claim | None:
    """Said of somebody: "The army was accused by villagers of looting", "Two people are believed to be missing"."""
    subject = next((c for c in verb.token.children if c.dep_ == "nsubjpass"), None)
    if subject is None:
        return None
    entry = verb.taking("clause", "object", "object of", "object for", "object as", "object on", "order")
    if entry is None:
        return None
    verb = _cut_free(verb)
    if verb.source is None and (low := _low_agent(verb)) is not None:
        return low
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
    preposition = _deed_of(verb) or verb.preposition("of", "for", "as") or (verb.preposition("on") if verb.taking("object on") else None)
    if tail is None and preposition is not None and (verb.source is not None or preposition.lower_ == "as"):
        tail = verb.view.subtree(preposition)
    if tail is None and (verb.source is None or verb.taking("object", "object of", "object for", "object as") is None):
        return None
    return verb.made(entry, whole, *([tail] if tail and tail[0] >= verb.group[1] else []))


def _low_agent(verb: VerbCue) -> Claim | None:
    """The speaker the parser hangs on the deed: "was accused of looting by the mayor"."""
    entry, of = verb.taking("object of", "object for", "object on"), verb.preposition("of", "for", "on")
    subject = next((c for c in verb.token.children if c.dep_ == "nsubjpass"), None)
    if entry is None or of is None or subject is None or subject.tag_ in ("WP", "WDT"):
        return None
    start, end = verb.view.subtree(of)
    for token in verb.view.doc[start:end]:
        if token.lower_ == "by" and token.dep_ in ("prep", "agent"):
            noun = next((c for c in token.children if c.dep_ == "pobj" and fits(c, "speaker")), None)
            if noun is not None and token.i > start + 1:
                told = replace(verb, noun=noun, source=source_phrase(noun))
                return told.made(entry, verb.view.subtree(subject), (start, token.i))
    return None


def _is_deed(token: Token) -> bool:
    return token.tag_ == "VBG" or (token.pos_ == "NOUN" and token.lower_.endswith("ing"))


def _deed_of(verb: VerbCue) -> Token | None:
    """The "of" behind a source that ``_cut_free`` shortened."""
    if verb.noun is None or verb.source is None:
        return None
    return next((child for child in verb.noun.children if child.lower_ == "of" and child.i == verb.source[1]), None)


def _cut_free(verb: VerbCue) -> VerbCue:
    """``verb`` with a source that the deed, hung on it by the parser, has left: "was accused by the mayor of looting"."""
    if verb.noun is None or verb.source is None or verb.taking("object of") is None:
        return verb
    for child in verb.noun.children:
        if child.lower_ == "of" and any(_is_deed(deed) for deed in child.children) and child.i > verb.source[0]:
            return replace(verb, source=(verb.source[0], child.i))
    return verb
