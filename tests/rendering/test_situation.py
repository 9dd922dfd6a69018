"""The theme situation: every claim with id and words in every format, nothing missing, the same bytes each time."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_briefs import make_brief, make_empty

from briefing.models import Brief, Marking
from briefing.rendering import render_one
from briefing.rendering.environment import Environment
from briefing.rendering.themes import chain

if TYPE_CHECKING:
    from conftest import Desk

ENVIRONMENT = Environment(chain("situation"))


class Page(HTMLParser):
    """Visible text, ids, links and headings of an HTML page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[str] = []
        self.tags: list[str] = []
        self._hidden = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("style", "script", "title")
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)

    @property
    def text(self) -> str:
        return squeeze(" ".join(self.words))


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def plain(markdown: str) -> str:
    return squeeze(unescape(re.sub(r"\\(.)", r"\1", markdown)))


def render(brief: Brief, form: str) -> str:
    return render_one(form, brief.model_dump_json().encode(), ENVIRONMENT).content.decode()


@pytest.fixture(scope="module")
def page(brief: Brief) -> Page:
    return Page(render(brief, "html"))


def claims(brief: Brief) -> list[tuple[str, str]]:
    found = []
    for story in brief.stories:
        for claim in (*story.figures, *story.events, *story.statements, *story.risks):
            words = claim.evidence[0].quote
            found.append((claim.id, words[1:] if claim in story.figures else words))
    return found


def test_every_claim_is_visible_in_html(brief: Brief, page: Page) -> None:
    for id, words in claims(brief):
        assert id in page.text and words in page.text, (id, words)


def test_every_claim_is_visible_in_markdown(brief: Brief) -> None:
    text = plain(render(brief, "md"))
    for id, words in claims(brief):
        assert id in text and words in text, (id, words)


def test_situation_sentences_names_and_reasons_are_visible(brief: Brief, page: Page) -> None:
    text = plain(render(brief, "md"))
    for shown in (page.text, text):
        for story in brief.stories:
            assert all(squeeze(sentence.quote) in shown for sentence in story.summary)
            assert "2 independent publishers; figures differ" in shown
        for words in ("not reported", "single source", "2, probably true", "B, usually reliable", "F, cannot be judged", "(24)", "newest"):
            assert words in shown, words
        for words in ("Ansa Breck", "Reed Brigade", "denied", "denies", "negated", "unrated", "planned", "could", "Assessed by J. Doe"):
            assert words in shown, words
        for words in ("4 stale", "2 duplicate", "no answer within 20 s", "fell silent", "3 entries without a link", "and 7 more stories"):
            assert words in shown, words
        for words in ("GeoNames", "English text only.", "en_core_web_sm 3.8.0", "55–80 %", "At least 9", "Bridge at Aldry open again"):
            assert words in shown, words


def test_anchors_are_unique_and_links_lead_somewhere(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    inner = [link[1:] for link in page.links if link.startswith("#")]
    assert inner and set(inner) <= set(page.ids)
    assert all(re.match(r"#|https?://|mailto:", link) for link in page.links)


def test_references_lead_to_the_source_and_back(brief: Brief, page: Page) -> None:
    claim = brief.stories[0].figures[0]
    html = render(brief, "html")
    entry = html.partition('<li id="source-1">')[2].partition("</li>")[0]
    assert f'href="#{claim.id}"' in entry
    assert f'<tr id="{claim.id}">' in html


def test_the_page_has_one_h1_and_an_h2_per_story(brief: Brief, page: Page) -> None:
    assert page.headings.count("h1") == 1 and page.headings[0] == "h1"
    assert all(f"story-{number}" in page.ids for number in range(1, len(brief.stories) + 1))
    assert "script" not in page.tags and "main" in page.tags and "nav" in page.tags and "footer" in page.tags


def test_the_html_is_self_contained_and_small(brief: Brief) -> None:
    html = render(make_brief(20), "html")
    assert len(html) < 1_000_000
    assert not re.search(r"""(?:src|@import|url\()\s*=?\s*["']?https?:""", html)
    assert "prefers-color-scheme: dark" in html and "Content-Security-Policy" in html
    assert html.count("<details") == sum(len(claims(brief)) for brief in [make_brief(20)])


def test_the_evidence_sentence_stands_behind_each_claim(brief: Brief, page: Page) -> None:
    for story in brief.stories:
        for claim in (*story.figures, *story.events, *story.statements, *story.risks):
            assert all(squeeze(item.quote) in page.text for item in claim.context)


def test_marking_and_exercise_are_on_the_page(brief: Brief) -> None:
    for form in ("html", "md"):
        text = render(brief, form)
        assert "TLP:AMBER" in text and "EXERCISE" in text
        unmarked = render(make_brief(1, marking=None, exercise=False), form)
        assert "TLP:" not in unmarked.replace("--", "") and "EXERCISE" not in unmarked
    assert "TLP:AMBER+STRICT" in render(make_brief(1, marking=Marking.AMBER_STRICT), "md").replace("\\", "")


def test_footnotes_are_defined_once_and_all_used(brief: Brief) -> None:
    text = render(brief, "md")
    defined = re.findall(r"^\[\^(\d+)\]:", text, flags=re.MULTILINE)
    used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert defined == [str(document.number) for document in brief.documents]
    assert used == set(defined)


def test_an_empty_day_says_so() -> None:
    for form in ("html", "md"):
        text = render(make_empty(), form)
        for words in (
            "Nothing to report for this period.",
            "No story met the criteria",
            "No analyst judgement",
            "Nothing changed",
            "No document",
        ):
            assert words in text, words
        assert "None" not in text and "Undefined" not in text


def test_a_one_off_brief_has_no_issue_and_no_changes() -> None:
    text = render(make_brief(1, one_off=True, issue=None, changes=()), "md")
    assert "What changed" not in text and "One-off brief" in text and "Updated ·" not in text


def test_the_json_is_the_brief_and_reads_back(brief: Brief) -> None:
    for each in (brief, make_empty()):
        text = render(each, "json")
        assert text.endswith("}\n") and Brief.model_validate_json(text) == each
        assert text == each.model_dump_json(indent=2) + "\n"


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_the_same_brief_gives_the_same_bytes(brief: Brief, form: str) -> None:
    again = Brief.model_validate_json(render(brief, "json"))
    assert render(brief, form) == render(again, form)


def test_another_process_gives_the_same_bytes(brief: Brief) -> None:
    program = (
        "import sys; from briefing.rendering import render_one, Environment; from briefing.rendering.themes import chain\n"
        "data = sys.stdin.buffer.read(); env = Environment(chain('situation'))\n"
        "sys.stdout.buffer.write(render_one('md', data, env).content + render_one('html', data, env).content)\n"
        "heavy = {'spacy', 'sklearn', 'weasyprint', 'numpy', 'trafilatura'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program],
            input=brief.model_dump_json().encode(),
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1] == (render(brief, "md") + render(brief, "html")).encode()


def test_artifacts_come_in_the_order_asked_for(desk: Desk, brief: Brief) -> None:
    from briefing import rendering
    from briefing.models import Limits

    artifacts, rows = rendering.render(brief, ["json", "md", "json"], isolate=desk.workers, limits=Limits())
    assert [artifact.name for artifact in artifacts] == ["brief.json", "brief.md"]
    assert [(row.format, row.path, row.written) for row in rows] == [("json", "brief.json", True), ("md", "brief.md", True)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=60).filter(lambda text: text.strip()))
def test_any_title_renders(title: str) -> None:
    brief = make_empty().model_copy(update={"title": title, "organisation": title, "subtitle": title})
    assert render(brief, "html").count("<h1") == 1
    assert render(brief, "md").startswith("# ")
