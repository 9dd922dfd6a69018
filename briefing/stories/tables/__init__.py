"""Reads the hand-written tables of this room.

Comes in: the name of a file beside this module. Goes out: section → entries. A wrong entry is a ``ConfigurationError`` that names
file and line.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from briefing.errors import ConfigurationError
from briefing.models import EventType, Level, Measure

__all__ = ["counted_classes", "cues", "points", "read_lists", "read_points", "words"]

SECTIONS = {
    "events": tuple(EventType),
    "measures": (Measure.KILLED, Measure.ABDUCTED, Measure.MISSING, Measure.WOUNDED, Measure.DISPLACED, Measure.DETAINED),
    "levels": tuple(Level),
    "other": ("watch", "publisher", "new", "updated", "corrected", "day", "over_cap"),
}
CUES = ("correction", "growth", "earlier", "refuted", "freed", "ends_thing", "ends_verb", "ends_all", "ends_freed", "ends_not")


@lru_cache(maxsize=1)
def points() -> Mapping[str, Mapping[str, float]]:
    """``severity.yaml``: section → entry → points, complete and without strangers."""
    return read_points("severity.yaml", (files(__name__) / "severity.yaml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def counted_classes() -> Mapping[str, str]:
    """``counted.yaml``: word → class of what is counted."""
    lists = read_lists("counted.yaml", (files(__name__) / "counted.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({word: title for title, words in lists.items() for word in words})


@lru_cache(maxsize=1)
def cues() -> Mapping[str, tuple[str, ...]]:
    """``cues.yaml``: class → phrases, every class present."""
    found = read_lists("cues.yaml", (files(__name__) / "cues.yaml").read_text(encoding="utf-8"))
    if missing := [name for name in CUES if name not in found]:
        raise ConfigurationError(f"cues.yaml: class `{missing[0]}` is missing; write it")
    return found


@lru_cache(maxsize=1)
def words() -> Mapping[str, frozenset[str]]:
    """``words.yaml``: class → words."""
    lists = read_lists("words.yaml", (files(__name__) / "words.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({title: frozenset(entries) for title, entries in lists.items()})


def read_points(name: str, text: str) -> Mapping[str, Mapping[str, float]]:
    """Points from YAML ``text``; ConfigurationError with ``name`` and line for an unknown, missing or unreadable entry."""
    found: dict[str, Mapping[str, float]] = {}
    for section, node in _entries(name, _root(name, text)).items():
        if section not in SECTIONS:
            raise _wrong(name, node, f"unknown section `{section}`; known are {', '.join(SECTIONS)}")
        entries = _entries(name, node)
        known = {str(entry) for entry in SECTIONS[section]}
        for entry in (*entries, *known):
            if entry not in known or entry not in entries:
                raise _wrong(name, node, f"`{entry}` is {'unknown' if entry not in known else 'missing'} in section `{section}`")
        found[section] = MappingProxyType({entry: _number(name, value) for entry, value in entries.items()})
    if missing := [section for section in SECTIONS if section not in found]:
        raise ConfigurationError(f"{name}: section `{missing[0]}` is missing; write it")
    return MappingProxyType(found)


def read_lists(name: str, text: str) -> Mapping[str, tuple[str, ...]]:
    """Class → words from YAML ``text``; ConfigurationError with ``name`` and line for what is no word or stands twice in a class."""
    return MappingProxyType({title: _words(name, node) for title, node in _entries(name, _root(name, text)).items()})


def _words(name: str, node: yaml.Node) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise _wrong(name, node, "expected a list of words")
    found: list[str] = []
    for item in node.value:
        if not isinstance(item, yaml.ScalarNode) or not item.value.strip():
            raise _wrong(name, item, "expected a word")
        if item.value in found:
            raise _wrong(name, item, f"`{item.value}` stands here twice; keep one")
        found.append(item.value)
    return tuple(found)


def _root(name: str, text: str) -> yaml.Node:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ConfigurationError(f"{name}:{mark.line + 1 if mark else 1}: not YAML ({getattr(error, 'problem', error)})") from error
    if root is None:
        raise ConfigurationError(f"{name}: is empty; write sections with their entries")
    return root


def _entries(name: str, node: yaml.Node) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(name, node, "expected `name:` with entries below it")
    return {str(key.value): value for key, value in node.value}


def _number(name: str, node: yaml.Node) -> float:
    try:
        return float(node.value)
    except (TypeError, ValueError):
        raise _wrong(name, node, f"`{node.value}` is no number") from None


def _wrong(name: str, node: yaml.Node, expected: str) -> ConfigurationError:
    return ConfigurationError(f"{name}:{node.start_mark.line + 1}: {expected}")
