"""Mail messages: bytes in, the body as blocks and the header's facts out. Attachments are counted, never opened.

The plain text part is preferred to the HTML part. Bad character sets and broken headers never raise: what can be read is read.
"""

from __future__ import annotations

import re
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import EmailPolicy
from typing import cast

from briefing.text.charset import decoded
from briefing.text.cleaning import one_line, tidy
from briefing.text.fragment import read_fragment
from briefing.text.plain import blocks_of_lines
from briefing.text.reading import Block, Dated, Reading, Unreadable

__all__ = ["read_mail"]

MOST_PARTS = 200
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
LONGEST_HEADER = 2_000
"""The standard parser takes quadratic time for a header: longer ones are cut."""
_SIGNATURE = "\n-- \n"


class _ShortHeaders(EmailPolicy):
    """The default policy with headers cut to a length that is parsed in no time."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]


def read_mail(content: bytes, charset: str | None = None) -> Reading:
    """The reading of one message. Unreadable when it has no text part."""
    message = cast("EmailMessage", BytesParser(EmailMessage, policy=_ShortHeaders()).parsebytes(content))
    plain, page, attachments = _parts(message)
    if plain is None and page is None:
        raise Unreadable("the mail has no text part; attachments are not read" if attachments else "the mail has no text")
    notes: tuple[str, ...] = (f"{attachments} attachment{'s' * (attachments > 1)} not read",) if attachments else ()
    blocks, more = _plain_blocks(plain, charset) if plain is not None else ((), ())
    if not blocks and page is not None:
        reading = read_fragment(_payload(page), page.get_content_charset() or charset)
        blocks, more = reading.blocks, reading.notes
    name = _header(message, "from")
    return Reading(
        blocks=blocks,
        title=_PREFIX.sub("", one_line(_header(message, "subject"))),
        dates=tuple(Dated(words, "header") for words in (_header(message, "date"),) if words),
        weak_outlet=_sender(message, name),
        language=_header(message, "content-language"),
        marking=_header(message, "x-marking"),
        exercise=_header(message, "x-exercise").strip().casefold() in {"true", "yes", "1", "exercise"},
        notes=(*notes, *more),
    )


def _header(message: Message, name: str) -> str:
    """The header's text; empty when it is missing or so broken that the parser gives up."""
    try:
        value = message[name]
        return one_line(str(value)) if value is not None else ""
    except Exception:  # the header registry raises many kinds on odd input, none of which concerns the body
        return ""


def _sender(message: EmailMessage, raw: str) -> str:
    """Display name of the sender, or the host of the address."""
    try:
        addresses = message["from"].addresses
        if addresses:
            return one_line(addresses[0].display_name or addresses[0].domain)
    except Exception:  # as above: an unparsable From is an unknown sender
        return raw.partition("<")[0].strip(' "')
    return ""


def _parts(message: EmailMessage) -> tuple[Message | None, Message | None, int]:
    """The first plain part, the first HTML part, and how many parts are attachments."""
    plain: Message | None = None
    page: Message | None = None
    attachments = 0
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            break
        if part.is_multipart():
            continue
        kind, attached = part.get_content_type(), "attachment" in str(part.get("content-disposition", "")).lower()
        if kind == "text/plain" and not attached and plain is None:
            plain = part
        elif kind == "text/html" and not attached and page is None:
            page = part
        elif attached or not kind.startswith("text/"):
            attachments += 1
    return plain, page, attachments


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _plain_blocks(part: Message, charset: str | None) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    raw, notes = decoded(_payload(part), part.get_content_charset() or charset)
    text, hidden = tidy(raw)
    # The space of the signature mark is gone in tidy lines of some mailers, so both forms count.
    body = f"\n{text}\n".split(_SIGNATURE)[0]
    return blocks_of_lines(body), (*notes, *hidden)
