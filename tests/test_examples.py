"""The exercise scenario says of itself that it is one, in every file, and each document stands in the folder of its day."""

from __future__ import annotations

import email
import email.policy
import importlib.util
import json
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import yaml

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
MARK = "EXERCISE EXERCISE EXERCISE"
FILES = sorted(path for path in EXAMPLES.glob("2026-*/*") if path.is_file())


def _marked(path: Path) -> bool:
    content = path.read_bytes()
    if path.suffix == ".pdf":
        import pypdfium2

        pdf = pypdfium2.PdfDocument(content)
        first = pdf[0].get_textpage().get_text_range().splitlines()[0]
        return first == MARK and "exercise" in pdf.get_metadata_dict()["Keywords"]
    if path.suffix == ".docx":
        import docx

        document = docx.Document(str(path))
        return document.paragraphs[0].text == MARK and "exercise" in document.core_properties.keywords
    text = content.decode()
    if path.suffix == ".txt":
        return text.startswith(MARK + "\n")
    if path.suffix == ".md":
        return yaml.safe_load(text.split("---")[1])["exercise"] is True
    if path.suffix == ".html":
        return '<meta name="exercise" content="true">' in text
    if path.suffix == ".eml":
        return email.message_from_bytes(content, policy=email.policy.default)["X-Exercise"] == "true"
    if path.suffix == ".jsonl":
        return all(json.loads(line)["exercise"] is True for line in text.splitlines())
    if path.suffix == ".xml":
        entries = text.count("<item>") + text.count("<entry>")
        return entries > 0 and text.count(">EXERCISE<") + text.count('term="EXERCISE"') == entries + 1
    return False


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_is_marked_as_exercise(path: Path) -> None:
    assert _marked(path)


def test_each_day_has_every_kind_of_file() -> None:
    for day in ("2026-03-02", "2026-03-03"):
        kinds = Counter(path.suffix for path in FILES if path.parent.name == day)
        assert set(kinds) == {".txt", ".md", ".html", ".eml", ".pdf", ".docx", ".jsonl", ".xml"}, day


def test_the_binaries_say_what_the_generator_says() -> None:
    import pypdfium2

    specification = importlib.util.spec_from_file_location("make_binaries", EXAMPLES / "make_binaries.py")
    assert specification and specification.loader
    generator = importlib.util.module_from_spec(specification)
    sys.modules["make_binaries"] = generator  # dataclasses look their module up by name
    specification.loader.exec_module(generator)
    made = {article.path: article for article in generator.ARTICLES}
    assert set(made) == {f"{path.parent.name}/{path.name}" for path in FILES if path.suffix in (".pdf", ".docx")}
    for name, article in made.items():
        words = " ".join(article.paragraphs[-1].split())
        if name.endswith(".pdf"):
            text = " ".join(pypdfium2.PdfDocument((EXAMPLES / name).read_bytes())[0].get_textpage().get_text_range().split())
            assert words in text
        else:
            assert (EXAMPLES / name).read_bytes() == generator.docx(article)
            assert all(member.date_time == generator.ZIP_TIME for member in zipfile.ZipFile(EXAMPLES / name).infolist())


def test_the_traps_in_the_readme_exist() -> None:
    table = (EXAMPLES / "README.md").read_text(encoding="utf-8").split("## Traps")[1]
    names = {path.name for path in FILES}
    named = {
        part.rsplit("/", 1)[-1] for part in table.split("`") if part.endswith((".txt", ".md", ".html", ".eml", ".pdf", ".docx", ".xml"))
    }
    assert len(named) > 15
    assert named <= names
