from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import ConfigurationError
from briefing.models import Drop, SourceSettings

LETTER = b"From: desk@harbour.example\nTo: duty@office.example\nSubject: Convoy\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n\nThe convoy left.\n"
BOX = (
    b"From desk@harbour.example Mon Mar  2 09:00:00 2026\n"
    + LETTER
    + b"\n>From the port came a second report.\n\nFrom here on the road is shut.\n\n"
    b"From desk@harbour.example Mon Mar  2 10:00:00 2026\nSubject: Second\nFrom: desk@harbour.example\n\nA second letter.\n"
)


def mail(path: Path) -> SourceSettings:
    return SourceSettings(name="Desk mail", kind="mail", path=path)


def test_an_eml_file_is_one_message(tmp_path: Path, gather) -> None:
    (tmp_path / "convoy.eml").write_bytes(LETTER)
    collected = gather(mail(Path("convoy.eml")), root=tmp_path)
    (item,) = collected.items
    assert (item.media_type, item.content, item.name) == ("message/rfc822", LETTER, "convoy.eml")


def test_an_mbox_is_cut_at_its_dated_dividers_only(tmp_path: Path, gather) -> None:
    (tmp_path / "desk.mbox").write_bytes(BOX)
    first, second = gather(mail(tmp_path / "desk.mbox")).items
    assert (first.name, second.name) == ("desk.mbox#1", "desk.mbox#2")
    assert b"\nFrom the port came" in first.content, "the quoting of the box is undone"
    assert b"From here on the road is shut." in first.content
    assert second.content.startswith(b"Subject: Second") and second.content.endswith(b"A second letter.\n")


def test_a_maildir_needs_no_endings(tmp_path: Path, gather) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1772442000.M1P2.host").write_bytes(LETTER)
    (item,) = gather(mail(tmp_path)).items
    assert item.media_type == "message/rfc822"


def test_other_files_are_named_and_cost_nothing(tmp_path: Path, gather) -> None:
    (tmp_path / "a.eml").write_bytes(LETTER)
    (tmp_path / "b.txt").write_text("Not a letter.")
    (tmp_path / "c.eml").write_bytes(b"")
    (tmp_path / "d.mbox").write_bytes(b"There is no divider here.\n")
    collected = gather(mail(tmp_path))
    assert [item.name for item in collected.items] == ["a.eml"]
    assert [(row.name, row.drop) for row in collected.documents] == [
        ("b.txt", Drop.UNREADABLE),
        ("c.eml", Drop.EMPTY),
        ("d.mbox", Drop.UNREADABLE),
    ]
    assert "kind folder" in collected.documents[0].reason
    assert "no mbox" in collected.documents[2].reason


def test_a_mail_source_without_path_is_a_wrong_configuration(gather) -> None:
    with pytest.raises(ConfigurationError, match="Desk mail"):
        gather(SourceSettings(name="Desk mail", kind="mail", url="imap://mail.example"))
