"""docs/templates.md names every filter, name, block and setting a template may use, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from invented_briefs import make_empty

from briefing.rendering.context import html_sandbox, markdown_sandbox
from briefing.rendering.themes import ThemeSettings, chain, shipped

if TYPE_CHECKING:
    from conftest import Desk

    from briefing.models import Brief

DOCS = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")


def section(title: str) -> str:
    return re.split(r"^##+ ", DOCS.partition(f"# {title}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def first_cells(title: str) -> set[str]:
    rows = [line.split(" | ")[0] for line in section(title).splitlines() if line.startswith("| `")]
    return {name.partition("(")[0] for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_every_filter_is_documented() -> None:
    theme = chain("situation")
    assert html_sandbox(make_empty(), theme, "html").filters | markdown_sandbox(make_empty(), theme).filters == first_cells("Filters")


def test_every_name_is_documented() -> None:
    assert html_sandbox(make_empty(), chain("situation"), "html").names | {"body"} == first_cells("Names")


def test_every_block_is_documented() -> None:
    folder = shipped() / "situation"
    blocks = {
        name
        for file in ("page.html", "brief.html", "brief.md")
        for name in re.findall(r"{% block (\w+)", (folder / file).read_text("utf-8"))
    }
    assert blocks == first_cells("Extending a template")


def test_every_setting_is_documented() -> None:
    assert set(ThemeSettings.model_fields) == first_cells("theme.yaml")


def test_the_first_example_works(desk: Desk, brief: Brief) -> None:
    desk.write("house/brief.md", DOCS.partition("```jinja\n")[2].partition("```")[0])
    text = desk.text(brief, "md", "house")
    assert text.startswith("# Situation, Facts and Events, Tuesday, 3 March 2026\n") and "- At least 14 guards [^1][^2]" in text
    assert desk.check("house", brief) == ()


def test_the_second_example_works(desk: Desk, brief: Brief) -> None:
    desk.write("house/brief.html", DOCS.partition("## Extending a template\n\n```jinja\n")[2].partition("```")[0])
    assert "See the standing instructions." in desk.text(brief, "html", "house")
