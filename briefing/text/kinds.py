"""What kind of piece a document is, from what it says of itself: declaration, title, section, address. News when it says nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from briefing.models import DocumentKind
from briefing.text.wordlists import tables

__all__ = ["declared", "kind_of"]

_LABEL = re.compile(r"^([^:|–—]{2,24}?)\s*(?:[:|–—]|\s-\s)\s*\S")
_LABEL_AFTER = re.compile(r"\S\s*(?:[|–—]|\s-\s)\s*([^:|–—]{2,24})$")


@lru_cache(maxsize=8)
def _words(table: str) -> dict[str, DocumentKind]:
    return {word: DocumentKind(kind) for kind, words in tables("kinds")[table].items() for word in words}


def declared(words: str) -> DocumentKind | None:
    """The kind named by front matter, hints, sections or schema.org types, separated by bars or commas. Among several, one that says more
    than "news" wins; "news" counts only when it stands alone."""
    parts = [part.strip().casefold() for part in re.split(r"[|,]", words[:1000]) if part.strip()]
    for word in parts:
        known = _words("types").get(word) or _words("sections").get(word) or _words("labels").get(word)
        if known:
            return known
        if word in set(DocumentKind) and word != DocumentKind.NEWS:
            return DocumentKind(word)
    return DocumentKind.NEWS if parts == [DocumentKind.NEWS] else None


def kind_of(title: str, url: str | None, declaration: str = "") -> DocumentKind:
    """The document's kind: its own declaration, else the label of its title, else its address, else a phrase of its title."""
    return declared(declaration) or _by_label(title) or _by_address(url) or _by_phrase(title) or DocumentKind.NEWS


def _by_label(title: str) -> DocumentKind | None:
    short = title[:300].casefold()
    for match in (_LABEL.match(short), _LABEL_AFTER.search(short)):
        if match and match[1].strip() in _words("labels"):
            return _words("labels")[match[1].strip()]
    return None


def _by_address(url: str | None) -> DocumentKind | None:
    try:
        path = urlsplit(url or "").path.casefold()
    except ValueError:
        return None
    # The last part is the article's own name, never a section.
    segments = path.split("/")[:-1]
    return next((_words("segments")[part] for part in segments if part in _words("segments")), None)


def _by_phrase(title: str) -> DocumentKind | None:
    folded = f" {re.sub(r'[^a-z0-9]+', ' ', title[:300].casefold())} "
    return next((kind for phrase, kind in _words("phrases").items() if f" {phrase} " in folded), None)
