"""Images and other files of a theme on their way into a page: ``asset:logo.svg`` and nothing else.

In: HTML of a template. Out: HTML in which each image is either there or visibly missing, and notes that say which and why. Nothing is
fetched; a picture that cannot be read never takes anything else down with it.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from markupsafe import escape

from briefing.rendering.themes import Chain

__all__ = ["MAX_ASSET_BYTES", "inline_assets", "open_asset", "settle_images"]

MAX_ASSET_BYTES = 2_000_000
MAX_INLINE_BYTES = 200_000
MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
               ".webp": "image/webp", ".css": "text/css", ".ttf": "font/ttf", ".otf": "font/otf", ".woff2": "font/woff2"}  # fmt: skip

_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)
_CSS_URL = re.compile(r"""url\(\s*(?!["']?(?:data:|#))["']?([^"')\s]*)["']?\s*\)""", re.IGNORECASE)


def open_asset(theme: Chain, url: str) -> tuple[bytes, str]:
    """Content and media type of ``asset:<file>``. ValueError says why it is refused."""
    if not url.startswith("asset:"):
        raise ValueError("only asset: files of the theme are allowed")
    found = theme.find(unquote(url.removeprefix("asset:")).lstrip("/"))
    if found is None:
        raise ValueError("no such file in the theme")
    path: Path = found[1]
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise ValueError(f"files of the kind {path.suffix or 'without ending'!r} are not served")
    if path.stat().st_size > MAX_ASSET_BYTES:
        raise ValueError(f"larger than {MAX_ASSET_BYTES:,} bytes")
    return path.read_bytes(), media_type


def settle_images(html: str, theme: Chain, missing: str) -> tuple[str, tuple[str, ...]]:
    """The page with each unusable image replaced by a visible placeholder, and a note for each."""
    notes: list[str] = []

    def settle(match: re.Match[str]) -> str:
        attributes = {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(match[0])}
        source = attributes.get("src", "")
        if source.startswith("data:image/") and len(source) < MAX_INLINE_BYTES:
            return match[0]
        try:
            _check_picture(*open_asset(theme, source))
        except ValueError as error:
            notes.append(f"image {source[:200]!r} replaced by a placeholder: {error}")
            words = attributes.get("alt") or source[:80]
            return f'<span class="placeholder">[{escape(missing)}: {escape(words)}]</span>'
        return match[0]

    return _IMAGE.sub(settle, html), tuple(dict.fromkeys(notes))


def _check_picture(content: bytes, media_type: str) -> None:
    """ValueError when the picture cannot be drawn."""
    if media_type == "image/svg+xml":
        from xml.etree import ElementTree as Tree

        if b"<!ENTITY" in content or b"<!DOCTYPE" in content.upper():
            raise ValueError("an SVG with a document type is not drawn")
        try:
            root = Tree.fromstring(content)  # noqa: S314 - entities are refused above
        except Tree.ParseError as error:
            raise ValueError(f"not readable as SVG: {error}") from error
        if not root.tag.endswith("svg"):
            raise ValueError("not an SVG picture")
    elif media_type.startswith("image/"):
        from PIL import Image

        try:
            with Image.open(io.BytesIO(content)) as picture:
                picture.verify()
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise ValueError(f"not readable as a picture: {error}") from error
    else:
        raise ValueError("not a picture")


def inline_assets(html: str, theme: Chain) -> tuple[str, tuple[str, ...]]:
    """The page made self-contained: ``asset:`` files become ``data:``; every other address in a style sheet is taken out, with a note."""
    notes: list[str] = []

    def data(url: str) -> str:
        try:
            content, media_type = open_asset(theme, url)
            if len(content) > MAX_INLINE_BYTES:
                raise ValueError(f"larger than {MAX_INLINE_BYTES:,} bytes")
        except ValueError as error:
            notes.append(f"{url[:200]!r} left out of the page: {error}")
            return "data:,"
        return f"data:{media_type};base64,{base64.b64encode(content).decode()}"

    html = re.sub(r'(?<=src=")asset:[^"]*(?=")', lambda match: data(unescape(match[0])), html)
    html = _in_styles(html, lambda css: _CSS_URL.sub(lambda match: f'url("{data(match[1])}")', css))
    return html, tuple(dict.fromkeys(notes))


def _in_styles(html: str, change: Callable[[str], str]) -> str:
    pieces = re.split(r"(<style\b[^>]*>.*?</style>)", html, flags=re.DOTALL | re.IGNORECASE)
    return "".join(change(piece) if index % 2 else piece for index, piece in enumerate(pieces))
