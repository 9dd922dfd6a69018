"""Finds the words that name a security event.

Comes in: a parse. Goes out: ``Trigger`` mentions with their class, in text order, none inside another. The words are
``lexicons/events.yaml``: verbs and nouns by lemma, phrases by lemmas in order with articles, numbers and adjectives allowed between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Token

from briefing.errors import ConfigurationError
from briefing.extraction.lexicon import Record, records
from briefing.extraction.syntax import prose
from briefing.models import EventType

__all__ = ["EventClass", "Lexicon", "Trigger", "classes", "find", "lexicon"]

# Words that may stand inside a phrase: "took over 250 hostages", "broker a fragile deal".
_INSIDE = frozenset({"DET", "NUM", "ADJ", "PRON"})
_MOST_INSIDE = 3
# With an object these say something else: "demonstrated their skill", "rallied support".
_BARE = frozenset({"demonstrate", "march", "rally", "protest"})
# A trigger noun before one of these still names the event: "bombing campaign".
_CARRIERS = frozenset({"attempt", "campaign", "operation", "wave", "series", "plot", "plan", "threat", "bid", "spree"})


@dataclass(frozen=True, slots=True)
class EventClass:
    """A class of triggers: its type, and its names in ACLED (sub-event) and PLOVER (event type)."""

    name: str
    type: EventType
    acled: str
    plover: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A mention: token range, end exclusive, and the token that carries the syntax."""

    kind: EventClass
    start: int
    end: int
    head: Token

    @property
    def is_verb(self) -> bool:
        return self.head.pos_ in ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Lexicon:
    verbs: dict[str, EventClass] = field(default_factory=dict)
    nouns: dict[str, EventClass] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], EventClass | None]]] = field(default_factory=dict)
    """By first word, longest first; without a class the words are no event ("heart attack")."""


@lru_cache(maxsize=1)
def classes() -> tuple[EventClass, ...]:
    """All classes with their ACLED and PLOVER columns, in file order."""
    return tuple(kind for _, kind in _entries())


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped word lists. ConfigurationError names file and line of a wrong entry."""
    words = Lexicon()
    for entry, kind in _entries():
        for lemma in entry.words("verbs"):
            words.verbs.setdefault(lemma, kind)
        for lemma in entry.words("nouns"):
            words.nouns.setdefault(lemma, kind)
        _add_phrases(words, entry, kind)
    for entry in records("events").get("none", ()):
        _add_phrases(words, entry, None)
    for known in words.phrases.values():
        known.sort(key=lambda item: -len(item[0]))
    return words


def _entries() -> Iterator[tuple[Record, EventClass]]:
    for name, entries in records("events").items():
        if name == "none":
            continue
        for entry in entries:
            if name not in list(EventType):
                raise ConfigurationError(f"{entry.where}: `{name}` is no type of event; known are {', '.join(EventType)}")
            entry.allow("name", "acled", "plover", "verbs", "nouns", "phrases")
            yield entry, EventClass(entry.text("name"), EventType(name), entry.text("acled"), entry.text("plover"))


def _add_phrases(words: Lexicon, entry: Record, kind: EventClass | None) -> None:
    for phrase in entry.words("phrases"):
        first, *rest = phrase.split()
        words.phrases.setdefault(first, []).append((tuple(rest), kind))


def find(doc: Doc) -> list[Trigger]:
    """Every trigger of the text."""
    words = lexicon()
    lemmas = [token.lemma_.lower() for token in doc]
    return [trigger for sent in prose(doc) for trigger in _in_sentence(doc, lemmas, sent.start, sent.end, words)]


def _in_sentence(doc: Doc, lemmas: list[str], at: int, stop: int, words: Lexicon) -> Iterator[Trigger]:
    while at < stop:
        lemma = lemmas[at]
        end = at + 1
        if lemma in words.phrases and (match := _phrase(doc, lemmas, at, words.phrases[lemma])):
            kind, end = match
            if kind is not None:
                yield Trigger(kind, at, end, _head(doc, at, end))
        elif (lemma in words.verbs or lemma in words.nouns) and (single := _single(doc[at], lemma, words)):
            yield Trigger(single, _noun_start(doc, at), end, doc[at])
        at = end


def _phrase(
    doc: Doc, lemmas: list[str], at: int, known: list[tuple[tuple[str, ...], EventClass | None]]
) -> tuple[EventClass | None, int] | None:
    for rest, kind in known:
        end, skipped = at + 1, 0
        for word in rest:
            while end < len(lemmas) and lemmas[end] != word and skipped < _MOST_INSIDE and doc[end].pos_ in _INSIDE:
                end, skipped = end + 1, skipped + 1
            if end >= len(lemmas) or lemmas[end] != word:
                break
            end += 1
        else:
            return kind, end
    return None


def _head(doc: Doc, start: int, end: int) -> Token:
    """The token of the range on which the others depend."""
    return doc[start:end].root


def _single(token: Token, lemma: str, words: Lexicon) -> EventClass | None:
    if token.ent_type_ == "DATE":  # The month of March.
        return None
    if token.pos_ == "VERB":
        if lemma in _BARE and any(child.dep_ in ("dobj", "ccomp") for child in token.children):
            return None
        return words.verbs.get(lemma) if token.dep_ not in ("amod", "compound") else None
    if token.pos_ not in ("NOUN", "PROPN") or lemma not in words.nouns:
        return None
    if token.dep_ == "compound" and token.head.lemma_.lower() not in _CARRIERS:
        return None
    return words.nouns[lemma]


def _noun_start(doc: Doc, at: int) -> int:
    """The noun with the nouns that say what kind it is: "mass prison break"."""
    start = at
    while (
        doc[at].pos_ == "NOUN"
        and start > 0
        and doc[start - 1].dep_ == "compound"
        and doc[start - 1].pos_ == "NOUN"
        and doc[start - 1].head.i <= at
    ):
        start -= 1
    return start
