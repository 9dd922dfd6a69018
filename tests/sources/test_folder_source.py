from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from briefing.errors import ConfigurationError
from briefing.models import Drop, Limits, SourceSettings
from briefing.sources import named

ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Delta Wire</title><entry><id>urn:1</id><title>One</title></entry></feed>'


def folder(path: Path | str = ".", **more: object) -> SourceSettings:
    return SourceSettings.model_validate({"name": "Day folder", "kind": "folder", "path": path, **more})


def test_files_of_every_format_are_read_in_the_order_of_their_names(gather, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name, content in {
        "b.txt": b"Words.",
        "a.md": b"# Head",
        "sub/c.html": b"<p>Page</p>",
        "d.eml": b"Subject: A\n\nText",
        "e.pdf": b"%PDF-1.7",
        "f.jsonl": b'{"id": "x", "text": "One"}\n{"id": "y", "text": "Two"}\n',
        "g.xml": ATOM,
        "h.mbox": b"From a Mon Mar  2 09:00:00 2026\nSubject: A\n\nText\n",
    }.items():
        (tmp_path / name).write_bytes(content)
    collected = gather(folder(), root=tmp_path)
    assert [(item.name, item.media_type) for item in collected.items] == [
        ("a.md", "text/markdown"),
        ("b.txt", "text/plain"),
        ("d.eml", "message/rfc822"),
        ("e.pdf", "application/pdf"),
        ("x", "text/plain"),
        ("y", "text/plain"),
        ("urn:1", "text/plain"),
        ("h.mbox#1", "message/rfc822"),
        ("sub/c.html", "text/html"),
    ]
    assert collected.documents == ()
    assert all(item.fetched_at is None and item.source.name == "Day folder" for item in collected.items)
    assert collected.items[6].hints["source"] == "Delta Wire"
    assert collected.items[0].hints == {}, "the time of a file is no evidence of anything"


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(gather, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Good.")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes(b"\0\1\2" * 100)
    (tmp_path / "d.csv").write_bytes(b"a,b")
    (tmp_path / "e.txt").write_bytes(b"x" * (2**20 + 1))
    (tmp_path / "f.xml").write_bytes(b"<rss")
    os.mkfifo(tmp_path / "g.txt")
    (tmp_path / "h.txt").write_bytes(b"Also good.")
    collected = gather(folder(), root=tmp_path, limits=Limits(file_megabytes=1))
    assert [item.name for item in collected.items] == ["a.txt", "h.txt"]
    rows = {row.name: row for row in collected.documents}
    assert {name: row.drop for name, row in rows.items()} == {
        "b.txt": Drop.EMPTY,
        "c.txt": Drop.UNREADABLE,
        "d.csv": Drop.UNREADABLE,
        "e.txt": Drop.UNREADABLE,
        "f.xml": Drop.UNREADABLE,
        "g.txt": Drop.UNREADABLE,
    }
    assert "limits.file_megabytes" in rows["e.txt"].reason
    assert all(row.reason and row.reason.isprintable() and row.source == "Day folder" for row in rows.values())
    assert collected.sources[0].answered
    assert collected.sources[0].items == 2


def test_a_file_without_permission_is_named(gather, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(b"Good.")
    (tmp_path / "b.txt").write_bytes(b"Locked.")
    opened = Path.open

    def refusing(self: Path, *rest: object, **more: object) -> object:  # root may read everything, so the refusal is played
        if self.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self, *rest, **more)

    monkeypatch.setattr(Path, "open", refusing)
    collected = gather(folder(), root=tmp_path)
    assert [item.name for item in collected.items] == ["a.txt"]
    assert collected.documents[0].reason == "cannot be read (permission denied); check its permissions"


def test_links_that_lead_out_are_not_followed(gather, tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("Secret.")
    (inside / "plain.txt").write_text("Plain.")
    (inside / "same.txt").symlink_to("plain.txt")
    (inside / "leak.txt").symlink_to(outside / "secret.txt")
    (inside / "door").symlink_to(outside)
    (inside / "self.txt").symlink_to("self.txt")
    collected = gather(folder(inside))
    assert [item.name for item in collected.items] == ["plain.txt", "same.txt"]
    assert [row.name for row in collected.documents] == ["door", "leak.txt", "self.txt"]
    assert "leads out" in (collected.documents[1].reason or "")
    assert "Secret" not in collected.model_dump_json()


def test_a_glob_cannot_climb_out(gather, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("Secret.")
    collected = gather(folder(tmp_path / "in", glob="../*.txt"))
    assert collected.items == ()


@pytest.mark.parametrize("glob", ["/etc/*", "", "**x/["])
def test_a_glob_that_is_none_is_a_wrong_configuration_or_finds_nothing(gather, tmp_path: Path, glob: str) -> None:
    (tmp_path / "a.txt").write_text("A")
    try:
        assert gather(folder(tmp_path, glob=glob)).items == ()
    except ConfigurationError as error:
        assert "glob" in str(error)


def test_hidden_files_and_other_patterns_are_passed_over(gather, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".hidden.txt", ".git/a.txt", "b.txt", "c.html"):
        (tmp_path / name).write_text("Words.")
    collected = gather(folder(glob="**/*.txt"), root=tmp_path)
    assert [item.name for item in collected.items] == ["b.txt"]
    assert collected.documents == ()


def test_file_names_cannot_break_a_line(gather, tmp_path: Path) -> None:
    (tmp_path / "a\n\x1b[31m.txt").write_text("Words.")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.txt")).write_bytes(b"")
    collected = gather(folder(), root=tmp_path)
    assert collected.items[0].name == "a \\x1b[31m.txt"
    assert collected.documents[0].name.isprintable()
    collected.model_dump_json()


def test_a_missing_folder_is_a_failed_source(gather, tmp_path: Path) -> None:
    (row,) = gather(folder("nowhere"), root=tmp_path).sources
    assert (row.answered, row.reason) == (False, "nowhere does not exist; check path:")


def test_a_folder_source_without_path_is_a_wrong_configuration(gather) -> None:
    with pytest.raises(ConfigurationError, match="needs a path"):
        gather(SourceSettings(name="Day folder", kind="folder"))


def test_what_the_limit_leaves_out_is_counted(gather, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("Words.")
    collected = gather(folder(limit=2), root=tmp_path)
    assert [item.name for item in collected.items] == ["0.txt", "1.txt"]
    assert collected.sources[0].warning == "3 more items left out (limit 2)"


def test_the_order_does_not_depend_on_the_file_system(gather, tmp_path: Path) -> None:
    for name in ("c.txt", "a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    first = gather(folder(), root=tmp_path)
    assert [item.name for item in first.items] == ["a.txt", "b.txt", "c.txt"]
    assert gather(folder(), root=tmp_path).model_dump_json() == first.model_dump_json()


@pytest.mark.parametrize(
    ("given", "media_type"),
    [(b"Plain words.", "text/plain"), (b"<html><p>Page</p></html>", "text/html"), (b'{"text": "A line"}', "text/plain")],
)
def test_standard_input_is_told_by_its_content(gather, monkeypatch: pytest.MonkeyPatch, given: bytes, media_type: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    (item,) = gather(*named(["-"])).items
    assert (item.media_type, item.explicit, item.source.name) == (media_type, True, "standard input")


def test_empty_standard_input_is_a_row(gather, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    collected = gather(*named(["-"]))
    assert [(row.name, row.drop) for row in collected.documents] == [("standard input", Drop.EMPTY)]


def test_a_single_file_named_is_explicit(gather, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Words.")
    (item,) = gather(*named([str(tmp_path / "note.txt")]), root=Path("/somewhere/else")).items
    assert (item.name, item.explicit) == ("note.txt", True)
    assert str(tmp_path) not in item.model_dump_json(), "where a file lies on this machine is nobody's business"


def test_notes_of_a_broken_feed_file_name_the_file(gather, tmp_path: Path) -> None:
    (tmp_path / "cut.xml").write_bytes(ATOM.replace(b"</entry></feed>", b"</entry><entry><title>Tw"))
    collected = gather(folder(), root=tmp_path)
    assert (collected.sources[0].warning or "").startswith("cut.xml: the feed is not well-formed")
