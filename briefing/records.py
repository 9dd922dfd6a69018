"""JSON lines for other tools: given texts in, one line per text out, offsets into the given text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from briefing.models import Config, Document, Findings, Precision, Source
from briefing.runs import Surroundings

__all__ = ["Line", "cluster_lines", "extract_lines", "read_lines"]


ENOUGH = 300
"""Characters from which the language of a given text is guessed; a shorter one is taken for English."""


@dataclass(frozen=True)
class Line:
    """One input line: the id it came with and its document, or why it is none."""

    id: str | int | None
    document: Document | None
    error: str | None = None


def read_lines(lines: Iterable[str]) -> list[Line]:
    """One ``Line`` per input line that is not blank: ``{"id", "text", "title"?, "date"?, "source"?, "language"?}``. The text is stored
    exactly as given, so that offsets fit it."""
    return [_line(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _line(number: int, line: str) -> Line:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Line(None, None, f"line {number}: is no JSON ({error})")
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return Line(None, None, f'line {number}: expected an object with "id" and "text"')
    name = record.get("source") if isinstance(record.get("source"), str) else "text"
    text = record["text"].encode("utf-8", "replace").decode()
    published = _date(record.get("date"))
    document = Document(
        id=f"line-{number}",
        source=Source(id=name, name=name),
        name=f"line {number}",
        title=record["title"] if isinstance(record.get("title"), str) else "",
        published_at=published,
        published_precision=Precision.DAY if published else Precision.UNKNOWN,
        language=record["language"] if isinstance(record.get("language"), str) else _language(text),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    return Line(record.get("id"), document)


def _date(given: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def _language(text: str) -> str:
    from briefing.text.language import language_of

    return language_of(text, likely="en")[0] if len(text) >= ENOUGH else "en"


def extract_lines(lines: list[Line], config: Config, outside: Surroundings) -> Iterator[str]:
    """One JSON line per input line, in order: the findings in its text, in the format of docs/fields.md."""
    from briefing.extraction.records import record

    for line, findings in zip(lines, _findings(lines, config, outside), strict=True):
        if line.error:
            yield json.dumps({"id": None, "error": line.error})
        else:
            yield json.dumps({**record("", findings), "id": line.id}, ensure_ascii=False)


def cluster_lines(lines: list[Line], config: Config, outside: Surroundings) -> Iterator[str]:
    """One JSON line per input line, in order: ``{"id", "cluster"}``."""
    from briefing import stories

    findings = _findings(lines, config, outside)
    usable = [(line.document, found) for line, found in zip(lines, findings, strict=True) if line.document]
    clusters = iter(stories.cluster([document for document, _ in usable], [found for _, found in usable], config.grouping))
    for line in lines:
        if line.error:
            yield json.dumps({"id": None, "error": line.error})
        else:
            yield json.dumps({"id": line.id, "cluster": next(clusters)}, ensure_ascii=False)


def _findings(lines: list[Line], config: Config, outside: Surroundings) -> list[Findings]:
    from briefing import extraction

    documents = [line.document.model_copy(update={"title": ""}) for line in lines if line.document]
    extracted = extraction.extract(documents, outside.isolate, config)
    found = iter(extracted.findings)
    return [next(found) if line.document else Findings(document_id="") for line in lines]
