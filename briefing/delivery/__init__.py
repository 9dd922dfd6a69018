"""Artifacts in, receipts out. The only room that writes files or sends anything; it never changes a byte of what it is given.

Deliverers are entry points of group ``briefing.deliverers`` with the contract ``deliver(issue, artifacts, settings, dry_run) → Receipt``
(``issue`` is the id of the issue; it names the folder or the message).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import entry_points

from briefing.delivery import folder
from briefing.errors import BriefingError, ConfigurationError
from briefing.models import Artifact, DeliverySettings, Receipt

__all__ = ["deliver"]

Deliverer = Callable[[str, Sequence[Artifact], DeliverySettings, bool], Receipt]
SHIPPED: dict[str, Deliverer] = {"folder": folder.deliver}


def deliver(issue: str, artifacts: Sequence[Artifact], settings: DeliverySettings, *, dry_run: bool = False) -> Receipt:
    """Hands the artifacts to the deliverer ``settings.kind``. A failed delivery is a receipt with its reason; an unknown kind is a
    ConfigurationError that lists the known ones."""
    try:
        return _deliverer(settings.kind)(issue, artifacts, settings, dry_run)
    except ConfigurationError:
        raise
    except BriefingError as error:
        return Receipt(deliverer=settings.kind, target=str(settings.path or ""), delivered=False, reason=str(error))


def _deliverer(kind: str) -> Deliverer:
    if kind in SHIPPED:
        return SHIPPED[kind]
    others = {point.name: point for point in entry_points(group="briefing.deliverers")}
    if kind not in others:
        known = ", ".join(sorted({*SHIPPED, *others}))
        raise ConfigurationError(f"delivery: unknown kind `{kind}`; known: {known}")
    found: Deliverer = others[kind].load()
    return found
