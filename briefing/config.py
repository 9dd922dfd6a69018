"""briefing.yaml and the environment → one frozen ``Config``.

What the command line says wins over ``BRIEFING_*`` variables, these over the file, the file over the defaults. Each error names file,
line, key and, for an unknown key, the nearest known one.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import yaml
from pydantic import BaseModel, ValidationError

from briefing.errors import ConfigurationError
from briefing.models import Config

__all__ = ["CONFIG_NAME", "load_config"]

CONFIG_NAME = "briefing.yaml"
ENVIRONMENT_KEYS = ("title", "timezone", "cut_off", "marking", "theme", "formats", "paper", "output", "archive", "model", "workers")

Location = tuple[str | int, ...]


def load_config(path: Path | None, environ: Mapping[str, str] = os.environ, overrides: Mapping[str, object] | None = None) -> Config:
    """The settings in ``path`` (None: defaults alone, for a one-off brief), with those of the environment and ``overrides`` on top.

    Overrides that are None do not count. Relative paths of the file are relative to its folder. ConfigurationError when the file is
    missing, is no YAML, or a key or value is wrong.
    """
    settings, lines = _read(path) if path else ({}, {})
    environment = {key: environ[name] for key in ENVIRONMENT_KEYS if environ.get(name := f"BRIEFING_{key.upper()}")}
    given = {key: value for key, value in (overrides or {}).items() if value is not None}
    root = path.resolve().parent if path else None
    if root and "root" in settings:
        raise ConfigurationError(f"{path}:{lines.get(('root',), 1)}: unknown key `root`")
    try:
        config = Config.model_validate({**settings, **environment, **given, "root": root})
    except ValidationError as error:
        raise ConfigurationError(_explain(error, path, lines, environment, given)) from None
    return _anchored(config, root, outside={*environment, *given})


def _read(path: Path) -> tuple[dict[str, object], dict[Location, int]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigurationError(f"{path}: no such file; `briefing new DIR` writes one to start from") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read ({error})") from None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        settings = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigurationError(f"{path}: is no valid YAML: {' '.join(str(error).split())}") from None
    if node is None:
        return {}, {}
    if not isinstance(settings, dict):
        raise ConfigurationError(f"{path}:1: expected `key: value` lines")
    lines: dict[Location, int] = {}
    for where, line in _lines(node, ()):
        if where in lines:
            raise ConfigurationError(f"{path}:{line}: key `{where[-1]}` stands twice (first in line {lines[where]}); remove one")
        lines[where] = line
    return cast("dict[str, object]", settings), lines


def _lines(node: yaml.Node, where: Location) -> Iterator[tuple[Location, int]]:
    """The line of every key and list entry."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*where, key.value)
            yield inner, key.start_mark.line + 1
            yield from _lines(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            inner = (*where, index)
            yield inner, value.start_mark.line + 1
            yield from _lines(value, inner)


def _explain(
    error: ValidationError, path: Path | None, lines: Mapping[Location, int], environment: Mapping[str, str], given: Mapping[str, object]
) -> str:
    """The first fault, in one line."""
    fault = error.errors()[0]
    where: Location = tuple(fault["loc"])
    key = ".".join(str(part) for part in where)
    first = str(where[0]) if where else ""
    if first in given:
        place = f"--{first.replace('_', '-')}"
    elif first in environment:
        place = f"BRIEFING_{first.upper()}"
    else:
        known = next((lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), 1)
        place = f"{path}:{known}"
    if fault["type"] == "extra_forbidden":
        return f"{place}: unknown key `{key}`{_nearest(where)}"
    return f"{place}: `{key}`: {fault['msg'].removeprefix('Value error, ')}"


def _nearest(where: Location) -> str:
    model: type[BaseModel] | None = Config
    for part in where[:-1]:
        if isinstance(part, str) and model:
            model = _inner_model(model, part)
    names = [name for name in model.model_fields if name not in ("root", "explicit")] if model else []
    close = difflib.get_close_matches(str(where[-1]), names, n=1, cutoff=0.5)
    return f"; did you mean `{close[0]}`?" if close else f"; known here: {', '.join(names)}"


def _inner_model(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    field = model.model_fields.get(name)
    if field is None:
        return None
    candidates = [field.annotation, *getattr(field.annotation, "__args__", ())]
    return next((kind for kind in candidates if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def _anchored(config: Config, root: Path | None, outside: set[str]) -> Config:
    """Relative paths of the file stand beside it; those of the command line and the environment are the caller's own."""
    if root is None:
        return config
    changes: dict[str, object] = {}
    for key in ("output", "archive"):
        value = getattr(config, key)
        if value is not None and key not in outside:
            changes[key] = root / value
    changes["knowledge"] = tuple(root / file for file in config.knowledge)
    return config.model_copy(update=changes)
