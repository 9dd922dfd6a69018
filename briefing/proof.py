"""The evidence file of an issue: the stored text and hash of every cited document, so that anyone can check each claim offline.

The first line names the issue and the hash of every file written with it; each further line is one cited document.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from briefing.errors import UsageError
from briefing.models import Artifact, Brief, Document

__all__ = ["EVIDENCE_NAME", "Proof", "StoredText", "evidence_file", "read_evidence"]

EVIDENCE_NAME = "evidence.jsonl.gz"


@dataclass(frozen=True)
class StoredText:
    """What the evidence file holds of one document."""

    sha256: str
    title: str
    text: str

    @property
    def intact(self) -> bool:
        """Does the hash fit the text."""
        return hashlib.sha256(self.text.encode()).hexdigest() == self.sha256


@dataclass(frozen=True)
class Proof:
    """A whole evidence file: hashes of the written files by name, stored texts by document id."""

    files: dict[str, str]
    texts: dict[str, StoredText]


def evidence_file(brief: Brief, documents: Sequence[Document], artifacts: Sequence[Artifact]) -> Artifact:
    """The documents in the order of the source list; the same bytes for the same issue."""
    stored = {document.id: document for document in documents}
    head = {"brief": brief.id, "files": {file.name: hashlib.sha256(file.content).hexdigest() for file in artifacts}}
    lines = [head, *(_record(stored[cited.id]) for cited in brief.documents if cited.id in stored)]
    packed = BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", filename="", mtime=0) as file:
        file.writelines(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
    return Artifact(name=EVIDENCE_NAME, format="evidence", media_type="application/gzip", content=packed.getvalue())


def _record(document: Document) -> dict[str, str]:
    return {"document_id": document.id, "sha256": document.sha256, "title": document.title, "text": document.text}


def read_evidence(content: bytes) -> Proof:
    """The evidence file read back. UsageError when it is none."""
    try:
        head, *records = (json.loads(line) for line in gzip.decompress(content).decode("utf-8").split("\n") if line)
        texts = {record["document_id"]: StoredText(record["sha256"], record["title"], record["text"]) for record in records}
        return Proof(dict(head["files"]), texts)
    except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error) as error:
        raise UsageError(f"{EVIDENCE_NAME}: is no evidence file of a brief ({error})") from error
