from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from briefing.errors import ConfigurationError, TaskFailed, UsageError
from briefing.models import SourceSettings
from briefing.sources import Desk, Found, Note, kinds, named, problems
from briefing.sources.desk import item, one_line, public, shown

PROJECT = Path(__file__).resolve().parents[2]


def stranger(settings: SourceSettings, desk: Desk) -> Iterator[Found]:
    """A kind of somebody else's: as many items as its name has letters, then what its name asks for."""
    for letter in settings.name:
        yield item(settings, name=letter, media_type="text/plain", content=letter.encode())
    yield Note("a remark")
    if settings.name == "raises":
        raise RuntimeError("out of\nluck")
    if settings.name == "fails":
        raise TaskFailed("the service is closed; try tomorrow")
    if settings.name == "lies":
        yield "not an item"  # type: ignore[misc]


@pytest.fixture
def strange(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [EntryPoint("strange", f"{__name__}:stranger", kinds.GROUP), EntryPoint("gone", "no_such_module:collect", kinds.GROUP)]
    monkeypatch.setattr(kinds, "entry_points", lambda group: points)


def test_a_strangers_kind_is_found_by_its_entry_point(gather, strange: None) -> None:
    collected = gather(SourceSettings(name="abc", kind="strange"))
    assert [one.name for one in collected.items] == ["a", "b", "c"]
    assert collected.sources[0].warning == "a remark"


def test_a_source_that_fails_keeps_what_it_gave_and_costs_no_other(gather, strange: None) -> None:
    collected = gather(*(SourceSettings(name=name, kind="strange") for name in ("raises", "fails", "lies", "ok")))
    assert [(row.source, row.answered, row.items) for row in collected.sources] == [
        ("raises", False, 6),
        ("fails", False, 5),
        ("lies", False, 4),
        ("ok", True, 2),
    ]
    reasons = [row.reason or "" for row in collected.sources]
    assert "RuntimeError: out of luck" in reasons[0]
    assert reasons[1] == "the service is closed; try tomorrow"
    assert "not an item" in reasons[2]


def test_an_unknown_kind_lists_the_known_ones_before_anything_is_read(gather) -> None:
    with pytest.raises(ConfigurationError, match=r"unknown kind of source 'feeed'; known kinds: feed, folder, jsonl, mail, web"):
        gather(SourceSettings(name="a", kind="folder", path=Path("nowhere")), SourceSettings(name="b", kind="feeed"))


def test_a_kind_that_cannot_be_loaded_is_named(gather, strange: None) -> None:
    with pytest.raises(ConfigurationError, match="'gone' cannot be loaded from no_such_module:collect"):
        gather(SourceSettings(name="a", kind="gone"))


def test_a_disabled_source_is_not_asked(gather) -> None:
    (row,) = gather(SourceSettings(name="a", kind="folder", path=Path("nowhere"), enabled=False)).sources
    assert (row.asked, row.answered, row.reason) == (False, False, "disabled in the configuration")


def test_shipped_kinds_are_the_registered_ones() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["entry-points"][kinds.GROUP] == kinds.SHIPPED


@pytest.mark.parametrize("name", sorted(kinds.SHIPPED))
def test_every_shipped_kind_loads_without_being_installed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "entry_points", lambda group: [])
    assert callable(kinds.kind(name))


def test_faults_of_the_settings_are_named_without_reading_any(tmp_path: Path) -> None:
    (tmp_path / "day").mkdir()
    sources = (
        SourceSettings(name="fine", kind="folder", path=Path("day")),
        SourceSettings(name="odd", kind="feeed"),
        SourceSettings(name="bare", kind="feed"),
        SourceSettings(name="lost", kind="jsonl", path=Path("gone.jsonl")),
        SourceSettings(name="file", kind="web", url="file:///etc/hostname"),
        SourceSettings(name="off", kind="feeed", enabled=False),
        SourceSettings(name="fine", kind="feed", url="https://u:p@harbour.example/feed"),
    )
    assert problems(sources, tmp_path) == (
        "source 'odd': unknown kind of source 'feeed'; known kinds: feed, folder, jsonl, mail, web",
        "source 'bare': kind feed needs url: or path:; add it",
        "source 'lost': path gone.jsonl does not exist; check path:",
        "source 'file': url file:///etc/hostname is no http or https address; check its spelling",
        "2 sources have the id 'fine'; give each its own id:",
    )


# -- arguments of the command line ----------------------------------------------------------------------------------------------------


def test_arguments_become_explicit_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "day").mkdir()
    (tmp_path / "note.txt").write_text("Words.")
    monkeypatch.chdir(tmp_path)
    sources = named(["https://harbour.example/feed?key=1", "day", "note.txt", "-", "note.txt"])
    assert [(source.kind, source.name) for source in sources] == [
        ("feed", "https://harbour.example/feed?…"),
        ("folder", "day"),
        ("folder", "note.txt"),
        ("folder", "standard input"),
    ]
    assert all(source.explicit for source in sources)
    assert sources[0].url == "https://harbour.example/feed?key=1"
    assert sources[1].path == tmp_path / "day"


def test_the_current_folder_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert named(["."])[0].name == tmp_path.name


def test_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    paths = []
    for day in ("one", "two"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "note.txt").write_text(day)
        paths.append(str(tmp_path / day / "note.txt"))
    assert [source.source.id for source in named(paths)] == ["note.txt", "note.txt (2)"]


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("nowhere.txt", "nowhere.txt: no such file or folder"),
        ("", "an empty argument"),
        ("ftp://files.example/a", "scheme ftp"),
        ("file:///etc/hostname", "scheme file"),
        ("a\0b", "check the path"),
        ("x" * 5000, "check the path"),
    ],
)
def test_an_argument_that_leads_nowhere_is_a_usage_error(argument: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as error:
        named([argument])
    assert str(error.value).isprintable()


# -- the words of a row ---------------------------------------------------------------------------------------------------------------


def test_a_line_is_one_line_and_visible() -> None:
    assert one_line("a\r\nb\t\x1b[31m c\u202e d\ud800") == "a b \\x1b[31m c\\u202e d?"
    assert len(one_line("x" * 10_000)) == 300


@pytest.mark.parametrize(
    ("url", "bare", "printed"),
    [
        ("https://a.example/x?k=1#f", "https://a.example/x?k=1#f", "https://a.example/x?…"),
        ("https://u:p@a.example/x", "https://a.example/x", "https://a.example/x"),
        ("https://u:p@w@a.example/", "https://a.example/", "https://a.example/"),
        ("https://u:p@[broken/x", "[broken/x", "[broken/x"),
    ],
)
def test_addresses_are_told_without_secrets(url: str, bare: str, printed: str) -> None:
    assert public(url) == bare
    assert shown(url) == printed
