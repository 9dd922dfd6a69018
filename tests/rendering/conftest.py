"""Two invented briefs, and a desk to render them at."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_briefs import make_brief, make_empty

from briefing import rendering
from briefing.isolation import Workers
from briefing.models import Artifact, Brief, Limits

LIMITS = Limits(render_seconds=60)


@pytest.fixture(scope="session")
def brief() -> Brief:
    return make_brief()


@pytest.fixture(scope="session")
def empty() -> Brief:
    return make_empty()


class Desk:
    """Renders in workers, with a folder of the user's own themes that a test fills."""

    def __init__(self, workers: Workers, root: Path) -> None:
        self.workers, self.root = workers, root

    def write(self, file: str, text: str) -> Path:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def artifact(self, brief: Brief, form: str, theme: str | None = None) -> Artifact:
        (artifact,), (row,) = rendering.render(brief, [form], theme=theme, roots=[self.root], isolate=self.workers, limits=LIMITS)
        assert row.written, row.reason
        return artifact

    def text(self, brief: Brief, form: str, theme: str | None = None) -> str:
        return self.artifact(brief, form, theme).content.decode()

    def check(self, name: str, *briefs: Brief) -> tuple[str, ...]:
        return rendering.check_theme(name, [self.root], *briefs, isolate=self.workers, limits=LIMITS)


@pytest.fixture
def desk(isolate: Workers, tmp_path: Path) -> Desk:
    root = tmp_path / "templates"
    root.mkdir()
    return Desk(isolate, root)
