"""Makes the two example days by the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DAYS = ("2026-03-02", "2026-03-03")


def make(folder: Path) -> dict[str, Path]:
    """Both issues below ``folder``; issue folder by date."""
    env = {**os.environ, "BRIEFING_ARCHIVE": str(folder / "archive.sqlite")}
    for day in DAYS:
        command = [sys.executable, "-m", "briefing", "run", "--config", str(ROOT / "examples" / "briefing.yaml")]
        done = subprocess.run(
            [*command, "--at", f"{day}T06:00", "--output", str(folder / "output")], capture_output=True, text=True, check=False, env=env
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return {day: next((folder / "output").glob(f"*-{day}")) for day in DAYS}
