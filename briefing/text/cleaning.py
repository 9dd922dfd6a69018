"""Characters and paragraphs as they will be stored: what cannot be seen or is no part of the article goes, the rest stays verbatim.

``tidy`` works on text with its line breaks, ``is_boilerplate`` judges one paragraph. Offsets of all evidence refer to the result, so this
is the only place where characters of an article change.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from briefing.text.wordlists import lists

__all__ = ["folded", "is_boilerplate", "one_line", "tidy"]

MOST_WORDS = 30
"""A paragraph with more words is never taken for a "Read more" line."""
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = "\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f\ufff9-\ufffb"
_BIDI_RUN = re.compile(f"[{_BIDI}]")
_UNSEEN_RUN = re.compile(f"[{_UNSEEN}]")
_SOFT_HYPHEN = "\u00ad"
_BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_NOT_WORD = re.compile(r"[\W_]+")
# Runs of combining marks: a few belong to a letter, hundreds are an attack on normalisation and on the page.
_MARKS = re.compile("([\u0300-\u036f]{4})[\u0300-\u036f]+")


def tidy(text: str) -> tuple[str, tuple[str, ...]]:
    """NFC text with plain spaces and ``\\n`` line breaks, without control, bidirectional and invisible characters; and notes of what
    was hidden in it. "a\u00a0b\u00ad" becomes "a b"."""
    notes = []
    text = _BREAK.sub("\n", text)
    text = _CONTROL.sub("", text.replace(_SOFT_HYPHEN, ""))
    if _BIDI_RUN.search(text):
        text = _BIDI_RUN.sub("", text)
        notes.append("bidirectional control characters removed")
    text, unseen = _UNSEEN_RUN.subn("", text)
    if unseen > 20:
        notes.append(f"{unseen} invisible characters removed")
    text = unicodedata.normalize("NFC", _MARKS.sub(r"\1", text))
    return _SPACES.sub(" ", text), tuple(notes)


def one_line(text: str) -> str:
    """The text in one tidy line: for titles, names and reasons."""
    return " ".join(tidy(text)[0].split())


def folded(text: str) -> str:
    """Letters and digits alone, without case: equal for texts that differ in spacing, punctuation and capitals only."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=1)
def _phrases() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    known = lists("boilerplate")
    return frozenset(known["whole"]), known["opening"], known["holding"]


def is_boilerplate(paragraph: str) -> bool:
    """Whether a paragraph is a "Read more", cookie, subscription or sharing line. Longer paragraphs never are."""
    if len(paragraph) > 400 or paragraph.count(" ") >= MOST_WORDS:
        return False
    whole, opening, holding = _phrases()
    words = paragraph.casefold().replace("’", "'").strip(" .…:!→»>›*|-–—")
    return words in whole or words.startswith(opening) or any(phrase in words for phrase in holding)
