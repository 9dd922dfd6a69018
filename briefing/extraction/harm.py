"""Does a word or a clause speak of harm.

Comes in: a token. Goes out: yes or no, by the harm words of ``lexicons/risks.yaml`` and the violent nouns of ``lexicons/events.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from spacy.tokens import Token

from briefing.extraction.lexicon import load
from briefing.extraction.triggers import lexicon
from briefing.models import EventType

__all__ = ["Words", "below", "harmful", "words"]

_PEACEFUL = frozenset(
    {EventType.AGREEMENT, EventType.JUDICIAL, EventType.DEPLOYMENT, EventType.PROTEST, EventType.SANCTION, EventType.OTHER}
)
_DOWN = frozenset(
    {"dobj", "attr", "acomp", "xcomp", "ccomp", "prep", "pobj", "pcomp", "oprd", "conj", "agent", "acl", "dative", "nsubjpass"}
)
_DEEP = 4


class Words(Mapping[str, frozenset[str]]):
    """Classes of ``risks.yaml``; ``by_first`` are the wordings that count as they stand, by first word."""

    def __init__(self) -> None:
        shipped = load("risks")
        self._classes = {name: frozenset(entries) for name, entries in shipped.items()}
        violent = {word for word, kind in lexicon().nouns.items() if kind.type not in _PEACEFUL}
        self._classes["harm_nouns"] |= violent
        # Two words that are harm together: "prison break".
        self.pairs = frozenset(
            f"{first} {rest[0]}"
            for first, known in lexicon().phrases.items()
            for rest, kind in known
            if len(rest) == 1 and kind is not None and kind.type not in _PEACEFUL
        )
        self.by_first: dict[str, tuple[tuple[str, ...], ...]] = {}
        for phrase in (*shipped["at_risk"], *shipped["stage_phrases"]):
            parts = tuple(phrase.split())
            self.by_first[parts[0]] = (*self.by_first.get(parts[0], ()), parts)

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._classes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._classes)

    def __len__(self) -> int:
        return len(self._classes)


@lru_cache(maxsize=1)
def words() -> Words:
    """The shipped lists, read once."""
    return Words()


def harmful(token: Token) -> bool:
    """Is the word itself one of harm."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX"):
        return lemma in words()["harm_verbs"]
    if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return False
    return lemma in words()["harm_nouns"] or (token.i > 0 and f"{token.nbor(-1).lemma_.lower()} {lemma}" in words().pairs)


def below(token: Token) -> bool:
    """Is the word, or what it brings about or consists of, harm: "attack", "lead to war", "a wave of violence". Verbs that are neither harm
    nor light ("investigate attacks", "stop the war") end the search."""
    return _below(token, _DEEP)


def _below(token: Token, depth: int) -> bool:
    if harmful(token):
        return not any(child.dep_ == "neg" for child in token.children)
    if depth == 0:
        return False
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX") and lemma not in words()["light_verbs"] and lemma not in words()["plan_verbs"]:
        return False
    return any(_below(child, depth - 1) for child in token.children if child.dep_ in _DOWN)
