"""Templates that try to get out, to run for ever or to fill the memory: refused or killed, nothing executed, nothing written."""

from __future__ import annotations

import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from invented_briefs import make_brief

from briefing import rendering
from briefing.errors import TemplateError
from briefing.isolation import Workers
from briefing.models import Limits

_spec = spec_from_file_location("rendering_desk", Path(__file__).parents[1] / "rendering" / "conftest.py")
assert _spec is not None and _spec.loader is not None
room = module_from_spec(_spec)
_spec.loader.exec_module(room)
desk = room.desk
BRIEF = make_brief(1)


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ brief.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('touch owned').read() }}",
        "{{ brief | attr('__class__') }}",
        "{{ brief['__class__'] }}",
        "{{ self.__init__.__globals__ }}",
        "{{ '{0.__class__}'.format(brief) }}",
        "{{ '%s' | format(brief) | attr('__class__') }}",
        "{{ {'a': 1}.clear() }}",
        "{{ brief.model_config }}",
        "{{ brief.model_copy() }}",
        "{{ brief.model_construct() }}",
        "{{ brief.parse_file('/etc/passwd') }}",
        "{{ brief.parse_raw('x', proto='pickle', allow_pickle=true) }}",
        "{{ brief.cut_off.now() }}",
        "{{ brief.cut_off.today() }}",
        "{{ brief.theme.__class__ }}",
        "{{ lipsum() }}",
        "{{ joiner }}",
        "{{ brief.stories | random }}",
        "{{ range(10**9) }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../secret.md' %}",
        "{% include '!situation/../../secret.md' %}",
        "{% import '../secret.md' as x %}",
        "{{ words.__globals__ }}",
        "{{ citing.__self__ }}",
        "{% set _ = brief.stories.append(1) %}",
    ],
)
def test_a_template_cannot_reach_out(desk, source: str) -> None:
    (desk.root.parent / "secret.md").write_text("secret")
    (desk.root / "secret.md").write_text("secret")
    desk.write("bad/brief.md", source)
    with pytest.raises(TemplateError, match=r"bad/brief\.md"):
        desk.text(BRIEF, "md", "bad")
    assert not Path("owned").exists()


def test_a_link_out_of_the_theme_is_not_followed(desk, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("secret")
    desk.write("bad/brief.md", "{% include 'partials/x.md' %}")
    (desk.root / "bad" / "partials").mkdir()
    (desk.root / "bad" / "partials" / "x.md").symlink_to(secret)
    with pytest.raises(TemplateError, match=r"no file 'partials/x\.md'"):
        desk.text(BRIEF, "md", "bad")


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{{ a }}{% endfor %}{% endfor %}",
        "{{ 'x'.center(10**9) | length }}{{ 'x'.center(3 * 10**9) }}",
        "{{ [1] * 10**10 }}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        pytest.param("{{ (9 ** (9 ** 9)) }}", marks=pytest.mark.slow),
    ],
    ids=["loop", "string", "list", "recursion", "power"],
)
def test_a_template_without_end_costs_its_format_alone(desk, source: str) -> None:
    desk.write("bad/brief.md", source)
    desk.write("bad/brief.html", '{% extends "!situation/brief.html" %}')
    limits = Limits(render_seconds=5, megabytes=600)
    begun = time.monotonic()
    try:
        artifacts, rows = rendering.render(BRIEF, ["md", "json"], theme="bad", roots=[desk.root], isolate=desk.workers, limits=limits)
    except TemplateError as error:
        assert "bad/brief.md" in str(error)
        return
    finally:
        assert time.monotonic() - begun < 60
    assert [artifact.format for artifact in artifacts] == ["json"]
    assert [row.written for row in rows] == [False, True] and rows[0].reason


def test_a_huge_template_file_is_refused(desk) -> None:
    desk.write("bad/brief.md", "x" * 1_000_001)
    with pytest.raises(TemplateError, match="larger than"):
        desk.text(BRIEF, "md", "bad")


def test_a_theme_cannot_fetch_or_read_files(desk) -> None:
    desk.write(
        "bad/brief.html",
        '<html lang="en"><head><title>t</title><style>@import "file:///etc/passwd"; body { background: url(file:///etc/passwd) }</style>'
        '<link rel="attachment" href="file:///etc/passwd"></head><body><h1>t</h1><img src="file:///etc/passwd" alt="a">'
        '<img src="http://127.0.0.1:9/x.png" alt="b"><img src="asset:../../secret.md" alt="c"></body></html>',
    )
    (desk.root / "secret.md").write_text("secret")
    artifact = desk.artifact(BRIEF, "pdf", "bad")
    notes = " ".join(artifact.notes)
    assert "file:///etc/passwd" in notes and "127.0.0.1" in notes and "asset:../../secret.md" in notes
    assert b"root:" not in artifact.content and b"EmbeddedFiles" not in artifact.content
    page = desk.text(BRIEF, "html", "bad")
    assert "root:" not in page and page.count("[image not available: ") == 3
    assert "url(file:" not in page and 'src="http' not in page


def test_a_style_sheet_cannot_end_its_element(desk) -> None:
    desk.write("bad/theme.yaml", "name: bad\n")
    desk.write("bad/style.css", "</style><script>alert(1)</script>")
    page = desk.text(BRIEF, "html", "bad")
    assert page.count("</style>") == 1 and "<script>" not in page.partition("</style>")[2]


def test_workers_live_on(isolate: Workers) -> None:
    artifacts, _ = rendering.render(BRIEF, ["md"], isolate=isolate, limits=Limits())
    assert artifacts
