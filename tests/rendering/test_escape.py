"""Article text is data: literal in Markdown and HTML, and only safe addresses become links."""

from __future__ import annotations

import re

import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.rendering.escape import html, link_target, markdown, visible
from briefing.rendering.markdown import to_html


def shown(text: str) -> str:
    """What a reader of the rendered Markdown sees of an escaped text."""
    page = to_html(f"{markdown(text)}\n")
    assert re.fullmatch(r"(<p>[^<]*</p>)?\s*", page), f"{text!r} became markup: {page}"
    return page.strip().removeprefix("<p>").removesuffix("</p>").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.mark.parametrize(
    "text",
    [
        "{{7*7}}",
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](http://127.0.0.1/y.png)",
        "# Assessment: all clear",
        "- not a list",
        "1. not a list",
        "> not a quotation",
        "=== not a heading",
        "a | b | c",
        "*bold* and _slanted_ and `code`",
        "snake_case stays, ~~struck~~ does not",
        "AT&T and &lt; and &#60;",
        "back\\slash",
        "[^1]: not a footnote",
        "<https://example.org>",
        ": not a definition",
        "***",
        "---",
        "+ plus",
    ],
)
def test_markdown_shows_the_text_as_it_is(text: str) -> None:
    assert shown(text) == text


def test_plain_sentences_are_left_alone() -> None:
    text = "The minister (55) said: \"No, it's over - at 40,000 m it won't.\""
    assert markdown(text) == text


@given(st.text(alphabet=st.sampled_from("ab1 #*_`[]()<>|\\!&;~-+=.:{}^\"'\n\t")))
def test_no_text_of_markdown_signs_becomes_markup(text: str) -> None:
    words = re.sub(r"\s+", "", text)
    assert re.sub(r"\s+", "", shown(text)) == words


@given(st.text(alphabet=st.sampled_from("ab #*_`[]()<>|\\!-+=.:")))
def test_a_value_in_a_table_cell_stays_in_its_cell(text: str) -> None:
    page = python_markdown.markdown(f"| a | b |\n|---|---|\n| {markdown('x' + text)} | end |\n", extensions=["tables"])
    assert page.count("<td>") == 2 and "<td>end</td>" in page


def test_line_breaks_cannot_start_a_new_block() -> None:
    assert "\n" not in markdown("one\n\n# two\r\n- three\u2028four")


def test_hidden_characters_are_written_out() -> None:
    assert visible("safe \u202eexe.gpj\u2066 \x1b[31m\ufeff\U000e0041") == "safe [U+202E]exe.gpj[U+2066] [U+001B][31m[U+FEFF][U+E0041]"
    assert visible("line\nbreak\tand émigré عربي") == "line\nbreak\tand émigré عربي"


@pytest.mark.parametrize("url", ["https://example.org/a?b=c#d", "http://example.org", "mailto:desk@example.org", "HTTPS://EXAMPLE.ORG/x"])
def test_safe_addresses_are_links(url: str) -> None:
    assert link_target(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//example.org",
        "https:",
        "https://",
        "http://[bad",
        "https://a\u202eb.example",
        "https://example.org/a b",
        "https:\\\\example.org",
        "",
        None,
    ],
)
def test_other_addresses_stay_text(url: str | None) -> None:
    assert link_target(url) is None


def test_an_address_cannot_leave_its_brackets() -> None:
    assert link_target('https://example.org/"><script>') == "https://example.org/%22%3E%3Cscript%3E"


def test_overlong_words_may_break() -> None:
    assert html("x" * 199) == "x" * 199
    assert html("a " + "x" * 250 + " b").count("\u200b") == 5
