from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from briefing.errors import ConfigurationError
from briefing.models import Drop, RawItem, SourceSettings
from briefing.sources import named
from briefing.sources.feedreader import cut_authors, read_feed

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post &amp;amp; Gazette</title><link>https://harbour.example/</link><language>en-gb</language>
<item><title>Ferry &lt;b&gt;stopped&lt;/b&gt; at Pier 5 &amp;amp; searched</title><link>/news/1?utm=x</link>
  <guid isPermaLink="false">hp-1</guid>
  <dc:creator>Ines Mora</dc:creator><pubDate>Tue, 03 Mar 2026 05:00:00 +0100</pubDate><category>World</category><category>Opinion</category>
  <description>A ferry was stopped.</description>
  <content:encoded><![CDATA[<p>A ferry was stopped at Pier 5.</p><p>Two people were held.</p>]]></content:encoded></item>
<item><title>No link at all</title><description>Line one &amp;amp; a half.

Line two.</description><guid isPermaLink="false">hp-2</guid></item>
<item><link>javascript:alert(1)</link><description>&lt;p&gt;No title&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Küstenfunk</title><link href="https://kueste.example/"/>
<entry><id>tag:kueste.example,2026:7</id><title type="text">5 &lt; 6 Boote</title><link href="https://kueste.example/7"/>
<author><name>J. Brandt</name></author><published>2026-03-02T21:15:00+01:00</published><updated>2026-03-03T05:00:00Z</updated>
<summary>Kurz.</summary><content type="text">Sechs Boote liefen aus. Die Küste blieb ruhig.</content></entry></feed>""".encode()
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Delta Wire",
    "language": "en",
    "items": [
        {
            "id": 12,
            "url": "https://delta.example/12",
            "title": "Bridge <closed>",
            "content_html": "<p>The bridge was closed.</p>",
            "summary": "Closed.",
            "date_published": "2026-03-02T10:00:00Z",
            "authors": [{"name": "A. Sol"}, {"name": "B. Lun"}],
            "tags": ["transport"],
        },
        {"id": "13", "external_url": "https://delta.example/13", "content_text": "Plain words."},
        "no object",
    ],
}


def feed(url: str | None = None, **more: object) -> SourceSettings:
    return SourceSettings.model_validate({"name": "Harbour Post", "kind": "feed", "url": url, "allow_private": True, **more})


def served(httpserver: HTTPServer, body: bytes, content_type: str = "application/rss+xml") -> str:
    httpserver.expect_request("/feed").respond_with_data(body, content_type=content_type)
    return httpserver.url_for("/feed")


def test_the_entries_of_a_feed_become_items_in_its_order(gather, fetch, httpserver: HTTPServer) -> None:
    url = served(httpserver, RSS)
    collected = gather(feed(url, reliability="B", publisher="Harbour Media"), fetch=fetch)
    first, second, third = collected.items
    (row,) = collected.sources
    assert (row.source, row.asked, row.answered, row.items, row.reason, row.warning) == ("Harbour Post", True, True, 3, None, None)
    assert first.name == "hp-1"
    assert first.url == httpserver.url_for("/news/1?utm=x"), "relative links are read against the address of the feed"
    assert first.media_type == "text/html"
    assert first.content == b"<p>A ferry was stopped at Pier 5.</p><p>Two people were held.</p>"
    assert first.hints == {
        "id": "hp-1",
        "url": first.url,
        "title": "Ferry stopped at Pier 5 & searched",
        "author": "Ines Mora",
        "published": "Tue, 03 Mar 2026 05:00:00 +0100",
        "summary": "A ferry was stopped.",
        "language": "en-gb",
        "kind": "World, Opinion",
        "charset": "utf-8",
    }
    assert (first.source.name, first.source.reliability, first.source.owner) == ("Harbour Post", "B", "Harbour Media")
    assert first.fetched_at is not None
    assert not first.explicit
    assert (second.url, second.media_type, second.content) == (None, "text/plain", b"Line one & a half.\n\nLine two.")
    assert third.url is None, "only http and https links are links"
    assert third.media_type == "text/html"


def test_an_atom_feed_keeps_its_own_words(gather, fetch, httpserver: HTTPServer) -> None:
    (item,) = gather(feed(served(httpserver, ATOM, "application/atom+xml")), fetch=fetch).items
    assert item.content.decode() == "Sechs Boote liefen aus. Die Küste blieb ruhig."
    assert item.media_type == "text/plain"
    assert item.hints["title"] == "5 < 6 Boote"
    assert item.hints["author"] == "J. Brandt"
    assert item.hints["published"] == "2026-03-02T21:15:00+01:00"
    assert item.hints["updated"] == "2026-03-03T05:00:00Z"
    assert item.hints["language"] == "de"


def test_a_json_feed_is_read_with_what_is_wrong_in_it_named(gather, fetch, httpserver: HTTPServer) -> None:
    collected = gather(feed(served(httpserver, json.dumps(JSON_FEED).encode(), "application/feed+json")), fetch=fetch)
    first, second = collected.items
    assert (first.name, first.url, first.content) == ("12", "https://delta.example/12", b"<p>The bridge was closed.</p>")
    assert first.hints["title"] == "Bridge <closed>", "a title of a JSON feed is plain text"
    assert first.hints["author"] == "A. Sol, B. Lun"
    assert (second.url, second.media_type, second.content) == ("https://delta.example/13", "text/plain", b"Plain words.")
    assert "1 items are no objects" in (collected.sources[0].warning or "")


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        ("Tue, 03 Mar 2026 05:00:00 GMT", "Tue, 03 Mar 2026 05:00:00 GMT"),
        ("2026-03-03", "2026-03-03"),
        ("2026-03-03T05:00:00+05:30", "2026-03-03T05:00:00+05:30"),
        ("03 March 2026 at dawn", "03 March 2026 at dawn"),
    ],
)
def test_dates_are_handed_on_as_written(raw: str, hint: str) -> None:
    record = read_feed(RSS.replace(b"Tue, 03 Mar 2026 05:00:00 +0100", raw.encode()), None, 10)
    assert record["entries"][0]["published"] == hint


def test_a_feed_in_utf_16_is_read(gather, tmp_path: Path) -> None:
    (tmp_path / "wide.xml").write_bytes(RSS.decode().replace("utf-8", "utf-16").encode("utf-16"))
    assert gather(feed(path="wide.xml", url=None), root=tmp_path).items[0].hints["title"] == "Ferry stopped at Pier 5 & searched"


def test_the_charset_of_the_server_counts(gather, fetch, httpserver: HTTPServer) -> None:
    body = ATOM.decode().encode("iso-8859-1")
    (item,) = gather(feed(served(httpserver, body, "application/atom+xml; charset=iso-8859-1")), fetch=fetch).items
    assert "Küste" in item.content.decode()


def test_a_broken_feed_gives_what_can_be_read_and_says_so(gather, fetch, httpserver: HTTPServer) -> None:
    collected = gather(feed(served(httpserver, RSS.replace(b"</channel></rss>", b"<item><title>Cut"))), fetch=fetch)
    assert len(collected.items) == 4
    assert "not well-formed" in (collected.sources[0].warning or "")


def test_what_the_limit_leaves_out_is_counted(gather, fetch, httpserver: HTTPServer) -> None:
    collected = gather(feed(served(httpserver, RSS), limit=1), fetch=fetch)
    assert len(collected.items) == 1
    assert collected.sources[0].warning == "2 more entries left out (limit 1)"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!doctype html><html><body>Sorry</body></html>", "not a feed; use kind: web"),
        (b"Service restarting", "is no feed that can be read"),
        (b"", "answered with nothing"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
        (b'{"items": []}', "is JSON but no JSON feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 3}', "no JSON feed"),
    ],
)
def test_what_is_no_feed_is_a_failed_source_with_its_address(gather, fetch, httpserver: HTTPServer, body: bytes, words: str) -> None:
    url = served(httpserver, body)
    collected = gather(feed(url), fetch=fetch)
    (row,) = collected.sources
    assert collected.items == ()
    assert not row.answered
    assert words in (row.reason or "")
    assert (row.reason or "").startswith(f"{url}: ")


def test_a_feed_without_entries_did_answer(gather, fetch, httpserver: HTTPServer) -> None:
    (row,) = gather(feed(served(httpserver, b'<rss version="2.0"><channel><title>T</title></channel></rss>')), fetch=fetch).sources
    assert (row.answered, row.items, row.reason) == (True, 0, None)


def test_a_server_that_is_down_is_a_row_and_the_next_source_is_read(gather, fetch, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/gone").respond_with_data("", status=404)
    url = served(httpserver, RSS)
    collected = gather(feed(httpserver.url_for("/gone"), name="Gone"), feed(url), fetch=fetch)
    assert [(row.source, row.answered, row.items) for row in collected.sources] == [("Gone", False, 0), ("Harbour Post", True, 3)]
    assert "404" in (collected.sources[0].reason or "")


def test_a_private_address_needs_to_be_allowed(gather, fetch, httpserver: HTTPServer) -> None:
    (row,) = gather(feed(served(httpserver, RSS), allow_private=False), fetch=fetch).sources
    assert "set allow_private" in (row.reason or "")


def test_user_and_password_of_a_feed_are_in_no_item(gather, fetch, httpserver: HTTPServer) -> None:
    url = served(httpserver, RSS).replace("http://", "http://reader:hunter2@")
    collected = gather(feed(url), fetch=fetch)
    assert len(collected.items) == 3
    assert "hunter2" not in collected.model_dump_json()


def test_a_feed_without_place_is_a_wrong_configuration(gather) -> None:
    with pytest.raises(ConfigurationError, match=r"Harbour Post.*needs a url or a path"):
        gather(feed())


def test_a_feed_file_is_read_from_its_path_and_an_empty_one_is_a_row(gather, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(RSS)
    (tmp_path / "b.xml").write_bytes(b'<rss version="2.0"><channel><title>T</title></channel></rss>')
    (tmp_path / "c.xml").write_bytes(b"nothing of the kind")
    collected = gather(feed(path="."), root=tmp_path)
    assert len(collected.items) == 3
    assert [(row.name, row.drop) for row in collected.documents] == [("b.xml", Drop.EMPTY), ("c.xml", Drop.UNREADABLE)]
    assert "source" not in collected.items[0].hints, "a configured feed is the outlet the user says it is"


def open_to_loopback(url: str) -> SourceSettings:
    (source,) = named([url])
    return source.model_copy(update={"allow_private": True})


def test_an_address_on_the_command_line_takes_its_name_from_the_feed(gather, fetch, httpserver: HTTPServer) -> None:
    items = gather(open_to_loopback(served(httpserver, RSS)), fetch=fetch).items
    assert {(item.source.name, item.source.id, item.hints["source"], item.explicit) for item in items} == {
        ("Harbour Post & Gazette", "Harbour Post & Gazette", "Harbour Post & Gazette", True)
    }


def test_an_address_on_the_command_line_may_be_a_page(gather, fetch, httpserver: HTTPServer) -> None:
    url = served(httpserver, b"<!doctype html><p>A page.</p>", "text/html")
    (item,) = gather(open_to_loopback(url), fetch=fetch).items
    assert isinstance(item, RawItem)
    assert (item.media_type, item.url, item.source.name) == ("text/html", url, "localhost")


def test_an_address_on_the_command_line_may_be_a_pdf(gather, fetch, httpserver: HTTPServer) -> None:
    (item,) = gather(open_to_loopback(served(httpserver, b"%PDF-1.7\n", "application/pdf")), fetch=fetch).items
    assert item.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("element", "kept"),
    [
        (b"<author>%s</author>", b"<author>" + b"a" * 300 + b"</author>"),
        (b"<dc:creator>%s</dc:creator>", b"<dc:creator>" + b"a" * 300 + b"</dc:creator>"),
        (b"<author><![CDATA[%s]]></author>", b"<author><![CDATA[" + b"a" * 300 + b"]]></author>"),
        (b"<author> <![CDATA[%s]]></author>", b"<author> <![CDATA[" + b"a" * 300 + b"]]></author>"),
        (b"<author><name x='1'>%s</name></author>", b"<author><name x='1'>" + b"a" * 300 + b"</name></author>"),
        (b"<managingEditor>%s", b"<managingEditor>" + b"a" * 300),
    ],
)
def test_long_authors_are_cut(element: bytes, kept: bytes) -> None:
    assert cut_authors(b"<x>" + element % (b"a" * 5000)) == b"<x>" + kept
    short = b"<x>" + element % b"Ines Mora"
    assert cut_authors(short) is short


def test_a_cut_splits_neither_character_nor_entity() -> None:
    assert cut_authors(b"<name>" + b"a" * 299 + "é".encode() * 50 + b"</name>") == b"<name>" + b"a" * 299 + b"</name>"
    assert cut_authors(b"<name>" + b"a" * 297 + b"&amp;" * 50 + b"</name>") == b"<name>" + b"a" * 297 + b"</name>"


def test_long_texts_of_other_elements_stay_whole() -> None:
    content = b"<title>" + b"a" * 5000 + b"</title><authority>" + b"b" * 5000 + b"</authority>"
    assert cut_authors(content) == content
