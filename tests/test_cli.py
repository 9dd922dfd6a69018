"""The command line as a stranger uses it: real processes, real files, exit codes."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = """Three guards killed in raid on Tarvik prison

TARVIK, 2 March 2026 - Gunmen attacked the prison of Tarvik on Sunday, killing three guards and freeing at least 40 inmates,
Interior Minister Jola Mirek said.

"We will bring every one of them back," Mirek told reporters. She warned that the Ashen Brigade was planning further attacks on
prisons in the north.

Source: harbour-courier.example
"""


def briefing(*arguments: str | Path, cwd: Path, stdin: bytes = b"", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=300,
        check=False,
        env={**os.environ, "XDG_STATE_HOME": str(cwd / "state"), **(env or {})},
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_help_names_every_command(tmp_path: Path) -> None:
    from briefing.cli import COMMANDS

    done = briefing("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", ["run", "build", "render", "verify", "extract", "group", "new", "themes", "check", "sources", "schedule"])
def test_each_command_explains_itself(tmp_path: Path, name: str) -> None:
    done = briefing(name, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: briefing {name}")


def test_a_one_off_brief_in_four_formats_that_proves_itself(tmp_path: Path, article: Path) -> None:
    done = briefing("run", article.name, "--at", "2026-03-03", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (folder,) = (tmp_path / "output").iterdir()
    assert {path.name for path in folder.iterdir()} == {"brief.pdf", "brief.md", "brief.html", "brief.json", "evidence.jsonl.gz"}
    brief = json.loads((folder / "brief.json").read_text(encoding="utf-8"))
    assert brief["one_off"] is True
    assert brief["issue"] is None
    assert brief["changes"] == []
    assert brief["documents"][0]["source"] == "harbour-courier.example"
    proof = briefing("verify", folder, cwd=tmp_path)
    assert (proof.returncode, "all stand" in proof.stdout) == (0, True), proof.stderr


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, article: Path) -> None:
    for name in ("one", "two"):
        assert briefing("run", article, "--at", "2026-03-03", "--output", name, cwd=tmp_path).returncode == 0
    one, two = (sorted(path for path in (tmp_path / name).rglob("*") if path.is_file()) for name in ("one", "two"))
    assert len(one) == 5
    for first, second in zip(one, two, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name


def test_one_bad_file_costs_nothing_but_its_row(tmp_path: Path, article: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "program.exe").write_bytes(b"MZ\x00\x01\x02" * 99)
    done = briefing(
        "run", tmp_path / "broken.pdf", tmp_path / "empty.txt", article, tmp_path / "program.exe", "--format", "json", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "output").iterdir()
    coverage = json.loads((folder / "brief.json").read_text(encoding="utf-8"))["coverage"]
    assert coverage["documents_read"] == 4
    assert coverage["documents_kept"] == 1
    assert sum(coverage["dropped"].values()) == 3
    reasons = {Path(row["name"]).name: row["reason"] for row in coverage["document_rows"]}
    assert all(reasons[name] for name in ("broken.pdf", "empty.txt", "program.exe"))


def test_nothing_usable_is_65_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = briefing("run", "empty.txt", cwd=tmp_path)
    assert done.returncode == 65
    assert done.stderr.count("\n") == 1
    assert "empty.txt" in done.stderr
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run"], 64, "no briefing.yaml here"),
        (["rnu"], 64, "did you mean `run`?"),
        (["run", "nowhere.txt"], 64, "nowhere.txt"),
        (["run", "article.txt", "--at", "soon"], 64, "'soon' is no time"),
        (["run", "article.txt", "--format", "docx"], 64, "docx"),
        (["run", "article.txt", "--theme", "baroque"], 78, "baroque"),
        (["run", "--config", "nowhere.yaml"], 78, "nowhere.yaml"),
        (["verify", "."], 64, "brief.json"),
        (["render", "article.txt"], 64, "no brief.json"),
        (["extract"], 64, "--input"),
    ],
)
def test_a_wrong_call_is_one_line_and_its_code(tmp_path: Path, article: Path, arguments: list[str], code: int, words: str) -> None:
    done = briefing(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "output").exists()


def test_a_broken_template_is_named_and_the_earlier_issue_stays(tmp_path: Path, article: Path) -> None:
    assert briefing("new", "desk", cwd=tmp_path).returncode == 0
    desk = tmp_path / "desk"
    (desk / "inbox" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert briefing("run", "--at", "2026-03-03T06:00", "--format", "md", cwd=desk).returncode == 0
    before = (desk / "output" / "daily-2026-03-03" / "brief.md").read_bytes()
    (desk / "templates" / "mine" / "brief.md").write_text("# {{ brief.title }}\n{{ brief.stroies }}\n")
    done = briefing("run", "--at", "2026-03-04T06:00", "--format", "md", cwd=desk)
    assert done.returncode == 78
    assert "brief.md:2" in done.stderr
    assert "stories" in done.stderr
    assert [path.name for path in (desk / "output").iterdir()] == ["daily-2026-03-03"]
    assert (desk / "output" / "daily-2026-03-03" / "brief.md").read_bytes() == before
    assert briefing("check", cwd=desk).returncode == 78


def test_a_starter_folder_works_and_is_never_overwritten(tmp_path: Path) -> None:
    assert briefing("new", "desk", cwd=tmp_path).returncode == 0
    desk = tmp_path / "desk"
    assert briefing("check", cwd=desk).returncode == 0
    assert "mine (extends situation)" in briefing("themes", cwd=desk).stdout
    again = briefing("new", "desk", cwd=tmp_path)
    assert (again.returncode, "is there already" in again.stderr) == (64, True)


def test_an_issue_is_frozen_once_written(tmp_path: Path) -> None:
    briefing("new", "desk", cwd=tmp_path)
    desk = tmp_path / "desk"
    (desk / "inbox" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert briefing("run", "--at", "2026-03-03T06:00", "--format", "md,json", cwd=desk).returncode == 0
    folder = desk / "output" / "daily-2026-03-03"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (desk / "inbox" / "b.txt").write_text(ARTICLE.replace("three", "nine"), encoding="utf-8")
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    assert briefing("run", "--at", "2026-03-03T09:00", "--format", "md,json", cwd=desk).returncode == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_no_source_answers_an_issue_that_says_so(tmp_path: Path) -> None:
    config = "archive: a.sqlite\nsources:\n  - name: Dead feed\n    url: http://127.0.0.1:9/feed.xml\n    allow_private: true\n"
    (tmp_path / "briefing.yaml").write_text(config)
    done = briefing("run", "--at", "2026-03-03T06:00", "--format", "md", cwd=tmp_path)
    assert done.returncode == 69, done.stderr
    text = (tmp_path / "output" / "daily-2026-03-03" / "brief.md").read_text(encoding="utf-8")
    assert "Dead feed" in text


def test_standard_input(tmp_path: Path) -> None:
    done = briefing("run", "-", "--format", "md", "--at", "2026-03-03", cwd=tmp_path, stdin=ARTICLE.encode())
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "output").iterdir()
    assert "Jola Mirek" in (folder / "brief.md").read_text(encoding="utf-8")


def test_extract_gives_one_line_per_line_in_order(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": "At least 14 people were killed in Dorra, police said."}),
        json.dumps({"id": "b", "text": ""}),
        "not json",
        json.dumps({"id": "a", "text": "At least 14 people were killed in Dorra, police said."}),
        json.dumps({"id": 7, "text": "Die Polizei nahm am Sonntag in der Innenstadt mehrere Verdächtige fest. " * 9}),
    ]
    done = briefing("extract", "--input", "-", cwd=tmp_path, stdin="\n".join(lines).encode())
    assert (done.returncode, done.stderr) == (0, "")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in records] == ["a", "b", None, "a", 7]
    figure = records[0]["figures"][0]
    assert (figure["start"], figure["end"], figure["value"], figure["qualifier"]) == (0, 11, 14, "at_least")
    assert records[0]["statements"] == records[3]["statements"] != []
    assert records[4]["figures"] == []


def test_group_gives_one_cluster_per_line(tmp_path: Path) -> None:
    texts = [ARTICLE, ARTICLE.replace("three", "four"), "A flood drove 200 families from the delta of the Orla river, the mayor said."]
    stdin = "\n".join(json.dumps({"id": n, "text": text, "date": "2026-03-02"}) for n, text in enumerate(texts))
    done = briefing("group", "--input", "-", cwd=tmp_path, stdin=stdin.encode())
    assert done.returncode == 0, done.stderr
    clusters = [json.loads(line)["cluster"] for line in done.stdout.splitlines()]
    assert clusters[0] == clusters[1] != clusters[2]


def test_render_again_without_spacy(tmp_path: Path, article: Path) -> None:
    assert briefing("run", article, "--at", "2026-03-03", "--format", "json,md", cwd=tmp_path).returncode == 0
    (folder,) = (tmp_path / "output").iterdir()
    code = (
        "import sys; sys.argv = ['briefing', 'render', sys.argv[1], '--format', 'md', '--output', sys.argv[2]]\n"
        "import briefing.cli\n"
        "try: briefing.cli.main()\n"
        "except SystemExit as stop: assert not stop.code, stop.code\n"
        "assert not {'spacy', 'sklearn', 'trafilatura'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, folder / "brief.json", tmp_path / "again"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "again" / "brief.md").read_bytes() == (folder / "brief.md").read_bytes()


def test_verify_finds_one_changed_digit(tmp_path: Path, article: Path) -> None:
    assert briefing("run", article, "--at", "2026-03-03", "--format", "json,md", cwd=tmp_path).returncode == 0
    (folder,) = (tmp_path / "output").iterdir()
    evidence = gzip.decompress((folder / "evidence.jsonl.gz").read_bytes()).decode()
    (folder / "evidence.jsonl.gz").write_bytes(gzip.compress(evidence.replace("at least 40 inmates", "at least 41 inmates").encode()))
    done = briefing("verify", folder, cwd=tmp_path)
    assert done.returncode == 1
    assert "40" in done.stderr


def test_schedule_changes_its_own_block_only(tmp_path: Path) -> None:
    """Against a stand-in for ``crontab`` that keeps its table in a file."""
    table = tmp_path / "table"
    table.write_text("0 1 * * * backup\n")
    command = tmp_path / "bin" / "crontab"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nif [ "$1" = -l ]; then cat {table}; else cat > {table}; fi\n')
    command.chmod(0o755)
    env = {"PATH": f"{command.parent}:{os.environ['PATH']}"}
    briefing("new", "desk", cwd=tmp_path)
    desk = tmp_path / "desk"
    assert "briefing run" in briefing("schedule", "install", "--dry-run", cwd=desk, env=env).stdout
    assert table.read_text() == "0 1 * * * backup\n"
    assert briefing("schedule", "install", cwd=desk, env=env).returncode == 0
    assert table.read_text().count(f"briefing run --config {desk / 'briefing.yaml'}") == 1
    assert briefing("schedule", "remove", cwd=desk, env=env).returncode == 0
    assert table.read_text() == "0 1 * * * backup\n"


def test_an_empty_first_issue_is_not_frozen(tmp_path: Path) -> None:
    """The order of the README: `briefing run` before there is an article, then again with one."""
    briefing("new", "desk", cwd=tmp_path)
    desk = tmp_path / "desk"
    assert briefing("run", "--at", "2026-03-03T06:00", "--format", "md", cwd=desk).returncode == 0
    (desk / "inbox" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert briefing("run", "--at", "2026-03-03T09:00", "--format", "md", cwd=desk).returncode == 0
    assert "Jola Mirek" in (desk / "output" / "daily-2026-03-03" / "brief.md").read_text(encoding="utf-8")
    assert briefing("verify", "output/daily-2026-03-03", cwd=desk).returncode == 0


def test_a_file_in_another_language_alone_is_65(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Die Polizei nahm am Sonntag in der Innenstadt mehrere Verdächtige fest. " * 9, encoding="utf-8")
    done = briefing("run", "a.txt", cwd=tmp_path)
    assert done.returncode == 65
    assert "written in de" in done.stderr


def test_an_output_that_cannot_be_a_folder_is_73(tmp_path: Path, article: Path) -> None:
    (tmp_path / "afile").touch()
    done = briefing("run", article, "--format", "md", "--output", "afile", cwd=tmp_path)
    assert done.returncode == 73
    assert "afile" in done.stderr
