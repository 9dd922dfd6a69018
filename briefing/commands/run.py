"""``briefing run``: the main job."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefing.commands.options import at_option, config_option, configured, since_option, surroundings, times, verbose_option
from briefing.errors import OutputError

__all__ = ["command"]


@click.command("run")
@click.argument("paths", nargs=-1, metavar="[FILE | FOLDER | URL | -]...")
@config_option
@at_option
@since_option
@click.option("--output", type=click.Path(path_type=Path), help="Folder in which the folder of the issue is made; default: output.")
@click.option("--format", "formats", metavar="LIST", help="Formats, separated by commas: pdf,md,html,json.")
@click.option("--theme", help="Theme to use; `briefing themes` lists them.")
@click.option("--report", type=click.Path(path_type=Path), help="Write the run report (JSON) here.")
@verbose_option
def command(
    paths: tuple[str, ...],
    config_path: Path | None,
    at: str | None,
    since: str | None,
    output: Path | None,
    formats: str | None,
    theme: str | None,
    report: Path | None,
    verbose: bool,
) -> int:
    """Makes the brief that is due and writes it as PDF, Markdown, HTML and JSON.

    With paths alone it makes a one-off brief of them: no configuration, no archive, no issue number.
    """
    config = configured(config_path, paths=paths, formats=formats, output=output, theme=theme)
    from briefing.pipeline import run

    when = times(at, since, config, one_off=bool(paths))
    with surroundings(config, verbose=verbose) as outside:
        outcome = run(config, when.at, outside, since=when.since, until=when.until)
    if report:
        try:
            report.write_text(outcome.report.model_dump_json(indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise OutputError(f"{report}: the run report cannot be written ({error.strerror})") from error
    for row in outcome.report.artifacts:
        if not row.written:
            click.echo(f"briefing: {row.format}: {row.reason}", err=True)
    if not outcome.brief.coverage.sources_answered and not outcome.frozen:
        click.echo("briefing: no source answered; the issue says so", err=True)
    if verbose or sys.stdout.isatty():
        for file in outcome.files:
            click.echo(file)
    return outcome.exit_code
