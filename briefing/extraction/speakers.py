"""Who a source is. Comes in: the claims of a text in order, its entities. Goes out: the canonical name of each speaker, with role and
affiliation as written.

Names go to their entity, pronouns and short names ("she", "the minister", "the group") to what stands nearest before them. What could be
two people resolves to nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Span, Token

from briefing.extraction.claims import Claim
from briefing.extraction.clauses import Range, View
from briefing.extraction.lexicon import load
from briefing.extraction.offices import office
from briefing.extraction.parsed import Parsed
from briefing.models import Entity, EntityType, Evidence

__all__ = ["Speakers"]

_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those"})
_CALLED = frozenset({"itself", "himself", "herself", "themselves", "called", "named", "dubbed"})
_KNOWN = frozenset({"known", "identified"})
_NEAR = 4
"""Sentences a pronoun may look back for an earlier speaker."""
_MENTIONS = 60
"""Mentions a description such as "the group" may look back."""
_OWN_NAME = ("appos", "compound", "nmod", "flat", "conj", "nsubj")


@dataclass(frozen=True, slots=True)
class _Spoke:
    """Somebody who spoke earlier; ``kind`` is the pronoun class that may stand for them."""

    name: str
    kind: str
    head: str
    sentence: int


@lru_cache(maxsize=1)
def _pronouns() -> dict[str, str]:
    return {word: kind for kind in ("man", "woman", "body", "several", "self") for word in load("grammar")[kind]}


@lru_cache(maxsize=1)
def _nouns() -> dict[str, frozenset[str]]:
    roles = load("roles")
    return {kind: frozenset(word.split()[-1] for word in roles[kind]) for kind in ("roles", "group", "document", "titles")}


class Speakers:
    """Resolves the claims of one text; feed them in text order."""

    def __init__(self, view: View, work: Parsed) -> None:
        self._view = view
        self._work = work
        self._mentions = _mentions(work)
        self._starts = [start for start, _, _ in self._mentions]
        self._people = {one.name: one for one in work.entities if one.type is EntityType.PERSON}
        self._roles = [(one, one.role.quote.casefold().replace("’", "'").split()) for one in self._people.values() if one.role]
        self._spoke: list[_Spoke] = []
        self._kinds: dict[str, str] = {}
        self._resolved: dict[int, str | None] = {}

    def resolve(self, claim: Claim) -> str | None:
        """The canonical name of the claim's speaker; the words of the source for an unnamed one; None when nobody or anybody is meant."""
        noun = claim.noun
        if noun is None or claim.source is None:
            return None
        if noun.i not in self._resolved:
            kind = _pronouns().get(noun.lower_) if noun.pos_ == "PRON" else None
            found = self._pronoun(claim, noun, kind) if kind else self._nominal(claim.source, noun)
            self._resolved[noun.i] = found
        name = self._resolved[noun.i]
        if name is not None:
            self._remember(name, noun)
        return name

    def office(self, claim: Claim) -> tuple[Evidence | None, Evidence | None]:
        """Role and affiliation: as written in the source, else as written beside the speaker's name elsewhere in the text."""
        if claim.source is None or claim.noun is None:
            return None, None
        person = self._person_in(claim.source, claim.noun)
        if person is not None:
            found = office(self._view.doc, *person)
            if found:
                role, affiliation = found
                return self._cite(role), self._cite(affiliation) if affiliation else None
        name = self._resolved.get(claim.noun.i)
        entity = self._people.get(name) if name else None
        return (entity.role, entity.affiliation) if entity else (None, None)

    def _cite(self, piece: Range) -> Evidence:
        return self._work.cite_span(self._view.doc[piece[0] : piece[1]])

    def _remember(self, name: str, noun: Token) -> None:
        entity = self._entity_at(noun)
        kind = _kind(entity, noun)
        pronoun = _pronouns().get(noun.lower_) if noun.pos_ == "PRON" else None
        if pronoun in ("man", "woman", "body", "several"):
            kind = pronoun
            self._kinds.setdefault(name, pronoun)
        self._spoke.append(_Spoke(name, self._kinds.get(name, kind), noun.lemma_.lower(), self._sentence(noun)))

    def _sentence(self, token: Token) -> int:
        return self._view.sentence_number(token.i)

    def _between(self, start: int, end: int) -> Iterator[tuple[int, int, Entity]]:
        """Mentions that start in the token range."""
        if start >= end:
            return
        low, high = self._view.characters((start, end))
        yield from self._mentions[bisect_left(self._starts, low) : bisect_left(self._starts, high)]

    def _entity_at(self, token: Token) -> Entity | None:
        index = bisect_right(self._starts, token.idx) - 1
        if index >= 0 and self._mentions[index][1] > token.idx:
            return self._mentions[index][2]
        return None

    def _span(self, start: int, end: int) -> Span:
        """The tokens of a mention."""
        span = self._view.doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            raise ValueError(f"no tokens at {start}:{end}")
        return span

    # names

    def _nominal(self, source: Range, noun: Token) -> str | None:
        if any(child.dep_ == "conj" and source[0] <= child.i < source[1] for child in noun.children):
            return self._words(source)
        entity = self._entity_at(noun)
        if entity is not None:
            return entity.name
        called = self._called(source, noun)
        if called is not None:
            return called
        person = self._person_in(source, noun)
        if person is not None:
            return self._named(self._view.doc[person[0]])
        body = next((found for child in noun.children if child.dep_ in ("compound", "appos") and (found := self._entity_at(child))), None)
        if body is not None and noun.lemma_.lower() in _nouns()["group"] and body.type not in (EntityType.PLACE, EntityType.PERSON):
            return body.name
        if self._view.doc[source[0]].lower_ in _DETERMINERS - {"a", "an"} and noun.tag_ != "NNP":
            return self._described(source, noun) or self._words(source)
        return self._holder(source, noun) or self._words(source)

    def _called(self, source: Range, noun: Token) -> str | None:
        """The name the source goes by: "an armed group calling itself the North Column", "a gang known as the Herons"."""
        doc = self._view.doc
        for start, end, entity in self._between(noun.i + 1, source[1]):
            at = self._span(start, end).start - 1
            at -= doc[at].lower_ in _DETERMINERS
            if doc[at].lower_ in _CALLED or (doc[at].lower_ == "as" and doc[at - 1].lower_ in _KNOWN):
                return entity.name
        return None

    def _holder(self, source: Range, noun: Token) -> str | None:
        """The one person whose role has all words of the source: "Dorra's mayor" → Ana Weir, "Dorra's mayor" elsewhere in the text."""
        if noun.lemma_.lower() not in _nouns()["roles"] or noun.tag_ in ("NNS", "NNPS") or self._view.doc[source[0]].lower_ in _DETERMINERS:
            return None
        words = set(self._view.doc[source[0] : source[1]].text.casefold().replace("’", "'").split())
        holders = [one for one, role in self._roles if words <= set(role)]
        return holders[0].name if len(holders) == 1 else None

    def _named(self, token: Token) -> str | None:
        entity = self._entity_at(token)
        return entity.name if entity else None

    def _person_in(self, source: Range, noun: Token) -> Range | None:
        """The name of the source itself, not of somebody it belongs to ("the minister, X" but not "X's lawyer")."""
        for start, end, entity in self._between(*source):
            if entity.type is not EntityType.PERSON:
                continue
            span = self._span(start, end)
            root = span.root
            own = span.start <= noun.i < span.end or (root.head == noun and root.dep_ in _OWN_NAME) or root.dep_ == "appos"
            last = span.end == source[1] and span.start > source[0] and self._view.doc[span.start - 1].text == ","
            if own or last:
                return span.start, span.end
        return None

    def _words(self, source: Range) -> str | None:
        start, end = source
        while start < end - 1 and self._view.doc[start].lower_ in _DETERMINERS:
            start += 1
        while end - 1 > start and self._view.doc[end - 1].tag_ in ("WP", "WDT"):  # "an activist who"
            end -= 1
        low, high = self._view.characters((start, end))
        return " ".join(self._work.stored[low:high].split()) or None

    # descriptions

    def _described(self, source: Range, noun: Token) -> str | None:
        """Who was called "the minister", "the group" or "the report" before."""
        head = noun.lemma_.lower()
        same = next((spoke for spoke in reversed(self._spoke[-_MENTIONS:]) if spoke.head == head and source[1] - source[0] <= 3), None)
        if source[1] - source[0] <= 2:
            if head in _nouns()["roles"]:
                holders = [one for one, role in self._roles if head in role and one.evidence[0].start < noun.idx]
                if len(holders) == 1:
                    return holders[0].name
            if head in _nouns()["group"] and head not in _nouns()["document"]:
                return same.name if same else self._group(head, noun)
        return same.name if same and source[1] - source[0] <= 2 else None

    def _group(self, head: str, noun: Token) -> str | None:
        """The body meant by "the group": one whose name has the word, else the last one mentioned when it is the only one nearby."""
        here = bisect_left(self._starts, noun.idx)
        before = [entity for _, _, entity in self._mentions[max(here - _MENTIONS, 0) : here]]
        bodies = [one for one in before if one.type not in (EntityType.PERSON, EntityType.PLACE, EntityType.FACILITY)]
        called = dict.fromkeys(one.name for one in bodies if head in one.name.casefold().split())
        if called:
            return next(iter(called)) if len(called) == 1 else None
        if head in ("government", "administration", "regime", "army", "ministry", "military"):
            return None
        start = self._view.sentence_range(max(self._sentence(noun) - 1, 0))[0]
        near = dict.fromkeys(one.name for s, _, one in self._between(start, noun.i) if one in bodies)
        spoke = [one for one in self._spoke[-_MENTIONS:] if one.kind == "body" and self._sentence(noun) - one.sentence <= 2]
        if len(near) == 1:
            return next(iter(near))
        return spoke[-1].name if spoke else None

    # pronouns

    def _pronoun(self, claim: Claim, noun: Token, kind: str) -> str | None:
        if kind == "self":
            return None
        here = self._sentence(noun)
        inside = self._in_sentence(claim, noun, kind)
        if inside:
            return inside
        for spoke in reversed(self._spoke):
            if here - spoke.sentence > _NEAR:
                break
            if self._agrees(spoke.name, spoke.kind, kind):
                return None if self._rivalled(spoke, noun, kind) else spoke.name
        return self._subject_of(here - 1, kind) if here else None

    def _agrees(self, name: str, known: str, kind: str) -> bool:
        """May the pronoun class stand for somebody of the class ``known``."""
        known = self._kinds.get(name, known)
        if kind in ("man", "woman"):
            return known in (kind, "person")
        return known == kind or (kind == "several" and known == "body")

    def _in_sentence(self, claim: Claim, noun: Token, kind: str) -> str | None:
        """The only fitting name earlier in the sentence, or its subject, outside what the pronoun is said to have said."""
        start, _ = self._view.sentence(noun.i)
        found: dict[str, bool] = {}
        for begin, end, entity in self._between(start, noun.i):
            token = self._span(begin, end).root
            if any(low <= token.i < high for low, high in claim.content) or not self._agrees(entity.name, _kind(entity, token), kind):
                continue
            found[entity.name] = found.get(entity.name, False) or _is_subject(token)
        if len(found) == 1:
            return next(iter(found))
        subjects = [name for name, is_subject in found.items() if is_subject]
        return subjects[0] if len(subjects) == 1 else None

    def _rivalled(self, spoke: _Spoke, noun: Token, kind: str) -> bool:
        """Was somebody else of the same class the subject of a sentence after the earlier speaker."""
        last = self._sentence(noun)
        if spoke.sentence + 1 >= last:
            return False
        rivals = [name for number in range(spoke.sentence + 1, last) if (name := self._subject_of(number, kind)) and name != spoke.name]
        return bool(rivals)

    def _subject_of(self, number: int, kind: str) -> str | None:
        """The fitting subject of a sentence, or the only fitting name in it."""
        names: dict[str, bool] = {}
        for begin, end, entity in self._between(*self._view.sentence_range(number)):
            token = self._span(begin, end).root
            if self._agrees(entity.name, _kind(entity, token), kind):
                names[entity.name] = names.get(entity.name, False) or _is_subject(token)
        subjects = [name for name, is_subject in names.items() if is_subject]
        if len(subjects) == 1:
            return subjects[0]
        return next(iter(names)) if len(names) == 1 else None


def _mentions(work: Parsed) -> list[tuple[int, int, Entity]]:
    found = [(one.start, one.end, entity) for entity in work.entities for one in entity.evidence if one.part is work.part]
    return sorted(found, key=lambda mention: mention[:2])


def _is_subject(token: Token) -> bool:
    """Is it a subject or coordinated with one ("Weir and Okonjo met")."""
    if token.dep_ == "conj":
        token = token.head
    return token.dep_ in ("nsubj", "nsubjpass")


def _kind(entity: Entity | None, noun: Token) -> str:
    """The pronoun class of a name or noun: ``person`` until a pronoun or a title tells man or woman."""
    if entity is not None:
        if entity.type is not EntityType.PERSON:
            return "body"
        before = noun.doc[noun.left_edge.i].lower_.rstrip(".")
        return {"mr": "man", "sir": "man", "mrs": "woman", "ms": "woman", "miss": "woman", "dame": "woman"}.get(before, "person")
    if noun.tag_ in ("NNS", "NNPS"):
        return "several"
    lemma = noun.lemma_.lower()
    if lemma in _nouns()["document"] or lemma in _nouns()["group"]:
        return "body"
    return "person"
