"""Text room: raw items in, documents out.

Comes in: ``RawItem`` (bytes as collected). Goes out: ``Prepared``, the kept documents in a stable order and one row for every item. Each
item is read by a reader in a killable worker, brought into the shape it will be stored in (``assembly``), given its source (``outlets``),
and kept or dropped with a reason (``admission``, ``duplicates``).

Must never: raise for one item, open a file or an address, read the clock, or change a character once a document is built.
"""

from briefing.text.prepare import prepare

__all__ = ["prepare"]
