"""HOSTILE feeds: a 40 KB author (1), entity bombs and giant tokens (11), and thousands of real hard feeds (24, where they are at hand)."""

from __future__ import annotations

import io
import os
import tarfile
import time
from pathlib import Path

import pytest

from briefing.isolation import Workers
from briefing.models import Collected, Limits, Response, SourceSettings
from briefing.sources import collect

GOOD = b'<rss version="2.0"><channel><title>T</title><item><title>Good</title><description>Words.</description></item></channel></rss>'
ENTRY = b"<item><title>Before</title></item><item><title>Odd</title>%s</item><item><title>After</title></item>"
MEGABYTE = 2**20


def rss(entries: bytes, doctype: bytes = b"") -> bytes:
    return b'<?xml version="1.0"?>' + doctype + b'<rss version="2.0"><channel><title>T</title>' + entries + b"</channel></rss>"


def _no_network(url: str, *, timeout: float = 20.0, allow_private: bool = False) -> Response:
    raise AssertionError(f"a feed file asked for {url}")


def read(isolate: Workers, folder: Path, limits: Limits | None = None, **contents: bytes) -> tuple[Collected, float]:
    """Collects the given feed files, each a source of its own between two good ones; returns the seconds it took, too."""
    names = ["first", *contents, "last"]
    for name in names:
        (folder / f"{name}.xml").write_bytes(contents.get(name, GOOD))
    sources = [SourceSettings(name=name, kind="folder", path=folder / f"{name}.xml") for name in names]
    started = time.monotonic()
    collected = collect(sources, None, _no_network, isolate, limits or Limits())
    taken = time.monotonic() - started
    rows = {row.source: row for row in collected.sources}
    assert (rows["first"].items, rows["last"].items) == (1, 1), "a good source between bad ones is whole"
    return collected, taken


@pytest.mark.parametrize(
    "author",
    [
        b"<author>" + b"a" * 40_000 + b"</author>",
        b"<author><![CDATA[" + b"a." * 20_000 + b"@]]></author>",
        b'<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">' + b"a-" * 20_000 + b"</dc:creator>",
        b"<managingEditor>" + b"a+" * 20_000,
    ],
    ids=["plain", "cdata", "creator", "unclosed"],
)
def test_a_40_kilobyte_author_is_cut_and_the_rest_is_intact(isolate: Workers, tmp_path: Path, author: bytes) -> None:
    collected, taken = read(isolate, tmp_path, odd=rss(ENTRY % author))
    assert taken < 10
    mine = [item for item in collected.items if item.source.id == "odd"]
    assert mine[0].hints["title"] == "Before"
    assert [item.hints["title"] for item in mine][1] == "Odd"
    assert all(len(item.hints.get("author", "")) <= 300 for item in mine)
    if author.endswith(b">"):
        assert mine[2].hints["title"] == "After"


def test_an_author_hidden_from_the_cut_fails_by_name_in_time(isolate: Workers, tmp_path: Path) -> None:
    """Text pieced together from many small sections cannot be cut before it is parsed: the limit of the worker ends it."""
    pieces = b"<![CDATA[" + b"]]><![CDATA[".join([b"a" * 200] * 200) + b"]]>"
    collected, taken = read(isolate, tmp_path, Limits(seconds=2), odd=rss(ENTRY % (b"<author>" + pieces + b"</author>")))
    assert taken < 10
    mine = [item for item in collected.items if item.source.id == "odd"]
    assert mine or "took longer than 2 s" in (collected.documents[0].reason or "")


LAUGHS = (
    b"<!DOCTYPE rss [<!ENTITY a '"
    + b"ha" * 10
    + b"'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghij")
    + b"]>"
)
BLOW_UP = b"<!DOCTYPE rss [<!ENTITY a '" + b"x" * 200_000 + b"'>]>"
XXE = b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
XXE_NET = b"<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/y.dtd'>%p;]>"


@pytest.mark.parametrize(
    "content",
    [
        rss(ENTRY % b"<description>&j;</description>", LAUGHS),
        rss(ENTRY % (b"<description>" + b"&a;" * 5000 + b"</description>"), BLOW_UP),
        rss(ENTRY % b"<description>&a;</description>", XXE),
        rss(ENTRY % b"<description>x</description>", XXE_NET),
    ],
    ids=["billion laughs", "quadratic blow-up", "file entity", "network entity"],
)
def test_entities_unfold_into_nothing(isolate: Workers, tmp_path: Path, content: bytes) -> None:
    collected, taken = read(isolate, tmp_path, odd=content)
    assert taken < 10
    mine = [item for item in collected.items if item.source.id == "odd"]
    assert mine or collected.documents, "items or a named row"
    assert all(len(item.content) < MEGABYTE for item in mine)
    hostname = Path("/etc/hostname")
    secret = hostname.read_bytes().strip() if hostname.exists() else b""
    assert not any(secret and secret in item.content for item in mine)


@pytest.mark.parametrize(
    "content",
    [
        rss(ENTRY % (b"<description>" + b"x" * 20 * MEGABYTE + b"</description>")),
        rss(ENTRY % (b"<" + b"y" * 20 * MEGABYTE)),
        b"<rss" + b" a='1'" * 100_000 + b">",
        b"<rss><channel>" + b"<item>" * 200_000,
        pytest.param(b"<feed>" * 100_000, marks=pytest.mark.slow),
        b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 1_000_000,
    ],
    ids=["20 MB text", "20 MB name", "attributes", "items", "depth", "json depth"],
)
def test_giants_end_in_time_and_memory(isolate: Workers, tmp_path: Path, content: bytes) -> None:
    collected, taken = read(isolate, tmp_path, Limits(seconds=2, megabytes=600), odd=content)
    assert taken < 10
    mine = [item for item in collected.items if item.source.id == "odd"]
    assert mine or any(row.source == "odd" and row.reason for row in collected.documents)


def _hard_feeds() -> Path:
    data = Path(os.environ.get("BRIEFING_EVAL_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
    return data / "feeds" / "hard_feeds.tar.gz"


@pytest.mark.slow
@pytest.mark.skipif(not _hard_feeds().exists(), reason="needs feeds/hard_feeds.tar.gz under BRIEFING_EVAL_DATA")
def test_thousands_of_hard_feeds_end_as_items_or_one_row_each(isolate: Workers, tmp_path: Path) -> None:
    import feedparser

    with tarfile.open(_hard_feeds()) as archive:
        archive.extractall(tmp_path, filter="data")
    paths = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    sources = [SourceSettings(name=path.relative_to(tmp_path).as_posix(), kind="folder", path=path) for path in paths]
    collected = collect(sources, None, _no_network, isolate, Limits())
    items = {row.source: row.items for row in collected.sources}
    failed = {row.source for row in collected.documents}
    assert len(paths) > 2000
    assert all(row.answered for row in collected.sources)
    assert all((items[source.name] > 0) != (source.name in failed) for source in sources), "items or one row, never both, never neither"
    expected = found = 0
    for source, path in zip(sources, paths, strict=True):
        parsed = feedparser.parse(io.BytesIO(path.read_bytes()), sanitize_html=False, resolve_relative_uris=False)
        expected += len(parsed.entries)
        found += min(len(parsed.entries), items[source.name])
    assert found >= 0.99 * expected
