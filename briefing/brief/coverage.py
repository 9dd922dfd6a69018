"""What was asked and read, what was kept, and why the rest was not.

Comes in: the run report. Goes out: the coverage section, whose counts add up: read = kept + the sum of all reasons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from briefing.models import Coverage, Drop, RunReport

__all__ = ["coverage"]


def coverage(report: RunReport, cut: Mapping[str, int], refused: int) -> Coverage:
    """Counts and rows of ``report``; ``cut`` without the sections that are whole."""
    asked = [row for row in report.sources if row.asked]
    answered = [row for row in asked if row.answered]
    drops = Counter(row.drop for row in report.documents if row.drop is not None)
    return Coverage(
        sources_asked=len(asked),
        sources_answered=len(answered),
        sources_empty=sum(row.items == 0 for row in answered),
        sources_failed=len(asked) - len(answered),
        documents_read=len(report.documents),
        documents_kept=len(report.documents) - drops.total(),
        dropped={drop.value: drops[drop] for drop in Drop if drops[drop]},
        source_rows=report.sources,
        document_rows=tuple(row for row in report.documents if row.drop is not None or row.notes),
        sentences_refused=refused,
        cut={section: count for section, count in sorted(cut.items()) if count},
        warnings=(*report.warnings, *(f"{row.source}: {row.warning}" for row in report.sources if row.warning)),
    )
