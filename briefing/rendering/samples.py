"""Two invented briefs to try a theme on: one that uses every field, one that has nothing to say."""

from __future__ import annotations

from importlib import resources

from briefing.models import Brief

__all__ = ["samples"]


def samples() -> tuple[Brief, Brief]:
    """The full brief and the empty one, as stored beside this module."""
    folder = resources.files("briefing.rendering") / "sample"
    full, empty = ((folder / name).read_bytes() for name in ("full.json", "empty.json"))
    return Brief.model_validate_json(full), Brief.model_validate_json(empty)
