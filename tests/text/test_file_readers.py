"""PDF and Word files, written by real writers."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest

from briefing.text.pdf import read_pdf
from briefing.text.reading import Reading, Unreadable
from briefing.text.word import read_word

PROSE = (
    "The coastguard said on Monday that a well-known smuggler had been arrested near Dorra after a chase that lasted four hours and"
    " ended on a sandbank. Two of his men escaped in a rubber boat and have not been found."
)
MORE = (
    "A spokeswoman for the harbour authority said that international shipping had not been affected and that ferries would run as planned."
)


def texts(reading: Reading) -> list[str]:
    return [" ".join(block.lines) for block in reading.blocks]


def test_a_pdf_gives_headline_and_paragraphs(make_pdf: Callable[..., bytes]) -> None:
    reading = read_pdf(make_pdf(f"<h1>Smuggler held after chase off Dorra</h1><p>{PROSE}</p><p>{MORE}</p>"))
    assert texts(reading) == ["Smuggler held after chase off Dorra", PROSE, MORE]
    assert [block.heading for block in reading.blocks] == [True, False, False]


def test_hyphens_of_line_breaks_go_and_printed_ones_stay(make_pdf: Callable[..., bytes]) -> None:
    style = "p { hyphens: auto; text-align: justify; width: 40mm }"
    reading = read_pdf(make_pdf(f"<p>{PROSE}</p><p>{MORE}</p>", style))
    assert texts(reading) == [PROSE, MORE]


def test_plain_hyphens_go_where_the_file_hyphenates(make_pdf: Callable[..., bytes]) -> None:
    style = 'p { hyphens: auto; hyphenate-character: "-"; text-align: justify; width: 35mm; font-size: 12pt }'
    joined = " ".join(
        texts(read_pdf(make_pdf(f"<p>{PROSE} A well-known pilot, a well-known cook and a well-known dog came.</p><p>{MORE}</p>", style)))
    )
    assert joined == f"{PROSE} A well-known pilot, a well-known cook and a well-known dog came. {MORE}"


def test_columns_are_read_one_after_the_other(make_pdf: Callable[..., bytes]) -> None:
    body = f"<h1>Smuggler held</h1><div>{f'<p>{PROSE}</p><p>{MORE}</p>' * 2}</div>"
    reading = read_pdf(make_pdf(body, "div { columns: 2; column-gap: 8mm; font-size: 8pt }"))
    assert texts(reading) == ["Smuggler held", PROSE, MORE, PROSE, MORE]


def test_columns_drawn_row_by_row_are_read_one_after_the_other(make_pdf: Callable[..., bytes]) -> None:
    left, right = PROSE.split(" "), MORE.split(" ")
    rows = "".join(f"<tr><td>{' '.join(left[n : n + 3])}<td>{' '.join(right[n : n + 3])}</tr>" for n in range(0, 21, 3))
    reading = read_pdf(make_pdf(f"<table>{rows}</table>", "td { width: 50mm; padding: 0 5mm 0 0; font-size: 9pt; line-height: 1 }"))
    joined = " ".join(texts(reading))
    assert " ".join(left[:9]) in joined
    assert " ".join(right[:9]) in joined


def test_page_numbers_and_running_headers_go(make_pdf: Callable[..., bytes]) -> None:
    style = (
        '@page { @top-center { content: "Harbour Post Weekly" } @bottom-center { content: "Page " counter(page) " of " counter(pages) } }'
    )
    names = ("ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine", "rowan", "spruce", "willow", "yew")
    paragraphs = [f"Behind the {name} trees stood a hut. Its door was of {name}, and {name} smoke rose from its roof." for name in names]
    reading = read_pdf(make_pdf("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs), f"{style} p {{ font-size: 20pt }}"))
    joined = " ".join(texts(reading))
    assert "Weekly" not in joined
    assert "Page" not in joined
    assert joined == " ".join(paragraphs)


def test_a_sentence_runs_on_over_pages(make_pdf: Callable[..., bytes]) -> None:
    names = ("ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine", "rowan", "spruce", "willow", "yew")
    long = " ".join(
        f"Behind the {name} trees stood a {name} hut, and whoever lived in the {name} hut had left {name} smoke." for name in names * 3
    )
    reading = read_pdf(make_pdf(f"<p>{long}</p>"))
    assert texts(reading) == [long]


def test_encrypted_scanned_and_truncated_have_their_own_reasons(make_pdf: Callable[..., bytes]) -> None:
    import pikepdf

    whole = make_pdf(f"<p>{PROSE}</p>")
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        pdf.save(stream, encryption=pikepdf.Encryption(owner="a", user="b"))
    encrypted = stream.getvalue()
    scanned = make_pdf("<div style='width: 50mm; height: 50mm; background: #888'></div>")
    reasons = []
    for content in (encrypted, scanned, whole[: len(whole) // 3]):
        with pytest.raises(Unreadable) as caught:
            read_pdf(content)
        reasons.append(str(caught.value))
    assert reasons[0].startswith("encrypted PDF")
    assert reasons[1].startswith("no text layer")
    assert reasons[2].startswith("truncated PDF")


def test_word_paragraphs_headings_and_tables(make_word: Callable[[Sequence[tuple[str, str]]], bytes]) -> None:
    from docx import Document

    document = Document(io.BytesIO(make_word([("Title", "Smuggler held"), ("Normal", PROSE)])))
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Dorra", "12"
    hidden = document.add_paragraph("Seen. ").add_run("Not seen.")
    hidden.font.hidden = True
    stream = io.BytesIO()
    document.save(stream)
    reading = read_word(stream.getvalue())
    assert texts(reading) == ["Smuggler held", PROSE, "Dorra | 12", "Seen."]
    assert reading.blocks[0].heading
    assert reading.notes == ("hidden text removed",)


def test_tracked_changes_are_read_as_accepted(make_word: Callable[[Sequence[tuple[str, str]]], bytes]) -> None:
    from docx import Document
    from docx.oxml import parse_xml

    document = Document(io.BytesIO(make_word([("Normal", "Two ")])))
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph = document.paragraphs[0]._p
    paragraph.append(parse_xml(f'<w:ins {space} w:id="1" w:author="a"><w:r><w:t>men died.</w:t></w:r></w:ins>'))
    paragraph.append(parse_xml(f'<w:del {space} w:id="2" w:author="a"><w:r><w:delText>women died.</w:delText></w:r></w:del>'))
    stream = io.BytesIO()
    document.save(stream)
    assert texts(read_word(stream.getvalue())) == ["Two men died."]
