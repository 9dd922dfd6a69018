from __future__ import annotations

import base64
import gzip
import shutil
import socket
import ssl
import subprocess
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request as Asked
from werkzeug import Response as Answer

from briefing.errors import TaskFailed
from briefing.models import Fetch
from briefing.sources.fetch import Bounds, StatusFailed, make_fetch

NOW = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
PAGE = "<p>Grüße aus dem Hafen</p>".encode()


def served(httpserver: HTTPServer, body: bytes = PAGE, **headers: str) -> str:
    httpserver.expect_request("/page").respond_with_data(
        body, headers={key.replace("_", "-"): value for key, value in headers.items()}, content_type="Text/HTML; charset=utf-8"
    )
    return httpserver.url_for("/page")


def test_an_answer_comes_back_decoded_with_type_charset_and_time(fetch: Fetch, httpserver: HTTPServer) -> None:
    url = served(httpserver)
    answer = fetch(url, allow_private=True)
    assert (answer.url, answer.status, answer.media_type, answer.charset) == (url, 200, "text/html", "utf-8")
    assert answer.content == PAGE
    assert answer.fetched_at == NOW


def test_without_a_clock_no_time_is_made_up(httpserver: HTTPServer) -> None:
    assert make_fetch()(served(httpserver), allow_private=True).fetched_at is None


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:5]) + gzip.compress(PAGE[5:])),
        ("gzip", gzip.compress(PAGE) + b"\0" * 20),
        ("x-gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE, wbits=-15)),
        ("identity", PAGE),
    ],
)
def test_compressed_bodies_are_opened(fetch: Fetch, httpserver: HTTPServer, encoding: str, body: bytes) -> None:
    assert fetch(served(httpserver, body, Content_Encoding=encoding), allow_private=True).content == PAGE


def test_a_body_at_the_edge_of_a_piece_is_whole(fetch: Fetch, httpserver: HTTPServer) -> None:
    body = b"abcdefgh" * 2**14  # decompresses to exactly two pieces
    assert fetch(served(httpserver, gzip.compress(body), Content_Encoding="gzip"), allow_private=True).content == body


@pytest.mark.parametrize(
    ("encoding", "body", "words"),
    [
        ("gzip", gzip.compress(PAGE)[:-12], "broke off within"),
        ("gzip", PAGE, "broken compressed body"),
        ("br", PAGE, r"not asked for \(br\)"),
    ],
)
def test_a_body_that_cannot_be_opened_is_named(fetch: Fetch, httpserver: HTTPServer, encoding: str, body: bytes, words: str) -> None:
    with pytest.raises(TaskFailed, match=words):
        fetch(served(httpserver, body, Content_Encoding=encoding), allow_private=True)


def test_redirects_are_followed_to_where_they_end(fetch: Fetch, httpserver: HTTPServer) -> None:
    target = served(httpserver)
    steps = {301: ("/1", "/2"), 302: ("/2", "3"), 303: ("/3", "/4"), 307: ("/4", "/5"), 308: ("/5", "/page")}
    for status, (here, there) in steps.items():
        httpserver.expect_request(here).respond_with_data(status=status, headers={"Location": there})
    answer = fetch(httpserver.url_for("/1"), allow_private=True)
    assert answer.url == target


@pytest.mark.parametrize("location", ["file:///etc/hostname", "ftp://files.example/a", "javascript:alert(1)", "data:text/html,x"])
def test_a_redirect_to_another_scheme_is_refused(fetch: Fetch, httpserver: HTTPServer, location: str) -> None:
    httpserver.expect_request("/off").respond_with_data(status=302, headers={"Location": location})
    with pytest.raises(TaskFailed, match=r"only http and https are fetched, not \w+ after a redirect"):
        fetch(httpserver.url_for("/off"), allow_private=True)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_an_untrusted_certificate_is_named_and_not_asked_again(fetch: Fetch, tmp_path: Path) -> None:
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with HTTPServer("127.0.0.1", ssl_context=context) as server:
        started = time.monotonic()
        with pytest.raises(TaskFailed, match=r"cannot be read securely .*certificate"):
            fetch(server.url_for("/"), allow_private=True, timeout=20)
        assert time.monotonic() - started < 5
        assert server.log == []


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "ftp://files.example/a", "data:,x", "/etc/hostname", "harbour.example", "http://", ""]
)
def test_only_http_and_https_are_fetched(fetch: Fetch, address: str) -> None:
    with pytest.raises(TaskFailed, match=r"only http and https|no valid address|names no host"):
        fetch(address)


@pytest.mark.parametrize(
    ("status", "words"), [(404, "answered 404 NOT FOUND; check the address"), (403, "refuses readers"), (429, "later")]
)
def test_a_refusal_is_named_once_and_not_asked_again(fetch: Fetch, httpserver: HTTPServer, status: int, words: str) -> None:
    httpserver.expect_request("/gone").respond_with_data("no", status=status)
    with pytest.raises(StatusFailed, match=words) as failure:
        fetch(httpserver.url_for("/gone"), allow_private=True)
    assert failure.value.status == status
    assert len(httpserver.log) == 1


def test_a_server_error_is_asked_again_within_the_time(fetch: Fetch, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/flaky").respond_with_data("x", status=503)
    httpserver.expect_ordered_request("/flaky").respond_with_data("good")
    assert fetch(httpserver.url_for("/flaky"), allow_private=True).content == b"good"


def test_a_lasting_server_error_is_named_after_three_tries(fetch: Fetch, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/down").respond_with_data("x", status=500)
    with pytest.raises(StatusFailed, match="answered 500"):
        fetch(httpserver.url_for("/down"), allow_private=True, timeout=5)
    assert len(httpserver.log) == 3


def test_a_host_name_nobody_knows_is_named() -> None:
    asked: list[str] = []

    def unknown(host: str, port: int) -> list[str]:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(TaskFailed, match=r"http://nowhere\.example/feed: its host name is not known"):
        make_fetch(resolve=unknown)("http://nowhere.example/feed")
    assert asked == ["nowhere.example"], "a second try does not make a name known"


def test_a_reason_holds_no_user_password_or_query(fetch: Fetch, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/secret").respond_with_data("no", status=401)
    host = urlsplit(httpserver.url_for("/")).netloc
    with pytest.raises(TaskFailed) as failure:
        fetch(f"http://reader:hunter2@{host}/secret?token=abc123#part", allow_private=True)
    assert str(failure.value) == f"http://{host}/secret?…: answered 401 UNAUTHORIZED; it wants a login"


def test_user_and_password_go_to_their_own_host_only_and_leave_no_trace(fetch: Fetch, httpserver: HTTPServer) -> None:
    asked: list[str | None] = []

    def remember(request: Asked) -> Answer:
        asked.append(request.headers.get("Authorization"))
        if request.path == "/in":
            return Answer(status=302, headers={"Location": f"http://thief:x@localhost:{httpserver.port}/out"})
        return Answer(PAGE)

    httpserver.expect_request("/in").respond_with_handler(remember)
    httpserver.expect_request("/out").respond_with_handler(remember)
    address = f"http://reader:hunter2@127.0.0.1:{httpserver.port}"
    with pytest.raises(TaskFailed, match="private address"):  # the other host was not opened by allow_private
        fetch(f"{address}/in", allow_private=True)
    answer = fetch(f"{address}/out", allow_private=True)
    assert asked == ["Basic " + base64.b64encode(b"reader:hunter2").decode()] * 2
    assert "hunter2" not in answer.model_dump_json()


def test_proxies_of_the_environment_are_not_used(fetch: Fetch, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert fetch(served(httpserver), allow_private=True).content == PAGE


def test_the_agent_is_named_to_the_server(httpserver: HTTPServer) -> None:
    make_fetch(agent="security-briefing/9")(served(httpserver), allow_private=True)
    assert httpserver.log[0][0].headers["User-Agent"] == "security-briefing/9"


def test_bounds_are_the_callers(httpserver: HTTPServer) -> None:
    url = served(httpserver, b"x" * 5000)
    assert len(make_fetch(bounds=Bounds(decoded=5000))(url, allow_private=True).content) == 5000
    with pytest.raises(TaskFailed, match="more than"):
        make_fetch(bounds=Bounds(decoded=4999))(url, allow_private=True)
    with pytest.raises(TaskFailed, match="more bytes than allowed"):
        make_fetch(bounds=Bounds(wire=4999))(url, allow_private=True)


def test_no_log_line_holds_an_address(fetch: Fetch, httpserver: HTTPServer, caplog: pytest.LogCaptureFixture) -> None:
    httpserver.expect_request("/down").respond_with_data("x", status=500)
    with caplog.at_level("DEBUG"), pytest.raises(TaskFailed):
        fetch(httpserver.url_for("/down?token=abc123").replace("://", "://reader:hunter2@"), allow_private=True, timeout=2)
    ours = [record for record in caplog.records if record.name != "werkzeug"]
    assert not any(secret in f"{record.getMessage()} {record.__dict__}" for record in ours for secret in ("abc123", "hunter2"))
