"""An issue proves itself; one changed digit, offset or word anywhere is found."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.errors import UsageError
from briefing.models import (
    Artifact,
    Brief,
    CitedDocument,
    Coverage,
    Document,
    Figure,
    KeyFigure,
    Line,
    Measure,
    Methodology,
    Period,
    Qualifier,
    Source,
    Statement,
    StatementKind,
    Story,
)
from briefing.proof import evidence_file
from briefing.verify import verify

TEXT = 'At least 14 people were killed in Dorra, police chief Ana Brek said. "We will find them," she said.'


def span(document: Document, words: str) -> tuple[int, int]:
    start = document.text.index(words)
    return start, start + len(words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    document = Document(
        id="d1",
        source=Source(id="courier", name="Harbour Courier"),
        name="a.txt",
        title="Attack in Dorra",
        text=TEXT,
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
    )
    sentence = document.cite(*span(document, "At least 14 people were killed in Dorra, police chief Ana Brek said."))
    figure = Figure(
        evidence=(document.cite(*span(document, "At least 14")),),
        context=(sentence,),
        value=14,
        qualifier=Qualifier.AT_LEAST,
        measure=Measure.KILLED,
        counted=document.cite(*span(document, "people")),
    )
    statement = Statement(
        evidence=(document.cite(*span(document, TEXT)),),
        context=(document.cite(*span(document, TEXT)),),
        content=(document.cite(*span(document, "We will find them")),),
        cue=(document.cite(*span(document, "said")),),
        kind=StatementKind.DIRECT,
        speaker="Ana Brek",
    )
    end = datetime(2026, 3, 2, 6, tzinfo=UTC)
    story = Story(id="s1", headline=sentence, documents=("d1",), figures=(figure,), statements=(statement,))
    brief = Brief(
        id="daily-2026-03-02",
        title="Situation, Facts and Events",
        date="2026-03-02",
        period=Period(start=end - timedelta(days=1), end=end),
        cut_off=end,
        prepared_at=end,
        timezone="UTC",
        bottom_line=(Line(text="At least 14 people were killed in Dorra.", evidence=(sentence,), story_id="s1"),),
        key_figures=(KeyFigure(story_id="s1", figure=figure),),
        stories=(story,),
        documents=(
            CitedDocument(
                number=1, id="d1", source_id="courier", source="Harbour Courier", publisher="x", title="Attack", sha256=document.sha256
            ),
        ),
        coverage=Coverage(),
        methodology=Methodology(software="briefing", model="none"),
    )
    files = [
        Artifact(name="brief.json", format="json", media_type="application/json", content=brief.model_dump_json(indent=1).encode()),
        Artifact(name="brief.md", format="md", media_type="text/markdown", content=b"At least 14 people were killed.\n"),
    ]
    for artifact in (*files, evidence_file(brief, [document], files)):
        (tmp_path / artifact.name).write_bytes(artifact.content)
    return tmp_path


def change_brief(folder: Path, change: Callable[[dict[str, object]], None]) -> None:
    """Changes brief.json and its recorded hash too, as a careful forger would."""
    path = folder / "brief.json"
    brief = json.loads(path.read_text(encoding="utf-8"))
    change(brief)
    path.write_text(json.dumps(brief), encoding="utf-8")

    def renew(lines: list[dict[str, object]]) -> None:
        lines[0]["files"]["brief.json"] = hashlib.sha256(path.read_bytes()).hexdigest()  # type: ignore[index]

    change_evidence(folder, renew)


def change_evidence(folder: Path, change: Callable[[list[dict[str, object]]], None]) -> None:
    path = folder / "evidence.jsonl.gz"
    lines = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    change(lines)
    path.write_bytes(gzip.compress("\n".join(json.dumps(line) for line in lines).encode()))


def faults(folder: Path) -> str:
    return "\n".join(verify(folder).mismatches)


def test_an_untouched_issue_stands(folder: Path) -> None:
    found = verify(folder)
    assert found.mismatches == ()
    assert (found.figures, found.documents, found.files) == (2, 1, 2)
    assert found.quotations > 5


def figure_of(brief: dict[str, object]) -> dict[str, object]:
    return brief["stories"][0]["figures"][0]  # type: ignore[index, no-any-return]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda brief: figure_of(brief).update(value=41), "prints (41.0, None, None) where 'At least 14' says (14.0, None, None)"),
        (lambda brief: figure_of(brief).update(qualifier="exactly"), "prints exactly"),
        (lambda brief: figure_of(brief)["evidence"][0].update(quote="At least 41"), "'At least 41': document d1 has 'At least 14'"),
        (lambda brief: figure_of(brief)["evidence"][0].update(start=1, end=12), "document d1 has"),
        (lambda brief: figure_of(brief)["counted"].update(document_id="d9"), "document d9 is not in"),
        (lambda brief: figure_of(brief).update(id="F-0000000"), "stories[0].figures[0].id is 'F-0000000'"),
        (lambda brief: figure_of(brief).update(evidence=[]), "evidence"),
        (lambda brief: brief["stories"][0]["statements"][0].update(speaker="Otto Rell"), "speaker 'Otto Rell' does not stand"),
        (lambda brief: brief["stories"][0]["statements"][0]["content"][0].update(quote="We will free them"), "'We will free them'"),
        (lambda brief: brief["bottom_line"][0].update(text="At least 15 people were killed in Dorra."), "says more than its evidence"),
        (lambda brief: brief["bottom_line"][0].update(text="At least 14 people were killed in Varno."), "says more than its evidence"),
        (lambda brief: brief["documents"][0].update(sha256="0" * 64), "does not fit its hash"),
    ],
)
def test_a_forged_brief_is_found(folder: Path, change: Callable[[dict[str, object]], None], fault: str) -> None:
    change_brief(folder, change)
    assert fault in faults(folder)


def test_a_changed_source_text_is_found(folder: Path) -> None:
    change_evidence(folder, lambda lines: lines[1].update(text=TEXT.replace("14", "15")))
    assert "does not fit its hash" in faults(folder)


def test_a_missing_source_text_is_found(folder: Path) -> None:
    change_evidence(folder, lambda lines: lines.pop())
    assert "its text is not in evidence.jsonl.gz" in faults(folder)


def test_a_changed_or_missing_file_is_found(folder: Path) -> None:
    (folder / "brief.md").write_text("At least 15 people were killed.\n")
    assert faults(folder) == "brief.md: was changed after the issue was written"
    (folder / "brief.md").unlink()
    assert faults(folder) == "brief.md: is missing from the folder"


@pytest.mark.parametrize("content", [b"", b"no gzip", gzip.compress(b"no json"), gzip.compress(b"{}")])
def test_what_is_no_evidence_file_is_a_mismatch(folder: Path, content: bytes) -> None:
    (folder / "evidence.jsonl.gz").write_bytes(content)
    assert "evidence.jsonl.gz: is no evidence file" in faults(folder)


def test_an_empty_folder_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="give the folder of an issue"):
        verify(tmp_path)
