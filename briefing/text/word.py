"""Word documents: the zip archive is checked before it is opened, then paragraphs and table rows are read in order.

Never followed, never run: external targets, embedded objects, macros. Deleted and hidden text is left out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.text.cleaning import one_line, tidy
from briefing.text.reading import Block, Reading, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_word"]

MOST_MEMBERS = 2_000
MOST_BYTES = 50_000_000
MOST_RATIO = 200
SMALL_MEMBER = 100_000
"""Members below this may be compressed to any ratio: they cannot fill memory."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"


def read_word(content: bytes) -> Reading:
    """The reading of a DOCX file. Unreadable, with the reason, when it is damaged, encrypted or built to do harm."""
    _check(content)
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        document = Document(io.BytesIO(content))
        body = document.element.body
        title = one_line(document.core_properties.title or "")
    except (OpcError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, SyntaxError) as error:
        raise Unreadable(f"damaged Word document ({type(error).__name__}); save it again as .docx") from error
    names = {style.style_id: style.name or "" for style in document.styles if style.style_id}
    found, hidden = [], False
    for block, unseen in _blocks(body, names):
        hidden = hidden or unseen
        if block is not None:
            found.append(block)
    return Reading(blocks=tuple(found), title=title, notes=("hidden text removed",) if hidden else ())


def _check(content: bytes) -> None:
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable("encrypted or old binary Word document; save it as .docx without a password")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Unreadable("damaged Word document: no readable zip archive; save it again as .docx") from error
    if len(members) > MOST_MEMBERS:
        raise Unreadable(f"refused: {len(members)} members in the archive, {MOST_MEMBERS} are allowed")
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise Unreadable(f"refused: unpacks to more than {MOST_BYTES // 1_000_000} MB")
    for member in members:
        if member.file_size > SMALL_MEMBER and member.file_size > MOST_RATIO * max(1, member.compress_size):
            raise Unreadable(f"refused: a member is compressed more than {MOST_RATIO} times")
        if member.filename.startswith(("/", "\\")) or ".." in member.filename.replace("\\", "/").split("/"):
            raise Unreadable("refused: a member's path leaves the archive")
        if member.flag_bits & 1:
            raise Unreadable("encrypted Word document; save it without a password")
    if _MAIN not in {member.filename for member in members}:
        raise Unreadable("no Word document in the archive (word/document.xml is missing)")
    _check_members(archive, members)


def _check_members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Refuses entity declarations and targets outside the archive; what cannot be unpacked is damaged."""
    for member in members:
        if not member.filename.endswith((".xml", ".rels")):
            continue
        try:
            with archive.open(member) as stream:
                # The declared size was checked; a lying header must not unpack more.
                data = stream.read(MOST_BYTES + 1)
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise Unreadable("damaged Word document: a member cannot be unpacked; save it again as .docx") from error
        except Exception as error:  # zlib.error and friends of other compressions
            raise Unreadable("damaged Word document: a member cannot be unpacked; save it again as .docx") from error
        if len(data) > MOST_BYTES:
            raise Unreadable(f"refused: unpacks to more than {MOST_BYTES // 1_000_000} MB")
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<\x00!\x00D\x00O\x00C\x00T" in data:
            raise Unreadable("refused: its XML declares a document type or entities")
        if member.filename.endswith(".rels"):
            _check_targets(data)


def _check_targets(data: bytes) -> None:
    for relation in data.split(b"<Relationship ")[1:]:
        relation = relation.partition(b">")[0]
        if b'TargetMode="External"' in relation and b"/hyperlink" not in relation:
            raise Unreadable("refused: it links to a file outside (picture, template or object); embed it or remove the link")


def _blocks(parent: _Element, names: dict[str, str]) -> Iterator[tuple[Block | None, bool]]:
    """Blocks of paragraphs and table rows, each with whether hidden text was left out."""
    for element in parent:
        if element.tag == f"{_W}p":
            text, hidden = _paragraph(element)
            yield _block(text, _is_heading(element, names)), hidden
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                cells = [[_paragraph(part) for part in cell.iter(f"{_W}p")] for cell in row.iter(f"{_W}tc")]
                texts = (" ".join(text for text, _ in cell if text.strip()) for cell in cells)
                yield _block(" | ".join(text for text in texts if text)), any(hidden for cell in cells for _, hidden in cell)
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _blocks(element, names)


def _block(text: str, heading: bool = False) -> Block | None:
    lines = tuple(line.strip() for line in tidy(text)[0].split("\n") if line.strip())
    return Block(lines, heading) if lines else None


def _is_heading(paragraph: _Element, names: dict[str, str]) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = names.get(style.get(f"{_W}val", ""), "").casefold() if style is not None else ""
    return name == "title" or name.startswith("heading")


def _paragraph(paragraph: _Element) -> tuple[str, bool]:
    """Visible text of a paragraph, inserted changes included, deleted and hidden runs not."""
    parts: list[str] = []
    hidden = False
    for run in paragraph.iter(f"{_W}r"):
        vanish = run.find(f"{_W}rPr/{_W}vanish")
        if vanish is not None and vanish.get(f"{_W}val", "true") not in ("false", "0", "off"):
            hidden = hidden or any((text.text or "").strip() for text in run.iter(f"{_W}t"))
            continue
        for node in run:
            if node.tag == f"{_W}t":
                parts.append(node.text or "")
            elif node.tag == f"{_W}tab":
                parts.append(" ")
            elif node.tag in (f"{_W}br", f"{_W}cr"):
                parts.append("\n")
            elif node.tag == f"{_W}noBreakHyphen":
                parts.append("-")
    return "".join(parts), hidden
