"""What a renderer is handed beside the brief.

A renderer is ``render(brief: Brief, environment: Environment) -> Artifact``, registered under the entry-point group
``briefing.renderers`` by the name of its format. It runs in a killable worker: it may use time and memory up to the limits of the
configuration, must not open sockets, and tells of anything it had to replace in ``Artifact.notes``. A template fault is raised as
``TemplateError``; any other exception costs this one format and becomes its reason in the run report.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing.rendering.themes import Chain

__all__ = ["Environment"]

FONTS = Path(__file__).parent / "fonts"


@dataclass(frozen=True, slots=True)
class Environment:
    """``theme`` finds templates, style and assets; ``fonts`` are the folders a page may take fonts from, the theme's own first."""

    theme: Chain

    @property
    def fonts(self) -> tuple[Path, ...]:
        return (*self.theme.font_folders, FONTS)
