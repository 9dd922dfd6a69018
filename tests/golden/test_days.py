"""The example days: what a reader must find in them, and the bytes of the Markdown.

After an intended change, look at the difference and renew the golden files with ``BRIEFING_RENEW_GOLDEN=1 pytest tests/golden``.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from golden_days import DAYS, make

from briefing.models import Brief, Change
from briefing.verify import verify

HERE = Path(__file__).resolve().parent


def brief(issues: dict[str, Path], day: str) -> Brief:
    return Brief.model_validate_json((issues[day] / "brief.json").read_bytes())


@pytest.mark.parametrize("day", DAYS)
def test_the_markdown_is_the_golden_one(issues: dict[str, Path], day: str) -> None:
    golden = HERE / f"{day}.md"
    made = (issues[day] / "brief.md").read_text(encoding="utf-8")
    if os.environ.get("BRIEFING_RENEW_GOLDEN"):
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("day", DAYS)
def test_every_issue_proves_itself(issues: dict[str, Path], day: str) -> None:
    found = verify(issues[day])
    assert found.mismatches == ()
    assert found.figures > 20


@pytest.mark.parametrize("day", DAYS)
def test_every_document_is_accounted_for(issues: dict[str, Path], day: str) -> None:
    coverage = brief(issues, day).coverage
    assert coverage.documents_read == coverage.documents_kept + sum(coverage.dropped.values())
    assert coverage.documents_kept >= 10


def test_the_second_day_says_what_changed(issues: dict[str, Path]) -> None:
    first, second = (brief(issues, day) for day in DAYS)
    assert (first.issue, second.issue) == (1, 2)
    kinds = {line.change for line in second.changes}
    assert {Change.NEW, Change.UPDATED} <= kinds
    assert any(line.deltas for line in second.changes)
    assert {story.id for story in first.stories} & {story.id for story in second.stories}


def test_two_runs_give_the_same_bytes(issues: dict[str, Path], tmp_path: Path) -> None:
    again = make(tmp_path)
    for day in DAYS:
        for path in sorted(issues[day].iterdir()):
            assert (again[day] / path.name).read_bytes() == path.read_bytes(), f"{day} {path.name}"


@pytest.mark.parametrize("day", DAYS)
def test_no_format_loses_a_claim(issues: dict[str, Path], day: str) -> None:
    """Every claim's id and words are visible in the Markdown, the page and the PDF."""
    import html

    import pypdfium2

    pdf = pypdfium2.PdfDocument(issues[day] / "brief.pdf")
    texts = {
        "md": (issues[day] / "brief.md").read_text(encoding="utf-8"),
        "html": html.unescape(re.sub(r"<[^>]+>", "", (issues[day] / "brief.html").read_text(encoding="utf-8"))),
        "pdf": "".join(page.get_textpage().get_text_range() for page in pdf),
    }
    folded = {name: re.sub(r"[\W_]+", "", text).casefold() for name, text in texts.items()}
    made = brief(issues, day)
    claims = [claim for story in made.stories for claim in (*story.figures, *story.statements, *story.events, *story.risks)]
    assert len(claims) > 50
    for claim in claims:
        for name, text in folded.items():
            assert re.sub(r"\W+", "", claim.id).casefold() in text, f"{claim.id} is not in {name}"
            words = re.sub(r"[\W_]+", "", claim.evidence[0].quote if claim.prefix != "S" else claim.content[0].quote)
            assert words.casefold() in text, f"{claim.id} {claim.evidence[0].quote!r} is not in {name}"


@pytest.mark.parametrize("day", DAYS)
def test_traps_stay_out(issues: dict[str, Path], day: str) -> None:
    """Hidden instructions, the football result and last year's page never become a claim."""
    made = json.dumps(json.loads((issues[day] / "brief.json").read_text(encoding="utf-8"))["stories"]).casefold()
    assert "previous instructions" not in made
