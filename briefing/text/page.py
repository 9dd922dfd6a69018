"""Whole web pages: bytes in, the main text and the page's metadata out. Runs in a worker only.

Main text is trafilatura's; hidden elements are gone before it looks. Where it finds nothing, all text of the page is used and a note says
so. No library here opens an address: trees and bytes are all that is handed on.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING

from briefing.text.cleaning import one_line, tidy
from briefing.text.dates import read
from briefing.text.fragment import blocks, document, strip_hidden
from briefing.text.reading import Block, Dated, Reading, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

__all__ = ["read_page"]

MOST_JSON = 500_000
FEWEST_WORDS = 40
_LATEST = "2199-12-31"
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "date_published", "article.published", "publish-date", "publishdate",
    "published_date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "pubdate",
    "publication_date", "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_ARTICLE_TYPES = re.compile(r"article|posting|report$|^webpage$", re.IGNORECASE)
_TITLE_PARTS = re.compile(r"\s+[|–—-]\s+")


def read_page(content: bytes, charset: str | None = None) -> Reading:
    """The reading of a page. Unreadable when it holds no text."""
    tree, notes = document(content, charset)
    meta, linked = _meta(tree), _linked(tree)
    published = _published(tree, meta, linked)
    site = meta.get("og:site_name", "") or _text(linked.get("publisher"))
    language = tree.get("lang") or meta.get("content-language", "") or meta.get("og:locale", "")
    kind, canonical = _kind(meta, linked), _canonical(tree, meta)
    exercise = meta.get("exercise", "").casefold() in {"true", "yes", "1", "exercise"}
    headline = _headline(tree, linked)
    hidden = strip_hidden(tree)
    title, author, main = _main_text(tree)
    if not main:
        main = _all_text(tree)
        notes = (*notes, "main text not found; all text of the page used")
    if not main:
        raise Unreadable("the page holds no text; it may need a browser or a subscription")
    return Reading(
        blocks=main,
        title=_without_site(headline or one_line(title or meta.get("og:title", "")), one_line(site)),
        byline=one_line(author.replace("; ", ", ")),
        dates=published,
        url=canonical,
        weak_outlet=one_line(site),
        language=language,
        kind=kind,
        marking=meta.get("marking", ""),
        exercise=exercise,
        notes=(*notes, *hidden),
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    """First content of every meta name, in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content[:2000])
    return found


def _linked(tree: HtmlElement) -> Mapping[str, object]:
    """The schema.org object that describes the article, or nothing."""
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data: object = json.loads((element.text or "")[:MOST_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        for candidate in _objects(data, 0):
            if "datePublished" in candidate and any(_ARTICLE_TYPES.search(name) for name in _types(candidate)):
                return candidate
    return {}


def _objects(data: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth > 4:
        return
    if isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(data.get(key), depth + 1)
    elif isinstance(data, list):
        for part in data[:50]:
            yield from _objects(part, depth + 1)


def _types(candidate: Mapping[str, object]) -> list[str]:
    named = candidate.get("@type")
    return [name for name in (named if isinstance(named, list) else [named]) if isinstance(name, str)]


def _text(value: object) -> str:
    """A schema.org value as text: itself, the name of an object, or that of the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name", "")
    # Many sites escape their records twice.
    return unescape(value[:2000]) if isinstance(value, str) else ""


def _headline(tree: HtmlElement, linked: Mapping[str, object]) -> str:
    """The headline of the article's own record; the page's first heading where that continues a record cut short."""
    headline = one_line(_text(linked.get("headline")))
    first = next(tree.iter("h1"), None)
    printed = one_line(first.text_content()) if first is not None else ""
    stem = headline.rstrip(" .…")
    return printed if stem and len(printed) > len(headline) and printed.startswith(stem) else headline


def _published(tree: HtmlElement, meta: Mapping[str, str], linked: Mapping[str, object]) -> tuple[Dated, ...]:
    """Dates of publication the page declares, best first; then the date of its last change."""
    declared = [_text(linked.get("datePublished")), *(meta.get(name, "") for name in _PUBLISHED)]
    declared.extend(element.get("datetime") or element.get("content") or "" for element in tree.xpath("//*[@itemprop='datePublished']")[:1])
    times = tree.xpath("//time[@datetime and (@pubdate or ancestor::header or ancestor::article)]")[:1]
    declared.extend(element.get("datetime") for element in times)
    known = [words for words in declared if words and read(words)]
    found = [Dated(words, "metadata") for words in known[:1]]
    if not known:
        searched = _searched_date(tree)
        if searched:
            found.append(Dated(searched, "metadata"))
    changed = _text(linked.get("dateModified")) or next((meta[name] for name in _UPDATED if name in meta), "")
    if changed:
        found.append(Dated(changed, "updated"))
    return tuple(found)


def _searched_date(tree: HtmlElement) -> str | None:
    """The day htmldate finds in the markup. Its free text search is off: it takes any date of the article for the date of publication.
    The latest day is fixed, so that the result does not depend on the clock."""
    from htmldate import find_date

    try:
        found = find_date(tree, extensive_search=False, original_date=True, max_date=_LATEST)
    except Exception:  # any failure of the guesser means: no date found
        return None
    return str(found) if found else None


def _kind(meta: Mapping[str, str], linked: Mapping[str, object]) -> str:
    """What page and section call the piece, for ``kinds.declared``: types and sections, separated by bars."""
    section = linked.get("articleSection")
    sections = [part for part in (section if isinstance(section, list) else [section]) if isinstance(part, str)]
    return "|".join([*_types(linked), meta.get("article:section", ""), *sections[:3]])


def _canonical(tree: HtmlElement, meta: Mapping[str, str]) -> str:
    for element in tree.xpath("//link[@rel='canonical' and @href]")[:1]:
        if element.get("href").startswith(("http://", "https://")):
            return str(element.get("href")).strip()
    address = meta.get("og:url", "")
    return address if address.startswith(("http://", "https://")) else ""


def _main_text(tree: HtmlElement) -> tuple[str, str, tuple[Block, ...]]:
    """Title, author and blocks by trafilatura; no blocks when it finds no main text."""
    with warnings.catch_warnings():
        # Its downloader, which is never used here, warns of a missing extra.
        warnings.simplefilter("ignore")
        from trafilatura import bare_extraction

    found = bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": _LATEST},
    )
    if found is None or isinstance(found, dict):
        return "", "", ()
    main = tuple(_body_blocks(found.body)) if found.body is not None else ()
    return found.title or "", found.author or "", main


def _body_blocks(body: _Element) -> Iterator[Block]:
    """Blocks of trafilatura's own tree: p, head, list, quote, table, with lb for line breaks."""
    for element in body:
        if element.tag in ("list", "quote", "table", "div", "section") and len(element):
            if element.text and element.text.strip():
                yield from _block(element.text)
            yield from _body_blocks(element)
        elif element.tag == "row":
            cells = (" ".join("".join(cell.itertext()).split()) for cell in element)
            yield from _block(" | ".join(cell for cell in cells if cell))
        elif element.tag not in ("graphic", "comments"):
            yield from _block(_inner_text(element), heading=element.tag == "head")
        if element.tail and element.tail.strip():
            yield from _block(element.tail)


def _inner_text(element: _Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            parts.append("\n")
        elif child.tag != "graphic":
            parts.append(_inner_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _block(text: str, heading: bool = False) -> Iterator[Block]:
    lines = tuple(line.strip() for line in tidy(text)[0].split("\n") if line.strip())
    if lines:
        yield Block(lines, heading)


def _all_text(tree: HtmlElement) -> tuple[Block, ...]:
    """All visible text, when it is enough to be an article and not the remains of one."""
    found = tuple(block for block in blocks(tree) if sum(line.count(" ") for line in block.lines) >= 4)
    words = sum(line.count(" ") + 1 for block in found for line in block.lines)
    return found if words >= FEWEST_WORDS else ()


def _without_site(title: str, site: str) -> str:
    """The title without the name of its site at an end: "Two die in Dorra | Harbour Post" is "Two die in Dorra"."""
    parts = list(_TITLE_PARTS.finditer(title))
    if site and parts:
        head, tail = title[: parts[-1].start()], title[parts[-1].end() :]
        if tail.casefold() == site.casefold():
            return head
        if title[: parts[0].start()].casefold() == site.casefold():
            return title[parts[0].end() :]
    return title
