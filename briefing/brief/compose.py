"""Composes the brief: the verb of this room.

Comes in: the edition, ranked stories, all documents, the run report, what earlier issues said and the configuration. Goes out: one
``Brief``, complete: every format is rendered from it alone. Pure: reads no clock, no file but the room's own tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from briefing.brief.actors import key_actors
from briefing.brief.bottomline import bottom_line, quiet
from briefing.brief.coverage import coverage
from briefing.brief.methodology import methodology
from briefing.brief.selection import changes, cut_to, evidence_of, key_figures, printed, top_risks
from briefing.brief.sources import check_marking, cited_documents, map_points
from briefing.models import (
    Brief,
    Config,
    Document,
    Edition,
    Evidence,
    Judgement,
    KeyActor,
    KeyFigure,
    Line,
    Past,
    RunReport,
    Story,
    TopRisk,
)

__all__ = ["compose"]

NO_JUDGEMENT = "No analyst judgement was made for this issue."


def compose(
    edition: Edition,
    stories: Sequence[Story],
    documents: Sequence[Document],
    report: RunReport,
    past: Past,
    config: Config,
    *,
    judgements: Sequence[Judgement] = (),
    versions: Mapping[str, str] | None = None,
) -> Brief:
    """The brief of one edition. ConfigurationError when it would be marked lower than one of its sources."""
    check_marking(config.marking, documents)
    caps = config.caps
    zone = ZoneInfo(edition.timezone)
    shown, cut = printed(stories, caps)
    shown = tuple(_in_zone(story, zone) for story in shown)
    figures, cut["key_figures"] = cut_to(key_figures(shown), caps.key_figures)
    actors, cut["key_actors"] = cut_to(key_actors(shown, documents), caps.key_actors)
    risks, cut["top_risks"] = cut_to(top_risks(shown), caps.top_risks)
    assessed, cut["judgements"] = cut_to(judgements, caps.judgements)
    changed, cut["changes"] = cut_to(changes(stories, past, edition, config.grouping.window_days), caps.changes)
    lines, refused = bottom_line(shown, caps.bottom_line)
    covered = coverage(report, cut, refused)
    lines = lines or (quiet(covered.sources_asked, covered.sources_answered),)
    order = _evidence(lines, figures, actors, risks, shown)
    return Brief(
        id=edition.id,
        title=config.title,
        subtitle=config.subtitle,
        organisation=config.organisation,
        issue=edition.issue,
        date=edition.date,
        period=edition.period,
        cut_off=edition.period.end,
        prepared_at=edition.prepared_at,
        timezone=edition.timezone,
        marking=config.marking,
        exercise=any("exercise" in document.labels for document in documents),
        paper=config.paper,
        date_format=config.date_format,
        theme=config.theme,
        one_off=edition.one_off,
        bottom_line=lines,
        judgements=assessed,
        judgement_note=None if assessed else NO_JUDGEMENT,
        changes=changed,
        key_figures=figures,
        key_actors=actors,
        top_risks=risks,
        stories=shown,
        documents=cited_documents(documents, order, shown, edition.timezone),
        history=past.history,
        coordinates=map_points(shown),
        coverage=covered,
        methodology=methodology(config, versions or {}),
    )


def _evidence(
    lines: Sequence[Line], figures: Sequence[KeyFigure], actors: Sequence[KeyActor], risks: Sequence[TopRisk], stories: Sequence[Story]
) -> Iterator[Evidence]:
    """All evidence in the order in which a reader meets it."""
    for line in lines:
        yield from line.evidence
    for key in figures:
        yield from key.figure.evidence
    for actor in actors:
        yield from (one for one in (actor.did, actor.said) if one)
        yield from actor.evidence
    for top in risks:
        yield from top.risk.evidence
    for story in stories:
        yield from evidence_of(story)


def _in_zone(story: Story, zone: ZoneInfo) -> Story:
    first = story.first_seen.astimezone(zone) if story.first_seen else None
    last = story.last_seen.astimezone(zone) if story.last_seen else None
    return story.model_copy(update={"first_seen": first, "last_seen": last})
