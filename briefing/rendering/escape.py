"""Article text as data: makes control characters visible, escapes Markdown, and decides which addresses may be links.

HTML escaping itself is MarkupSafe's. Everything here is linear in the length of the text.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from markupsafe import Markup

__all__ = ["LINK_SCHEMES", "html", "link_target", "markdown", "visible"]

LINK_SCHEMES = ("http", "https", "mailto")

# C0 and C1 controls, bidi embeddings, overrides and isolates, interlinear and byte-order marks, non-characters and the invisible tag
# block: none of them may change how the text around them is read.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("[ \t]*[\r\n\u2028\u2029]+[ \t]*")

_OVERLONG = re.compile(r"\S{200,}")
_CHUNK = re.compile(r".{50}")

_ALWAYS = re.compile(r"[\\`*\[\]<|]|&(?=#?\w{1,32};)|~~+|(?<![^\W_])_|_(?![^\W_])")
_LEADING = re.compile(r"(?:#|[-+](?=[ \t\-+]|$)|=|>|:|\d{1,9}(?=[.)](?:[ \t]|$)))")
_ENTITIES = {"<": "&lt;", "&": "&amp;", "=": "&#61;", ":": "&#58;", ">": "&gt;"}


def visible(text: str) -> str:
    """The text with each control or direction-changing character written as ``[U+202E]``."""
    if text.isprintable():
        return text
    return _HIDDEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def html(text: str) -> str:
    """Text on its way into HTML, not yet escaped: hidden characters visible, and a chance to break the line in overlong words.

    Laying out a word of many thousand characters takes WeasyPrint minutes; with break chances it takes no longer than other text.
    """
    return _OVERLONG.sub(lambda match: _CHUNK.sub("\\g<0>\u200b", match[0]), visible(text))


def markdown(text: str) -> Markup:
    """One line of Markdown that shows the text as it is: nothing in it is read as emphasis, link, heading, list, table or HTML."""
    line = _BREAKS.sub(" ", visible(text)).strip(" \t\r\n")
    return Markup(_lead(_ALWAYS.sub(_escaped, line)))  # noqa: S704 - escaped here


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == "~":
        return "&#126;" * len(found)
    return _ENTITIES.get(found) or "\\" + found


def _lead(line: str) -> str:
    match = _LEADING.match(line)
    if match is None:
        return line
    found, rest = match[0], line[match.end() :]
    if found[0].isdigit():
        return f"{found}\\{rest}"
    return (_ENTITIES.get(found[0]) or "\\" + found[0]) + found[1:] + rest


def link_target(url: str | None) -> str | None:
    """The address when it may be a link: http, https or mailto, without blanks or hidden characters. None for all others."""
    if not url or len(url) > 4000 or not url.isprintable() or any(char.isspace() for char in url) or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in LINK_SCHEMES or not (parts.netloc if parts.scheme.lower() != "mailto" else parts.path):
        return None
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]-._")
