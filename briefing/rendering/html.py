"""brief.html: one self-contained page for screens, and the same page for paper, from which the PDF is made.

In: a brief, a theme. Out: HTML without scripts, without requests, light and dark.
"""

from __future__ import annotations

from markupsafe import Markup

from briefing.models import Artifact, Brief
from briefing.rendering.assets import inline_assets, settle_images
from briefing.rendering.context import html_sandbox
from briefing.rendering.environment import Environment
from briefing.rendering.markdown import to_html, to_markdown

__all__ = ["page", "render"]


def page(brief: Brief, environment: Environment, form: str) -> tuple[str, tuple[str, ...]]:
    """The page of a form, "html" or "pdf", and what had to be replaced.

    A theme whose own template is a Markdown one gets the page from that Markdown; the frame ``page.html`` is inherited.
    """
    theme = environment.theme
    sandbox = html_sandbox(brief, theme, form)
    if theme.html_from_markdown:
        body = to_html(to_markdown(brief, environment, form))
        html = sandbox.render("page.html", {"body": Markup(body)})  # noqa: S704 - cleaned by nh3
    else:
        html = sandbox.render("brief.html")
    return settle_images(html, theme, theme.settings.text["placeholder"])


def render(brief: Brief, environment: Environment) -> Artifact:
    html, notes = page(brief, environment, "html")
    html, more = inline_assets(html, environment.theme)
    return Artifact(name="brief.html", format="html", media_type="text/html", content=html.encode(), notes=(*notes, *more))
