"""Security events: each once per document, at its fullest found.

Comes in: a parse with times and places. Goes out: ``Event`` objects in ``parsed(doc).events``, in text order.
A word that names an event (``triggers``) becomes a mention with its participants and status; mentions of one event are merged
(``occurrences``).
"""

# No postponed annotations here: spaCy reads the types of a factory's arguments when it is called.

from spacy.language import Language
from spacy.tokens import Doc

from briefing.extraction import occurrences
from briefing.extraction.parsed import Parsed, parsed
from briefing.models import Event

__all__ = ["create"]


class Events:
    """Reads ``doc``, fills ``parsed(doc).events``."""

    def __call__(self, doc: Doc) -> Doc:
        work = parsed(doc)
        found = occurrences.merged(occurrences.read(doc, work))
        work.events.extend(_event(work, one) for one in occurrences.located(found, doc, work))
        return doc


@Language.factory("briefing_events")
def create(nlp: Language, name: str) -> Events:
    """The component."""
    return Events()


def _event(work: Parsed, found: occurrences.Occurrence) -> Event:
    trigger = found.trigger
    return Event(
        evidence=(work.cite_span(trigger.head.doc[trigger.start : trigger.end]),),
        context=(work.sentence(trigger.head),),
        type=found.type,
        status=found.status,
        actor=work.cite_span(found.actor) if found.actor is not None else None,
        target=work.cite_span(found.target) if found.target is not None else None,
        place=found.place,
        when=found.when,
    )
