"""Reads the hand-written YAML word lists of the extractor; every component gets its knowledge here.

Comes in: the name of a file in ``briefing/extraction/lexicons`` (without ``.yaml``), or the path of a user's own file.
Goes out: read-only mappings of class → entries, in file order, checked and cached. A wrong entry is a ``ConfigurationError`` that says
``file:line`` and what was expected there.

Three shapes, one function each:

    load("hedges")       possibly: [might, could, may have]           → {"possibly": ("might", "could", "may have")}
    pairs("measures")    killed: {dead: noun, slay: verb}             → {"killed": {"dead": "noun", "slay": "verb"}}
    records("actors")    groups: [{name: North Column, type: armed_group, aliases: [NC]}]
                                                                      → {"groups": (Record(...),)}

Every scalar is read as text: ``no``, ``on`` and ``12`` are words here, never booleans or numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import yaml

from briefing.errors import ConfigurationError

__all__ = ["Record", "load", "pairs", "records"]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
Entries = TypeVar("Entries")


@dataclass(frozen=True)
class Record:
    """One entry that is itself a mapping. ``where`` is ``file:line``, for the error message of whoever finds it wrong."""

    where: str
    fields: Mapping[str, str | tuple[str, ...]]

    def text(self, field: str, default: str | None = None) -> str:
        """The one text of ``field``; ConfigurationError when it is absent without a default, or a list."""
        value = self.fields.get(field, default)
        if not isinstance(value, str):
            raise ConfigurationError(f"{self.where}: `{field}` must be one text")
        return value

    def words(self, field: str) -> tuple[str, ...]:
        """The texts of ``field`` as a tuple: a single text counts as a list of one, an absent field is empty."""
        value = self.fields.get(field, ())
        return (value,) if isinstance(value, str) else value

    def allow(self, *names: str) -> None:
        """ConfigurationError when the entry has a field that is not among ``names``."""
        for field in self.fields:
            if field not in names:
                raise ConfigurationError(f"{self.where}: unknown field `{field}`; known are {', '.join(sorted(names))}")


@lru_cache(maxsize=64)
def load(name: str | Path) -> Mapping[str, tuple[str, ...]]:
    """Class → words, from a mapping of lists of texts. A word twice in one class is an error."""
    return MappingProxyType(_classes(name, _texts))


@lru_cache(maxsize=64)
def pairs(name: str | Path) -> Mapping[str, Mapping[str, str]]:
    """Class → {word: meaning}, from a mapping of mappings of texts."""
    return MappingProxyType(_classes(name, _pairs))


@lru_cache(maxsize=64)
def records(name: str | Path) -> Mapping[str, tuple[Record, ...]]:
    """Class → records, from a mapping of lists of mappings whose values are texts or lists of texts."""
    return MappingProxyType(_classes(name, _records))


def _classes(name: str | Path, convert: Callable[[str, yaml.Node], Entries]) -> dict[str, Entries]:
    file, root = _compose(name)
    return {key: convert(file, node) for key, node in _items(file, root)}


def _compose(name: str | Path) -> tuple[str, yaml.Node]:
    source = name if isinstance(name, Path) else files("briefing.extraction") / "lexicons" / f"{name}.yaml"
    try:
        root = yaml.compose(source.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{source.name}: cannot be read; check that the file exists and is UTF-8 ({error})") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        raise ConfigurationError(f"{source.name}{line}: not YAML ({getattr(error, 'problem', None) or 'unexpected content'})") from error
    if root is None:
        raise ConfigurationError(f"{source.name}: is empty; write classes with their entries")
    return source.name, root


def _wrong(file: str, node: yaml.Node, expected: str) -> ConfigurationError:
    return ConfigurationError(f"{file}:{node.start_mark.line + 1}: {expected}")


def _items(file: str, node: yaml.Node) -> list[tuple[str, yaml.Node]]:
    """The pairs of a mapping node; a key twice is an error, where YAML would silently keep the last."""
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(file, node, "expected `name:` with entries below it")
    seen: dict[str, yaml.Node] = {}
    for key, value in node.value:
        text = _text(file, key)
        if text in seen:
            raise _wrong(file, key, f"`{text}` stands here twice; keep one")
        seen[text] = value
    return list(seen.items())


def _text(file: str, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise _wrong(file, node, "expected a word")
    return str(node.value)


def _texts(file: str, node: yaml.Node) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise _wrong(file, node, "expected a list of words")
    seen: dict[str, None] = {}
    for item in node.value:
        text = _text(file, item)
        if text in seen:
            raise _wrong(file, item, f"`{text}` stands in this list twice; remove one")
        seen[text] = None
    return tuple(seen)


def _pairs(file: str, node: yaml.Node) -> Mapping[str, str]:
    return MappingProxyType({key: _text(file, value) for key, value in _items(file, node)})


def _records(file: str, node: yaml.Node) -> tuple[Record, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise _wrong(file, node, "expected a list of entries")
    return tuple(_record(file, item) for item in node.value)


def _record(file: str, node: yaml.Node) -> Record:
    fields: dict[str, str | tuple[str, ...]] = {}
    for key, value in _items(file, node):
        fields[key] = _text(file, value) if isinstance(value, yaml.ScalarNode) else _texts(file, value)
    return Record(f"{file}:{node.start_mark.line + 1}", MappingProxyType(fields))
