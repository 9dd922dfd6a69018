"""One story per real-world event.

Comes in: documents with their findings, what earlier issues said, thresholds and the watch-list. Goes out: ``Grouped``: stories, best
first, and a row for each document that belongs to none. What it must never do: take an opinion for an event or a reprint for a second
source, add figures up, say a word that stands in no document.
"""

from briefing.stories.clustering import cluster
from briefing.stories.grouping import group
from briefing.stories.memory import remember

__all__ = ["cluster", "group", "remember"]
