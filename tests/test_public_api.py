"""The public door: what is named is there, what is there is named, and opening it costs nothing."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import briefing

ROOT = Path(__file__).resolve().parent.parent


def test_all_is_sorted_and_complete() -> None:
    assert sorted(briefing.__all__) == briefing.__all__ == dir(briefing)
    for name in briefing.__all__:
        assert getattr(briefing, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        briefing.nothing  # noqa: B018


def test_importing_the_door_loads_no_library() -> None:
    code = "import sys, briefing; print([n for n in ('pydantic', 'spacy', 'yaml', 'click', 'jinja2') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_entry_point_names_something_that_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for group in project["entry-points"].values():
        for target in group.values():
            module, name = target.split(":")
            assert callable(getattr(import_module(module), name)), target


def test_the_change_log_knows_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(briefing.__version__)}\]", text, re.MULTILINE)
