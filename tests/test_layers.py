"""The architecture, proved by reading the imports: rooms know models and errors only; heavy libraries stay inside functions."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "briefing"
ROOMS = ("sources", "text", "extraction", "stories", "brief", "rendering", "delivery")
VERBS = {
    "sources": "collect",
    "text": "prepare",
    "extraction": "extract",
    "stories": "group",
    "brief": "compose",
    "rendering": "render",
    "delivery": "deliver",
}
FOUNDATION = ("briefing.models", "briefing.errors")
HEAVY = {"spacy", "weasyprint", "vl_convert", "trafilatura", "rich", "sklearn", "rensa", "dateparser", "httpx2", "feedparser", "docx"}
NETWORK = {"httpx2", "httpx", "socket", "urllib.request", "http.client", "smtplib", "imaplib", "ftplib", "requests"}
CLOCK = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    parts = ("briefing", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def at_import_time(tree: ast.Module) -> Iterator[str]:
    """Modules imported when the file is, leaving out ``if TYPE_CHECKING``."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imported(ast.Module(body=[node], type_ignores=[]))
        elif isinstance(node, ast.Try):
            yield from imported(node)


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_models_and_errors_only(room: str) -> None:
    allowed = (*FOUNDATION, f"briefing.{room}")
    for path in sorted((PACKAGE / room).rglob("*.py")):
        ours = [name for name in imported(parse(path)) if name.split(".")[0] == "briefing"]
        strangers = [name for name in ours if not name.startswith(allowed)]
        assert strangers == [], f"{path.relative_to(PACKAGE)} imports {strangers}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_exports_its_verb_and_says_what_it_must_never_do(room: str) -> None:
    tree = parse(PACKAGE / room / "__init__.py")
    exported = next(ast.literal_eval(n.value) for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "__all__")
    assert VERBS[room] in exported
    assert "never" in (ast.get_docstring(tree) or "").lower(), f"{room}/__init__.py does not say what the room must never do"


def test_only_the_pipeline_and_the_commands_wire_rooms() -> None:
    wiring = {"briefing.pipeline", "briefing.records", "briefing.verify"}
    for path in modules():
        name = dotted(path)
        if name.startswith("briefing.commands") or name in wiring or f"{name}.".split(".")[1] in ROOMS:
            continue
        rooms = [other for other in imported(parse(path)) if other.startswith(tuple(f"briefing.{room}" for room in ROOMS))]
        assert rooms == [], f"{name} imports {rooms}"


def test_models_know_nobody() -> None:
    for path in sorted((PACKAGE / "models").rglob("*.py")):
        ours = [name for name in imported(parse(path)) if name.startswith("briefing")]
        assert all(name.startswith(FOUNDATION) for name in ours), path


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    """Modules that only run inside a worker, loaded by one function of their room, may import at the top."""
    workers_only = ("briefing.extraction.",)
    for path in modules():
        name = dotted(path)
        if name.startswith(workers_only) and name not in ("briefing.extraction.worker", "briefing.extraction.numbers"):
            continue
        heavy = sorted({other.split(".")[0] for other in at_import_time(parse(path))} & HEAVY)
        assert heavy == [], f"{name} imports {heavy} at its top"


def test_only_sources_and_delivery_touch_the_network() -> None:
    for path in modules():
        name = dotted(path)
        if name.startswith(("briefing.sources", "briefing.delivery")):
            continue
        assert set(imported(parse(path))) & NETWORK == set(), name


def test_only_the_command_line_reads_the_clock_and_prints() -> None:
    for path in modules():
        name = dotted(path)
        if name.startswith(("briefing.cli", "briefing.commands")):
            continue
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                assert (node.func.value.id, node.func.attr) not in CLOCK, f"{name}:{node.lineno} reads the clock"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print", f"{name}:{node.lineno} prints"


def test_no_module_is_long_or_nameless() -> None:
    for path in modules():
        assert path.stem not in ("utils", "helpers", "common", "misc"), path
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{path.relative_to(PACKAGE)} has {lines} lines"


def test_help_loads_neither_pydantic_nor_spacy() -> None:
    code = (
        "import sys\n"
        "from briefing.cli import commands\n"
        "try: commands.main(['--help'], standalone_mode=False)\n"
        "except SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'pydantic', 'spacy', 'weasyprint', 'jinja2', 'rich', 'yaml'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
