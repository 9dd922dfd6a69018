"""The adapters rename and convert; what they hand on is what the extractor said."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import adapters  # noqa: E402
from briefing.models import EventType, Measure, Precision, Qualifier  # noqa: E402


def figure(**changed: object) -> dict[str, object]:
    return {"value": None, "low": None, "high": None, "qualifier": "exactly", "measure": "killed", **changed}


def test_a_row_becomes_a_document_with_its_very_text() -> None:
    document = adapters.document({"id": "r1", "text": " Two men\n fled. ", "date": "2026-03-02", "title": "Flight"})
    assert (document.text, document.title, document.published_precision) == (" Two men\n fled. ", "Flight", Precision.DAY)
    assert adapters.document({"doc": "r2", "text": "x"}, "doc").published_at is None


def test_casualties_keep_values_ranges_and_signs_and_leave_words_out() -> None:
    told = {
        "id": "d",
        "figures": [
            figure(value=9, qualifier="at_least"),
            figure(low=3, high=5, qualifier="between", measure="wounded"),
            figure(qualifier="vague"),
            figure(value=4, measure="abducted"),
            figure(value=7, measure="money"),
        ],
    }
    assert adapters.casualties(told)["figures"] == [
        {"kind": "killed", "lo": 9, "hi": 9, "qual": ">="},
        {"kind": "wounded", "lo": 3, "hi": 5, "qual": "range"},
        {"kind": "kidnapped", "lo": 4, "hi": 4, "qual": "="},
    ]


def test_types_are_renamed() -> None:
    told = {"id": "d", "events": [{"type": "explosion"}, {"type": "battle"}, {"type": "agreement"}]}
    assert adapters.incident_types(told) == {"id": "d", "types": ["ATTACK", "BOMBING"]}
    assert adapters.case_type(told) == {"id": "d", "type": "explosion"}
    assert adapters.case_gold({"id": "d", "type": "SUIC_BOMB"})["type"] == "explosion"


def test_the_tables_speak_the_vocabularies() -> None:
    assert set(adapters.SIGN) == set(adapters.CHANGE) == {one.value for one in Qualifier} - {"vague"}
    assert set(adapters.CASUALTY) <= {one.value for one in Measure}
    types = {one.value for one in EventType}
    assert set(adapters.INCIDENT) <= types
    assert set(adapters.CASE.values()) <= types


def test_statements_keep_their_spans() -> None:
    statement = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 20], [30, 40]], "kind": "mixed", "speaker": "Mayor"}
    assert adapters.attributions({"id": "d", "statements": [statement]}) == {
        "doc": "d",
        "attributions": [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 20], [30, 40]]}],
    }


def test_numbers_of_a_sentence_are_read_whatever_they_count() -> None:
    (share, sum_) = adapters.quantities({"id": "d", "text": "Sales fell by 4 per cent to $2 million."})["quantities"]
    assert (share["lo"], share["unit"]) == (4, "percentage")
    assert (sum_["lo"], sum_["unit"]) == (2_000_000, "dollar")


def test_quality_skips_what_is_absent(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "benchmarks/quality.py", "--data", str(tmp_path / "data")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert "nothing to score" in ran.stdout
    assert ran.stderr.count("skipped") == 10
