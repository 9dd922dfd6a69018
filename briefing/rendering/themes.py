"""Themes: folders of templates, style and settings, found in the given roots and chained by ``extends``.

In: root folders (first wins) and a theme's name. Out: ``Chain``, the ordered folders in which a template or asset is looked up, and the
merged settings. A folder of the same name in an earlier root overlays the later one file by file. Every theme rests on ``situation``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from briefing.errors import TemplateError
from briefing.models.value import Value
from briefing.rendering.nearest import suggestion

__all__ = ["BASE", "Chain", "Level", "Theme", "ThemeSettings", "chain", "search_path", "shipped", "themes"]

BASE = "situation"
"""The theme all others rest on."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_WORDS = Path(__file__).parent / "words" / "en.yaml"
_TEMPLATES = ("brief.html", "brief.md")

Colour = Annotated[str, StringConstraints(pattern=r"^#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$")]
Family = Annotated[str, StringConstraints(pattern=r"^[\w ,\-]+$", max_length=200)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Variable = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]


class ThemeSettings(Value):
    """theme.yaml. Whatever is left out comes from the theme it extends."""

    name: str | None = None
    description: str = ""
    extends: str | None = None
    title: str | None = None
    """Printed instead of the brief's own title."""
    paper: Literal["A4", "Letter"] | None = None
    """Wins over the paper of the brief."""
    logo: str | None = None
    """An image file of the theme, printed on the front page; its ``logo_text`` goes into ``text``."""
    text: dict[Word, str] = Field(default_factory=dict)
    labels: dict[str, dict[str, str]] = Field(default_factory=dict)
    colours: dict[Variable, Colour] = Field(default_factory=dict)
    dark: dict[Variable, Colour] = Field(default_factory=dict)
    """Colours of the HTML on a dark screen."""
    fonts: dict[Variable, Family] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as ``briefing themes`` lists it; ``folder`` is the first folder that holds it."""

    name: str
    folder: Path
    extends: str | None
    description: str


@dataclass(frozen=True, slots=True)
class Level:
    """One folder of a chain and the theme it belongs to."""

    theme: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Chain:
    """Where a theme's files are looked up, most specific folder first, and its settings with everything inherited filled in."""

    name: str
    levels: tuple[Level, ...]
    settings: ThemeSettings

    def find(self, file: str, after: int = -1, theme: str | None = None) -> tuple[int, Path] | None:
        """Index and path of the first level behind ``after`` (of ``theme`` or its ancestors) that has the file."""
        begin = after + 1
        if theme is not None:
            begin = next((index for index, level in enumerate(self.levels) if index >= begin and level.theme == theme), len(self.levels))
        for index in range(begin, len(self.levels)):
            path = inside(self.levels[index].folder, file)
            if path is not None:
                return index, path
        return None

    @property
    def html_from_markdown(self) -> bool:
        """True when the most specific level with a template of its own has a Markdown one only."""
        for level in self.levels:
            if inside(level.folder, "brief.html"):
                return False
            if inside(level.folder, "brief.md"):
                return True
        return False

    @property
    def font_folders(self) -> tuple[Path, ...]:
        """Folders ``fonts`` of the levels, for the PDF."""
        return tuple(level.folder / "fonts" for level in self.levels if (level.folder / "fonts").is_dir())


def inside(folder: Path, file: str) -> Path | None:
    """The existing file of that relative name, or None; never one outside the folder, whatever the name or a link says."""
    parts = file.split("/")
    if "\\" in file or "\0" in file or any(part in ("", ".", "..") for part in parts):
        return None
    path = folder.joinpath(*parts)
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        return None
    return path


def shipped() -> Path:
    """The folder of the shipped themes: inside the package when installed from a wheel, beside it in a source checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / BASE / "theme.yaml").is_file():
            return folder
    raise TemplateError(f"the shipped themes are missing beside {package}; reinstall security-briefing")


def search_path(roots: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The given roots, then those of installed theme packages (entry points ``briefing.themes``), then the shipped one; each once."""
    found: dict[Path, None] = {}
    for root in (*roots, *_installed(), shipped()):
        if root.is_dir():
            found.setdefault(root.resolve())
    return tuple(found)


def _installed() -> Iterator[Path]:
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group="briefing.themes"), key=lambda point: point.name):
        try:
            yield Path(point.load()())
        except Exception as error:
            raise TemplateError(f"theme package {point.value!r} could not be loaded: {error}; reinstall or remove it") from error


def themes(roots: Sequence[Path] = ()) -> tuple[Theme, ...]:
    """All themes of the roots by name. A folder counts when it holds theme.yaml or a template."""
    found: dict[str, Theme] = {}
    for root in search_path(roots):
        for folder in sorted(path for path in root.iterdir() if path.is_dir() and _NAME.fullmatch(path.name)):
            if folder.name not in found and _is_theme(folder):
                resolved = chain(folder.name, roots)
                own = next((item.extends for item in _settings(resolved.levels, folder.name) if item.extends), None)
                parent = own or (None if folder.name == BASE else BASE)
                found[folder.name] = Theme(folder.name, folder, parent, resolved.settings.description)
    return tuple(found[name] for name in sorted(found))


def _is_theme(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("theme.yaml", "style.css", *_TEMPLATES))


def _settings(levels: Sequence[Level], theme: str) -> Iterator[ThemeSettings]:
    return (read_settings(level.folder / "theme.yaml", level.theme) for level in levels if level.theme == theme)


def chain(name: str, roots: Sequence[Path] = ()) -> Chain:
    """The resolved theme. TemplateError for an unknown name, a circle of ``extends`` or a wrong theme.yaml."""
    path = search_path(roots)
    known = sorted({folder.name for root in path for folder in root.iterdir() if folder.is_dir() and _is_theme(folder)})
    levels: list[Level] = []
    settings: list[ThemeSettings] = []
    current: str | None = name
    seen: list[str] = []
    asked_by = ""
    while current is not None:
        if current in seen:
            raise TemplateError(f"themes extend each other in a circle: {' → '.join([*seen, current])}; change one `extends`")
        if current not in known:
            raise TemplateError(f"unknown theme {current!r}{asked_by}{suggestion(current, known)}; known: {', '.join(known)}")
        seen.append(current)
        own = [Level(current, root / current) for root in path if (root / current).is_dir()]
        levels += own
        read = [read_settings(level.folder / "theme.yaml", current) for level in own]
        settings += read
        parent = next((item.extends for item in read if item.extends), None) or (None if current == BASE else BASE)
        asked_by = f", extended by {current!r}"
        current = parent
    return Chain(name, tuple(levels), _merge(settings))


def _merge(settings: Sequence[ThemeSettings]) -> ThemeSettings:
    """One settings record: of each field the most specific value, mappings merged key by key over the shipped words."""
    base = _shipped_words()
    labels = {group: dict(words) for group, words in base.labels.items()}
    for item in reversed(settings):
        for group, words in item.labels.items():
            labels.setdefault(group, {}).update(words)

    def merged(field: str) -> dict[str, str]:
        result: dict[str, str] = {}
        for item in (*reversed(settings),):
            result.update(getattr(item, field))
        return result

    def first(field: str) -> str | None:
        return next((value for item in settings if (value := getattr(item, field)) is not None), None)

    return ThemeSettings.model_validate(
        {
            "description": settings[0].description if settings else "",
            "title": first("title"),
            "paper": first("paper"),
            "logo": first("logo"),
            "text": {**base.text, **merged("text")},
            "labels": labels,
            "colours": merged("colours"),
            "dark": merged("dark"),
            "fonts": merged("fonts"),
        }
    )


@lru_cache(maxsize=1)
def _shipped_words() -> ThemeSettings:
    return read_settings(_WORDS, None)


def read_settings(file: Path, theme: str | None) -> ThemeSettings:
    """theme.yaml as settings; empty settings when there is none. TemplateError names file and line."""
    import yaml

    if not file.is_file():
        return ThemeSettings()
    try:
        source = file.read_text("utf-8")
        data = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TemplateError(f"{file}:{line}: not valid YAML: {error.problem}; check indentation and quotes") from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise TemplateError(f"{file}: cannot be read: {error}") from error
    if data is None:
        return ThemeSettings()
    if not isinstance(data, Mapping):
        raise TemplateError(f"{file}:1: a theme is a mapping of settings; see docs/templates.md")
    try:
        settings = ThemeSettings.model_validate(data)
    except ValidationError as error:
        raise TemplateError(_explain(file, yaml.compose(source), error)) from error
    if theme is not None and settings.name not in (None, theme):
        raise TemplateError(
            f"{file}:{_line(yaml.compose(source), ('name',))}: name is {settings.name!r} but the folder is {theme!r}; make them the same"
        )
    return settings


def _explain(file: Path, tree: object, error: ValidationError) -> str:
    problem = error.errors()[0]
    where = tuple(part for part in problem["loc"] if part != "[key]")
    key = ".".join(str(part) for part in where)
    if problem["type"] == "extra_forbidden":
        what = f"unknown key {key!r}{suggestion(key, list(ThemeSettings.model_fields))}"
    elif problem["type"] == "string_pattern_mismatch":
        what = f"{key!r} has the value {problem['input']!r}, which is none of the form {problem['ctx']['pattern']}"
    else:
        what = f"{key!r}: {problem['msg']}"
    return f"{file}:{_line(tree, where)}: {what}"


def _line(tree: object, where: Sequence[object]) -> int:
    """Line of the key that ``where`` leads to, from 1."""
    import yaml

    line = 1
    node = tree
    for part in where:
        if not isinstance(node, yaml.MappingNode):
            break
        for key, value in node.value:
            if str(key.value) == str(part):
                line, node = key.start_mark.line + 1, value
                break
        else:
            break
    return line
