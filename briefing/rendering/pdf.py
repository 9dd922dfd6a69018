"""brief.pdf: the page on paper as PDF/UA-1, by WeasyPrint.

In: a brief, a theme. Out: the same bytes for the same brief on every machine: bundled fonts only, no clock, no network. Links lead to
http, https and mailto only; there are no scripts, forms or attachments in the file.
"""

from __future__ import annotations

import gc
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from briefing.models import Artifact, Brief
from briefing.rendering.assets import open_asset
from briefing.rendering.environment import Environment
from briefing.rendering.escape import link_target
from briefing.rendering.fonts import missing_characters
from briefing.rendering.html import page
from briefing.rendering.themes import Chain

__all__ = ["VARIANT", "fontconfig", "render", "to_pdf"]

VARIANT = "pdf/ua-1"
MAX_DATA_BYTES = 500_000
_FORM_ELEMENTS = frozenset({"input", "button", "select", "textarea", "option", "form"})


def render(brief: Brief, environment: Environment) -> Artifact:
    html, notes = page(brief, environment, "pdf")
    content, more = to_pdf(html, environment)
    return Artifact(name="brief.pdf", format="pdf", media_type="application/pdf", content=content, notes=(*notes, *more))


def to_pdf(html: str, environment: Environment) -> tuple[bytes, tuple[str, ...]]:
    """The laid-out page and what could not be shown."""
    with fontconfig(environment.fonts), _errors() as errors, _uncollected():
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        fetcher = _fetcher(environment.theme)
        document = weasyprint.HTML(string=html, base_url="asset:", url_fetcher=fetcher)
        _disarm(document.etree_element)
        content = document.write_pdf(pdf_variant=VARIANT, font_config=FontConfiguration())
    if content is None:
        raise ValueError("WeasyPrint wrote nothing")
    notes = [*errors, *fetcher.refused]
    missing = missing_characters(html, environment.fonts)
    if missing:
        notes.append(f"no font has {_listed(missing)}; put one that has into the folder fonts of the theme")
    return content, tuple(dict.fromkeys(notes))


def _listed(characters: str) -> str:
    shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in characters[:5])
    return shown if len(characters) <= 5 else f"{shown} and {len(characters) - 5} more characters"


@contextmanager
def fontconfig(folders: tuple[Path, ...]) -> Iterator[None]:
    """Lets fontconfig see the given folders and nothing of the system while the block runs.

    Fontconfig reads its file anew for each WeasyPrint ``FontConfiguration``, so a worker may serve themes with different fonts.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="briefing-fonts-") as folder:
        file = Path(folder) / "fonts.conf"
        file.write_text(_fonts_conf(folders, Path(folder)), "utf-8")
        os.environ["FONTCONFIG_FILE"] = str(file)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def _fonts_conf(folders: tuple[Path, ...], cache: Path) -> str:
    places = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    generic = {"serif": "Source Serif 4", "sans-serif": "Source Sans 3", "monospace": "DejaVu Sans"}
    aliases = "".join(
        f"<alias binding='same'><family>{name}</family><prefer><family>{family}</family></prefer></alias>"
        for name, family in generic.items()
    )
    last = "<match target='pattern'><edit name='family' mode='append_last'><string>DejaVu Sans</string></edit></match>"
    head = "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'urn:fontconfig:fonts.dtd'>"
    return f"{head}<fontconfig>{places}<cachedir>{escape(str(cache / 'cache'))}</cachedir>{aliases}{last}</fontconfig>"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leaves the collector off while a page is laid out: it would look through hundreds of thousands of living boxes again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def _errors() -> Iterator[list[str]]:
    """Collects what WeasyPrint reports as errors: pictures and addresses it could not use."""
    found: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage().splitlines()[0][:300])

    logger = logging.getLogger("weasyprint")
    handler, level, propagate = Collect(logging.ERROR), logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagate


def _disarm(tree: Any) -> None:
    """Takes out of a template's page what a PDF must not hold: links to other schemes, attachments, form fields."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _FORM_ELEMENTS:
            element.tag = "span"
        if element.tag == "link" or "attachment" in element.get("rel", "").lower():
            element.attrib.pop("rel", None)
            if element.tag == "link":
                element.attrib.pop("href", None)
        href = element.get("href")
        if element.tag in ("a", "area", "base") and href is not None and (element.tag == "base" or not _allowed(href)):
            del element.attrib["href"]


def _allowed(href: str) -> bool:
    return href.startswith("#") or link_target(href) is not None


def _fetcher(theme: Chain) -> Any:
    """WeasyPrint's fetcher, locked: files of the theme and small ``data:`` addresses; all else is refused and noted."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Locked(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=False)
            self.refused: list[str] = []

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            try:
                if url.startswith("data:"):
                    if len(url) > MAX_DATA_BYTES:
                        raise ValueError(f"larger than {MAX_DATA_BYTES:,} bytes")
                    return super().fetch(url, headers)
                content, media_type = open_asset(theme, url)
            except ValueError as error:
                self.refused.append(f"{url[:200]!r} left out of the page: {error}")
                raise
            return URLFetcherResponse(url, content, {"Content-Type": media_type})

    return Locked()
