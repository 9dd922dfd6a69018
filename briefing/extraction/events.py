"""Security events: each once per document, at its fullest mention.

Comes in: a parse with times and places. Goes out: ``Event`` objects in ``parsed(doc).events``, in text order.
A word that names an event (``triggers``) becomes a mention with its participants and status; mentions of one event are merged (``mentions``).
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from briefing.extraction import mentions
from briefing.extraction.parsed import Parsed, parsed
from briefing.models import Event

__all__ = ["create"]


@Language.factory("briefing_events")
def create(nlp: Language, name: str) -> Events:
    """The component."""
    return Events()


class Events:
    """Reads ``doc``, fills ``parsed(doc).events``."""

    def __call__(self, doc: Doc) -> Doc:
        work = parsed(doc)
        work.events.extend(_event(work, mention) for mention in mentions.merged(mentions.read(doc, work)))
        return doc


def _event(work: Parsed, mention: mentions.Mention) -> Event:
    trigger = mention.trigger
    return Event(
        evidence=(work.cite_span(trigger.head.doc[trigger.start : trigger.end]),),
        context=(work.sentence(trigger.head),),
        type=mention.type,
        status=mention.status,
        actor=work.cite_span(mention.actor) if mention.actor is not None else None,
        target=work.cite_span(mention.target) if mention.target is not None else None,
        place=mention.place,
        when=mention.when,
    )
