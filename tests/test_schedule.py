"""The cron line and the systemd units: absolute, quoted, in a marked block that leaves the rest of the crontab alone."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import UsageError
from briefing.schedule import cron_line, machine_time, systemd_units, with_block

PYTHON, CONFIG = Path("/opt/briefing/bin/python"), Path("/srv/watch desk/briefing.yaml")
LINE = cron_line(PYTHON, CONFIG, "06:05", "Europe/Vienna")


def test_the_cron_line() -> None:
    assert LINE == "5 6 * * * /opt/briefing/bin/python -m briefing run --config '/srv/watch desk/briefing.yaml'  # Europe/Vienna"


@pytest.mark.parametrize(
    ("cut_off", "zone", "machine", "expected"),
    [
        ("06:00", "UTC", "UTC", "06:00"),
        ("06:00", "Europe/Vienna", "UTC", "05:00"),
        ("06:00", "America/New_York", "UTC", "11:00"),
        ("06:00", "UTC", "Europe/Vienna", "08:00"),
        ("00:30", "Europe/Vienna", "UTC", "23:30"),
        ("06:00", "Asia/Kathmandu", "Europe/Vienna", "02:15"),
    ],
)
def test_cron_never_runs_before_the_cut_off(cut_off: str, zone: str, machine: str, expected: str) -> None:
    """The machine's clock in winter and summer, whichever is later."""
    assert machine_time(cut_off, ZoneInfo(zone), ZoneInfo(machine), 2026) == expected


def test_a_per_cent_sign_is_escaped_for_cron() -> None:
    assert r"50\%" in cron_line(PYTHON, Path("/srv/50%/briefing.yaml"), "06:05", "UTC")


@pytest.mark.parametrize("time", ["6", "24:00", "06:60", "six", "6:5 ; rm"])
def test_no_time_of_day(time: str) -> None:
    with pytest.raises(UsageError, match="HH:MM"):
        cron_line(PYTHON, CONFIG, time, "UTC")


def test_the_block_is_added_replaced_and_removed() -> None:
    mine = "MAILTO=me\n0 1 * * * backup\n"
    added = with_block(mine, CONFIG, LINE)
    assert added.startswith(mine)
    assert added.count(LINE) == 1
    later = cron_line(PYTHON, CONFIG, "07:00", "Europe/Vienna")
    assert with_block(added, CONFIG, later).count("briefing run") == 1
    assert with_block(with_block(added, CONFIG, later), CONFIG, None) == mine


def test_two_configurations_have_two_blocks() -> None:
    other = Path("/srv/other/briefing.yaml")
    both = with_block(with_block("", CONFIG, LINE), other, cron_line(PYTHON, other, "08:00", "UTC"))
    assert with_block(both, CONFIG, None).count("briefing run") == 1


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=200).map(lambda text: text + "\n"))
def test_every_other_line_stays(crontab: str) -> None:
    assert with_block(with_block(crontab, CONFIG, LINE), CONFIG, None) == crontab


def test_the_systemd_units() -> None:
    units = systemd_units(PYTHON, CONFIG, "06:05", "Europe/Vienna", "daily")
    assert 'ExecStart=/opt/briefing/bin/python -m briefing run --config "/srv/watch desk/briefing.yaml"' in units["briefing-daily.service"]
    assert "OnCalendar=*-*-* 06:05:00 Europe/Vienna\nPersistent=true" in units["briefing-daily.timer"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for name, text in systemd_units(Path("/usr/bin/env"), tmp_path / "briefing.yaml", "06:05", "Europe/Vienna", "daily").items():
        (tmp_path / name).write_text(text)
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / "briefing-daily.timer")], capture_output=True, text=True, check=False
    )
    complaints = [line for line in checked.stderr.splitlines() if "briefing-daily" in line]
    assert complaints == []
