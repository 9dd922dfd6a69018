"""What templates see: names, filters and the style of a theme. The one place that decides the template contract of docs/templates.md.

In: brief, theme, format. Out: a ready ``Sandbox`` for HTML or Markdown templates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace

from markupsafe import Markup
from markupsafe import escape as html_escape

from briefing.models import Brief, CitedDocument, Evidence, Marking
from briefing.models.findings import Finding
from briefing.rendering import escape
from briefing.rendering.density import Front, front
from briefing.rendering.references import Claim, References
from briefing.rendering.sandbox import Sandbox
from briefing.rendering.themes import Chain
from briefing.rendering.words import Words

__all__ = ["MARKING_COLOURS", "html_sandbox", "markdown_sandbox"]

MARKING_COLOURS = {
    Marking.CLEAR: "#FFFFFF",
    Marking.GREEN: "#33FF00",
    Marking.AMBER: "#FFC000",
    Marking.AMBER_STRICT: "#FFC000",
    Marking.RED: "#FF2B2B",
}
"""Text colours of the TLP 2.0 labels, on black (FIRST, Traffic Light Protocol, version 2.0)."""

_SCREEN = Front("roomy", 240, 10_000, 10_000)
"""A screen has no page to fill."""

Filters = dict[str, Callable[..., object]]
Cited = Evidence | Finding | CitedDocument | Iterable[Evidence]


def html_sandbox(brief: Brief, theme: Chain, form: str) -> Sandbox:
    """Templates that write HTML; ``form`` is "html" for the screen or "pdf" for paper."""
    references = References(brief)
    filters = _shared(brief, theme, references)
    filters["cite"] = lambda value: _cite_html(_numbers(references, value))
    filters["cite_documents"] = lambda ids: _cite_html(references.numbered(ids))
    filters["link"] = _link_html
    filters["anchor"] = lambda claim, story: Markup(' id="{}"').format(claim.id) if references.is_home(story, claim) else Markup("")
    names = {
        **_names(brief, theme, references, form),
        "style": Markup(style(brief, theme, form)),  # noqa: S704 - the theme's own
        "front": front(brief, theme.settings.paper or brief.paper) if form == "pdf" else _SCREEN,
    }
    return Sandbox(theme, "html", names, filters)


def markdown_sandbox(brief: Brief, theme: Chain, form: str = "md") -> Sandbox:
    """Templates that write Markdown; ``form`` is "md", or "html" / "pdf" when the Markdown is on its way to a page."""
    references = References(brief)
    filters = _shared(brief, theme, references)
    filters["cite"] = lambda value: _cite_markdown(_numbers(references, value))
    filters["cite_documents"] = lambda ids: _cite_markdown(references.numbered(ids))
    filters["link"] = _link_markdown
    return Sandbox(theme, "markdown", _names(brief, theme, references, form), filters)


def _names(brief: Brief, theme: Chain, references: References, form: str) -> dict[str, object]:
    return {
        "brief": brief,
        "form": form,
        "screen": form == "html",
        "paper": theme.settings.paper or brief.paper,
        "title": theme.settings.title or brief.title,
        "text": SimpleNamespace(**theme.settings.text),
        "logo": theme.settings.logo,
        "marking_colour": MARKING_COLOURS[brief.marking] if brief.marking else None,
        "story_of": references.story,
        "position_of": references.position,
        "document_of": references.document,
        "citing": references.citing,
        "is_printed": references.has_anchor,
    }


def _shared(brief: Brief, theme: Chain, references: References) -> Filters:
    words = Words(theme.settings.labels, theme.settings.text, brief.timezone, brief.date_format)
    return {
        "words": words.words,
        "amount": words.amount,
        "reading": words.reading,
        "label": words.label,
        "count": words.count,
        "more": words.more,
        "moment": words.moment,
        "clock": words.clock,
        "day": words.day,
        "long_day": words.long_day,
        "zone": words.zone,
        "when": words.when,
        "resolved": words.resolved,
        "published": words.published,
        "place": words.place,
        "speaker": words.speaker,
        "grade": words.grade,
        "clip": words.clip,
        "excerpt": words.excerpt,
        "numbers": lambda value: _numbers(references, value),
        "spelled": lambda figure: not any(char.isdigit() for char in figure.evidence[0].quote),
        "sentences": _sentences,
    }


def _numbers(references: References, value: Cited) -> tuple[int, ...]:
    if isinstance(value, Evidence):
        return references.numbers((value,))
    if isinstance(value, Finding):
        return references.numbers(value.evidence)
    if isinstance(value, CitedDocument):
        return (value.number,)
    return references.numbers(value)


def _sentences(claim: Claim) -> tuple[Evidence, ...]:
    """The sentences around a claim's evidence, each once."""
    return tuple(dict.fromkeys(claim.context))


def _cite_html(numbers: Iterable[int]) -> Markup:
    link = Markup('<a class="ref" href="#source-{0}">[{0}]</a>')
    return Markup("\u200b").join(link.format(number) for number in numbers)


def _cite_markdown(numbers: Iterable[int]) -> Markup:
    return Markup("").join(Markup("[^{}]").format(number) for number in numbers)


def _link_html(url: str | None, words: str | None = None) -> Markup:
    shown = html_escape(escape.html(words or url or ""))
    target = escape.link_target(url)
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(target, shown) if target else shown


def _link_markdown(url: str | None, words: str | None = None) -> Markup:
    target = escape.link_target(url)
    if target is None:
        return escape.markdown(words or url or "")
    if words is None:
        return Markup("<{}>").format(Markup(target))  # noqa: S704 - percent-encoded by link_target
    return Markup("[{}](<{}>)").format(escape.markdown(words), Markup(target))  # noqa: S704


def style(brief: Brief, theme: Chain, form: str) -> str:
    """The style sheets of the chain, most general first, behind the theme's colours and fonts as CSS variables.

    A style sheet replaces the one it inherits unless it begins with ``@import "!base";``.
    """
    settings = theme.settings
    head = [_variables(settings.colours), _variables({f"font-{name}": _families(value) for name, value in settings.fonts.items()})]
    if form == "html" and settings.dark:
        head.append("@media screen and (prefers-color-scheme: dark) {" + _variables(settings.dark) + "}")
    if form == "pdf":
        head.append(_page(brief, settings.paper or brief.paper, settings.text))
    sheets = "\n".join(_sheets(theme))
    if form == "pdf":
        # WeasyPrint reads a value behind a variable anew for each element; on paper the theme's own values are written out instead.
        sheets = _written_out(sheets, {**settings.colours, **{f"font-{name}": _families(value) for name, value in settings.fonts.items()}})
    return "\n".join([*head, sheets]).replace("</", "<\\/")


def _written_out(sheets: str, values: Mapping[str, str]) -> str:
    """``var(--name)`` replaced by its value, but for names that a style sheet sets itself."""
    own = set(re.findall(r"--([\w-]+)\s*:", sheets))
    return re.sub(r"var\(\s*--([\w-]+)\s*\)", lambda match: match[0] if match[1] in own else values.get(match[1], match[0]), sheets)


def _sheets(theme: Chain, after: int = -1) -> list[str]:
    found = theme.find("style.css", after)
    if found is None:
        return []
    index, path = found
    source = path.read_text("utf-8")
    inherits = _IMPORT.match(source)
    return [*(_sheets(theme, index) if inherits else []), source[inherits.end() :] if inherits else source]


_IMPORT = re.compile(r'\s*@import\s+"!base"\s*;')


def _variables(values: Mapping[str, str]) -> str:
    return ":root {" + " ".join(f"--{name}: {value};" for name, value in sorted(values.items())) + "}"


def _css_string(text: str) -> str:
    return '"' + "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text) + '"'


def _families(value: str) -> str:
    """Font families in quotes, so that a name may hold a digit or a word of CSS."""
    names = [name.strip() for name in value.split(",")]
    return ", ".join(name if name in ("serif", "sans-serif", "monospace", "system-ui") else f'"{name}"' for name in names if name)


def _page(brief: Brief, paper: str, text: Mapping[str, str]) -> str:
    """Paper size, page number in words, and the marking of the running heads."""
    rules = [f"@page {{ size: {'Letter' if paper == 'Letter' else 'A4'}; }}"]
    page, of = _css_string(f"{text['page']} "), _css_string(f" {text['of']} ")
    rules.append(f"@page {{ @bottom-left {{ content: {page} counter(page) {of} counter(pages); }} }}")
    if brief.marking:
        box = f'content: "{brief.marking.value}"; color: {MARKING_COLOURS[brief.marking]};'
        rules.append(f"@page {{ @top-right {{ {box} }} @bottom-right {{ {box} }} }}")
    return "\n".join(rules)
