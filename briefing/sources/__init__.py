"""Sources: the first verb. Settings of sources go in; raw items (bytes with what their container says of them) come out, with a row for
every source and for every item that could not be read.

It never understands what it collected (that is the text room's work), never reaches the network but through the ``fetch`` it is handed,
never parses a stranger's bytes outside a worker, and never lets one source cost another.
"""

from __future__ import annotations

from briefing.sources.arguments import named
from briefing.sources.checking import problems
from briefing.sources.collecting import collect
from briefing.sources.desk import Desk, Found, Kind, Note

__all__ = ["Desk", "Found", "Kind", "Note", "collect", "named", "problems"]
