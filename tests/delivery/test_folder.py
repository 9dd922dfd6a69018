"""An issue folder is complete or not there; nothing is ever written outside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.delivery import deliver
from briefing.errors import ConfigurationError
from briefing.models import Artifact, DeliverySettings


def artifact(name: str, content: bytes = b"x") -> Artifact:
    return Artifact(name=name, format="md", media_type="text/markdown", content=content)


def test_writes_every_file_and_names_it(tmp_path: Path) -> None:
    receipt = deliver("daily-2026-03-03", [artifact("brief.md", b"one"), artifact("brief.json", b"{}")], DeliverySettings(path=tmp_path))
    assert receipt.delivered
    assert [Path(file).read_bytes() for file in receipt.files] == [b"one", b"{}"]
    assert [path.name for path in tmp_path.iterdir()] == ["daily-2026-03-03"]


def test_a_new_version_replaces_the_whole_folder(tmp_path: Path) -> None:
    settings = DeliverySettings(path=tmp_path)
    deliver("i", [artifact("brief.md"), artifact("brief.html")], settings)
    deliver("i", [artifact("brief.md", b"new")], settings)
    assert {path.name: path.read_bytes() for path in (tmp_path / "i").iterdir()} == {"brief.md": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["i"]


def test_the_same_bytes_are_left_untouched(tmp_path: Path) -> None:
    settings = DeliverySettings(path=tmp_path)
    deliver("i", [artifact("brief.md")], settings)
    before = (tmp_path / "i" / "brief.md").stat()
    deliver("i", [artifact("brief.md")], settings)
    assert (tmp_path / "i" / "brief.md").stat().st_ino == before.st_ino


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    receipt = deliver("i", [artifact("brief.md")], DeliverySettings(path=tmp_path / "out"), dry_run=True)
    assert not receipt.delivered
    assert receipt.files == (str(tmp_path / "out" / "i" / "brief.md"),)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["../x", "a/b", "/etc/x", "..", ".hidden", ""])
def test_a_name_that_would_leave_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    for issue, file in (("i", name), (name, "brief.md")):
        receipt = deliver(issue, [artifact(file)], DeliverySettings(path=out))
        assert not receipt.delivered
        assert "no plain file name" in (receipt.reason or "")
    assert list(tmp_path.rglob("*")) == []


def test_a_symbolic_link_in_the_way_is_replaced_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (out / "i").symlink_to(elsewhere)
    assert deliver("i", [artifact("brief.md")], DeliverySettings(path=out)).delivered
    assert list(elsewhere.iterdir()) == []
    assert not (out / "i").is_symlink()


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/1/mem").exists(), reason="needs a place nobody can write to")
def test_a_folder_that_cannot_be_written_is_a_receipt_with_the_reason() -> None:
    receipt = deliver("i", [artifact("brief.md")], DeliverySettings(path=Path("/proc/none")))
    assert not receipt.delivered
    assert "cannot be written" in (receipt.reason or "")


def test_a_failed_write_leaves_the_earlier_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = DeliverySettings(path=tmp_path)
    deliver("i", [artifact("brief.md", b"old")], settings)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    receipt = deliver("i", [artifact("brief.md", b"new")], settings)
    assert "No space left" in (receipt.reason or "")
    assert (tmp_path / "i" / "brief.md").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["i"]


def test_an_unknown_kind_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"unknown kind `pigeon`; known: .*folder"):
        deliver("i", [], DeliverySettings(kind="pigeon"))
