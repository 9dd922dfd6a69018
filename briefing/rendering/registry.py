"""The renderers by format: entry points of group ``briefing.renderers``, and the shipped ones when the package is not installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from briefing.errors import UsageError
from briefing.models import Artifact, Brief
from briefing.rendering.environment import Environment
from briefing.rendering.nearest import suggestion

__all__ = ["GROUP", "Renderer", "formats", "renderer"]

GROUP = "briefing.renderers"
SHIPPED = {
    "md": "briefing.rendering.markdown:render",
    "html": "briefing.rendering.html:render",
    "pdf": "briefing.rendering.pdf:render",
    "json": "briefing.rendering.json:render",
}

Renderer = Callable[[Brief, Environment], Artifact]


def formats() -> tuple[str, ...]:
    """Names of all formats that can be rendered, sorted."""
    return tuple(sorted({*SHIPPED, *(point.name for point in entry_points(group=GROUP))}))


def check(format: str) -> None:
    """UsageError for a format nobody renders."""
    if format not in SHIPPED and format not in formats():
        known = formats()
        raise UsageError(f"unknown format {format!r}{suggestion(format, known)}; known: {', '.join(known)}")


def renderer(format: str) -> Renderer:
    """The renderer of a format. UsageError when there is none; ImportError when it cannot be loaded."""
    if format in SHIPPED:
        # The shipped ones are registered like a stranger's; looking them up costs more than a Markdown brief takes to write.
        module, _, name = SHIPPED[format].partition(":")
        return cast("Renderer", getattr(import_module(module), name))
    check(format)
    point: EntryPoint = next(point for point in entry_points(group=GROUP) if point.name == format)
    return cast("Renderer", point.load())
