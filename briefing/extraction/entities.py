"""The component ``briefing_entities``: the people, groups, bodies and places of a text. It runs before our other components.

Comes in: a text parsed by the model. Goes out: ``parsed(doc).entities``, one entity for each thing with its aliases and
with every mention as evidence.
"""

# No postponed annotations here: spaCy reads the types of a factory's arguments when it is called.

from spacy.language import Language
from spacy.tokens import Doc

from briefing.extraction.actors import Register, read_actors
from briefing.extraction.mentions import mentions
from briefing.extraction.naming import Named, group
from briefing.extraction.offices import office
from briefing.extraction.parsed import Parsed, parsed
from briefing.models import Entity, EntityType

__all__ = ["Entities", "create"]


class Entities:
    """Appends the entities of a text to its workspace."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def __call__(self, doc: Doc) -> Doc:
        work = parsed(doc)
        work.entities.extend(_entity(doc, work, thing) for thing in group(doc, mentions(doc, self._register)))
        return doc


@Language.factory("briefing_entities", default_config={"knowledge": []})
def create(nlp: Language, name: str, knowledge: list[str]) -> Entities:
    """``knowledge`` are the user's own files in the form of ``knowledge/actors.yaml``."""
    return Entities(Register(nlp.vocab, read_actors(tuple(knowledge))))


def _entity(doc: Doc, work: Parsed, thing: Named) -> Entity:
    evidence = tuple(work.cite_span(mention.span) for mention in thing.mentions)
    names = dict.fromkeys(quote.quote if "\n" not in quote.quote else " ".join(quote.quote.split()) for quote in evidence)
    role, affiliation = _office(doc, thing) or (None, None)
    return Entity(
        evidence=evidence,
        context=tuple(work.sentence(mention.span[0]) for mention in thing.mentions),
        name=thing.name,
        type=thing.type,
        aliases=tuple(sorted(names, key=lambda name: -len(name))),
        role=work.cite_span(doc[slice(*role)]) if role else None,
        affiliation=work.cite_span(doc[slice(*affiliation)]) if affiliation else None,
    )


def _office(doc: Doc, thing: Named) -> tuple[tuple[int, int], tuple[int, int] | None] | None:
    """Role and affiliation beside the first mention that has one."""
    if thing.type is not EntityType.PERSON:
        return None
    return next((found for mention in thing.mentions if (found := office(doc, mention.span.start, mention.span.end))), None)
