"""Reads the hand-written tables of this room.

Comes in: the files beside this module. Goes out: word classes, and the legends, limits and credits of the methodology page. A wrong
entry is a ``ConfigurationError`` that names file and line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from briefing.errors import ConfigurationError

__all__ = ["Legend", "Texts", "read_texts", "read_words", "texts", "words"]


@dataclass(frozen=True)
class Legend:
    """A table of the methodology page: rows of (term, meaning)."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Texts:
    """What the methodology page says whatever the day brought."""

    legends: Mapping[str, Legend]
    limits: tuple[str, ...]
    credits: tuple[str, ...]


@lru_cache(maxsize=1)
def words() -> Mapping[str, frozenset[str]]:
    """``words.yaml``: class → words."""
    return read_words("words.yaml", _shipped("words.yaml"))


@lru_cache(maxsize=1)
def texts() -> Texts:
    """``methodology.yaml``."""
    return read_texts("methodology.yaml", _shipped("methodology.yaml"))


def read_words(name: str, text: str) -> Mapping[str, frozenset[str]]:
    """Class → words from YAML ``text``; ConfigurationError with ``name`` and line for what is no word."""
    return MappingProxyType({title: frozenset(_list(name, node)) for title, node in _entries(name, _root(name, text)).items()})


def read_texts(name: str, text: str) -> Texts:
    """Legends, limits and credits from YAML ``text``; ConfigurationError with ``name`` and line for a missing or wrong entry."""
    sections = _complete(name, _root(name, text), "legends", "limits", "credits")
    legends = {key: _legend(name, node) for key, node in _entries(name, sections["legends"]).items()}
    return Texts(MappingProxyType(legends), _list(name, sections["limits"]), _list(name, sections["credits"]))


def _legend(name: str, node: yaml.Node) -> Legend:
    fields = _complete(name, node, "title", "rows")
    rows = tuple((term, _text(name, meaning)) for term, meaning in _entries(name, fields["rows"]).items())
    return Legend(_text(name, fields["title"]), rows)


def _shipped(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


def _root(name: str, text: str) -> yaml.Node:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ConfigurationError(f"{name}:{mark.line + 1 if mark else 1}: not YAML ({getattr(error, 'problem', error)})") from error
    if root is None:
        raise ConfigurationError(f"{name}: is empty; write sections with their entries")
    return root


def _complete(name: str, node: yaml.Node, *required: str) -> dict[str, yaml.Node]:
    """The entries of a mapping that has exactly the ``required`` keys."""
    entries = _entries(name, node)
    for key in (*entries, *required):
        if key not in required or key not in entries:
            raise _wrong(name, node, f"`{key}` is {'missing' if key in required else 'unknown'}; expected are {', '.join(required)}")
    return entries


def _entries(name: str, node: yaml.Node) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(name, node, "expected `name:` with entries below it")
    return {str(key.value): value for key, value in node.value}


def _list(name: str, node: yaml.Node) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise _wrong(name, node, "expected a list")
    return tuple(_text(name, item) for item in node.value)


def _text(name: str, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise _wrong(name, node, "expected a text")
    return str(node.value)


def _wrong(name: str, node: yaml.Node, expected: str) -> ConfigurationError:
    return ConfigurationError(f"{name}:{node.start_mark.line + 1}: {expected}")
