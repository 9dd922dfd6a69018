"""Turns a day of open sources into a security brief in which every claim shows its evidence.

The rooms, in the order data flows through them: sources, text, extraction, stories, brief, rendering, delivery; ``pipeline`` wires
them. Nothing heavy is imported until a name below is used.
"""

from __future__ import annotations

import logging
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "Brief": "briefing.models",
    "BriefingError": "briefing.errors",
    "Config": "briefing.models",
    "Document": "briefing.models",
    "Evidence": "briefing.models",
    "Findings": "briefing.models",
    "build": "briefing.pipeline",
    "load_config": "briefing.config",
    "run": "briefing.pipeline",
    "verify": "briefing.verify",
}

__all__ = sorted([*_HOME, "__version__"])

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
