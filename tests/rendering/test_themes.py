"""Themes are found, overlaid file by file, chained, and their faults named with file and line."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from briefing.errors import TemplateError
from briefing.rendering.themes import chain, inside, shipped, themes


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_theme_is_found_from_the_checkout() -> None:
    assert (shipped() / "situation" / "brief.html").is_file()
    assert [theme.name for theme in themes()] == ["situation"]


def test_the_shipped_theme_is_found_inside_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("briefing.rendering.themes")
    package = tmp_path / "site-packages" / "briefing"
    write(package / "templates" / "situation" / "theme.yaml", "name: situation\n")
    monkeypatch.setattr(module, "__file__", str(package / "rendering" / "themes.py"))
    assert shipped() == package / "templates"


def test_a_missing_installation_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("briefing.rendering.themes")
    monkeypatch.setattr(module, "__file__", str(tmp_path / "briefing" / "rendering" / "themes.py"))
    with pytest.raises(TemplateError, match="reinstall"):
        shipped()


def test_a_folder_with_one_template_is_a_theme(tmp_path: Path) -> None:
    write(tmp_path / "house" / "brief.md", "# {{ title }}\n")
    found = {theme.name: theme for theme in themes([tmp_path])}
    assert found["house"].extends == "situation" and found["house"].folder == tmp_path / "house"
    assert chain("house", [tmp_path]).html_from_markdown


def test_settings_are_inherited_key_by_key(tmp_path: Path) -> None:
    write(tmp_path / "corp" / "theme.yaml", 'name: corp\ncolours: {accent: "#112233", ink: "#000000"}\ntext: {facts: Numbers}\n')
    write(
        tmp_path / "house" / "theme.yaml", 'extends: corp\ncolours: {accent: "#445566"}\nlabels: {measure: {killed: dead}}\npaper: Letter\n'
    )
    settings = chain("house", [tmp_path]).settings
    assert settings.colours["accent"] == "#445566" and settings.colours["ink"] == "#000000" and "rule" in settings.colours
    assert settings.text["facts"] == "Numbers" and settings.text["events"] == "Events"
    assert settings.labels["measure"]["killed"] == "dead" and settings.labels["measure"]["wounded"] == "wounded"
    assert settings.paper == "Letter"


def test_an_overlay_replaces_only_the_files_it_has(tmp_path: Path) -> None:
    own = write(tmp_path / "situation" / "partials" / "coverage.html", "mine")
    resolved = chain("situation", [tmp_path])
    assert resolved.find("partials/coverage.html") == (0, own)
    assert resolved.find("brief.html") == (1, shipped() / "situation" / "brief.html")


def test_the_first_root_wins(tmp_path: Path) -> None:
    write(tmp_path / "a" / "house" / "brief.md", "a")
    write(tmp_path / "b" / "house" / "brief.md", "b")
    found = chain("house", [tmp_path / "a", tmp_path / "b"]).find("brief.md")
    assert found is not None and found[1].read_text() == "a"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: house\ncolors: {}\n", r"theme.yaml:2: unknown key 'colors', did you mean 'colours'"),
        ("name: house\n\ncolours:\n  accent: red\n", r"theme.yaml:4: 'colours.accent' has the value 'red'"),
        ("name: other\n", r"theme.yaml:1: name is 'other' but the folder is 'house'"),
        ("a: [1\nb: 2\n", r"theme.yaml:\d: not valid YAML"),
        ("- a\n", r"theme.yaml:1: a theme is a mapping"),
        ("paper: A3\n", r"theme.yaml:1: 'paper'"),
        ("extends: corpp\n", r"unknown theme 'corpp', extended by 'house'"),
        ("fonts: {label: 'x; } body {'}\n", r"theme.yaml:1: 'fonts.label'"),
    ],
)
def test_a_wrong_theme_is_named_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path / "house" / "theme.yaml", text)
    with pytest.raises(TemplateError, match=message):
        chain("house", [tmp_path])


def test_an_unknown_theme_names_the_nearest() -> None:
    with pytest.raises(TemplateError, match=r"unknown theme 'sitaution', did you mean 'situation'\?; known: situation"):
        chain("sitaution")


def test_themes_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "a" / "theme.yaml", "extends: b\n")
    write(tmp_path / "b" / "theme.yaml", "extends: a\n")
    with pytest.raises(TemplateError, match="circle: a → b → a"):
        chain("a", [tmp_path])


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", "secret")
    folder = tmp_path / "theme"
    write(folder / "brief.md")
    (folder / "link.txt").symlink_to(secret)
    for name in ("../secret.txt", "/etc/passwd", "a/../../secret.txt", "link.txt", "..\\secret.txt", "", ".", "a//b", "x\0y"):
        assert inside(folder, name) is None
    assert inside(folder, "brief.md") == folder / "brief.md"
