"""The two example days, made once by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_days import make


@pytest.fixture(scope="session")
def issues(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Issue folder by date."""
    return make(tmp_path_factory.mktemp("days"))
