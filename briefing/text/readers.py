"""Which reader reads which item, and the two functions that run in a worker.

``read_items`` reads several items and never raises for one of them; ``read_summary`` makes do with a feed's summary where the item itself
could not be read in time. Both take and return plain records.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from briefing.models import Drop, RawItem
from briefing.text.assembly import draft_of
from briefing.text.cleaning import one_line
from briefing.text.fragment import is_fragment, read_fragment
from briefing.text.mail import read_mail
from briefing.text.page import read_page
from briefing.text.pdf import read_pdf
from briefing.text.plain import read_markdown, read_text
from briefing.text.reading import Draft, Reading, Refusal, Unreadable
from briefing.text.word import read_word

__all__ = ["read_items", "read_summary"]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAGE_START = re.compile(rb"^\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL)
SUMMARY_USED = "the summary of the feed is used"

Reader = Callable[[bytes, str | None], Reading]


def _page(content: bytes, charset: str | None) -> Reading:
    return read_fragment(content, charset) if is_fragment(content) else read_page(content, charset)


_READERS: dict[str, Reader] = {
    "text/plain": read_text,
    "text/markdown": read_markdown,
    "text/x-markdown": read_markdown,
    "text/html": _page,
    "application/xhtml+xml": _page,
    "message/rfc822": read_mail,
    "application/pdf": lambda content, _: read_pdf(content),
    WORD: lambda content, _: read_word(content),
}


def read_items(items: Sequence[RawItem]) -> tuple[Draft | Refusal, ...]:
    """One draft or refusal per item, in order. Only running out of time or memory, which ends the worker, can cost another item."""
    return tuple(_read(item) for item in items)


def read_summary(item: RawItem, reason: str) -> Draft | Refusal:
    """The draft made from the feed's summary alone; ``reason`` says why the item itself was not used."""
    summary = item.hints.get("summary", "").strip()
    if not summary:
        return Refusal(reason)
    try:
        reading = read_fragment(summary.encode("utf-8", errors="replace"), "utf-8")
        draft = draft_of(item, _noted(reading, f"{reason}; {SUMMARY_USED}"))
    except Exception as error:  # hostile input: whatever a parser raises costs this item alone
        return Refusal(_reason(error))
    return draft if draft.paragraphs else Refusal(reason)


def _read(item: RawItem) -> Draft | Refusal:
    media_type = _media_type(item)
    reader = _READERS.get(media_type)
    if reader is None:
        return Refusal(one_line(f"no reader for {media_type[:80]}; convert it to text, Markdown, HTML, PDF, DOCX or EML"))
    if not item.content.strip(b" \t\r\n\x00"):
        made = read_summary(item, "the item is empty")
        return made if isinstance(made, Draft) else Refusal(made.reason, Drop.EMPTY)
    try:
        draft = draft_of(item, reader(item.content, item.hints.get("charset")))
    except Unreadable as error:
        return read_summary(item, one_line(str(error)))
    except Exception as error:  # hostile input: whatever a parser raises costs this item alone
        return read_summary(item, _reason(error))
    if media_type == "text/html" and len(draft.text) < len(item.hints.get("summary", "")) // 2:
        shorter = read_summary(item, "the page holds less text than its summary")
        return shorter if isinstance(shorter, Draft) and len(shorter.text) > len(draft.text) else draft
    return draft


def _media_type(item: RawItem) -> str:
    """The declared media type, unless the first bytes are clearly of another."""
    declared = item.media_type.partition(";")[0].strip().lower()
    if item.content.startswith(b"%PDF-"):
        return "application/pdf"
    if declared in ("text/plain", "application/octet-stream", "application/xml", "text/xml", "") and _PAGE_START.match(item.content[:1000]):
        return "text/html"
    if declared == "application/octet-stream" and item.content.startswith(b"PK\x03\x04"):
        return WORD
    return declared


def _noted(reading: Reading, note: str) -> Reading:
    from dataclasses import replace

    return replace(reading, notes=(*reading.notes, note))


def _reason(error: Exception) -> str:
    words = one_line(str(error))[:120]
    return f"cannot be read: {type(error).__name__}{': ' + words if words else ''}"
