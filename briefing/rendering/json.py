"""brief.json: the brief itself, complete. ``Brief.model_validate_json`` reads it back as an equal value."""

from __future__ import annotations

from briefing.models import Artifact, Brief
from briefing.rendering.environment import Environment

__all__ = ["render", "to_json"]


def to_json(brief: Brief) -> bytes:
    """Equal briefs give equal bytes: UTF-8, indented by two, with a newline at the end."""
    return brief.model_dump_json(indent=2).encode() + b"\n"


def render(brief: Brief, environment: Environment) -> Artifact:
    return Artifact(name="brief.json", format="json", media_type="application/json", content=to_json(brief))
