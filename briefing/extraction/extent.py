"""How far a phrase that is counted reaches: its post-modifiers stay, the clause that goes on after it does not.

Comes in: the head of the phrase and the end the parse gives it. Goes out: token ranges. Pure; reads the parse only. A parse that takes a
finite verb into the noun phrase ("people linked to the group remain in camps") is corrected by the tags of its words.
"""

from __future__ import annotations

from spacy.tokens import Token

__all__ = ["phrase_end", "with_complement"]

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_RELATIVE = frozenset({"who", "that", "which", "whom", "whose", "where"})
_ENDS = frozenset(
    {";", ":", "(", "–", "—", "-", "including", "while", "when", "after", "before", "because", "although", "as", "than", "among"}
)
_LOOSE = frozenset({"ADP", "DET", "CCONJ", "PUNCT", "AUX", "PART", "SCONJ", "ADV"})
_TIMES = frozenset({"DATE", "TIME"})
_LONGEST = 14
"""Words after its head that a counted phrase may have."""
_COMPLEMENT = 12
"""Words that the complement of a participle may have."""


def phrase_end(noun: Token, end: int) -> int:
    """Where the phrase of ``noun`` ends, not later than ``end``: before a finite verb outside a relative clause, an apposition, another
    number, or a time."""
    doc = noun.doc
    stop = min(end, noun.i + 1 + _LONGEST)
    relative = 0
    index = noun.i + 1
    while index < stop:
        token = doc[index]
        if token.lower_ in _RELATIVE and token.tag_ in ("WP", "WDT", "WP$", "WRB"):
            relative += 1
        elif token.tag_ in _FINITE and not _reduced(token):
            if relative == 0:
                stop = min(index, token.left_edge.i) if token.left_edge.i > noun.i else index
                break
            if doc[index - 1].pos_ not in ("AUX", "PART", "ADV", "CCONJ") and _verbs(noun, index) >= relative:
                stop = index
                break
        elif _ends_here(token, noun, relative):
            stop = index
            break
        index += 1
    return _tightened(noun, stop)


def _verbs(noun: Token, index: int) -> int:
    """Finite verbs between the noun and ``index``, an auxiliary and its verb counted once."""
    doc = noun.doc
    return sum(doc[i].tag_ in _FINITE and doc[i - 1].pos_ != "AUX" for i in range(noun.i + 1, index))


def _reduced(token: Token) -> bool:
    """A participle with the tag of a past tense: "people linked to the group"."""
    return token.tag_ == "VBD" and token.dep_ == "acl"


def _ends_here(token: Token, noun: Token, relative: int) -> bool:
    doc = noun.doc
    if token.text == ",":
        following = doc[token.i + 1] if token.i + 1 < len(doc) else token
        return following.dep_ != "conj" or following.head.i <= noun.i or following.like_num
    if token.lower_ in _ENDS:
        return token.text != "-" or token.whitespace_ != ""
    if token.like_num and (token.dep_ == "pobj" or doc[token.i - 1].lower_ == "with"):
        return True
    if relative or token.ent_type_ not in _TIMES:
        return False
    return token.dep_ != "compound" and token.head.i >= noun.i


def _tightened(noun: Token, stop: int) -> int:
    """Without what hangs in the air at the end: prepositions, articles, and a participle that lost its complement."""
    doc = noun.doc
    end = stop
    while end - 1 > noun.i and (doc[end - 1].pos_ in _LOOSE or doc[end - 1].is_space):
        end -= 1
    lost = doc[end].pos_ == "ADP" if end < stop else False
    if lost and end - 1 > noun.i and doc[end - 1].tag_ in ("VBN", "VBG"):
        end -= 1
    return end


def with_complement(participle: Token) -> tuple[int, int]:
    """The participle with the phrase that follows it: "driven from their homes". It ends before a comma, a number or a time."""
    doc, end = participle.doc, participle.i + 1
    for child in participle.rights:
        if child.left_edge.i != end or child.dep_ not in ("prep", "agent", "dobj"):
            break
        stop = min(child.right_edge.i + 1, participle.i + 1 + _COMPLEMENT)
        cut = next((token.i for token in doc[end:stop] if _breaks(token)), stop)
        if cut < stop and doc[cut].like_num and doc[cut].ent_type_ not in _TIMES:
            break
        end = cut
        if cut < child.right_edge.i + 1:
            break
    while end - 1 > participle.i and (doc[end - 1].pos_ in _LOOSE or doc[end - 1].is_space):
        end -= 1
    return participle.i, end


def _breaks(token: Token) -> bool:
    return token.like_num or (token.is_punct and bool(token.whitespace_)) or token.ent_type_ in _TIMES
