"""Who gives a figure where no statement is found: "police put the crowd at 5,000", "the survey gave him 49 %", and the source that ends a
sentence without a comma ("Six boats sank the coast guard said").

Comes in: a parsed ``Doc``. Goes out: stretches of characters, each with the range of who gives the figures in it. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from briefing.extraction.syntax import noun_phrase, prose, subject

__all__ = ["Given", "givers"]

_TALLYING = frozenset({"put", "estimate", "count", "tally", "speak", "document"})
"""Verbs by which somebody states a number."""
_PAPERS = frozenset(
    {"poll", "survey", "study", "report", "census", "figure", "figures", "data", "statistic", "statistics", "tally", "estimate", "count"}
)
"""Papers that state numbers."""
_POLLS = frozenset({"poll", "survey", "census"})
_STATING = frozenset({"show", "say", "put", "give", "suggest", "indicate", "find", "reveal", "list", "estimate", "record"})
_NUMERIC = frozenset({"figure", "figures", "data", "statistic", "statistics", "tally", "estimate", "count"})
"""Papers that are numbers themselves, so that "are" states them."""
_CUES = frozenset({"said", "says", "reported", "announced", "added", "confirmed", "claimed", "stated", "estimated", "told"})
_ASIDES = _CUES - {"told"} | {"estimates", "reports", "claims"}
_NAMING = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_TAIL = frozenset({"in", "on", "to", "via", "through", "late", "early", "yesterday", "today", "earlier"})
_TIMES = frozenset({"DATE", "TIME"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_LONGEST_NAME, _LONGEST_TAIL, _SHORTEST = 9, 10, 3


@dataclass(frozen=True, slots=True)
class Given:
    """``[start, end)`` holds what is said, ``source`` is the range of who says it; all in characters."""

    start: int
    end: int
    source: tuple[int, int]


def givers(doc: Doc) -> Iterator[Given]:
    """The stretches of ``doc`` whose figures somebody gives, sentence by sentence."""
    for sent in prose(doc):
        for token in sent:
            if token.pos_ in ("VERB", "AUX") and (given := _stated(token)) is not None:
                yield given
        closing = _closing(sent)
        if closing is not None:
            yield closing


def _stated(verb: Token) -> Given | None:
    """What a tallying verb, or a verb whose subject is a survey or statistics, has after it."""
    if verb.lemma_ not in _TALLYING and verb.lemma_ not in _STATING and verb.lemma_ != "be":
        return None
    noun = subject(verb)
    if noun is None or noun.pos_ not in ("NOUN", "PROPN") or noun.i >= verb.i:
        return None
    name = _named(noun_phrase(noun), verb)
    if not name or not _is_giving(noun, name[-1], verb):
        return None
    last = verb.right_edge
    if verb.lemma_ == "be":
        last = next((token for token in verb.doc[verb.i : last.i] if token.text in (",", ";") or token.lower_ == "than"), last)
    return Given(verb.idx, last.idx + len(last.text), (name[0].idx, name[-1].idx + len(name[-1].text)))


def _is_giving(noun: Token, last: Token, verb: Token) -> bool:
    paper = noun.lemma_.lower() in _PAPERS or noun.lower_ in _PAPERS or last.lower_ in _POLLS
    if paper and verb.lemma_ == "be":
        return noun.lower_ in _NUMERIC or noun.lemma_.lower() in _NUMERIC
    if paper and verb.lemma_ in _STATING:
        return True
    own = any(child.dep_ == "nsubj" for child in verb.children) or verb.dep_ in ("conj", "acl")
    if verb.lemma_ not in _TALLYING or not own or any(child.dep_ == "nsubjpass" for child in verb.children):
        return False
    doc = verb.doc
    if verb.lemma_ == "put":
        return any(
            doc[i].lower_ == "at" and any(token.like_num for token in doc[i + 1 : i + 6]) for i in range(verb.i + 1, verb.right_edge.i)
        )
    return verb.lemma_ != "speak" or any(child.lower_ == "of" for child in verb.children)


def _named(phrase: Span, verb: Token) -> Span:
    """Who speaks, without a time at the end and never past the verb; may be empty."""
    end = min(phrase.end, verb.i)
    while end > phrase.start and (phrase.doc[end - 1].ent_type_ in _TIMES or phrase.doc[end - 1].is_punct or phrase.doc[end - 1].is_space):
        end -= 1
    return phrase.doc[phrase.start : max(end, phrase.start)]


def _closing(sent: Span) -> Given | None:
    """The source and verb that close a sentence, or stand between commas in it."""
    doc = sent.doc
    for index in range(sent.end - 1, sent.start + _SHORTEST, -1):
        cue = doc[index]
        aside = cue.lower_ in _ASIDES and index + 1 < sent.end and doc[index + 1].text == ","
        if cue.lower_ in _CUES and _closes(cue, sent):
            aside = False
        elif not aside:
            continue
        first = _first_of_name(cue, sent, aside=aside)
        if first is None or first - sent.start < _SHORTEST:
            continue
        before, last = doc[first - 1], doc[index - 1]
        return Given(doc[sent.start].idx, before.idx + len(before.text), (doc[first].idx, last.idx + len(last.text)))
    return None


def _closes(cue: Token, sent: Span) -> bool:
    """Has the sentence nothing more after the verb than where and when it was said?"""
    tail = [token for token in sent.doc[cue.i + 1 : sent.end] if not token.is_punct and not token.is_space]
    if cue.lower_ == "told":
        return 0 < len(tail) <= 3 and tail[0].pos_ in ("PROPN", "NOUN")
    if not tail:
        return True
    opens = tail[0].lower_ in _TAIL or tail[0].ent_type_ in _TIMES
    return opens and len(tail) <= _LONGEST_TAIL and not any(token.tag_ in _FINITE and token.dep_ != "acl" for token in tail)


def _first_of_name(cue: Token, sent: Span, *, aside: bool) -> int | None:
    """Where the name right before the verb begins: at its article, or after a comma or a time; None when that cannot be told."""
    doc = cue.doc
    if cue.i == sent.start or doc[cue.i - 1].pos_ not in ("NOUN", "PROPN"):
        return None
    for index in range(cue.i - 1, max(sent.start, cue.i - 1 - _LONGEST_NAME), -1):
        token = doc[index]
        if token.text == "," or token.ent_type_ in _TIMES:
            return index + 1 if index + 1 < cue.i and (token.text == "," or not aside) else None
        if token.pos_ == "DET":
            return index if _may_end(doc[index - 1]) and (not aside or doc[index - 1].text == ",") else None
        if token.pos_ not in _NAMING and token.lower_ not in ("of", "for", "and"):
            return None
    return None


def _may_end(token: Token) -> bool:
    """Can what was said end with ``token``?"""
    return token.pos_ in ("NOUN", "PROPN", "NUM", "PUNCT", "ADV") or token.ent_type_ in _TIMES
