from __future__ import annotations

import pytest
from pytest_httpserver import HTTPServer

from briefing.errors import ConfigurationError
from briefing.models import SourceSettings
from briefing.sources.web import permitted

PAGE = b"<!doctype html><html><body><p>The pier was closed.</p></body></html>"


def page(url: str | None, **more: object) -> SourceSettings:
    return SourceSettings.model_validate({"name": "Pier page", "kind": "web", "url": url, "allow_private": True, "timeout": 5, **more})


@pytest.fixture
def url(httpserver: HTTPServer) -> str:
    httpserver.expect_request("/pier").respond_with_data(PAGE, content_type="text/html")
    return httpserver.url_for("/pier")


def test_a_page_becomes_one_item(gather, fetch, httpserver: HTTPServer, url: str) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("nothing", status=404)
    collected = gather(page(url), fetch=fetch)
    (item,) = collected.items
    assert (item.name, item.url, item.media_type, item.content, item.source.name) == (url, url, "text/html", PAGE, "Pier page")
    assert item.fetched_at is not None
    assert collected.sources[0].answered


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (b"", True),
        (b"User-agent: *\nDisallow: /other", True),
        (b"User-agent: *\nDisallow: /", False),
        (b"User-agent: security-briefing\nDisallow: /pi", False),
        (b"User-agent: somebody\nDisallow: /\n\nUser-agent: *\nAllow: /", True),
        (b"\xff\xfe\x00garbage", True),
    ],
)
def test_robots_txt_is_honoured(gather, fetch, httpserver: HTTPServer, url: str, rules: bytes, allowed: bool) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data(rules)
    collected = gather(page(url), fetch=fetch)
    assert bool(collected.items) is allowed
    assert allowed or "robots.txt" in (collected.sources[0].reason or "")
    assert any(request.path == "/pier" for request, _ in httpserver.log) is allowed


def test_robots_txt_out_of_order_permits_nothing(gather, fetch, httpserver: HTTPServer, url: str) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=503)
    (row,) = gather(page(url), fetch=fetch).sources
    assert "/robots.txt: answered 503" in (row.reason or "")


def test_a_hostile_robots_txt_is_read_in_linear_time(isolate) -> None:
    rules = b"User-agent: *\nDisallow: /" + b"*a" * 200_000
    assert isolate.call(permitted, rules, "https://pier.example/" + "a" * 2000 + "b", seconds=5, megabytes=500)


@pytest.mark.parametrize(
    ("body", "words"),
    [(b'<rss version="2.0"><channel/></rss>', "use kind: feed"), (b"", "is empty"), (b"\x89PNG\r\n\x1a\n\0\0\0", "binary")],
)
def test_what_is_no_page_is_named(gather, fetch, httpserver: HTTPServer, body: bytes, words: str) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/x").respond_with_data(body)
    (row,) = gather(page(httpserver.url_for("/x")), fetch=fetch).sources
    assert words in (row.reason or "")
    assert not row.answered


def test_a_web_source_without_url_is_a_wrong_configuration(gather) -> None:
    with pytest.raises(ConfigurationError, match=r"Pier page.*needs a url"):
        gather(page(None))
