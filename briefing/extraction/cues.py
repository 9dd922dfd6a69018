"""Words that report speech. Comes in: a parsed text. Goes out: the tokens that may be cues, each with what the lexicon says of it.

The lexicon is ``lexicons/reporting.yaml``. Cues are found by comparing lemma numbers for the whole text at once, so a text without
reporting words costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from briefing.errors import ConfigurationError
from briefing.extraction.lexicon import Record, records
from briefing.extraction.syntax import prose
from briefing.models import Stance

__all__ = ["Cue", "Entry", "cues", "entries"]

TAKES = frozenset(
    {"clause", "quotation", "infinitive", "order", "command", "object", "naming", "about", "against", "at", "for", "of", "on", "over"}
    | {f"object {preposition}" for preposition in ("as", "of", "for", "on", "at", "to", "with")}
)
SOURCES = ("document", "speaker")


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a reporting word. ``only`` restricts who may be the source, see ``reporting.yaml``."""

    stance: Stance
    takes: frozenset[str]
    only: str = ""
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A token of the text that may report speech, with its particle, if any ("point" + "out")."""

    token: Token
    entries: tuple[Entry, ...]
    particle: Token | None = None

    @property
    def end(self) -> int:
        """The token index behind the word and its particle."""
        return (self.particle or self.token).i + 1


@lru_cache(maxsize=1)
def entries() -> dict[str, dict[str, tuple[Entry, ...]]]:
    """``verbs`` and ``nouns``: base form → its readings, in file order. ConfigurationError names the line of a wrong entry."""
    lists: dict[str, dict[str, tuple[Entry, ...]]] = {"verbs": {}, "nouns": {}}
    for kind, found in records("reporting").items():
        if kind not in lists:
            raise ConfigurationError(f"reporting.yaml: unknown class `{kind}`; known are {', '.join(lists)}")
        for record in found:
            entry = _entry(record)
            for word in record.words("words"):
                lists[kind][word] = (*lists[kind].get(word, ()), entry)
    return lists


def _entry(record: Record) -> Entry:
    record.allow("stance", "takes", "words", "only", "polarity")
    only, takes = record.text("only", ""), record.words("takes")
    try:
        stance = Stance(record.text("stance"))
    except ValueError as error:
        raise ConfigurationError(f"{record.where}: no stance `{record.text('stance')}`; known are {', '.join(Stance)}") from error
    for name in takes:
        if name not in TAKES:
            raise ConfigurationError(f"{record.where}: unknown `takes: {name}`; known are {', '.join(sorted(TAKES))}")
    if only and only not in SOURCES:
        raise ConfigurationError(f"{record.where}: unknown `only: {only}`; known are {', '.join(SOURCES)}")
    return Entry(stance, frozenset(takes), only, record.text("polarity", "positive") == "negative")


def cues(doc: Doc) -> Iterator[Cue]:
    """Every verb and noun of the lexicon in the prose of ``doc``, in text order."""
    import numpy
    from spacy.attrs import LEMMA

    numbers = _numbers(doc)
    found = numpy.flatnonzero(numpy.isin(doc.to_array(LEMMA), numbers))
    for sentence in prose(doc) if len(found) else ():
        for index in found[numpy.searchsorted(found, sentence.start) : numpy.searchsorted(found, sentence.end)]:
            cue = _cue(doc[int(index)])
            if cue:
                yield cue


def _numbers(doc: Doc) -> list[int]:
    strings = doc.vocab.strings
    return [strings.add(word) for word in _first_words()]


@lru_cache(maxsize=1)
def _first_words() -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.split()[0] for words in entries().values() for word in words))


def _cue(token: Token) -> Cue | None:
    if token.pos_ == "NOUN":
        known = entries()["nouns"].get(token.lemma_)
        return Cue(token, known) if known else None
    if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass", "amod", "compound"):
        return None
    verbs = entries()["verbs"]
    if token.i + 1 < len(token.doc):
        particle = token.nbor()
        with_particle = verbs.get(f"{token.lemma_} {particle.lower_}")
        if with_particle and particle.head == token:
            return Cue(token, with_particle + verbs.get(token.lemma_, ()), particle)
    known = verbs.get(token.lemma_)
    return Cue(token, known) if known else None
