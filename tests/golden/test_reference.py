"""The model document, read as what it is: only where the evaluation data is at hand (``BRIEFING_EVAL_DATA``)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.models import Brief, Qualifier
from briefing.verify import verify

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("BRIEFING_EVAL_DATA", ROOT.parent / "shared" / "data"))
REFERENCE = DATA.parent / "reference" / "situation-facts-events-2025-01-01.txt"

pytestmark = pytest.mark.skipif(not REFERENCE.exists(), reason="the model document is not here")

SPEAKERS = ("Abdul Karim Abd Fadhil", "Lindsey Graham", "Antony Blinken", "Joe Biden", "Bassam Ishak", "Iraqi officials", "analysts")
ROLES = ("national security chief", "Senator", "Secretary of State", "President", "Spokesman")
FIGURES = {
    ("40,000", Qualifier.AT_LEAST),
    ("9,000", Qualifier.ABOUT),
    ("8,000", Qualifier.ABOUT),
    ("5,000", Qualifier.BETWEEN),
    ("six", Qualifier.EXACTLY),
    ("70", Qualifier.EXACTLY),
    ("hundreds", Qualifier.VAGUE),
    ("dozens", Qualifier.VAGUE),
    ("thousands", Qualifier.VAGUE),
}
HEDGES = ("planning", "fears", "likely", "threat")


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reference")
    command = [sys.executable, "-m", "briefing", "run", str(REFERENCE), "--at", "2025-01-01", "--output", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return out / "brief-2025-01-01"


@pytest.fixture(scope="module")
def brief(issue: Path) -> Brief:
    return Brief.model_validate_json((issue / "brief.json").read_bytes())


def test_date_headline_source_and_body(brief: Brief) -> None:
    (document,) = brief.documents
    assert (document.published_at.date().isoformat(), document.source) == ("2025-01-01", "yahoo.com")  # type: ignore[union-attr]
    assert document.title.startswith("Islamic State planning mass jailbreak")
    assert not any("yahoo.com" in one.quote for story in brief.stories for one in story.summary)


def test_speakers_and_roles(brief: Brief) -> None:
    statements = [statement for story in brief.stories for statement in story.statements]
    named = {statement.speaker for statement in statements}
    assert not set(SPEAKERS) - named
    roles = " ".join(statement.role.quote for statement in statements if statement.role)
    assert [role for role in ROLES if role not in roles] == []


def test_figures_and_qualifiers_but_no_term_of_office(brief: Brief) -> None:
    figures = [figure for story in brief.stories for figure in story.figures]
    found = {(figure.evidence[0].quote.casefold(), figure.qualifier) for figure in figures}
    for words, qualifier in FIGURES:
        assert any(words in quote and qualifier is theirs for quote, theirs in found), words
    assert not any(figure.value == 24 for figure in figures)


def test_risks_keep_their_hedges(brief: Brief) -> None:
    risks = [risk for story in brief.stories for risk in story.risks]
    hedges = " ".join(risk.hedge.quote for risk in risks if risk.hedge)
    assert [hedge for hedge in HEDGES if hedge not in hedges] == []
    assert any("prison break" in risk.evidence[0].quote for risk in risks)


def test_all_of_it_is_visible_in_every_format(issue: Path) -> None:
    import html

    import pypdfium2

    pdf = pypdfium2.PdfDocument(issue / "brief.pdf")
    texts = {
        "md": (issue / "brief.md").read_text(encoding="utf-8"),
        "html": html.unescape(re.sub(r"<[^>]+>", " ", (issue / "brief.html").read_text(encoding="utf-8"))),
        "pdf": " ".join(page.get_textpage().get_text_range() for page in pdf),
        "json": (issue / "brief.json").read_text(encoding="utf-8"),
    }
    for name, text in texts.items():
        folded = re.sub(r"\W+", "", text.casefold())
        for words in (*SPEAKERS, *(figure for figure, _ in FIGURES)):
            assert re.sub(r"\W+", "", words.casefold()) in folded, f"{words} is not in {name}"


def test_the_issue_proves_itself(issue: Path) -> None:
    assert verify(issue).mismatches == ()
