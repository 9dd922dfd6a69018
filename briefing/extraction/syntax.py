"""Questions about a dependency parse that several components ask. Ranges are token indices, end exclusive."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

__all__ = ["agent", "is_negated", "noun_phrase", "objects", "prose", "subject", "verb_group"]

_TRAILING = frozenset({",", ";", ":", "-", "–", "—", "(", "“", '"', "``"})
_LONGEST_SENTENCE = 500


def subject(verb: Token) -> Token | None:
    """Who does it: the active subject, through conjunction and control ("he went on and said"), or the noun a participle or relative
    clause hangs on. In a passive clause this is the agent ("was killed by rebels"), or None."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "csubj"):
            return _antecedent(child, verb)
    if any(child.dep_ == "nsubjpass" for child in verb.children):
        return agent(verb)
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp") and verb.head is not verb:
        head = verb.head.head if verb.dep_ == "pcomp" else verb.head
        if head.pos_ in ("VERB", "AUX") and head.i != verb.i:
            return subject(head)
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
        return verb.head
    return None


def _antecedent(noun: Token, verb: Token) -> Token:
    """The noun a relative pronoun stands for ("Graham, who said" → Graham)."""
    if noun.tag_ in ("WP", "WDT") and verb.dep_ == "relcl":
        return verb.head
    return noun


def agent(verb: Token) -> Token | None:
    """The noun after "by" of a passive verb."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((noun for noun in child.children if noun.dep_ == "pobj"), None)
    return None


def objects(verb: Token) -> Iterator[Token]:
    """What it is done to: direct objects, or the passive subject, or the noun a passive participle hangs on."""
    passive = [child for child in verb.children if child.dep_ == "nsubjpass"]
    if passive:
        yield from (_antecedent(noun, verb) for noun in passive)
        return
    yield from (child for child in verb.children if child.dep_ in ("dobj", "obj"))
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        yield verb.head


def noun_phrase(noun: Token, *, conjuncts: bool = True) -> Span:
    """The whole noun phrase of its head: determiners, roles and appositions stay; a relative clause after a comma goes."""
    doc: Doc = noun.doc
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    for child in noun.children:
        if child.i < noun.i:
            continue
        left = child.left_edge.i
        after_comma = left > 0 and doc[left - 1].text in (",", "-", "–", "—")
        clause = child.dep_ in ("relcl", "advcl", "parataxis", "ccomp") and (after_comma or child.dep_ != "relcl")
        if clause or (child.dep_ == "acl" and after_comma) or (not conjuncts and child.dep_ in ("cc", "conj")):
            end = min(end, left)
    for index in range(noun.i + 1, end - 1):
        if doc[index].text == "," and doc[index + 1].tag_ in ("WDT", "WP", "WP$", "WRB"):
            end = index
            break
    while end - 1 > noun.i and (doc[end - 1].text in _TRAILING or doc[end - 1].is_space):
        end -= 1
    while start < noun.i and doc[start].is_space:
        start += 1
    return doc[start:end]


def verb_group(verb: Token) -> Span:
    """The verb with its auxiliaries, negation and particle: "did not rule out"."""
    start, end = verb.i, verb.i + 1
    doc = verb.doc
    while start > 0 and doc[start - 1].head == verb and doc[start - 1].dep_ in ("aux", "auxpass", "neg"):
        start -= 1
    while end < len(doc) and doc[end].head == verb and doc[end].dep_ == "prt":
        end += 1
    return doc[start:end]


def is_negated(token: Token) -> bool:
    """Is there a "not", "never" or "no" on the token itself."""
    return any(child.dep_ == "neg" or child.lower_ in ("no", "never") for child in token.children)


def prose(doc: Doc) -> Iterator[Span]:
    """The sentences that a reader could read: not more than 500 tokens. Longer ones are lists, tables or attacks, and questions about a
    tree of any size cost its square."""
    return (sent for sent in doc.sents if len(sent) <= _LONGEST_SENTENCE)
