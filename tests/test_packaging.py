"""The shipped themes are found from a wheel, an editable install and a plain source checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ASK = "import briefing; print(briefing.__file__); from briefing.cli import main; main()"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the sources, without a network."""
    source = tmp_path_factory.mktemp("source")
    for name in ("briefing", "templates"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)], check=True, capture_output=True
    )
    (built,) = out.glob("*.whl")
    return built


def themes(folder: Path, cwd: Path) -> tuple[str, str]:
    """Where the package came from and what ``briefing themes`` says, with ``folder`` before everything else on the path."""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); sys.argv = ['briefing', 'themes']; {ASK}"]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True)
    where, _, said = done.stdout.partition("\n")
    return where, said


def test_from_a_wheel(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(installed), str(wheel)], check=True)
    where, said = themes(installed, tmp_path)
    assert where.startswith(str(installed))
    assert said.startswith("situation")
    assert str(installed) in said


def test_from_a_source_checkout(tmp_path: Path) -> None:
    for name in ("briefing", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    where, said = themes(tmp_path, tmp_path)
    assert where.startswith(str(tmp_path))
    assert str(tmp_path / "templates") in said


def test_from_an_editable_install(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "briefing", "themes"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert str(ROOT / "templates" / "situation") in done.stdout


def test_the_wheel_holds_data_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in ("briefing/py.typed", "briefing/templates/situation/theme.yaml", "briefing/starter/briefing.yaml"):
        assert needed in names
    assert "briefing/starter/templates/mine/theme.yaml" in names
    assert any(name.startswith("briefing/extraction/lexicons/") for name in names)
    assert not [name for name in names if name.startswith(("tests", "examples", "benchmarks"))]
