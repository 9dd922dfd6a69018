"""Finds the wordings that raise a possible harm: plans, threats, warnings, fears, expectations, vulnerabilities.

Comes in: a parse. Goes out: ``Hedge`` objects, the wording with the word that names the harm. The words are ``lexicons/risks.yaml``;
most count only when what they speak of is harm ("could destroy" but not "could meet").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from briefing.extraction import hedge_nouns, hedge_verbs
from briefing.extraction.harm import words
from briefing.extraction.hedge import Hedge
from briefing.extraction.syntax import prose
from briefing.models import RiskKind

__all__ = ["find"]

Rule = Callable[[Token], Hedge | None]


def find(doc: Doc) -> list[Hedge]:
    """Every hedge of the text, in order of its first word."""
    rules = _rules()
    standing = words().by_first
    found: list[Hedge] = []
    for sent in prose(doc):
        for token in sent:
            lemma = token.lemma_.lower()
            if lemma in rules:
                found.extend(hedge for rule in rules[lemma] if (hedge := rule(token)) is not None)
            if lemma in standing:
                found.extend(_phrase(doc, token.i, standing[lemma]))
    return sorted(found, key=lambda hedge: (hedge.start, -hedge.strength))


@lru_cache(maxsize=1)
def _rules() -> dict[str, tuple[Rule, ...]]:
    """Rules by lemma."""
    out: dict[str, tuple[Rule, ...]] = {}
    for name, rule in (*hedge_nouns.RULES.items(), *hedge_verbs.RULES.items()):
        for word in words()[name]:
            out[word] = (*out.get(word, ()), rule)
    return out


def _phrase(doc: Doc, at: int, known: tuple[tuple[str, ...], ...]) -> Iterator[Hedge]:
    """Wordings that count as they stand: "for fear of", "at risk". Not in the past: "set the stage" is told, "sets the stage" is feared."""
    for phrase in known:
        end = at + len(phrase)
        if end <= len(doc) and all(word in (doc[at + k].lower_, doc[at + k].lemma_) for k, word in enumerate(phrase)):
            if doc[at].tag_ not in ("VBD", "VBN"):
                yield _standing(doc[at], phrase, end)
            return


def _standing(token: Token, phrase: tuple[str, ...], end: int) -> Hedge:
    """A wording as it stands; a modal verb it hangs on is the hedge: "could | put at risk"."""
    doc = token.doc
    event = next((child for child in doc[end - 1].children if child.dep_ in ("pobj", "pcomp")), doc[end - 1])
    kind = RiskKind.VULNERABILITY if phrase[0] in ("at", "in", "under") else RiskKind.EXPECTATION
    for verb in (token, token.head, token.head.head):
        for child in verb.lefts if verb.pos_ in ("VERB", "AUX") else ():
            if child.dep_ == "aux" and child.lower_ in words()["modals"]:
                return Hedge(kind, child.i, child.i + 1, child, event, 3)
    return Hedge(kind, token.i, end, token, event, 3)
