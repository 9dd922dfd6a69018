"""Imports every component, so that spaCy knows the factories. Also the target of the ``spacy_factories`` entry points."""

from briefing.extraction import entities, events, figures, layout, links, places, risks, statements, times

__all__ = ["entities", "events", "figures", "layout", "links", "places", "risks", "statements", "times"]
