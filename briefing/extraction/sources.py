"""Who speaks, in the syntax of a sentence. Comes in: a reporting verb or noun. Goes out: the noun that is its source, and its phrase."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from briefing.extraction.cues import entries
from briefing.extraction.lexicon import load
from briefing.extraction.syntax import agent, noun_phrase

__all__ = ["fits", "is_nobody", "is_quantity", "is_self", "noun_source", "source_phrase", "verb_source"]

_NOMINAL = ("NOUN", "PROPN", "PRON")
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"})
_DEEPEST = 6


@lru_cache(maxsize=1)
def _speakers() -> dict[str, frozenset[str]]:
    roles = load("roles")
    documents = frozenset(roles["document"])
    people = frozenset(role.split()[-1] for role in roles["roles"]) | frozenset(roles["people"]) | frozenset(roles["group"])
    return {"document": documents, "speaker": documents | people}


@lru_cache(maxsize=1)
def _carriers() -> frozenset[str]:
    return frozenset(load("grammar")["carriers"])


@lru_cache(maxsize=1)
def _self() -> frozenset[str]:
    return frozenset(load("grammar")["self"])


def is_self(noun: Token) -> bool:
    """Is it the reader or the narrator ("we", "you"); "US" is neither."""
    return noun.lower_ in _self() and not (noun.is_upper and len(noun) > 1)


def fits(noun: Token, only: str) -> bool:
    """May ``noun`` be the source of a word restricted to ``only``. Names and personal pronouns are speakers; the narrator is none."""
    if not only:
        return True
    if only == "document":
        return noun.lemma_.lower() in _speakers()["document"]
    if is_self(noun):
        return False
    return (
        noun.ent_type_ in _NAMED
        or noun.lower_ in ("percent", "%")
        or noun.pos_ in ("PROPN", "PRON")
        or noun.lemma_.lower() in _speakers()["speaker"]
    )


def is_nobody(noun: Token) -> bool:
    """Did none of those named say it: "no group has claimed the attack", "neither side said"."""
    if noun.lower_ in ("nobody", "none", "neither"):
        return True
    return any(child.lower_ in ("no", "neither") and child.i < noun.i for child in noun.children)


def is_quantity(noun: Token) -> bool:
    """Is it a time, an amount or a number of things ("18,000 doses"), which say nothing; "42% of respondents" and "300 workers" do."""
    if noun.ent_type_ in ("DATE", "TIME"):
        return True
    if any(child.lower_ == "of" for child in noun.children) or fits(noun, "speaker"):
        return False
    if noun.ent_type_ == "PERCENT" or noun.lower_ in ("percent", "%"):
        return False
    if noun.ent_type_ in ("MONEY", "QUANTITY") or noun.text[:1].isdigit():
        return True
    return any(child.dep_ == "nummod" and child.text[:1].isdigit() and len(child.text) > 2 for child in noun.children)


def verb_source(verb: Token, depth: int = 0) -> Token | None:
    """The noun that says what ``verb`` reports, through relative, participle and coordinated clauses.

    "Weir, who said …" → Weir; "She shrugged, adding …" → She; "He went on to say …" → He; "was quoted as saying" → the one quoted.
    None when nobody is named, or when the verb stands under one that takes the speech back ("refused to say").
    """
    headline = _inverted(verb)
    if headline is not None and verb.tag_ in ("VB", "VBP", "VBZ"):
        return headline
    subject, passive = None, None
    wished = verb.dep_ != "ROOT" and any(child.tag_ == "TO" for child in verb.children)
    for child in verb.children:
        if child.dep_ in ("nsubj", "csubj"):
            if wished:  # "wanted voters to think that …"
                return None
            if subject is None or child.i < verb.i or child.left_edge.i == verb.i + 1:
                subject = child  # of two, the later one: the first is a word of what was said
        if child.dep_ == "nsubjpass":
            passive = child
    if subject is not None:
        return _antecedent(subject, verb)
    if passive is not None:
        return agent(verb)
    if headline is not None:
        return headline
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl") and not any(child.dep_ == "aux" for child in verb.children):
        return agent(verb)
    return _inherited(verb, depth) if depth < _DEEPEST else None


def _antecedent(noun: Token, verb: Token) -> Token | None:
    if noun.tag_ in ("WP", "WDT"):
        return verb.head if verb.dep_ == "relcl" and verb.head.pos_ in _NOMINAL else None
    if noun.lower_ in ("that", "what", "there"):
        return None
    return noun


def _inverted(verb: Token) -> Token | None:
    """The subject the parser took for an object: "…, warn officials"."""
    if verb.i == 0 or verb.nbor(-1).text[-1:] not in (",", "”", '"', "'", "’") or verb.tag_ == "VBG":
        return None
    last = next((child for child in verb.children if child.dep_ in ("dobj", "dative", "attr", "oprd") and child.i > verb.i), None)
    if last is None or last.left_edge.i != verb.i + 1 or not fits(last, "speaker"):
        return None
    return last


def _inherited(verb: Token, depth: int) -> Token | None:
    """The subject of the verb above, or the noun a participle hangs on."""
    head = verb.head
    if verb.dep_ == "acl":
        return head if verb.tag_ == "VBG" and head.pos_ in _NOMINAL else None
    if verb.dep_ == "pcomp":
        link, head = head, head.head
        if link.lower_ == "as" and head.pos_ == "VERB" and not any(child.dep_ == "nsubjpass" for child in head.children):
            return next((child for child in head.children if child.dep_ == "dobj"), None)  # "quoted an officer as saying"
    if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp") or head.pos_ not in ("VERB", "AUX") or head == verb:
        return head if verb.dep_ == "pcomp" and head.pos_ in _NOMINAL else None
    infinitive = verb.dep_ != "conj" and any(child.tag_ == "TO" for child in verb.children)
    if infinitive and head.lemma_ not in _carriers():
        return None
    if verb.dep_ == "conj" and verb.tag_ == "VBD" and head.dep_ == "ccomp" and _reports(head.head) and not _reports(head):
        return verb_source(head.head, depth + 1)  # "said the road was closed and warned drivers": the same speaker
    passive = next((child for child in head.children if child.dep_ == "nsubjpass"), None)
    if passive is not None:
        return _antecedent(passive, head)
    return verb_source(head, depth + 1)


def _reports(verb: Token) -> bool:
    return any("clause" in entry.takes for entry in entries()["verbs"].get(verb.lemma_, ()))


def noun_source(noun: Token) -> Token | None:
    """Who owns a reporting noun: "his warning", "a warning by officials", "the council's appeal"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            return next((held for held in child.children if held.dep_ == "pobj"), None)
    return None


def source_phrase(noun: Token) -> tuple[int, int]:
    """Token range of the whole phrase, without a possessive ending and without a relative clause after a comma."""
    span = noun_phrase(noun)
    end = span.end
    while end - 1 > noun.i and noun.doc[end - 1].tag_ == "POS":
        end -= 1
    return span.start, end
