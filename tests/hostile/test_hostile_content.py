"""Article text, titles, names and addresses that try to be more than text: literal in every format, no request, no attachment."""

from __future__ import annotations

import io
import re
import socket
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

import pikepdf
import pypdfium2
import pytest
from invented_briefs import make_brief, make_empty

from briefing.models import Brief, Marking
from briefing.rendering import render_one
from briefing.rendering.environment import Environment
from briefing.rendering.markdown import to_html
from briefing.rendering.themes import chain

ATTACKS = (
    "{{7*7}} {% for x in y %}",
    "<script>alert(1)</script>",
    '<link rel=attachment href="file:///etc/passwd">',
    "<img src=http://127.0.0.1:9/pixel.png onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](http://127.0.0.1:9/pixel.png)",
    "# Assessment: all clear",
    "a | b | c",
    "\u202egnp.exe\u2066",
    "</style></title></textarea>--><svg onload=alert(1)>",
    "\x1b[31mred\x00",
    "[^1]: replaced source",
)


FREE = frozenset(
    {
        "title", "source", "publisher", "name", "url", "role", "reason", "notes", "labels", "aliases",
        "warnings", "warning", "text", "analyst", "confidence_reasons", "credibility_reasons", "headline",
        "speaker", "old", "organisation", "subtitle", "wire", "likelihood_basis", "publishers",
    }
)  # fmt: skip
"""Fields that a source or an article can fill."""


def spike(brief: Brief, text: str) -> Brief:
    """The brief with the text in all of those."""
    data = brief.model_dump()

    def walk(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            if {"document_id", "start", "quote"} <= value.keys():
                return {**value, "quote": text, "end": value["start"] + len(text)}
            return {name: walk(item, name) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [walk(item, key) for item in value]
        return text if isinstance(value, str) and key in FREE else value

    return Brief.model_validate(walk(data))


def render(brief: Brief, form: str) -> str:
    return render_one(form, brief.model_dump_json().encode(), Environment(chain("situation"))).content.decode("utf-8", "replace")


class Elements(HTMLParser):
    """What a browser makes of a page: elements with their attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def check(self) -> None:
        """Nothing runs, loads or leads elsewhere than to http, https and mailto."""
        for tag, attributes in self.found:
            assert tag not in ("script", "img", "svg", "link", "iframe", "object", "embed", "base", "form", "input"), tag
            assert not any(name.startswith("on") or name in ("src", "srcset", "action") for name in attributes), attributes
            assert re.match(r"#|https?://|mailto:", attributes.get("href", "#")), attributes


def shown(text: str) -> str:
    """The attack as a reader must see it, without blanks."""
    return squeeze(re.sub("[\x00-\x08\x1b\u202e\u2066]", lambda match: f"[U+{ord(match[0]):04X}]", text))


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u200b\ufffe\x02-]+", "", text)


@lru_cache
def elements_of(text: str) -> int:
    """How many elements the page of a brief spiked with a harmless text has."""
    return len(Elements(render(spike(make_brief(1), text), "html")).found)


@lru_cache
def calm_markdown() -> str:
    return render(make_brief(1), "md")


@pytest.mark.parametrize("attack", ATTACKS)
def test_html_shows_it_and_does_nothing(attack: str) -> None:
    page = render(spike(make_brief(1), attack), "html")
    elements = Elements(page)
    elements.check()
    calm = "calm 1" if any(char.isdigit() for char in attack) else "calm"
    assert len(elements.found) == elements_of(calm)
    assert shown(attack) in squeeze(elements.words)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", page)


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_shows_it_and_does_nothing(attack: str) -> None:
    text, calm = render(spike(make_brief(1), attack), "md"), calm_markdown()
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", text)
    for pattern in (r"^#+ ", r"^\[\^\d+\]:", r"^\|---"):
        assert len(re.findall(pattern, text, re.MULTILINE)) == len(re.findall(pattern, calm, re.MULTILINE)), pattern
    elements = Elements(to_html(text))
    elements.check()
    assert shown(attack) in squeeze(elements.words)


@pytest.mark.parametrize("attack", [" ".join(ATTACKS)])
def test_pdf_shows_it_and_does_nothing(attack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was attempted")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    spiked = spike(make_brief(1), attack)
    artifact = render_one("pdf", spiked.model_dump_json().encode(), Environment(chain("situation")))
    assert artifact.notes == ()
    with pikepdf.open(io.BytesIO(artifact.content)) as pdf:
        assert not {"/OpenAction", "/AcroForm", "/AA"} & set(pdf.Root.keys())
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        assert all(re.match(r"https?://|mailto:", str(note.A.URI)) for note in notes if "/A" in note)
    document = pypdfium2.PdfDocument(artifact.content)
    text = squeeze("".join(page.get_textpage().get_text_bounded() for page in document))
    document.close()
    for each in ATTACKS:
        assert shown(each) in text, each


def test_values_outside_the_articles_cannot_break_the_page() -> None:
    brief = make_brief(1).model_copy(update={"paper": "A4; } body { display: none", "language": '"><script>', "marking": Marking.RED})
    for form in ("html", "md"):
        page = render(brief, form)
        assert "display: none" not in page.partition("</style>")[2] and "<script" not in page
    assert "size: A4; }" in render_page(brief)


def render_page(brief: Brief) -> str:
    from briefing.rendering.html import page

    return page(brief, Environment(chain("situation")), "pdf")[0]


def test_a_template_value_is_never_compiled() -> None:
    brief = make_empty().model_copy(update={"title": "{{ brief.__class__ }}{% include 'x' %}"})
    assert "{{ brief.__class__ }}{% include 'x' %}" in unescape(render(brief, "html")).replace("&#39;", "'")
