"""The words of a document by which it is compared with others.

Comes in: a document. Goes out: lists of reduced words: all content words of title and lead, and the names among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefing.models import Document
from briefing.stories.tables import words as knowledge

__all__ = ["content_words", "names", "shingles", "stem", "tokens"]

LEAD = 200
"""Words of the text that are compared: what a story is about stands at its beginning."""
SHINGLE = 5
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_SUFFIXES = (("ing", 4), ("ed", 3), ("es", 3), ("s", 3), ("ly", 4), ("e", 3))


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, as written."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A lower-case word without the endings of number and tense: "attacked", "attacks" and "attack" are one."""
    word = word.lower()
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    for suffix, least in _SUFFIXES:
        if len(word) > 4 and word.endswith(suffix) and len(word) - len(suffix) >= least:
            word = word[: -len(suffix)]
            break
    if word.endswith("i"):
        word = word[:-1] + "y"
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word


def content_words(document: Document) -> list[str]:
    """Reduced words of title (twice: it names the matter) and lead, without function words."""
    stop = knowledge()["function"]
    title = tokens(document.title)
    return [stem(word) for word in (*title, *title, *_lead(document)) if len(word) > 1 and word.lower() not in stop]


def names(document: Document) -> list[str]:
    """Reduced words of title and lead that are written with a capital and nowhere without one; no days or months."""
    stop = knowledge()["function"]
    words = [*tokens(document.title), *_lead(document)] if _has_telling_capitals(document.title) else _lead(document)
    plain = {word for word in words if word.islower()}
    return [stem(word) for word in words if _is_name(word) and word.lower() not in plain and word.lower() not in stop]


def shingles(text: str) -> frozenset[str]:
    """Each run of five words, lower case: what two copies of one text share."""
    words = [word.lower() for word in tokens(text)]
    if len(words) < SHINGLE:
        return frozenset([" ".join(words)]) if words else frozenset()
    return frozenset(map(" ".join, zip(*(words[i:] for i in range(SHINGLE)), strict=False)))


def _lead(document: Document) -> list[str]:
    """The first words of the text; a title repeated at its beginning is skipped."""
    text = document.text
    if document.title and text.startswith(document.title):
        text = text[len(document.title) :]
    found = []
    for word in _words(text):
        found.append(word)
        if len(found) == LEAD:
            break
    return found


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in _TOKEN.finditer(text))


def _is_name(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word.lower() not in knowledge()["calendar"]


def _has_telling_capitals(title: str) -> bool:
    """True for sentence-case titles, whose capitals mean something: "Two held in Orven", not "Two Held In Orven"."""
    words = [word for word in tokens(title) if len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) * 2 <= len(words)
