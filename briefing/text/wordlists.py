"""Reads the word lists in ``briefing/text/knowledge``; a wrong entry is a ``ConfigurationError`` that names file and line.

A list file is a mapping of class → list of texts (``lists``), class → list of lists of texts (``groups``), or class → mapping of
name → list of texts (``tables``). Everything is text: ``no`` and ``12`` are words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

import yaml

from briefing.errors import ConfigurationError

__all__ = ["groups", "lists", "parsed", "tables"]

T = TypeVar("T")
Texts = tuple[str, ...]


@lru_cache(maxsize=8)
def lists(name: str) -> Mapping[str, Texts]:
    """Class → texts."""
    return parsed(name, _source(name), _texts)


@lru_cache(maxsize=8)
def groups(name: str) -> Mapping[str, tuple[Texts, ...]]:
    """Class → groups of texts that mean the same."""
    return parsed(name, _source(name), lambda name, node: tuple(_texts(name, part) for part in _sequence(name, node)))


@lru_cache(maxsize=8)
def tables(name: str) -> Mapping[str, Mapping[str, Texts]]:
    """Class → name → texts."""
    return parsed(name, _source(name), lambda name, node: _mapping(name, node, _texts))


def parsed(name: str, source: str, read: Callable[[str, yaml.Node], T]) -> Mapping[str, T]:
    """The classes of the YAML text ``source``, each read by ``read``. ConfigurationError with ``name.yaml:line``."""
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigurationError(f"{name}.yaml:{line}: {error.problem}; correct the YAML") from error
    if root is None:
        raise ConfigurationError(f"{name}.yaml:1: the file is empty; give a mapping of class to list")
    return _mapping(name, root, read)


def _source(name: str) -> str:
    return files("briefing.text").joinpath("knowledge", f"{name}.yaml").read_text(encoding="utf-8")


def _wrong(name: str, node: yaml.Node, wanted: str) -> ConfigurationError:
    return ConfigurationError(f"{name}.yaml:{node.start_mark.line + 1}: {wanted} is needed here")


def _mapping(name: str, node: yaml.Node, read: Callable[[str, yaml.Node], T]) -> Mapping[str, T]:
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(name, node, "a mapping")
    found: dict[str, T] = {}
    for key, value in node.value:
        word = _text(name, key)
        if word in found:
            raise ConfigurationError(f"{name}.yaml:{key.start_mark.line + 1}: {word!r} stands here twice; keep one")
        found[word] = read(name, value)
    return found


def _sequence(name: str, node: yaml.Node) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise _wrong(name, node, "a list with entries")
    return list(node.value)


def _texts(name: str, node: yaml.Node) -> Texts:
    return tuple(_text(name, part) for part in _sequence(name, node))


def _text(name: str, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise _wrong(name, node, "a text")
    return str(node.value)
