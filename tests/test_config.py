"""briefing.yaml: precedence, places of paths, and errors that name file, line and nearest key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import load_config
from briefing.errors import ConfigurationError
from briefing.models import Marking


def write(folder: Path, text: str) -> Path:
    path = folder / "briefing.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def fault(folder: Path, text: str) -> str:
    with pytest.raises(ConfigurationError) as error:
        load_config(write(folder, text), {})
    return str(error.value).replace(str(folder), "")


def test_defaults_alone() -> None:
    config = load_config(None, {})
    assert (config.title, config.timezone, config.root) == ("Situation, Facts and Events", "UTC", None)


def test_command_line_over_environment_over_file(tmp_path: Path) -> None:
    path = write(tmp_path, "timezone: Europe/Vienna\ntheme: one\nmarking: TLP:GREEN\n")
    config = load_config(path, {"BRIEFING_TIMEZONE": "Asia/Baghdad", "BRIEFING_THEME": "two"}, {"theme": "three", "title": None})
    assert (config.timezone, config.theme, config.marking) == ("Asia/Baghdad", "three", Marking.GREEN)


def test_paths_of_the_file_stand_beside_it(tmp_path: Path) -> None:
    path = write(tmp_path, "output: issues\narchive: state/archive.sqlite\n")
    config = load_config(path, {})
    assert (config.output, config.archive) == (tmp_path / "issues", tmp_path / "state/archive.sqlite")
    assert load_config(path, {}, {"output": Path("here")}).output == Path("here")


def test_formats_as_list_and_as_text(tmp_path: Path) -> None:
    assert load_config(write(tmp_path, "formats: [pdf, md]\n"), {}).formats == ("pdf", "md")
    assert load_config(None, {"BRIEFING_FORMATS": "pdf, json"}).formats == ("pdf", "json")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: x\ntimezon: UTC\n", "/briefing.yaml:2: unknown key `timezon`; did you mean `timezone`?"),
        ("sources:\n  - name: a\n    ulr: http://a.example\n", "/briefing.yaml:3: unknown key `sources.0.ulr`; did you mean `url`?"),
        ("caps:\n  storis: 3\n", "/briefing.yaml:2: unknown key `caps.storis`; did you mean `stories`?"),
        ("root: elsewhere\n", "/briefing.yaml:1: unknown key `root`"),
        ("timezone: Mars/Olympus\n", "'Mars/Olympus' is no time zone"),
        ("cut_off: 25:00\n", "/briefing.yaml:1: `cut_off`"),
        ("marking: SECRET\n", "/briefing.yaml:1: `marking`: Input should be 'TLP:CLEAR'"),
        ("title: a\ntitle: b\n", "/briefing.yaml:2: key `title` stands twice (first in line 1)"),
        ("- a\n- b\n", "/briefing.yaml:1: expected `key: value` lines"),
        ("title: [\n", "is no valid YAML"),
        ("workers: many\n", "/briefing.yaml:1: `workers`"),
    ],
)
def test_an_error_names_file_line_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    said = fault(tmp_path, text)
    assert message in said
    assert "\n" not in said


def test_a_missing_file_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="briefing new DIR"):
        load_config(tmp_path / "nowhere.yaml", {})


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"^BRIEFING_TIMEZONE: `timezone`"):
        load_config(None, {"BRIEFING_TIMEZONE": "nowhere"})


@given(st.text(max_size=200))
def test_any_text_is_a_configuration_or_a_named_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "briefing.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        load_config(path, {})
    except ConfigurationError as error:
        assert str(path) in str(error)
