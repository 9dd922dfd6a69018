"""Constructions around a reporting noun: "his warning that …", "the council's call for calm", "issued a denial of …".

Comes in: a ``View`` and a noun cue. Goes out: a ``Claim``, or None when this is not the construction.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from briefing.extraction.claims import Claim
from briefing.extraction.clauses import Range, View, minus
from briefing.extraction.cues import Cue
from briefing.extraction.lexicon import load
from briefing.extraction.sources import fits, noun_source, source_phrase, verb_source

__all__ = ["noun_clause", "noun_infinitive", "noun_topic"]


def noun_clause(view: View, cue: Cue) -> Claim | None:
    """A reporting noun with its clause: "his warning that the dam may break", "a claim by officials that …"."""
    clause = next((c for c in cue.token.children if c.dep_ in ("acl", "ccomp") and c.i > cue.token.i), None)
    if clause is None or not any(c.dep_ in ("mark", "nsubj", "nsubjpass", "expl") for c in clause.children):
        return None
    if clause.dep_ == "acl" and not any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children):
        return None
    return _noun_made(view, cue, "clause", view.subtree(clause))


def noun_infinitive(view: View, cue: Cue) -> Claim | None:
    """A reporting noun with a deed: "their threat to close the strait"."""
    deed = next((c for c in cue.token.children if c.dep_ == "acl" and any(part.tag_ == "TO" for part in c.children)), None)
    found = _noun_made(view, cue, "infinitive", view.subtree(deed)) if deed is not None else None
    return found if found and found.source else None


def noun_topic(view: View, cue: Cue) -> Claim | None:
    """A reporting noun with its topic: "his warning about the dam", "the council's call for calm"."""
    for child in cue.token.children:
        if (
            child.dep_ == "prep"
            and child.i > cue.token.i
            and any(c.dep_ in ("pobj", "pcomp") and c.ent_type_ != "DATE" for c in child.children)
        ):
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
