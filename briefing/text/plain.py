"""Plain text and Markdown, with an optional block of YAML front matter: characters in, blocks out.

Front matter may set title, date, updated, source, author, url, language, kind, marking and exercise. Markdown is reduced to its text:
headings become heading blocks, links their words, images and comments nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from briefing.text.charset import decoded
from briefing.text.cleaning import tidy
from briefing.text.reading import Block, Dated, Reading

__all__ = ["blocks_of_lines", "read_markdown", "read_text"]

MOST_FRONT_MATTER = 20_000
SENTENCE_WORDS = 4
_FENCE = "---"
_KEYS = {
    "title": "title", "headline": "title",
    "date": "date", "published": "date", "published_at": "date", "pubdate": "date",
    "updated": "updated", "modified": "updated",
    "source": "source", "outlet": "source", "publication": "source",
    "author": "author", "authors": "author", "byline": "author",
    "url": "url", "link": "url",
    "language": "language", "lang": "language",
    "kind": "kind", "type": "kind",
    "marking": "marking", "tlp": "marking",
    "exercise": "exercise",
}  # fmt: skip
_SIMPLE = re.compile(r"^([A-Za-z_]{2,20})\s*:\s*(.*)$")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.+?)\s*#*$")
_RULE = re.compile(r"^ {0,3}([-*_=])(?: ?\1){2,}\s*$")
_FENCED = re.compile(r"^ {0,3}(?:```|~~~)")
_TABLE_RULE = re.compile(r"^[\s|:-]{3,}$")
_ITEM = re.compile(r"^\s{0,8}(?:[-*+]|\d{1,3}[.)])\s+")
_QUOTE = re.compile(r"^ {0,3}(?:> ?){1,8}")
_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]]{1,500})\](?:\([^()\n]{0,2000}\)|\[[^\[\]]{0,100}\])")
_NOTE = re.compile(r"\[\^[\w-]{1,40}\]:?")
_ADDRESS = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_OPEN = re.compile(r"(?<![\w*_\\])(?:\*{1,3}|_{1,3})(?=[^\s*_])")
_CLOSE = re.compile(r"(?<=[^\s*_\\])(?:\*{1,3}|_{1,3})(?![\w*_])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TRUE = frozenset({"true", "yes", "on", "1"})


def read_text(content: bytes, charset: str | None = None) -> Reading:
    """The reading of a plain text file. Unreadable when it is binary."""
    return _read(content, charset, markdown=False)


def read_markdown(content: bytes, charset: str | None = None) -> Reading:
    """The reading of a Markdown file. Unreadable when it is binary."""
    return _read(content, charset, markdown=True)


def blocks_of_lines(text: str) -> tuple[Block, ...]:
    """Blocks of tidy plain text: blank lines part them."""
    found: list[Block] = []
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            lines.append(line.strip())
        elif lines:
            found.append(Block(tuple(lines)))
            lines = []
    return tuple(found)


def _read(content: bytes, charset: str | None, *, markdown: bool) -> Reading:
    raw, notes = decoded(content, charset)
    text, hidden = tidy(raw)
    facts, body, problem = _front_matter(text)
    if markdown:
        body, commented = _without_comments(body)
        problem = (*problem, "hidden text removed") if commented else problem
    blocks = _markdown_blocks(body) if markdown else blocks_of_lines(body)
    dates = [Dated(facts["date"], "metadata")] if facts.get("date") else []
    if facts.get("updated"):
        dates.append(Dated(facts["updated"], "updated"))
    return Reading(
        blocks=blocks,
        own_title=facts.get("title", ""),
        byline=facts.get("author", ""),
        dates=tuple(dates),
        url=facts.get("url", ""),
        outlet=facts.get("source", ""),
        language=facts.get("language", ""),
        language_sure=True,
        kind=facts.get("kind", ""),
        marking=facts.get("marking", ""),
        exercise=facts.get("exercise", "").casefold() in _TRUE,
        notes=(*notes, *hidden, *problem),
    )


def _front_matter(text: str) -> tuple[Mapping[str, str], str, tuple[str, ...]]:
    """Declared facts, the text after them, and a note when the YAML is broken."""
    text = text.lstrip("\n ")
    first, _, rest = text.partition("\n")
    if first.rstrip() != _FENCE:
        return {}, text, ()
    end = rest.find(f"\n{_FENCE}", 0, MOST_FRONT_MATTER)
    after = rest[end + 1 + len(_FENCE) :] if end >= 0 else ""
    block = rest[: end + 1]
    if end < 0 or after.partition("\n")[0].strip() or not _SIMPLE.match(block.lstrip().partition("\n")[0]):
        return {}, text, ()
    try:
        declared, problem = _yaml_facts(block), ()
    except (yaml.YAMLError, RecursionError):
        matches = (_SIMPLE.match(line) for line in block.split("\n"))
        declared = {match[1]: match[2].strip(" \"'") for match in matches if match}
        return _known(declared), after, ("front matter is not valid YAML; read line by line",)
    return _known(declared), after, problem


def _known(declared: Mapping[str, str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for key, value in declared.items():
        name = _KEYS.get(key.casefold())
        if name and value:
            facts.setdefault(name, " ".join(value.split()))
    return facts


def _yaml_facts(block: str) -> dict[str, str]:
    """Top-level texts, and lists of texts joined by commas. Nodes are read, never constructed: an alias bomb stays small."""
    root = yaml.compose(block, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise yaml.YAMLError("not a mapping")
    facts: dict[str, str] = {}
    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if isinstance(value, yaml.ScalarNode):
            facts[key.value] = value.value
        elif isinstance(value, yaml.SequenceNode):
            facts[key.value] = ", ".join(part.value for part in value.value[:20] if isinstance(part, yaml.ScalarNode))
    return facts


def _without_comments(text: str) -> tuple[str, bool]:
    """Markdown without HTML comments, and whether one of them held a sentence that a reader of the page would not see."""
    kept: list[str] = []
    position, hidden = 0, False
    while (start := text.find("<!--", position)) >= 0:
        kept.append(text[position:start])
        end = text.find("-->", start + 4)
        if end < 0:
            return "".join(kept) + text[start:], hidden
        hidden = hidden or len(text[start:end].split()) >= SENTENCE_WORDS
        position = end + 3
    return "".join([*kept, text[position:]]), hidden


def _markdown_blocks(text: str) -> tuple[Block, ...]:
    found: list[Block] = []
    lines: list[str] = []

    def close(heading: bool = False) -> None:
        if lines:
            found.append(Block(tuple(lines), heading))
            lines.clear()

    for raw in text.split("\n"):
        line = _QUOTE.sub("", raw)
        heading = _HEADING.match(line) if len(line) <= 1000 else None
        if not line.strip() or _FENCED.match(line):
            close()
        elif _RULE.match(line):
            close(heading=len(lines) == 1 and line.strip()[0] in "=-" and " " not in line.strip())
        elif "|" in line and _TABLE_RULE.match(line):
            continue
        elif heading:
            close()
            lines.append(_inline(heading[1]))
            close(heading=True)
        else:
            item = _ITEM.match(line)
            if item or line.lstrip().startswith("|"):
                close()
            lines.append(_inline(line[item.end() :] if item else line).strip(" |"))
    close()
    return tuple(found)


def _inline(line: str) -> str:
    line = _IMAGE.sub("", line)
    line = _LINK.sub(r"\1", line)
    line = _ADDRESS.sub(r"\1", _NOTE.sub("", line))
    line = _CLOSE.sub("", _OPEN.sub("", _TAG.sub("", line)))
    return _ESCAPE.sub(r"\1", line).replace("`", "").strip()
