"""What a number counts: the noun it stands with, and the whole noun phrase without the number.

Comes in: a parsed ``Doc`` and the token of the numeral. Goes out: tokens and character ranges. Pure; reads the parse only.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from briefing.extraction.extent import phrase_end, with_complement
from briefing.extraction.syntax import noun_phrase

__all__ = ["Counting", "counted_range", "head_noun", "measured_noun", "partitive", "said_of", "tally_of"]

_INSIDE = frozenset({"nummod", "amod", "quantmod", "compound", "det", "nmod", "advmod", "poss", "npadvmod"})
_STANDS_ALONE = frozenset({"more", "others", "other", "them", "whom", "those", "these", "which", "us", "you", "it"})
_CLAUSE = frozenset({"VERB", "AUX"})
_RUN = frozenset({"ADJ", "NOUN", "PROPN"})
_AMOUNTS = frozenset(
    {
        "be",
        "rise",
        "fall",
        "total",
        "number",
        "reach",
        "hit",
        "stand",
        "grow",
        "increase",
        "drop",
        "climb",
        "jump",
        "decline",
        "remain",
        "exceed",
    }
)
"""Verbs that say how many their subject are."""
_LOOK = 8
"""How many words a noun phrase may have before its head, when the parse does not say."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A number in the parse: the numeral's token, the indices of the first and last token of the expression, the noun counted."""

    number: Token
    first: int
    last: int
    noun: Token | None

    @property
    def root(self) -> Token:
        """The token of the expression by which it hangs in the sentence: "%" in "49 %", "between" in "between 3 and 5"."""
        token = self.number
        while token.head.i != token.i and self.first <= token.head.i <= self.last:
            token = token.head
        return token

    @property
    def outer(self) -> Token:
        """What the clause governs: the noun, or the number itself in "dozens of fighters"."""
        if self.noun is None or (self.last + 1 < self.noun.i and self.noun.doc[self.last + 1].lower_ == "of"):
            return self.root
        return self.noun


def head_noun(number: Token, last: int) -> Token | None:
    """The noun that ``number`` counts; ``last`` is the index of the last token of the expression.

    "nine armed men" → men, "dozens of fighters" → fighters, "killed 13" → None.
    """
    inner = partitive(number, last)
    if inner is not None:
        return inner if inner.pos_ in ("NOUN", "PROPN") else None
    token = number
    while token.dep_ in _INSIDE and token.head.i > last:
        token = token.head
    if token.i > last and token.pos_ in ("NOUN", "PROPN", "ADJ", "SYM"):
        return None if token.lower_ == "more" else token
    return _following(number.doc, last)


def partitive(number: Token, last: int) -> Token | None:
    """The noun after "of": "hundreds of refugees", "three of its members"; None when no "of" follows directly."""
    doc = number.doc
    if last + 1 >= len(doc) or doc[last + 1].lower_ != "of":
        return None
    return next((child for child in doc[last + 1].children if child.dep_ in ("pobj", "pcomp")), None)


def _following(doc: Doc, last: int) -> Token | None:
    """The last noun of the run of adjectives and nouns that follows directly, where the parse tied the number elsewhere."""
    found = None
    for token in doc[last + 1 : last + 1 + _LOOK]:
        qualifies = token.pos_ == "ADJ" or (token.dep_ == "amod" and token.tag_ in ("VBN", "VBG"))
        if token.is_sent_start or not (qualifies or token.pos_ in _RUN) or token.lower_ in ("dead", "more"):
            break
        if not qualifies or token.lower_ == "others":
            found = token
    return found


def counted_range(noun: Token, last: int) -> tuple[int, int] | None:
    """Token range of the phrase counted, after the number: "fighters held in two camps". None for a pronoun."""
    if noun.lower_ in _STANDS_ALONE - {"others"}:
        return None
    phrase = noun_phrase(noun, conjuncts=False)
    start = max(phrase.start, last + 1)
    doc = noun.doc
    while start < noun.i and (doc[start].is_punct or doc[start].lower_ in ("of", "more", "-")):
        start += 1
    end = max(phrase.end, noun.i + 1)
    if end == noun.i + 1 and end < len(doc) and doc[end].tag_ == "VBN" and not doc[end].is_sent_start:
        end = with_complement(doc[end])[1]
    end = phrase_end(noun, end)
    return (start, end) if start < end else None


def measured_noun(number: Token, last: int) -> Token | None:
    """The noun measured in a unit: "46% of voters" → voters, "a $2bn deal" → deal, "500kg of explosives" → explosives."""
    inner = partitive(number, last)
    if inner is not None:
        return inner
    token = number
    while token.dep_ in ("nummod", "amod", "compound", "nmod", "quantmod", "predet", "det", "poss") and token.head.i > token.i:
        token = token.head
    return token if token.i > last and token.pos_ in ("NOUN", "PROPN") and token.ent_type_ not in ("DATE", "TIME") else None


def said_of(counting: Counting) -> tuple[int, int] | None:
    """Token range of what is said of a number that stands alone: "8,000 are foreigners" → foreigners, "12 driven from their homes" → driven
    from their homes, "the death toll rose to 70" → the death toll. A participle alone repeats the measure: "killed 12" → None."""
    root, doc = counting.root, counting.number.doc
    governor = root.head
    if root.dep_ in ("nsubj", "nsubjpass"):
        attribute = next((child for child in governor.children if child.dep_ == "attr" and child.pos_ in ("NOUN", "PROPN")), None)
        if attribute is not None:
            return noun_phrase(attribute).start, phrase_end(attribute, noun_phrase(attribute).end)
    owner = tally_of(root) if counting.first == 0 or doc[counting.first - 1].pos_ not in ("DET", "PRON") else None
    if owner is not None:
        phrase = noun_phrase(owner)
        end = min(phrase.end, counting.number.i) if phrase.start < counting.number.i else phrase.end
        while end - 1 > owner.i and (doc[end - 1].pos_ == "ADP" or doc[end - 1].like_num or doc[end - 1].is_punct):
            end -= 1
        return (phrase.start, end) if owner.i < end else (owner.i, owner.i + 1)
    after = counting.last + 1
    if after < len(doc) and not doc[after].is_sent_start:
        if doc[after].tag_ == "JJ" or doc[after].lower_ == "dead":
            return with_complement(doc[after])
        if doc[after].tag_ in ("VBN", "VBG"):
            return _more_than_a_word(with_complement(doc[after]))
    if root.dep_ == "nsubjpass" and governor.tag_ == "VBN":
        return _more_than_a_word(with_complement(governor))
    return None


def _more_than_a_word(found: tuple[int, int]) -> tuple[int, int] | None:
    return found if found[1] - found[0] > 1 else None


def tally_of(root: Token) -> Token | None:
    """The noun whose amount a lone number states: "a toll of 12", "the rating was 42%", "raised the number of troops to 500"."""
    governor = root if root.pos_ == "ADP" else root.head
    if governor.pos_ == "ADP":
        owner = governor.head
        if owner.pos_ == "NOUN":
            return owner
        if owner.pos_ in _CLAUSE and governor.lower_ in ("to", "at", "past", "above", "below", "between", "from"):
            kinds = ("dobj", "nsubj", "nsubjpass")
            return next((child for kind in kinds for child in owner.children if child.dep_ == kind and child.pos_ == "NOUN"), None)
    if root.dep_ in ("attr", "acomp", "npadvmod", "advmod") and governor.pos_ in _CLAUSE and governor.lemma_ in _AMOUNTS:
        return next((child for child in governor.children if child.dep_ in ("nsubj", "nsubjpass") and child.pos_ == "NOUN"), None)
    return None
