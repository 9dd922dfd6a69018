"""Brief → Artifact: writes one brief in every format asked for.

In: a complete ``Brief``, format names, a theme and the folders it may be found in. Out: artifacts (bytes) and one row per format that
says whether it was made, and why not. Never: fetches, decides what is in the brief, reads a clock, compiles article text as a template,
or loads a language model. Templates run in killable workers, since a template may loop for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing.errors import BriefingError, TaskFailed, TemplateError
from briefing.models import Artifact, ArtifactRow, Brief, Isolate, Limits
from briefing.rendering.environment import Environment
from briefing.rendering.registry import check, formats, renderer
from briefing.rendering.themes import Theme, chain, shipped, themes

__all__ = ["Environment", "Theme", "check_theme", "formats", "render", "shipped", "themes"]


def render(
    brief: Brief, formats: Sequence[str], *, theme: str | None = None, roots: Sequence[Path] = (), isolate: Isolate, limits: Limits
) -> tuple[tuple[Artifact, ...], tuple[ArtifactRow, ...]]:
    """Artifacts in the order of ``formats``, without those that failed, and a row for each format.

    ``roots`` are folders with themes, first wins; installed and shipped ones follow. ``theme`` is the brief's own when None. UsageError
    for an unknown format, TemplateError for a wrong theme or template: nothing of the brief is then returned.
    """
    wanted = tuple(dict.fromkeys(formats))
    for name in wanted:
        check(name)
    environment = Environment(chain(theme or brief.theme, roots))
    data = brief.model_dump_json().encode()
    tasks = ((name, data, environment) for name in wanted)
    artifacts: list[Artifact] = []
    rows: list[ArtifactRow] = []
    for name, outcome in zip(
        wanted, isolate.map(render_one, tasks, seconds=limits.render_seconds, megabytes=limits.megabytes), strict=True
    ):
        if isinstance(outcome, TemplateError):
            raise outcome
        if isinstance(outcome, BriefingError):
            rows.append(ArtifactRow(format=name, reason=str(outcome)))
        else:
            artifacts.append(outcome)
            rows.append(ArtifactRow(format=name, path=outcome.name, written=True, notes=outcome.notes))
    return tuple(artifacts), tuple(rows)


def render_one(format: str, data: bytes, environment: Environment) -> Artifact:
    """One format from the brief's JSON; runs in a worker."""
    return renderer(format)(Brief.model_validate_json(data), environment)


def check_theme(
    name: str, roots: Sequence[Path] = (), *briefs: Brief, isolate: Isolate, limits: Limits, formats: Sequence[str] = ("md", "html", "pdf")
) -> tuple[str, ...]:
    """What is wrong with a theme: its first template fault in each format, and everything that had to be replaced on the page.

    Give a brief that uses every field and one that uses none; empty means that the theme works with both.
    """
    problems: dict[str, None] = {}
    try:
        environment = Environment(chain(name, roots))
    except TemplateError as error:
        return (str(error),)
    tasks = [(form, brief.model_dump_json().encode(), environment) for brief in briefs for form in formats]
    outcomes = isolate.map(render_one, tasks, seconds=limits.render_seconds, megabytes=limits.megabytes)
    for (form, *_), outcome in zip(tasks, outcomes, strict=True):
        if isinstance(outcome, TemplateError):
            problems.setdefault(str(outcome))
        elif isinstance(outcome, TaskFailed | BriefingError):
            problems.setdefault(f"{form}: {outcome}")
        else:
            problems.update(dict.fromkeys(f"{form}: {note}" for note in outcome.notes))
    return tuple(problems)
