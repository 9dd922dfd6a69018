"""Makes one ``Brief`` of the stories: selection, bottom line, grounding gate, coverage, methodology.

Comes in: an edition, stories, documents, the run report, the past, the configuration. Goes out: complete data for every format. What
it must never do: read a clock, print a sentence that says more than its evidence, or a judgement that no analyst made.
"""

from briefing.brief.compose import compose

__all__ = ["compose"]
