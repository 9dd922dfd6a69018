"""Known actors: who is who among armed groups, forces, agencies, alliances. Read from ``knowledge/actors.yaml`` and the user's own files.

Comes in: file paths. Goes out: a ``Register`` that finds known names in a text. An alias that names two actors is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span

from briefing.errors import ConfigurationError
from briefing.extraction.lexicon import Record, records
from briefing.models import EntityType

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.vocab import Vocab

__all__ = ["Actor", "Register", "read_actors"]

SHIPPED = Path(__file__).parent / "knowledge" / "actors.yaml"


@dataclass(frozen=True, slots=True)
class Actor:
    """A known actor; ``aliases`` are all names a text may use, the canonical one first."""

    name: str
    type: EntityType
    area: str
    aliases: tuple[str, ...]


@lru_cache(maxsize=4)
def read_actors(knowledge: tuple[str, ...] = ()) -> tuple[Actor, ...]:
    """The shipped actors and those of the user's files, in file order. An entry of a later file with a known name replaces that actor.

    ConfigurationError with file and line for a wrong entry and for an alias that names two actors.
    """
    actors: dict[str, Actor] = {}
    owners: dict[str, str] = {}
    for path in (SHIPPED, *map(Path, knowledge)):
        for record in (record for entries in records(path).values() for record in entries):
            actor = _actor(record)
            for alias in actor.aliases:
                owner = owners.setdefault(alias, actor.name)
                if owner != actor.name:
                    raise ConfigurationError(f"{record.where}: `{alias}` already names {owner}; an alias may name one actor only")
            actors[actor.name] = actor
    return tuple(actors.values())


def _actor(record: Record) -> Actor:
    record.allow("name", "type", "area", "aliases")
    name, kind = record.text("name"), record.text("type")
    try:
        return Actor(name, EntityType(kind), record.text("area", ""), tuple(dict.fromkeys((name, *record.words("aliases")))))
    except ValueError as error:
        raise ConfigurationError(f"{record.where}: no type `{kind}`; known are {', '.join(EntityType)}") from error


class Register:
    """Finds known actors in texts of one vocabulary. Single words match in their own case, names of several words in any case."""

    def __init__(self, vocab: Vocab, actors: Sequence[Actor]) -> None:
        from spacy.matcher import PhraseMatcher

        self._actors = {actor.name: actor for actor in actors}
        self._exact: PhraseMatcher = PhraseMatcher(vocab, attr="ORTH")
        self._any_case: PhraseMatcher = PhraseMatcher(vocab, attr="LOWER")
        from spacy.lang.en import English

        tokenize = English().tokenizer
        for actor in actors:
            for alias in actor.aliases:
                phrase = Doc(vocab, words=[token.text for token in tokenize(alias)])
                (self._any_case if len(phrase) > 1 and not alias.isupper() else self._exact).add(actor.name, [phrase])

    def find(self, doc: Doc) -> Iterator[tuple[Span, Actor]]:
        """Known names in ``doc``, in no particular order, overlapping ones included."""
        for matcher in (self._exact, self._any_case):
            for number, start, end in matcher(doc):
                span = doc[start:end]
                if not _is_verb(span):
                    yield span, self._actors[doc.vocab.strings[number]]


def _is_verb(span: Span) -> bool:
    """The letters of a short form may be a word in capitals: "THIS IS NEW"."""
    if len(span) > 1:
        return False
    token = span[0]
    neighbours = [other for other in span.doc[max(0, token.i - 1) : token.i + 2] if other.i != token.i and other.is_alpha]
    if token.text not in ("IS", "WHO"):
        return False
    return token.tag_ in ("VBZ", "WP") or (bool(neighbours) and all(other.is_upper for other in neighbours))
