"""A desk with real workers; its fetch is real too, or fails the test when a source that needs no network asks for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import pytest

from briefing.isolation import Workers
from briefing.models import Collected, Fetch, Limits, Response, SourceSettings
from briefing.sources import collect
from briefing.sources.fetch import make_fetch

NOW = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
Gather: TypeAlias = Callable[..., Collected]


def _no_network(url: str, *, timeout: float = 20.0, allow_private: bool = False) -> Response:
    raise AssertionError(f"a source without network asked for {url}")


@pytest.fixture
def fetch() -> Fetch:
    return make_fetch(lambda: NOW)


@pytest.fixture
def gather(isolate: Workers) -> Gather:
    """Collects from the given settings without network: ``gather(settings…, root=…, limits=…)``."""

    def run(*settings: SourceSettings, root: Path | None = None, limits: Limits | None = None, fetch: Fetch = _no_network) -> Collected:
        return collect(settings, None, fetch, isolate, limits or Limits(), root)

    return run
