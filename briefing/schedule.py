"""A daily run without anyone looking: the cron line or the systemd units that call ``briefing run``.

Pure text but for ``install_cron``, which changes the marked block of the user's crontab and nothing else, and ``write_units``.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.errors import OutputError, UsageError

__all__ = ["block", "cron_line", "install_cron", "machine_time", "systemd_units", "with_block", "write_units"]


def cron_line(python: Path, config: Path, time: str, zone: str) -> str:
    """One crontab line: absolute paths only, for cron starts with an almost empty environment.

    ``time`` is HH:MM by the clock of the machine (see ``machine_time``); the brief's ``zone`` is named in a comment beside it.
    """
    hour, minute = _clock(time)
    command = shlex.join([str(python), "-m", "briefing", "run", "--config", str(config)]).replace("%", r"\%")
    return f"{minute} {hour} * * * {command}  # {zone}"


def machine_time(cut_off: str, zone: ZoneInfo, machine: tzinfo | None, year: int) -> str:
    """HH:MM by the machine's clock that is never before the cut-off in ``zone``, summer or winter: cron knows one clock only.

    ``machine`` None means the zone this machine is set to."""
    hour, minute = _clock(cut_off)
    days = (datetime(year, 1, 15, hour, minute, tzinfo=zone), datetime(year, 7, 15, hour, minute, tzinfo=zone))
    here = [day.astimezone(machine) for day in days]
    late = max((moment.replace(tzinfo=None) - day.replace(tzinfo=None), moment) for day, moment in zip(days, here, strict=True))[1]
    return f"{late:%H:%M}"


def systemd_units(python: Path, config: Path, time: str, zone: str, name: str) -> dict[str, str]:
    """Unit file name → text: a oneshot service and a timer that fires at ``time`` in ``zone`` and catches up after a power cut."""
    hour, minute = _clock(time)
    command = " ".join(_systemd_quoted(part) for part in (str(python), "-m", "briefing", "run", "--config", str(config)))
    service = "\n".join(
        [
            "[Unit]",
            f"Description=Security brief {name}",
            "Wants=network-online.target",
            "After=network-online.target",
            "",
            "[Service]",
            "Type=oneshot",
            f"ExecStart={command}",
            "NoNewPrivileges=yes",
            "PrivateTmp=yes",
            "ProtectSystem=full",
            "",
        ]
    )
    timer = "\n".join(
        [
            "[Unit]",
            f"Description=Daily run of security brief {name}",
            "",
            "[Timer]",
            f"OnCalendar=*-*-* {hour:02d}:{minute:02d}:00 {zone}",
            "Persistent=true",
            "",
            "[Install]",
            "WantedBy=timers.target",
            "",
        ]
    )
    return {f"briefing-{name}.service": service, f"briefing-{name}.timer": timer}


def block(config: Path, line: str) -> str:
    """The marked block of one configuration in a crontab."""
    begin, end = _marks(config)
    return f"{begin}\n{line}\n{end}\n"


def with_block(crontab: str, config: Path, line: str | None) -> str:
    """``crontab`` with the block of ``config`` put in or replaced (``line`` None: taken out); every other line as it was."""
    begin, end = _marks(config)
    pattern = re.compile(rf"^{re.escape(begin)}\n.*?^{re.escape(end)}\n?", re.DOTALL | re.MULTILINE)
    rest = pattern.sub("", crontab)
    if line is None:
        return rest
    if rest and not rest.endswith("\n"):
        rest += "\n"
    return rest + block(config, line)


def install_cron(config: Path, line: str | None) -> None:
    """Writes the user's crontab with the block of ``config`` changed. OutputError when there is no cron or it refuses."""
    try:
        read = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)
        old = read.stdout if read.returncode == 0 else ""
        subprocess.run(["crontab", "-"], input=with_block(old, config, line), capture_output=True, text=True, check=True)
    except FileNotFoundError:
        raise OutputError("crontab: no such command; install cron, or use `briefing schedule show --systemd`") from None
    except subprocess.CalledProcessError as error:
        raise OutputError(f"crontab: refused the new table: {' '.join(str(error.stderr).split())}") from error


def write_units(folder: Path, units: dict[str, str]) -> list[Path]:
    """Writes systemd units; the paths written. OutputError when the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in units.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror or error}); name a folder of systemd units") from error
    return [folder / name for name in units]


def _marks(config: Path) -> tuple[str, str]:
    return f"# >>> briefing {config}", f"# <<< briefing {config}"


def _clock(time: str) -> tuple[int, int]:
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", time)
    if not match:
        raise UsageError(f"{time!r} is no time of day; write HH:MM")
    return int(match[1]), int(match[2])


def _systemd_quoted(part: str) -> str:
    escaped = part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if re.search(r"[\s\"'\\]", part) else escaped
