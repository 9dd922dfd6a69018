"""The command line: arguments, progress, exit codes. With ``briefing/commands`` the only place that prints or reads the clock.

Only click is imported here; a command's module is imported when the command runs, so that ``briefing --help`` answers at once.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import NoReturn

import click

from briefing import __version__
from briefing.errors import BriefingError, UsageError

__all__ = ["main"]

COMMANDS = {
    "run": "Make and write the brief that is due, or a one-off brief of the paths given.",
    "build": "Compose the brief and print brief.json; write nothing else.",
    "render": "Render a brief.json again, in any format and theme.",
    "verify": "Prove an issue from its folder: every number and quotation stands in a source.",
    "extract": "Findings of JSON lines, as JSON lines with offsets.",
    "group": "Cluster JSON lines into stories, as JSON lines.",
    "new": "Write a starter folder: configuration and a theme of your own.",
    "themes": "List the themes at hand and where they are.",
    "check": "Check configuration and themes without making a brief.",
    "sources": "Ask each configured source and say what it would read.",
    "schedule": "Install, show or remove the daily run (cron or systemd).",
}
BUG = 70
INTERRUPTED = 130


class Commands(click.Group):
    """A group that knows its commands by name and short help, and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"briefing.commands.{name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean `{close[0]}`?" if close else f"commands: {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command `{args[0]}`; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefing")
def commands() -> None:
    """Turns a day of open sources into a security brief in which every claim shows its evidence."""


def main() -> NoReturn:
    """The console script. Errors are one line on standard error; exit codes are those of ``briefing.errors`` (sysexits.h)."""
    sys.exit(_run())


def _run() -> int:
    try:
        result = commands.main(prog_name="briefing", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted; nothing was left half written")
        return INTERRUPTED
    except click.ClickException as error:
        where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "briefing"
        _say(f"{error.format_message()} (see `{where} --help`)")
        return UsageError.exit_code
    except BriefingError as error:
        _say(str(error))
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        if "--verbose" in sys.argv:
            raise
        _say(f"a fault of this software: {type(error).__name__}: {error}; run again with --verbose and report it")
        return BUG


def _say(message: str) -> None:
    """One line, control characters shown as escapes: a message may quote hostile text."""
    line = " ".join(message.split())
    shown = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)
    click.echo(f"briefing: {shown}", err=True)
