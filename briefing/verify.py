"""Proves an issue from its folder alone: each quotation stands in the stored text, each value follows from its quote.

Needs nothing but the folder: no network, no archive, no language model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from briefing.errors import UsageError
from briefing.models import Brief, Entity, Evidence, Figure, Part, Statement, Value
from briefing.proof import EVIDENCE_NAME, Proof, read_evidence

__all__ = ["Verification", "verify"]

T = TypeVar("T", bound=Value)


@dataclass(frozen=True)
class Verification:
    """What was checked and what did not hold, each mismatch in one line."""

    quotations: int
    figures: int
    documents: int
    files: int
    mismatches: tuple[str, ...]


def verify(folder: Path) -> Verification:
    """Checks ``brief.json`` and ``evidence.jsonl.gz`` in ``folder`` against each other, and every file of the issue against its hash.

    UsageError when one of the two is missing; what cannot be read as what it should be is a mismatch.
    """
    content = _read(folder / "brief.json")
    packed = _read(folder / EVIDENCE_NAME)
    try:
        proof = read_evidence(packed)
    except UsageError as error:
        return Verification(0, 0, 0, 0, (str(error),))
    try:
        brief = Brief.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        return Verification(0, 0, 0, 0, (f"brief.json: {where}: {first['msg']}",))
    quotations = list(_values(brief, Evidence))
    figures = list(_values(brief, Figure))
    mismatches = [
        *_files(folder, proof),
        *_documents(brief, proof),
        *(fault for quotation in quotations if (fault := _misquoted(quotation, proof))),
        *(fault for figure in figures for fault in _misread(figure)),
        *_invented_speakers(brief, proof),
        *_ungrounded(brief),
        *_wrong_ids(json.loads(content), brief),
    ]
    return Verification(len(quotations), len(figures), len(brief.documents), len(proof.files), tuple(dict.fromkeys(mismatches)))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); give the folder of an issue") from error


def _values(value: object, kind: type[T]) -> Iterator[T]:
    """Every value of that kind inside, depth first."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, Value):
        for name in type(value).model_fields:
            yield from _values(getattr(value, name), kind)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _values(one, kind)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _values(one, kind)


def _files(folder: Path, proof: Proof) -> Iterator[str]:
    for name, digest in proof.files.items():
        path = folder / name
        if not path.is_file():
            yield f"{name}: is missing from the folder"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{name}: was changed after the issue was written"


def _documents(brief: Brief, proof: Proof) -> Iterator[str]:
    for cited in brief.documents:
        stored = proof.texts.get(cited.id)
        if stored is None:
            yield f"source [{cited.number}] {cited.title!r}: its text is not in {EVIDENCE_NAME}"
        elif not stored.intact or stored.sha256 != cited.sha256:
            yield f"source [{cited.number}] {cited.title!r}: its stored text does not fit its hash"


def _misquoted(evidence: Evidence, proof: Proof) -> str | None:
    stored = proof.texts.get(evidence.document_id)
    if stored is None:
        return f"{evidence.quote[:60]!r}: document {evidence.document_id} is not in {EVIDENCE_NAME}"
    text = stored.title if evidence.part is Part.TITLE else stored.text
    if text[evidence.start : evidence.end] != evidence.quote:
        there = text[evidence.start : evidence.end][:60]
        return f"{evidence.quote[:60]!r}: document {evidence.document_id} has {there!r} at {evidence.start}:{evidence.end}"
    return None


def _misread(figure: Figure) -> Iterator[str]:
    """A printed number must be what its own words say."""
    from briefing.extraction.numbers import read

    printed = (figure.value, figure.low, figure.high)
    for index, evidence in enumerate(figure.evidence):
        number = read(evidence.quote)
        said = (number.value, number.low, number.high) if number else None
        if said != printed:
            yield f"{figure.id}: prints {printed} where {evidence.quote!r} says {said}"
        elif number and index == 0 and (number.qualifier, number.unit) != (figure.qualifier, figure.unit):
            yield f"{figure.id}: prints {figure.qualifier} {figure.unit} where {evidence.quote!r} says {number.qualifier} {number.unit}"


def _invented_speakers(brief: Brief, proof: Proof) -> Iterator[str]:
    """A speaker's name stands in the document that quotes the speaker, or is the canonical name of somebody mentioned there."""
    mentioned = {(entity.name, one.document_id) for entity in _values(brief, Entity) for one in entity.evidence}
    for statement in _values(brief, Statement):
        stored = proof.texts.get(statement.document_id)
        if statement.speaker and stored and (statement.speaker, statement.document_id) not in mentioned:
            text = f"{stored.title}\n{stored.text}".casefold()
            missing = [word for word in statement.speaker.casefold().split() if word not in text]
            if missing:
                yield f"{statement.id}: speaker {statement.speaker!r} does not stand in document {statement.document_id}"


def _ungrounded(brief: Brief) -> Iterator[str]:
    """A composed sentence has no name and no number that its evidence lacks."""
    from briefing.brief.grounding import is_grounded

    for line in brief.bottom_line:
        if not is_grounded(line.text, line.evidence):
            yield f"bottom line: {line.text[:60]!r} says more than its evidence"


def _wrong_ids(printed: object, brief: Brief) -> Iterator[str]:
    """Ids are computed from where a finding stands; a different one in the file was put there by hand."""
    computed = json.loads(brief.model_dump_json())
    yield from (f"brief.json: {path} is {theirs!r}, computed {ours!r}" for path, theirs, ours in _differences(printed, computed, ""))


def _differences(theirs: object, ours: object, path: str) -> Iterator[tuple[str, object, object]]:
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in theirs:
            if key in ours:
                yield from _differences(theirs[key], ours[key], f"{path}.{key}" if path else key)
    elif isinstance(theirs, list) and isinstance(ours, list):
        for index, (one, other) in enumerate(zip(theirs, ours, strict=False)):
            yield from _differences(one, other, f"{path}[{index}]")
    elif path.endswith(".id") and theirs != ours:
        yield path, theirs, ours
