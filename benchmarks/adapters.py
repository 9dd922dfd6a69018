"""From the project's own records to the scorers' formats and back. Fields are renamed and values converted; nothing is decided here.

Rows of evaluation files come in; documents for the extractor go out (``document``). Records of ``briefing extract`` come in (the dictionary
of ``briefing.extraction.records.record``); predictions in the format of one scorer go out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from briefing.models import Document, Precision, Source

__all__ = [
    "attributions",
    "case_gold",
    "case_type",
    "casualties",
    "document",
    "incident_types",
    "key_figure_gold",
    "key_figures",
    "quantities",
    "risk",
]

Row = Mapping[str, Any]

CASUALTY = {"killed": "killed", "wounded": "wounded", "abducted": "kidnapped"}
"""Our measures by the scorer's three kinds of casualty."""
SIGN = {"exactly": "=", "at_least": ">=", "at_most": "<=", "about": "~", "more_than": ">", "fewer_than": "<", "between": "range"}
"""Our qualifiers by the scorers' signs."""
CHANGE = {"exactly": "=", "at_least": ">", "at_most": "<", "about": "~", "more_than": ">", "fewer_than": "<", "between": "="}
"""The same for NewsQuant, which does not tell "at least" from "more than" and marks no range."""
UNIT = {
    "%": "percentage",
    "AUD": "australian dollar",
    "CNY": "chinese yuan",
    "EUR": "euro",
    "GBP": "pound sterling",
    "ILS": "shekel",
    "JPY": "japanese yen",
    "MYR": "malaysian ringgit",
    "NZD": "new zealand dollar",
    "SGD": "singaporean dollar",
    "USD": "dollar",
    "km": "kilometre",
    "m": "metre",
    "kg": "kilogram",
    "mph": "mile per hour",
}
"""Our units by NewsQuant's names; others go as they are."""
INCIDENT = {
    "battle": "ATTACK",
    "airstrike": "ATTACK",
    "attack_on_civilians": "ATTACK",
    "explosion": "BOMBING",
    "abduction": "KIDNAPPING",
}
"""Our event types by MUC's; MUC has no name for the rest."""
CASE = {
    "ABDUCT_DISSAP": "abduction",
    "AGREEMENT": "agreement",
    "AIR_STRIKE": "airstrike",
    "ARMED_CLASH": "battle",
    "ARREST": "arrest",
    "ART_MISS_ATTACK": "airstrike",
    "ATTACK": "attack_on_civilians",
    "ATTRIB": "other",
    "CHANGE_TO_GROUP_ACT": "deployment",
    "CHEM_WEAP": "attack_on_civilians",
    "DIPLO": "sanction",
    "DISR_WEAP": "other",
    "FORCE_AGAINST_PROTEST": "protest",
    "GOV_REGAINS_TERIT": "battle",
    "GRENADE": "explosion",
    "HQ_ESTABLISHED": "deployment",
    "MAN_MADE_DISASTER": "disaster",
    "MOB_VIOL": "riot",
    "NATURAL_DISASTER": "disaster",
    "NON_STATE_ACTOR_OVERTAKES_TER": "battle",
    "NON_VIOL_TERRIT_TRANSFER": "deployment",
    "ORG_CRIME": "arrest",
    "OTHER": "other",
    "PEACE_PROTEST": "protest",
    "PROPERTY_DISTRUCT": "riot",
    "PROTEST_WITH_INTER": "protest",
    "REM_EXPLOS": "explosion",
    "SEX_VIOL": "attack_on_civilians",
    "SUIC_BOMB": "explosion",
    "VIOL_DEMONSTR": "riot",
}
"""The 30 incident classes of the case file by our event types: finer classes than ours fall together."""


def document(row: Row, key: str = "id") -> Document:
    """A document for the extractor: the text exactly as given, the title and the day when the row has them."""
    text, day = row["text"], row.get("date")
    source = str(row.get("source") or "evaluation")
    return Document(
        id=str(row[key]),
        source=Source(id=source, name=source),
        name=str(row[key]),
        title=row.get("title") or "",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published_at=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None,
        published_precision=Precision.DAY if day else Precision.UNKNOWN,
    )


def attributions(record: Row) -> dict[str, Any]:
    """Statements as ``score_attributions.py`` wants them."""
    return {
        "doc": record["id"],
        "attributions": [{name: statement[name] for name in ("source", "cue", "content")} for statement in record["statements"]],
    }


def casualties(record: Row) -> dict[str, Any]:
    """Figures of killed, wounded and abducted as ``score_incidents.py casualty`` and ``incident`` want them."""
    return {
        "id": record["id"],
        "figures": [
            {"kind": CASUALTY[figure["measure"]], "lo": low, "hi": high, "qual": SIGN[figure["qualifier"]]}
            for figure, low, high in _numbers(record)
            if figure["measure"] in CASUALTY
        ],
    }


def incident_types(record: Row) -> dict[str, Any]:
    """Types of a document's events, for ``types`` and ``relevance``."""
    return {"id": record["id"], "types": sorted({INCIDENT[event["type"]] for event in record["events"] if event["type"] in INCIDENT})}


def case_type(record: Row) -> dict[str, Any]:
    """The type of a snippet's first event, for ``single``."""
    return {"id": record["id"], "type": next((event["type"] for event in record["events"]), "other")}


def case_gold(row: Row) -> dict[str, Any]:
    return {**row, "type": CASE[row["type"]]}


def key_figures(record: Row) -> dict[str, Any]:
    """Key figures in the form of ``quantity``: values and qualifiers, no units."""
    return {
        "id": record["id"],
        "quantities": [
            {"lo": low, "hi": high, "change": SIGN[figure["qualifier"]], "unit": None, "concepts": []}
            for figure, low, high in _numbers(record)
        ],
    }


def key_figure_gold(row: Row) -> dict[str, Any]:
    found = ({"lo": one["lo"], "hi": one["hi"], "change": one["qual"], "unit": None, "concepts": []} for one in row["figures"])
    return {"id": row["id"], "quantities": list(found)}


def quantities(row: Row) -> dict[str, Any]:
    """Every number of a sentence, key figure or not, by the project's number reader."""
    from briefing.extraction.numbers import find

    read = (span.number for span in find(row["text"]))
    return {
        "id": row["id"],
        "quantities": [
            {"lo": low, "hi": high, "change": CHANGE[number.qualifier.value], "unit": UNIT.get(str(number.unit), number.unit or "-")}
            for number in read
            for low, high in _bounds(number.value, number.low, number.high)
        ],
    }


def risk(record: Row) -> dict[str, Any]:
    return {"id": record["id"], "risk": bool(record["risks"])}


def _numbers(record: Row) -> Iterator[tuple[Row, float, float]]:
    """Figures with their bounds; vague ones have none and no scorer has a place for them."""
    for figure in record["figures"]:
        for low, high in _bounds(figure["value"], figure["low"], figure["high"]):
            yield figure, low, high


def _bounds(value: float | None, low: float | None, high: float | None) -> Iterator[tuple[float, float]]:
    known = [bound for bound in (value, low, high) if bound is not None]
    if known:
        yield known[0], known[-1]
