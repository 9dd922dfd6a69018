"""A user's templates: extending, overriding, the Markdown-only theme, and errors that say where."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest

from briefing.errors import TemplateError, UsageError
from briefing.models import Brief

if TYPE_CHECKING:
    from conftest import Desk

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def test_a_block_of_the_shipped_theme_is_replaced(desk: Desk, brief: Brief) -> None:
    desk.write("house/brief.md", '{% extends "!situation/brief.md" %}\n{% block methodology %}\nOur own method.\n{% endblock %}\n')
    text = desk.text(brief, "md", "house")
    assert "Our own method." in text and "Probability (ICD 203)" not in text
    assert "## 1. Gunmen raid the customs post at Tarn Ford" in text


def test_an_overlay_extends_what_it_replaces(desk: Desk, brief: Brief) -> None:
    desk.write("situation/brief.html", '{% extends "!base/brief.html" %}{% block contents %}<p>no contents</p>{% endblock %}')
    page = desk.text(brief, "html")
    assert "<p>no contents</p>" in page and "Gunmen raid" in page


def test_a_partial_is_overridden_for_the_shipped_templates_too(desk: Desk, brief: Brief) -> None:
    desk.write("house/partials/coverage.html", "<p>{{ brief.coverage.documents_read }} read</p>")
    desk.write("house/theme.yaml", "name: house\n")
    assert "<p>31 read</p>" in desk.text(brief, "html", "house")


def test_a_markdown_template_alone_gives_all_formats(desk: Desk, brief: Brief) -> None:
    desk.write(
        "house/brief.md",
        "# {{ title }}\n\n"
        "{% for story in brief.stories %}\n- {{ story.headline.quote }}{{ story.headline | cite }}\n{% endfor %}\n\n"
        "| a | b |\n|---|--:|\n| 1 | 2 |\n\n"
        "{% for d in brief.documents %}\n[^{{ d.number }}]: {{ d.source }} {{ d.url | link }}\n{% endfor %}\n",
    )
    page = desk.text(brief, "html", "house")
    assert page.startswith("<!DOCTYPE html>") and page.count("<h1") == 1
    assert '<th scope="col">a</th>' in page and re.search(r'style="text-align: ?right', page)
    assert 'class="footnote-ref" href="#fn:1"' in page and 'id="fn:1"' in page
    assert 'href="https://herald.example/1/' in page and "javascript" not in page.replace("javascript:alert(1)", "", 1)
    assert "noreferrer" not in page.partition("<main")[2]
    assert desk.artifact(brief, "pdf", "house").content.startswith(b"%PDF-1.7")


def test_style_and_settings_of_a_theme_reach_the_page(desk: Desk, brief: Brief) -> None:
    desk.write("house/theme.yaml", 'colours: {accent: "#123456"}\ntext: {facts: Numbers}\ntitle: House Brief\n')
    desk.write("house/style.css", '@import "!base";\n.house { color: red }\n')
    page = desk.text(brief, "html", "house")
    assert "--accent: #123456;" in page and ".house { color: red }" in page and ".masthead" in page
    assert "<h3>Numbers</h3>" in page and "<h1>House Brief</h1>" in page


def test_a_logo_is_inlined(desk: Desk, brief: Brief) -> None:
    desk.write("house/theme.yaml", "logo: logo.png\n")
    (desk.root / "house" / "logo.png").write_bytes(PIXEL)
    assert 'src="data:image/png;base64,iVBOR' in desk.text(brief, "html", "house")
    assert desk.artifact(brief, "pdf", "house").notes == ()


@pytest.mark.parametrize("form", ["html", "pdf"])
@pytest.mark.parametrize("content", [None, b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 50], ids=["missing", "text", "broken"])
def test_a_bad_logo_becomes_a_visible_placeholder_and_a_note(desk: Desk, empty: Brief, form: str, content: bytes | None) -> None:
    desk.write("house/theme.yaml", "logo: logo.png\n")
    if content is not None:
        (desk.root / "house" / "logo.png").write_bytes(content)
    artifact = desk.artifact(empty, form, "house")
    assert any("logo.png" in note for note in artifact.notes)
    if form == "html":
        assert "[image not available: Situation, Facts and Events]" in artifact.content.decode()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("one\n{{ breif.title }}\n", r"house/brief.md:2: 'breif' is not defined, did you mean 'brief'\?"),
        ("{{ brief.titel }}\n", r"house/brief.md:1: Brief has no field 'titel', did you mean 'title'\?"),
        ("\n\n{{ text.facs }}\n", r"house/brief.md:3: there is no entry 'facs', did you mean 'facts'\?"),
        ("{{ brief.title | clap }}\n", r"house/brief.md:1: there is no filter 'clap', did you mean 'clip'\?"),
        ("{% if brief.titel %}x{% endif %}", r"house/brief.md:1: Brief has no field 'titel'"),
        ("a\n{% for x in brief.stories %}\n", r"house/brief.md:\d: .*endfor"),
        ('{% include "nothing.md" %}', r"house/brief.md:1: no file 'nothing.md' in theme house, situation"),
        ('{% extends "!house/brief.md" %}', r"house/brief.md:1: '!house/brief.md' is in no theme behind this one"),
        ("{{ 1 / 0 }}", r"house/brief.md:1: division by zero"),
        ("{{ brief.stories[0].headline.quot }}", r"Evidence has no field 'quot', did you mean 'quote'\?"),
        ("{% for s in brief.stories %}\n{{ s.figures[0] | moment }}{% endfor %}", r"house/brief.md:2: "),
    ],
)
def test_a_broken_template_is_named_with_file_line_and_nearest_name(desk: Desk, brief: Brief, source: str, message: str) -> None:
    desk.write("house/brief.md", source)
    with pytest.raises(TemplateError, match=message):
        desk.text(brief, "md", "house")


def test_an_error_in_a_partial_names_the_partial(desk: Desk, brief: Brief) -> None:
    desk.write("house/theme.yaml", "name: house\n")
    desk.write("house/partials/coverage.html", "<p>\n{{ brief.coverge }}</p>")
    with pytest.raises(TemplateError, match=r"house/partials/coverage.html:2: Brief has no field 'coverge', did you mean 'coverage'"):
        desk.text(brief, "html", "house")


def test_a_template_that_is_not_text_is_named(desk: Desk, brief: Brief) -> None:
    desk.write("house/brief.md", "")
    (desk.root / "house" / "brief.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TemplateError, match=r"house/brief.md: cannot be read as UTF-8"):
        desk.text(brief, "md", "house")


def test_an_unknown_format_names_the_known_ones(desk: Desk, brief: Brief) -> None:
    with pytest.raises(UsageError, match=r"unknown format 'pfd', did you mean 'pdf'\?; known: html, json, md, pdf"):
        desk.artifact(brief, "pfd")


def test_missing_values_print_in_words(desk: Desk, brief: Brief) -> None:
    desk.write("house/brief.md", "{{ brief.stories[0].risks[1].hedge | words }} / {{ brief.charts.get('x') }}\n")
    assert desk.text(brief, "md", "house") == "not reported / not reported\n"


def test_joined_text_is_escaped_by_the_rules_of_markdown(desk: Desk, empty: Brief) -> None:
    spiked = empty.model_copy(update={"title": "[x](javascript:1)"})
    desk.write(
        "house/brief.md",
        "{% macro b(x) %}**{{ x }}**{% endmacro %}{{ b(title) }} {{ title ~ b('y') }} {{ [title, b('z')] | join('*') }} "
        "{% set kept %}{{ title }}{% endset %}{{ kept }}\n",
    )
    text = desk.text(spiked, "md", "house")
    assert text.count("\\[x\\](javascript:1)") == 4 and "**y**" in text and "\\***z**" in text


def test_check_finds_what_only_a_full_brief_shows(desk: Desk, brief: Brief, empty: Brief) -> None:
    desk.write("house/brief.md", "{% for story in brief.stories %}{{ story.hedline }}{% endfor %}\n")
    assert desk.check("house", empty) == ()
    problems = desk.check("house", brief, empty)
    assert len(problems) == 1 and "Story has no field 'hedline', did you mean 'headline'?" in problems[0]
    assert "unknown theme 'hose', did you mean 'house'" in desk.check("hose", brief)[0]


def test_check_reports_a_missing_picture(desk: Desk, empty: Brief) -> None:
    desk.write("house/theme.yaml", "logo: logo.svg\n")
    assert any(problem.startswith("pdf: image 'asset:logo.svg'") for problem in desk.check("house", empty))


def test_the_shipped_theme_passes_its_own_check(desk: Desk, brief: Brief, empty: Brief) -> None:
    assert desk.check("situation", brief, empty) == ()
