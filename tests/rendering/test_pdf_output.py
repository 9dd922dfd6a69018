"""The PDF: accessible, inert, the same bytes on every machine, a front page of one page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from invented_briefs import make_brief, make_empty

from briefing.models import Brief, Judgement
from briefing.rendering import render_one
from briefing.rendering.context import style
from briefing.rendering.environment import Environment
from briefing.rendering.pdf import to_pdf
from briefing.rendering.themes import chain

if TYPE_CHECKING:
    from conftest import Desk

ENVIRONMENT = Environment(chain("situation"))


def render(brief: Brief) -> bytes:
    return render_one("pdf", brief.model_dump_json().encode(), ENVIRONMENT).content


def page_texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def squeeze(text: str) -> str:
    """Without blanks and the hyphens PDF readers see at line ends."""
    return re.sub(r"[\s\u200b\ufffe\x02-]+", "", text)


@pytest.fixture(scope="module")
def content(brief: Brief) -> bytes:
    return render(brief)


@pytest.fixture(scope="module")
def pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def objects(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    return (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream))


def targets(pdf: pikepdf.Pdf) -> list[str]:
    """Addresses of all links that leave the document."""
    actions = [note.A for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note]
    assert all(pikepdf.Name("/URI") == action.S for action in actions)
    return [str(action.URI) for action in actions]


def test_it_is_tagged_titled_and_bookmarked(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked) and "/StructTreeRoot" in pdf.Root
    assert str(pdf.Root.Lang) == "en"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo["/Title"]).startswith("Situation, Facts and Events, Issue 42, 2026-03-03")
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        stories = [child.title for item in outline.root for child in item.children]
    assert titles == ["Situation, Facts and Events"]
    assert "1 Gunmen raid the customs post at Tarn Ford" in stories and "Sources" in stories and "Methodology" in stories


def test_table_headers_have_scopes(pdf: pikepdf.Pdf) -> None:
    headers = [item for item in objects(pdf) if item.get("/S") == pikepdf.Name("/TH")]
    assert headers


def test_nothing_in_it_acts(pdf: pikepdf.Pdf) -> None:
    for key in ("/OpenAction", "/AA", "/AcroForm"):
        assert key not in pdf.Root
    assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {}) and "/JavaScript" not in pdf.Root.get("/Names", {})
    for item in objects(pdf):
        assert str(item.get("/S")) not in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR")
    assert targets(pdf) and all(re.match(r"https?://|mailto:", target) for target in targets(pdf))


def test_only_bundled_fonts_are_embedded(pdf: pikepdf.Pdf) -> None:
    names = {str(item.FontName).partition("+")[2] for item in objects(pdf) if item.get("/Type") == pikepdf.Name("/FontDescriptor")}
    assert names and all(re.match(r"Source-S(ans-3|erif-4)|DejaVu-Sans", name) for name in names), names


def test_system_fonts_do_not_matter(brief: Brief, content: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "fonts.conf"
    other.write_text("<?xml version='1.0'?><fontconfig><dir>/nowhere</dir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(other))
    assert render(brief) == content


def test_the_same_brief_gives_the_same_bytes_in_another_process(desk: Desk, brief: Brief, content: bytes) -> None:
    assert desk.artifact(brief, "pdf").content == content


def test_every_claim_is_visible(brief: Brief, content: bytes) -> None:
    text = squeeze("".join(page_texts(content)))
    for story in brief.stories:
        for claim in (*story.figures, *story.events, *story.statements, *story.risks):
            assert squeeze(claim.id) in text
            assert squeeze(claim.evidence[0].quote[1:]) in text, claim.evidence[0].quote
        assert all(squeeze(sentence.quote) in text for sentence in story.summary)


def test_marking_and_page_number_stand_on_every_page(content: bytes) -> None:
    pages = page_texts(content)
    for number, text in enumerate(pages, start=1):
        assert text.count("TLP:AMBER") >= 2, number
        assert f"Page {number} of {len(pages)}" in text


def test_the_marking_is_right_and_12_points_in_its_colour_on_black(content: bytes) -> None:
    document = pypdfium2.PdfDocument(content)
    page = document[1]
    bitmap = page.render(scale=2).to_pil().convert("RGB")
    text = page.get_textpage()
    searcher = text.search("TLP:AMBER")
    index, count = searcher.get_next()
    left, bottom, right, top = text.get_charbox(index)
    assert page.get_width() - text.get_charbox(index + count - 1)[2] < 72
    assert top - bottom > 12 * 0.6
    colours = {
        colour
        for _, colour in bitmap.crop(
            (int(2 * left), int(2 * (page.get_height() - top)), int(2 * right) + 60, int(2 * (page.get_height() - bottom)))
        ).getcolors(100_000)
    }
    assert (0, 0, 0) in colours and any(red > 240 and 180 < green < 200 and blue < 30 for red, green, blue in colours)
    document.close()


def test_paper_follows_the_brief() -> None:
    with pikepdf.open(io.BytesIO(render(make_empty().model_copy(update={"paper": "Letter"})))) as pdf:
        assert [round(float(side)) for side in pdf.pages[0].MediaBox] == [0, 0, 612, 792]


def front_pages(texts: list[str]) -> int:
    return next(index for index, text in enumerate(texts) if re.search(r"^Contents\s*$", text, flags=re.MULTILINE))


WORDS = "Traffic on the lower river stopped while divers searched the fairway for more of the devices found near the second lock. " * 3


@pytest.mark.parametrize(("length", "paper"), [(60, "A4"), (200, "Letter")])
def test_the_front_page_is_one_page_when_every_section_is_full(length: int, paper: str) -> None:
    base = make_brief(2, paper=paper)
    full = base.model_copy(
        update={
            "stories": base.stories[:1],
            "bottom_line": tuple(line.model_copy(update={"text": WORDS[:length]}) for line in base.bottom_line),
            "judgements": (Judgement(text=WORDS[:length], analyst="J. Doe", confidence="moderate: three publishers"),) * 2,
            "changes": (base.changes[0].model_copy(update={"headline": WORDS[: length // 2]}),) * 10,
            "key_figures": base.key_figures[:1] * 8,
            "key_actors": base.key_actors[:1] * 8,
            "top_risks": base.top_risks[:1] * 5,
        }
    )
    texts = page_texts(render(full))
    assert front_pages(texts) == 1
    text = squeeze("".join(texts))
    assert text.count(squeeze("Ansa Breck person")) == 8
    assert text.count("UPDATED") >= 10


def test_the_front_page_of_a_quiet_day_is_one_page() -> None:
    assert front_pages(page_texts(render(make_empty()))) == 1


def test_an_unbreakable_word_and_foreign_scripts_stay_on_the_page() -> None:
    brief = make_brief(1)
    story = brief.stories[0]
    word = "x" * 10_000
    headline = story.headline.model_copy(update={"quote": word, "end": story.headline.start + len(word)})
    arabic = story.summary[0].model_copy(update={"quote": "مرحبا بالعالم", "start": 0, "end": 13})
    content = render(brief.model_copy(update={"stories": (story.model_copy(update={"headline": headline, "summary": (arabic,)}),)}))
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text = page.get_textpage()
        for index in range(0, text.count_chars(), 97):
            assert text.get_charbox(index)[2] <= page.get_width() - 40
    document.close()


def test_characters_without_a_font_are_noted() -> None:
    brief = make_empty().model_copy(update={"subtitle": "港口 🚢"})
    notes = render_one("pdf", brief.model_dump_json().encode(), ENVIRONMENT).notes
    assert len(notes) == 1 and "港 (U+6E2F)" in notes[0] and "folder fonts" in notes[0]


def test_refused_addresses_are_noted_and_links_disarmed() -> None:
    html = (
        '<html lang="en"><head><title>t</title><link rel="attachment" href="file:///etc/passwd">'
        '<link rel="stylesheet" href="http://127.0.0.1/x.css"><style>body { background: url(http://127.0.0.1/b.png) }</style></head>'
        '<body><h1>t</h1><a href="file:///etc/passwd">f</a><a href="javascript:1">j</a><a href="https://example.org/">h</a>'
        '<a rel="attachment" href="asset:theme.yaml">a</a><input value="x" style="appearance: auto"></body></html>'
    )
    content, notes = to_pdf(html, ENVIRONMENT)
    assert any("127.0.0.1/b.png" in note for note in notes)
    assert b"passwd" not in content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert targets(pdf) == ["https://example.org/"]
        assert "/AcroForm" not in pdf.Root and "/EmbeddedFiles" not in pdf.Root.get("/Names", {})


def test_the_bundled_fonts_are_small_and_licensed() -> None:
    folder = Path(render_one.__code__.co_filename).parent / "fonts"
    assert sum(file.stat().st_size for file in folder.iterdir()) < 3_000_000
    families = {file.stem.partition("-")[0] for file in folder.glob("*.ttf")}
    assert families == {file.name.partition("-LICENSE")[0] for file in folder.glob("*LICENSE*")}


def test_fontconfig_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    to_pdf('<html lang="en"><title>t</title><h1>t</h1></html>', ENVIRONMENT)
    assert "FONTCONFIG_FILE" not in os.environ


def test_a_validator_of_pdf_syntax_has_no_complaint(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "brief.pdf"
    file.write_bytes(content)
    with pikepdf.open(file) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_colours_are_written_out_on_paper_but_for_those_a_style_sheet_sets(brief: Brief, desk: Desk) -> None:
    assert "var(" not in style(brief, chain("situation"), "pdf")
    assert "var(--accent)" in style(brief, chain("situation"), "html")
    desk.write("house/theme.yaml", "extends: situation\n")
    desk.write("house/style.css", '@import "!base";\n:root { --accent: #123456; }\n')
    own = style(brief, chain("house", [desk.root]), "pdf")
    assert "var(--accent)" in own
    assert "var(--rule)" not in own
