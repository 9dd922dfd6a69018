"""Equal texts and versions of one article. Pure; the result does not depend on the order of the documents.

Same address: the newest version is kept, and of equal copies of it the one published first. Same text but for case, space and
punctuation: of one publisher the first is kept; of another publisher both are kept and the later one says whose text it repeats.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from briefing.models import Document
from briefing.text.cleaning import folded

__all__ = ["Candidate", "Duplicate", "sorted_out"]

_LAST = datetime(9999, 1, 1, tzinfo=UTC)
_FIRST = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An admitted document with what tells its versions apart. ``number`` is the item it came from."""

    document: Document
    number: int
    url_key: str | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A document that is dropped, and why."""

    candidate: Candidate
    reason: str


def sorted_out(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Duplicate]]:
    """The candidates to keep, oldest first, some with ``duplicate_of`` set; and those to drop."""
    current, older = _versions(candidates)
    kept: list[Candidate] = []
    dropped = list(older)
    first: dict[str, Document] = {}
    owners: dict[str, set[str]] = {}
    for candidate in sorted(current, key=_age):
        document = candidate.document
        key = hashlib.sha256(folded(document.text).encode()).hexdigest()
        original = first.setdefault(key, document)
        publishers = owners.setdefault(key, set())
        if document.source.owner in publishers:
            dropped.append(Duplicate(candidate, f"same text as {_called(original)}"))
            continue
        publishers.add(document.source.owner)
        if original is not document:
            candidate = Candidate(
                document.model_copy(update={"duplicate_of": original.id}), candidate.number, candidate.url_key, candidate.updated_at
            )
        kept.append(candidate)
    return kept, dropped


def _versions(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Duplicate]]:
    """The newest version of each address in its earliest copy; its later copies, and the older versions."""
    versions: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.url_key:
            versions.setdefault(candidate.url_key, []).append(candidate)
    current = [candidate for candidate in candidates if not candidate.url_key]
    older: list[Duplicate] = []
    for group in versions.values():
        text = folded(max(group, key=_newness).document.text)
        copies = [candidate for candidate in group if folded(candidate.document.text) == text]
        first = min(copies, key=_age)
        current.append(first)
        older += [Duplicate(copy, f"same text as {_called(first.document)}") for copy in copies if copy is not first]
        older += [
            Duplicate(candidate, f"older version of {_called(first.document)}")
            for candidate in group
            if not any(candidate is copy for copy in copies)
        ]
    return current, older


def _newness(candidate: Candidate) -> tuple[datetime, int, str]:
    """Newest last; of two equally new ones the longer text counts as the newer."""
    document = candidate.document
    return candidate.updated_at or document.published_at or _FIRST, len(document.text), document.id


def _age(candidate: Candidate) -> tuple[datetime, str, str, str]:
    document = candidate.document
    return document.published_at or _LAST, document.source.id, document.id, document.name


def _called(document: Document) -> str:
    return f"{document.name} ({document.source.name})"
