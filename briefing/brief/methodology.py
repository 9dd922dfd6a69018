"""How the brief was made: software, versions, legends, limits, credits.

Comes in: the configuration and the versions. Goes out: the methodology section.
"""

from __future__ import annotations

from collections.abc import Mapping

from briefing.brief.tables import texts
from briefing.models import Config, Methodology

__all__ = ["methodology"]

SOFTWARE = "security-briefing"


def methodology(config: Config, versions: Mapping[str, str]) -> Methodology:
    """The legends with the probability words of ``config.probability_lexicon`` alone: one lexicon per brief."""
    shown = (config.probability_lexicon, "reliability", "credibility", "confidence", "qualifiers", "tlp")
    page = texts()
    return Methodology(
        software=f"{SOFTWARE} {versions.get(SOFTWARE, '')}".strip(),
        model=f"{config.model} {versions.get(config.model.replace('_', '-'), '')}".strip(),
        versions=dict(sorted(versions.items())),
        legends={page.legends[name].title: page.legends[name].rows for name in shown},
        limits=page.limits,
        credits=page.credits,
    )
