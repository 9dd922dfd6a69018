"""``collect``: every configured source is asked in turn, and each ends as one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefing.errors import ConfigurationError, TaskFailed
from briefing.models import Collected, DocumentRow, Fetch, Isolate, Limits, Period, RawItem, SourceRow, SourceSettings
from briefing.sources.desk import Desk, Found, Kind, Note, one_line
from briefing.sources.kinds import kind

__all__ = ["collect"]


def collect(
    settings: Sequence[SourceSettings],
    window: Period | None,
    fetch: Fetch,
    isolate: Isolate,
    limits: Limits,
    root: Path | None = None,
) -> Collected:
    """Everything the sources have, in the order they are configured; within a source in its own stable order.

    Relative paths are read against ``root``. A source that fails is a row with its reason, and keeps what it gave before it failed.
    ConfigurationError for an unknown kind (before anything is read) and for a source without the address or path its kind needs.
    """
    desk = Desk(window=window, fetch=fetch, isolate=isolate, limits=limits, root=root)
    kinds = {one.kind: kind(one.kind) for one in settings if one.enabled}
    harvests = [_asked(one, kinds[one.kind], desk) if one.enabled else _disabled(one) for one in settings]
    return Collected(
        items=tuple(item for harvest in harvests for item in harvest.items),
        sources=tuple(harvest.row for harvest in harvests),
        documents=tuple(row for harvest in harvests for row in harvest.rows),
    )


@dataclass
class _Harvest:
    """What one source gave."""

    settings: SourceSettings
    items: list[RawItem] = field(default_factory=list)
    rows: list[DocumentRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: bool = True
    failure: str | None = None

    @property
    def row(self) -> SourceRow:
        return SourceRow(
            source=self.settings.source.name,
            asked=self.asked,
            answered=self.asked and self.failure is None,
            items=len(self.items),
            reason=self.failure,
            warning="; ".join(self.notes) or None,
        )


def _disabled(settings: SourceSettings) -> _Harvest:
    return _Harvest(settings, asked=False, failure="disabled in the configuration")


def _asked(settings: SourceSettings, collector: Kind, desk: Desk) -> _Harvest:
    """Asks one source. Whatever goes wrong in it (a stranger's kind may raise anything) becomes its row."""
    harvest = _Harvest(settings)
    left_out = 0
    try:
        for found in _found(settings, collector, desk):
            if isinstance(found, Note):
                harvest.notes.append(one_line(found.text))
            elif isinstance(found, DocumentRow):
                harvest.rows.append(found)
            elif len(harvest.items) < settings.limit:
                harvest.items.append(found)
            else:
                left_out += 1
    except ConfigurationError:
        raise
    except TaskFailed as failure:
        harvest.failure = one_line(str(failure))
    except Exception as error:
        harvest.failure = one_line(f"kind {settings.kind} failed ({type(error).__name__}: {error}); check the source's settings")
    if left_out:
        harvest.notes.append(f"{left_out} more items left out (limit {settings.limit})")
    return harvest


def _found(settings: SourceSettings, collector: Kind, desk: Desk) -> Iterator[Found]:
    for found in collector(settings, desk):
        if not isinstance(found, RawItem | DocumentRow | Note):
            raise TypeError(f"it gave a {type(found).__name__}, not an item")
        yield found
