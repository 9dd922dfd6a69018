"""What a number counts: the noun it stands with, and the whole noun phrase without the number.

Comes in: a parsed ``Doc`` and the token of the numeral. Goes out: tokens and character ranges. Pure; reads the parse only.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from briefing.extraction.syntax import noun_phrase

__all__ = ["counted_range", "head_noun", "partitive"]

_INSIDE = frozenset({"nummod", "amod", "quantmod", "compound", "det", "nmod", "advmod", "poss", "npadvmod"})
_STANDS_ALONE = frozenset({"more", "others", "other", "them", "whom", "those", "these", "which", "us", "you", "it"})
_RUN = frozenset({"ADJ", "NOUN", "PROPN"})
_LOOK = 8
"""How many words a noun phrase may have before its head, when the parse does not say."""


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
        if token.is_sent_start or token.pos_ not in _RUN or token.lower_ in ("dead", "more"):
            break
        if token.pos_ != "ADJ" or token.lower_ == "others":
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
    return (start, end) if start < end else None
