"""Which mentions name the same thing. Comes in: the mentions of a text. Goes out: groups of them, each with one canonical name.

Known actors go by their entry; people by full name, then surname, then first name; bodies by name, bound acronym ("Coastal Relief Union
(CRU)") or initials; a short name goes to the one longer name that holds it. What could be two things is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc

from briefing.extraction.lexicon import load
from briefing.extraction.mentions import Mention
from briefing.models import EntityType

__all__ = ["Named", "group"]


@dataclass(slots=True)
class Named:
    """One thing with all its mentions; ``name`` is what it is called in the brief."""

    name: str
    known: bool = False
    mentions: list[Mention] = field(default_factory=list)

    @property
    def type(self) -> EntityType:
        """The entry's type, else the most frequent label, the earliest on a tie."""
        first = self.mentions[0]
        return first.type if self.known else Counter(mention.type for mention in self.mentions).most_common(1)[0][0]


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(load("roles")["titles"])


def group(doc: Doc, mentions: Iterable[Mention]) -> list[Named]:
    """The things named, in the order of their first mention."""
    found = list(mentions)
    bound = _bound_acronyms(doc, found)
    things: dict[str, Named] = {}
    rest: list[Mention] = []
    people = _people(
        [mention for mention in found if mention.actor is None and mention.type is EntityType.PERSON], things, _body_words(found), rest
    )
    for mention in found:
        if mention.actor is not None:
            things.setdefault(mention.actor.name, Named(mention.actor.name, known=True)).mentions.append(mention)
        elif mention.type is not EntityType.PERSON:
            surname = people.get(_key(mention.name)) if len(mention.span) == 1 else None
            if surname is not None:
                surname.mentions.append(Mention(mention.span, EntityType.PERSON))
            else:
                rest.append(mention)
    _bodies(rest, bound, things)
    for thing in things.values():
        thing.mentions.sort(key=lambda mention: mention.span.start)
    return sorted((thing for thing in things.values() if thing.mentions), key=lambda thing: thing.mentions[0].span.start)


def _key(name: str) -> str:
    return name.casefold().replace("’", "'").removesuffix("'s")


def _parts(mention: Mention) -> tuple[str, ...]:
    """The words of a person's name in one case, without titles."""
    words = [word for word in _key(mention.name).split() if word.strip(".")]
    while len(words) > 1 and words[0].rstrip(".") in _titles():
        words.pop(0)
    return tuple(words)


def _body_words(mentions: Iterable[Mention]) -> frozenset[str]:
    """The words in names of several words that are no person's."""
    names = [mention.name for mention in mentions if mention.type is not EntityType.PERSON and len(mention.span) > 2]
    return frozenset(word for name in names for word in _key(name).split())


def _people(mentions: list[Mention], things: dict[str, Named], body_words: frozenset[str], rest: list[Mention]) -> dict[str, Named]:
    """Puts people into ``things``; gives back who is meant by each single name. A single name that is nobody's and a word of a body's
    name goes to ``rest``."""
    full: dict[tuple[str, ...], Named] = {}
    by_last: dict[str, list[tuple[str, ...]]] = {}
    by_any: dict[str, list[tuple[str, ...]]] = {}
    for parts, mention in sorted(
        ((_parts(mention), mention) for mention in mentions), key=lambda pair: (-len(pair[0]), pair[1].span.start)
    ):
        if not parts:
            continue
        owners = [parts] if parts in full else _owners(parts, by_last, by_any)
        if len(owners) > 1:
            continue
        if not owners and len(parts) == 1 and parts[0] in body_words:
            rest.append(mention)
            continue
        owner = owners[0] if owners else parts
        if owner not in full:
            full[owner] = things.setdefault(" ".join(("person", *owner)), Named(_display(mention)))
            by_last.setdefault(owner[-1], []).append(owner)
            for part in dict.fromkeys(owner):
                by_any.setdefault(part, []).append(owner)
        full[owner].mentions.append(mention)
    return {last: full[owners[0]] for last, owners in by_last.items() if len(owners) == 1}


def _owners(
    parts: tuple[str, ...], by_last: dict[str, list[tuple[str, ...]]], by_any: dict[str, list[tuple[str, ...]]]
) -> list[tuple[str, ...]]:
    """The longer names that ``parts`` may be short for."""
    same_last = [name for name in by_last.get(parts[-1], []) if set(parts) <= set(name)]
    if same_last or len(parts) > 1:
        return same_last
    return by_any.get(parts[0], [])


def _display(mention: Mention) -> str:
    words = mention.name.split()
    while len(words) > 1 and words[0].casefold().rstrip(".") in _titles():
        words.pop(0)
    return " ".join(words).removesuffix("'s").removesuffix("’s")


def _bound_acronyms(doc: Doc, mentions: list[Mention]) -> dict[str, int]:
    """Acronyms in brackets behind a name: the short form's key → number of the mention it stands for."""
    bound: dict[str, int] = {}
    for number, mention in enumerate(mentions):
        end = mention.span.end
        if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")" and _is_short(doc[end + 1].text):
            bound.setdefault(_key(doc[end + 1].text), number)
    return {short: mentions[number].span.start for short, number in bound.items()}


def _is_short(word: str) -> bool:
    return 2 <= len(word) <= 8 and sum(map(str.isupper, word)) >= 2


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper()).casefold()


def _bodies(mentions: list[Mention], bound: dict[str, int], things: dict[str, Named]) -> None:
    """Puts everything that is no person and not known into ``things``."""
    at_start = {mention.span.start: thing for thing in things.values() for mention in thing.mentions}
    by_word: dict[str, list[Named]] = {}
    for thing in things.values():
        if thing.known and thing.type is not EntityType.PLACE:
            _index(by_word, thing)
    short_forms: dict[str, Named] = {}
    for mention in sorted(mentions, key=lambda one: (-len(one.span), one.span.start)):
        key = _key(mention.name)
        start = bound.get(key)
        named: Named | None = at_start.get(start) if start is not None else None
        named = named or short_forms.get(key) or things.get(key) or _longer(mention, by_word)
        if named is None:
            named = things.setdefault(key, Named(mention.name.removesuffix("'s").removesuffix("’s")))
            if mention.type is not EntityType.PLACE:
                _index(by_word, named)
                if len(mention.span) > 1:
                    short_forms.setdefault(_initials(mention.name), named)
        named.mentions.append(mention)
        at_start[mention.span.start] = named


def _index(by_word: dict[str, list[Named]], thing: Named) -> None:
    for word in dict.fromkeys(_key(thing.name).split()):
        by_word.setdefault(word, []).append(thing)


def _longer(mention: Mention, by_word: dict[str, list[Named]]) -> Named | None:
    """The one longer name that contains this one ("the Observatory" → "Dorran Observatory for Rights"). A place is never short
    for a body."""
    if mention.type is EntityType.PLACE:
        return None
    words = _key(mention.name).split()
    candidates = [thing for thing in by_word.get(words[-1], []) if f" {' '.join(words)} " in f" {_key(thing.name)} "]
    return candidates[0] if len(candidates) == 1 else None
