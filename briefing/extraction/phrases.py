"""Sources named in a phrase beside the clause: "according to the council", "in the words of one survivor", "per officials".

Comes in: a ``View``. Goes out: one ``Claim`` for each phrase.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from briefing.extraction.claims import Claim
from briefing.extraction.clauses import Range, View, minus
from briefing.extraction.cues import Entry
from briefing.extraction.lexicon import load
from briefing.extraction.sources import fits, source_phrase
from briefing.models import Stance

__all__ = ["phrase_claims"]

_LONGEST = 100
"""Tokens of a sentence of hearsay; longer ones are lists."""
_ACCORDING = Entry(Stance.ASSERTS, frozenset({"clause"}))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases of the lexicon by their first word."""
    by_first: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in load("grammar")["according"]:
        words = tuple(phrase.split())
        by_first[words[0]] = (*by_first.get(words[0], ()), words)
    return by_first


def phrase_claims(view: View) -> Iterator[Claim]:
    """All phrases of ``view`` that name a source, outside quotations, in text order."""
    import numpy
    from spacy.attrs import LOWER

    strings = view.doc.vocab.strings
    first = [strings.add(word) for word in (*_phrases(), *_hearsay())]
    for index in numpy.flatnonzero(numpy.isin(view.doc.to_array(LOWER), first)):
        start = int(index)
        if view.doc[start].lower_ in _hearsay():
            hearsay = _unnamed(view, view.doc[start]) if view.inside[start] < 0 else None
            if hearsay:
                yield hearsay
            continue
        end = _matched(view, start)
        found = _claim(view, start, end) if end and view.inside[start] < 0 else None
        if found:
            yield found


@lru_cache(maxsize=1)
def _hearsay() -> frozenset[str]:
    return frozenset(load("grammar")["hearsay"])


def _unnamed(view: View, adverb: Token) -> Claim | None:
    """A clause somebody, unnamed, says: "Two ships were reportedly hit"."""
    if adverb.head.pos_ not in ("VERB", "AUX"):
        return None
    start, end = view.sentence(adverb.i)
    if end - start > _LONGEST:
        return None
    content = _content(view, adverb, (adverb.i, adverb.i + 1))
    return Claim((adverb.i, adverb.i + 1), adverb, _ACCORDING, content) if content else None


def _matched(view: View, start: int) -> int:
    """The end of the phrase that starts here, or 0."""
    for words in _phrases()[view.doc[start].lower_]:
        end = start + len(words)
        if end < len(view.doc) and all(token.lower_ == word for token, word in zip(view.doc[start:end], words, strict=True)):
            return end
    return 0


def _claim(view: View, start: int, end: int) -> Claim | None:
    doc = view.doc
    if end - start == 1 and not _after_comma_or_first(view, start):
        return None
    noun = next((child for child in doc[end - 1].children if child.dep_ == "pobj"), None)
    if noun is None or (end - start == 1 and not fits(noun, "speaker")):
        return None
    source = source_phrase(noun)
    if source[0] < end:
        return None
    content = _content(view, doc[start], (start, _relative_end(view, noun, source[1])))
    return Claim((start, end), doc[start], _ACCORDING, content, noun, source, direct=True) if content else None


def _relative_end(view: View, noun: Token, end: int) -> int:
    """The end of a source with its relative clause: "according to the council, which owns the dam"."""
    if end + 1 < len(view.doc) and view.doc[end].text == "," and view.doc[end + 1].tag_ in ("WP", "WDT"):
        return max(end, view.subtree(noun)[1])
    return end


def _after_comma_or_first(view: View, start: int) -> bool:
    return start == view.sentence(start)[0] or view.doc[start - 1].text == ","


def _content(view: View, first: Token, phrase: Range) -> tuple[Range, ...]:
    """The clause the phrase stands in, without the phrase; the whole sentence when the phrase hangs on its main verb or on no verb."""
    sentence = view.sentence(first.i)
    head = first.head
    while head.head != head and (head.pos_ not in ("VERB", "AUX") or (head.dep_ == "conj" and first.i > head.i)):
        head = head.head
    clause = view.subtree(head) if head.pos_ in ("VERB", "AUX") and head.dep_ in ("ccomp", "conj", "advcl", "relcl") else sentence
    pieces = [piece for piece in minus(clause, [phrase]) if view.has_words(piece)]
    if not pieces:
        pieces = [piece for piece in minus(sentence, [phrase]) if view.has_words(piece)]
    return tuple(view.widened(piece, [phrase]) for piece in pieces)
