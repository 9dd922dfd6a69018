"""The kinds of source, shipped ones and a stranger's alike: a name goes in, the function that collects comes out."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import cast

from briefing.errors import ConfigurationError
from briefing.sources.desk import Kind

__all__ = ["GROUP", "SHIPPED", "kind", "known"]

GROUP = "briefing.sources"
# The same names as in pyproject.toml: a source checkout that is not installed has no entry points.
SHIPPED = {name: f"briefing.sources.{name}:collect" for name in ("feed", "folder", "jsonl", "mail", "web")}


def known() -> dict[str, str]:
    """Names of all kinds with the places of their functions (``module:function``), sorted; an installed one wins over a shipped one."""
    installed = {point.name: point.value for point in entry_points(group=GROUP)}
    return dict(sorted({**SHIPPED, **installed}.items()))


def kind(name: str) -> Kind:
    """The function of a kind. ConfigurationError listing the known kinds, or naming one that cannot be loaded."""
    kinds = known()
    if name not in kinds:
        raise ConfigurationError(f"unknown kind of source {name!r}; known kinds: {', '.join(kinds)}")
    try:
        return cast("Kind", EntryPoint(name=name, value=kinds[name], group=GROUP).load())
    except Exception as error:
        reason = " ".join(str(error).split())
        raise ConfigurationError(f"kind of source {name!r} cannot be loaded from {kinds[name]} ({reason}); reinstall it") from error
