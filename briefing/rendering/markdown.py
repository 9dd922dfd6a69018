"""brief.md: readable as plain text, sources as footnotes. Also turns a theme's Markdown into the body of a page.

In: a brief, a theme with ``brief.md``. Out: Markdown in which article text is literal, and HTML of it that holds no active content.
"""

from __future__ import annotations

import re

from briefing.models import Artifact, Brief
from briefing.rendering.context import markdown_sandbox
from briefing.rendering.environment import Environment
from briefing.rendering.escape import LINK_SCHEMES

__all__ = ["render", "to_html", "to_markdown"]

_EXTENSIONS = ("tables", "footnotes", "sane_lists", "toc", "fenced_code", "md_in_html")
_TAGS = ("section", "article", "header", "footer", "nav", "main", "aside", "figure", "figcaption", "details", "summary", "mark")
_CLASSES = {
    "a": {"footnote-ref", "footnote-backref"},
    "div": {"footnote", "toc"},
    "table": {"wide"},
    "p": {"note", "more", "verbatim"},
    "span": {"chip", "by", "id", "placeholder"},
}
_BACK_LINK = re.compile(r'<a class="footnote-backref" href="#([^"]+)"[^>]*>[^<]*</a>')
_BLANK_LINES = re.compile(r"\n{3,}")


def to_markdown(brief: Brief, environment: Environment, form: str = "md") -> str:
    """The rendered ``brief.md``, without trailing blanks and runs of blank lines."""
    text = "\n".join(line.rstrip() for line in markdown_sandbox(brief, environment.theme, form).render("brief.md").split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"


def to_html(text: str) -> str:
    """Markdown as an HTML fragment: tables with scopes, footnotes with ways back; links only to http, https and mailto."""
    import markdown
    import nh3

    extensions = list(_EXTENSIONS)
    settings = {"footnotes": {"BACKLINK_TEXT": "↑", "UNIQUE_IDS": False}}
    page = markdown.markdown(text, extensions=extensions, extension_configs=settings, output_format="html")
    page = _BACK_LINK.sub(lambda match: match[0] if f'id="{match[1]}"' in page else "", page)
    page = page.replace("<th>", '<th scope="col">').replace("<th ", '<th scope="col" ')
    return nh3.clean(
        page,
        tags=nh3.ALLOWED_TAGS | set(_TAGS),
        attributes={
            "*": {"id", "lang", "dir"},
            "a": {"href", "title"},
            "img": {"src", "alt", "width", "height"},
            "th": {"scope", "style", "colspan", "rowspan"},
            "td": {"style", "colspan", "rowspan"},
            "ol": {"start"},
        },
        allowed_classes=_CLASSES,
        filter_style_properties={"text-align"},
        url_schemes={*LINK_SCHEMES, "asset"},
        link_rel=None,
    )


def render(brief: Brief, environment: Environment) -> Artifact:
    return Artifact(name="brief.md", format="md", media_type="text/markdown", content=to_markdown(brief, environment).encode())
