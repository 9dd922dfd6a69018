"""PDF files by pdfium: bytes in, blocks out. Native code that is not thread-safe: runs in a worker only.

Lines are put together from the boxes of the characters; a gutter that no line crosses parts columns; running headers, page numbers and
hyphens at line ends go. Encrypted, scanned and damaged files are told apart by their reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from briefing.text.cleaning import one_line, tidy
from briefing.text.reading import Block, Reading, Unreadable

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

__all__ = ["read_pdf"]

MOST_PAGES = 400
MOST_CHARACTERS = 1_500_000
GUTTER = 8.0
"""Points of white between columns."""
GAP = 1.2
"""White within a line wider than this many heights of its letters parts it: a column or a table's cell begins."""
_PAGE_NUMBER = re.compile(r"^\W*(?:page\W*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_DIGITS = re.compile(r"\d+")
_BREAK_HYPHEN = "\u2010"
_WORD = re.compile(r"[\w-]+")


@dataclass(slots=True)
class _Line:
    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        return self.top - self.bottom


def read_pdf(content: bytes) -> Reading:
    """The reading of a PDF file. Unreadable when it is encrypted, has no text layer, or is damaged: three different reasons."""
    document = _opened(content)
    try:
        pages = [_page_lines(document[number]) for number in range(min(len(document), MOST_PAGES))]
        title = one_line((document.get_metadata_dict() or {}).get("Title", ""))
        count = len(document)
    except Exception as error:  # pdfium's bindings raise plain errors of many kinds on a damaged page
        raise Unreadable("damaged PDF: a page cannot be read; open and save it again") from error
    finally:
        document.close()
    notes = [f"only the first {MOST_PAGES} of {count} pages read"] if count > MOST_PAGES else []
    whole = b"%%EOF" in content[-2048:]
    if not any(pages):
        raise Unreadable(
            "no text layer: a scan or pictures only; run OCR on it first"
            if whole and count
            else "truncated PDF: its end and its text are missing"
        )
    if not whole:
        notes.append("the PDF is truncated; what could be read is used")
    blocks = _blocks([_without_edges(page, pages) for page in pages])
    return Reading(blocks=tuple(blocks), title=title, notes=tuple(notes))


def _opened(content: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(content)
    except PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable("encrypted PDF: it needs a password; save it without one") from error
        if b"%PDF-" in content[:1024] and b"%%EOF" not in content[-2048:]:
            raise Unreadable("truncated PDF: its end is missing; fetch it again") from error
        raise Unreadable("damaged PDF: it cannot be opened; open and save it again") from error


def _page_lines(page: PdfPage) -> list[_Line]:
    """Lines of one page in reading order, columns one after the other."""
    textpage = page.get_textpage()
    lines = _in_columns(_pieces(textpage))
    textpage.close()
    page.close()
    return lines


def _pieces(textpage: PdfTextPage) -> list[_Line]:
    """Runs of characters on one base line without a gap wider than a letter is high, in the order of the file.

    The loose boxes of the characters are used: their height is that of the font, whatever the letters.
    """
    import ctypes

    from pypdfium2 import raw

    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    pieces: list[_Line] = []
    letters: list[str] = []
    left = bottom = right = top = 0.0

    def close() -> None:
        text = " ".join(tidy(_characters(letters))[0].split())
        if text:
            pieces.append(_Line(left, bottom, right, top, text))
        letters.clear()

    for number in range(min(textpage.count_chars(), MOST_CHARACTERS)):
        letter = chr(raw.FPDFText_GetUnicode(textpage, number))
        if letter in "\r\n":
            close()
            continue
        if letter.isspace() or not raw.FPDFText_GetLooseCharBox(textpage, number, pointer) or box.top <= box.bottom:
            letters.append(letter)
            continue
        height = box.top - box.bottom
        if letters and (abs(box.bottom - bottom) > 0.5 * height or not -height < box.left - right < GAP * height):
            close()
        if letters and top > bottom:
            left, bottom, right, top = min(left, box.left), min(bottom, box.bottom), max(right, box.right), max(top, box.top)
        else:
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
        letters.append(letter)
    close()
    return pieces


def _characters(letters: Sequence[str]) -> str:
    """The letters as text: UTF-16 pairs joined, hyphens that pdfium marks (U+0002, U+FFFE) as hyphens, soft ones as made for a break."""
    text = "".join(letters).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\x02", "-").replace("\ufffe", "-").replace("\u00ad", _BREAK_HYPHEN)


def _in_columns(pieces: list[_Line]) -> list[_Line]:
    """Pieces as lines, left column before right column between lines that span both."""
    gutter = _gutter(pieces)
    if gutter is None:
        return _joined(pieces)
    ordered: list[_Line] = []
    left: list[_Line] = []
    right: list[_Line] = []
    for piece in sorted(pieces, key=lambda piece: -piece.top):
        if piece.left < gutter < piece.right:
            ordered += [*_joined(left), *_joined(right), piece]
            left, right = [], []
        else:
            (left if piece.right <= gutter else right).append(piece)
    return [*ordered, *_joined(left), *_joined(right)]


def _gutter(pieces: Sequence[_Line]) -> float | None:
    """The middle of the white between two columns, or None for a page of one column."""
    if len(pieces) < 8:
        return None
    start, end = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    best: tuple[int, float] | None = None
    edges = sorted({round(piece.left, 1) for piece in pieces if start + 0.25 * (end - start) < piece.left < start + 0.75 * (end - start)})
    for edge in edges[:200]:
        middle = edge - GUTTER / 2
        crossing = sum(1 for piece in pieces if piece.left < middle + GUTTER / 2 - 0.5 and piece.right > middle - GUTTER / 2)
        after = sum(1 for piece in pieces if piece.left >= edge - 0.5)
        before = len(pieces) - crossing - after
        if crossing <= 0.2 * len(pieces) and min(before, after) >= 0.25 * (len(pieces) - crossing) and (best is None or crossing < best[0]):
            best = (crossing, middle)
    return best[1] if best else None


def _joined(pieces: Sequence[_Line]) -> list[_Line]:
    """Pieces on one base line as one line, from the top of the page down."""
    lines: list[_Line] = []
    for piece in sorted(pieces, key=lambda piece: (-(piece.bottom + piece.top) / 2, piece.left)):
        last = lines[-1] if lines else None
        if last and abs((piece.bottom + piece.top) - (last.bottom + last.top)) < 0.6 * max(last.height, piece.height):
            first, second = (last, piece) if last.left <= piece.left else (piece, last)
            text = f"{first.text} {second.text}" if second.left - first.right > 0.1 * piece.height else first.text + second.text
            lines[-1] = _Line(
                min(last.left, piece.left), min(last.bottom, piece.bottom), max(last.right, piece.right), max(last.top, piece.top), text
            )
        else:
            lines.append(piece)
    return lines


def _without_edges(page: list[_Line], pages: Sequence[list[_Line]]) -> list[_Line]:
    """The page without page numbers and without first and last lines that other pages repeat."""
    repeated = Counter(key for other in pages for key in {_edge(line) for line in (*other[:2], *other[-2:])})
    kept = []
    for number, line in enumerate(page):
        at_edge = number < 2 or number >= len(page) - 2
        if at_edge and (_PAGE_NUMBER.match(line.text) or (len(pages) > 1 and repeated[_edge(line)] > max(1, len(pages) // 2))):
            continue
        kept.append(line)
    return kept


def _edge(line: _Line) -> tuple[str, int]:
    """What a running header has in common on all pages: its words, whatever the number in them, and its place."""
    return _DIGITS.sub("#", line.text), round(line.top / 4)


def _blocks(pages: Sequence[list[_Line]]) -> list[Block]:
    """Paragraphs: a wide gap, a larger letter or a jump to another column ends one unless its sentence runs on."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    body = median(line.height for line in lines)
    spacing = _spacing(lines, body)
    known = Counter(word.casefold() for line in lines for word in _WORD.findall(line.text) if not word.endswith("-"))
    found: list[list[_Line]] = []
    for line in lines:
        last = found[-1][-1] if found else None
        if last is not None and _runs_on(last, line, body, spacing):
            found[-1].append(line)
        else:
            found.append([line])
    hyphenates = _hyphenates(lines)
    texts = (_dehyphenated([line.text for line in group], known, hyphenates) for group in found)
    return [Block(tuple(text), heading=_is_heading(group, body)) for text, group in zip(texts, found, strict=True)]


def _is_heading(group: Sequence[_Line], body: float) -> bool:
    return min(line.height for line in group) > 1.15 * body and len(group) <= 4


def _spacing(lines: Sequence[_Line], body: float) -> float:
    """The usual white between two lines of a paragraph: the lower quarter of all, since gaps between paragraphs are wider."""
    gaps = sorted(gap for above, below in pairwise(lines) if -body < (gap := above.bottom - below.top) < 3 * body)
    return gaps[len(gaps) // 4] if gaps else 0.0


def _runs_on(above: _Line, below: _Line, body: float, spacing: float) -> bool:
    if abs(above.height - below.height) > 0.15 * body and max(above.height, below.height) > 1.15 * body:
        return False
    gap = above.bottom - below.top
    ended = _SENTENCE_END.search(above.text[-8:]) is not None
    if gap < -body or gap > 6 * body:
        # Another column or page: a sentence without its end goes on there.
        return not ended and below.text[:1].islower()
    indented = 0.8 * body < below.left - above.left < 4 * body
    return gap < spacing + 0.35 * max(above.height, below.height) and not (ended and indented)


def _hyphenates(lines: Sequence[_Line]) -> bool:
    """Whether the file cuts words at line ends with plain hyphens: three or more do not come from words like "well-known" alone."""
    if any(line.text.endswith(_BREAK_HYPHEN) for line in lines):
        return False
    cut = sum(1 for line in lines if line.text.endswith("-") and line.text[-2:-1].islower())
    return cut >= 3 and cut >= 0.03 * len(lines)


def _dehyphenated(lines: list[str], known: Counter[str], hyphenates: bool) -> list[str]:
    """Lines whose last word is not cut by a hyphen. A hyphen made for the line break (U+2010) goes. Of a plain one, the other words of
    the file tell whether it was printed before ("well-known"); when they do not, it goes if the file ``hyphenates`` and both halves are in
    small letters."""
    joined: list[str] = []
    for line in lines:
        before = joined[-1] if joined else ""
        if before.endswith(("-", _BREAK_HYPHEN)) and before[-2:-1].isalnum() and line[:1].isalpha():
            head, _, last = before.rpartition(" ")
            first, _, rest = line.partition(" ")
            stem = last[:-1]
            tail = first.rstrip(".,;:\"'”’)")
            solid, hyphened = known[(stem + tail).casefold()], known[f"{stem}-{tail}".casefold()]
            small = hyphenates and stem.islower() and stem.isalpha() and first[:1].islower()
            keep = last[-1] == "-" and (hyphened > solid or (not solid and not small))
            joined[-1] = f"{head} {stem}{'-' if keep else ''}{first}".strip()
            if rest:
                joined.append(rest)
        else:
            joined.append(line)
    return [line.replace(_BREAK_HYPHEN, "-") for line in joined]
