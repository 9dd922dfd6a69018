"""Findings in, one plain record out: the line ``briefing extract`` writes for a document, ready for ``json.dumps``.

Offsets are characters of the given text, end exclusive. Spans that may be broken are lists of ``[start, end]``; what a finding names (who
is counted, who acts, where, when) is the text as written. Only findings that stand in the text are told, never those of a title.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from briefing.models import Entity, Event, Evidence, Figure, Finding, Findings, Part, Place, Risk, Statement, When

__all__ = ["Record", "record"]

Record = dict[str, object]


def record(document_id: str, findings: Findings) -> Record:
    """The findings of one document as ``{"id", "figures", "statements", "events", "risks", "entities"}``, each list in text order.

    Numbers, texts, lists and nulls only; a text that is null was not stated.
    """
    return {
        "id": document_id,
        "figures": [_figure(figure) for figure in findings.figures if _in_text(figure)],
        "statements": [_statement(statement) for statement in findings.statements if _in_text(statement)],
        "events": [_event(event) for event in findings.events if _in_text(event)],
        "risks": [_risk(risk) for risk in findings.risks if _in_text(risk)],
        "entities": [_entity(entity) for entity in findings.entities if _mentions(entity)],
    }


def _in_text(finding: Finding) -> bool:
    return finding.evidence[0].part is Part.TEXT


def _mentions(entity: Entity) -> list[list[int]]:
    """An entity is told when one of its mentions stands in the text."""
    return _spans(mention for mention in entity.evidence if mention.part is Part.TEXT)


def _figure(figure: Figure) -> Record:
    return {
        **_span(figure),
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "qualifier": figure.qualifier.value,
        "measure": figure.measure.value,
        "counted": _text(figure.counted),
        "attributed_to": _text(figure.attributed_to),
        "part_of_total": figure.part_of_total,
        **_where_and_when(figure.place, figure.when),
    }


def _statement(statement: Statement) -> Record:
    return {
        **_span(statement),
        "source": _spans(statement.source),
        "cue": _spans(statement.cue),
        "content": _spans(statement.content),
        "quoted": _spans(statement.quoted),
        "kind": statement.kind.value,
        "speaker": statement.speaker,
        "role": _text(statement.role),
        "affiliation": _text(statement.affiliation),
        "addressee": _text(statement.addressee),
        "stance": statement.stance.value,
        "polarity": statement.polarity.value,
        **_time("when", statement.when),
    }


def _event(event: Event) -> Record:
    return {
        **_span(event),
        "type": event.type.value,
        "status": event.status.value,
        "actor": _text(event.actor),
        "target": _text(event.target),
        **_where_and_when(event.place, event.when),
    }


def _risk(risk: Risk) -> Record:
    return {
        **_span(risk),
        "kind": risk.kind.value,
        "hedge": _text(risk.hedge),
        "cause": _text(risk.cause),
        "event": _text(risk.event),
        "consequence": _text(risk.consequence),
        "actor": _text(risk.actor),
        "target": _text(risk.target),
        "attributed_to": _text(risk.attributed_to),
        "likelihood": risk.likelihood and risk.likelihood.value,
        "likelihood_basis": risk.likelihood_basis,
        "impact": risk.impact and risk.impact.value,
        "impact_basis": risk.impact_basis,
        "level": risk.level.value,
        **_place(risk.place),
        **_time("horizon", risk.horizon),
    }


def _entity(entity: Entity) -> Record:
    return {
        "name": entity.name,
        "type": entity.type.value,
        "aliases": list(entity.aliases),
        "role": _text(entity.role),
        "affiliation": _text(entity.affiliation),
        "mentions": _mentions(entity),
    }


def _span(finding: Finding) -> Record:
    return {"start": finding.evidence[0].start, "end": finding.evidence[0].end}


def _spans(evidence: Iterable[Evidence]) -> list[list[int]]:
    return [[one.start, one.end] for one in evidence]


def _text(evidence: Evidence | None) -> str | None:
    return evidence.quote if evidence else None


def _where_and_when(place: Place | None, when: When | None) -> Record:
    return {**_place(place), **_time("when", when)}


def _place(place: Place | None) -> Record:
    """``place`` as written and, beside it, what it was resolved to."""
    if place is None:
        return {"place": None, "location": None}
    location = {
        "name": place.name,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision.value,
        "ambiguous": place.ambiguous,
    }
    return {"place": place.evidence.quote, "location": location}


def _time(name: str, when: When | None) -> Record:
    """The time as written under ``name`` and the interval it was resolved to under ``<name>_interval`` (ISO 8601, end exclusive)."""
    if when is None:
        return {name: None, f"{name}_interval": None}
    interval = {"start": _iso(when.start), "end": _iso(when.end), "precision": when.precision.value}
    return {name: when.evidence.quote, f"{name}_interval": interval}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
