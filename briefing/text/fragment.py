"""Snippets of HTML (feed entries, mail bodies) and the body of a parsed tree: elements in, blocks out, without guessing what is main text.

``document`` parses bytes, ``strip_hidden`` takes out what a reader of the page would not see, ``blocks`` reads the rest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.text.charset import decoded
from briefing.text.cleaning import tidy
from briefing.text.reading import Block, Reading, Unreadable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["blocks", "document", "is_fragment", "read_fragment", "strip_hidden"]

_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})|<\?xml[^<>]{0,100}?encoding=[\"']([\w.:-]{2,40})", re.IGNORECASE
)
_WHOLE = re.compile(rb"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_UNSEEN_STYLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:0(?:px|pt|em|rem|%)?(?:;|!|$)|opacity:0(?:\.0+)?(?:;|!|$)|(?:left|top|text-indent):-\d{4,}px"
)
_INSTRUCTION = re.compile(
    r"(?:ignore|disregard|forget) (?:all |any )?(?:the |your )?(?:previous|prior|above|earlier) "
    r"|\b(?:system prompt|language model|ai assistant)\b",
    re.IGNORECASE,
)
_SILENT = frozenset({
    "script", "style", "template", "noscript", "svg", "math", "button", "nav", "form", "select", "iframe", "object",
    "audio", "video", "canvas", "dialog", "head", "figcaption",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "aside", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
    "pre", "table", "thead", "tbody", "tr", "figure", "address", "body", "center", "hr",
})  # fmt: skip
PROSE_WORDS = 8
DEEPEST = 200


def is_fragment(content: bytes) -> bool:
    """Whether HTML is a snippet and no page of its own."""
    return _WHOLE.search(content[:4096]) is None


def document(content: bytes, charset: str | None = None) -> tuple[HtmlElement, tuple[str, ...]]:
    """The parsed tree of HTML bytes, and notes on its decoding. Unreadable when there is no element in it."""
    from lxml import etree, html

    declared = _CHARSET.search(content[:4096])
    named = (declared[1] or declared[2]).decode("ascii") if declared else None
    text, notes = decoded(content, charset or named)
    # The parser gets clean UTF-8 bytes: what it makes of NUL bytes and of other character sets differs between versions.
    clean = text.replace("\x00", "").encode("utf-8", errors="replace")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = html.document_fromstring(clean, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Unreadable("the page is empty or no HTML; check the address") from error
    return tree, notes


def strip_hidden(tree: HtmlElement) -> tuple[str, ...]:
    """Removes elements that inline styles or ``hidden`` make invisible; a note when there was prose or an instruction in them."""
    notes: list[str] = []
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in ("html", "body", "script", "style"):
            continue
        style = element.get("style")
        unseen = style and _UNSEEN_STYLE.search("".join(style.split()).lower())
        if not unseen and (element.get("hidden") is None or element.get("hidden", "").lower() == "until-found"):
            continue
        words = " ".join(element.text_content().split()) if element.tag not in _SILENT else ""
        if _INSTRUCTION.search(words[:20_000]):
            notes.append("hidden text removed that gives instructions to a machine")
        elif _is_prose(element, words):
            notes.append("hidden text removed")
        element.drop_tree()
    return tuple(dict.fromkeys(notes))


def _is_prose(element: HtmlElement, words: str) -> bool:
    """A hidden sentence, as opposed to a menu or a form that a script unfolds."""
    if words.count(" ") < PROSE_WORDS or not re.search(r"[a-z][.!?]( |$)", words):
        return False
    machinery = element.xpath("count(.//a|.//form|.//input|.//button|.//img|.//script|.//svg)")
    return element.tag in ("p", "span", "div", "font", "td") and machinery == 0


def read_fragment(content: bytes, charset: str | None = None) -> Reading:
    """The reading of a snippet: every visible paragraph, in order."""
    if not content.strip():
        return Reading(())
    tree, notes = document(content, charset)
    hidden = strip_hidden(tree)
    return Reading(blocks(tree), notes=(*notes, *hidden))


def blocks(tree: HtmlElement) -> tuple[Block, ...]:
    """Blocks of all text in block elements, list items and table rows."""
    walker = _Walker()
    walker.walk(tree, 0)
    walker.close()
    return tuple(walker.found)


class _Walker:
    """Collects inline text until a block element starts or ends."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._text: list[str] = []
        self._breaks = 0

    def walk(self, element: HtmlElement, depth: int) -> None:
        if depth > DEEPEST:
            self._add(" ".join(element.itertext()))
            return
        self._add(element.text)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "br":
                self._line_break()
            elif tag in _BLOCKS:
                self.close()
                self.walk(child, depth + 1)
                self.close(heading=tag in _HEADINGS)
            elif tag and tag not in _SILENT:
                if tag in ("td", "th") and self._text:
                    self._text.append(" | ")
                self.walk(child, depth + 1)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        if text and text.strip():
            self._breaks = 0
        if text:
            self._text.append(re.sub(r"\s+", " ", text))

    def _line_break(self) -> None:
        self._breaks += 1
        if self._breaks > 1:
            self.close()
        else:
            self._text.append("\n")

    def close(self, heading: bool = False) -> None:
        text, _ = tidy("".join(self._text))
        lines = tuple(line.strip() for line in text.split("\n") if line.strip(" |"))
        self._text, self._breaks = [], 0
        if lines:
            self.found.append(Block(lines, heading))
