"""The Jinja environment of all templates: sandboxed, strict, and told apart by file name how text is escaped.

In: a theme chain and the names a template may use. Out: rendered text. Article text is data here: it is never compiled, and in every
template it is escaped unless the template itself says otherwise. Errors come as ``TemplateError`` with file, line and, for an unknown
name, the nearest known one.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from datetime import date
from enum import Enum
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

from jinja2 import BaseLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateNotFound as JinjaNotFound
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import Environment as JinjaEnvironment
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup
from pydantic import BaseModel

from briefing.errors import TemplateError
from briefing.rendering import escape
from briefing.rendering.nearest import suggestion
from briefing.rendering.themes import Chain

__all__ = ["Filters", "Names", "Sandbox"]

Names = Mapping[str, object]
Filters = Mapping[str, Callable[..., object]]

MAX_TEMPLATE_BYTES = 1_000_000
_REMOVED_GLOBALS = ("lipsum", "cycler", "joiner")
_REMOVED_FILTERS = ("random", "pprint", "xmlattr", "urlize", "tojson")
_DATE_ATTRIBUTES = frozenset({"year", "month", "day", "hour", "minute", "second", "isoformat", "strftime", "weekday", "date", "time"})


class _Undefined(StrictUndefined):
    """An undefined name that knows which one was probably meant."""

    __slots__ = ()
    names: tuple[str, ...] = ()

    @property
    def _undefined_message(self) -> str:
        name, owner = self._undefined_name, self._undefined_obj
        if self._undefined_hint or not isinstance(name, str):
            return super()._undefined_message
        if owner is missing:
            return f"{name!r} is not defined{suggestion(name, self.names)}"
        if isinstance(owner, BaseModel):
            return f"{type(owner).__name__} has no field {name!r}{suggestion(name, _fields(type(owner)))}"
        if isinstance(owner, Mapping | SimpleNamespace):
            known = [str(key) for key in (owner if isinstance(owner, Mapping) else vars(owner))]
            return f"there is no entry {name!r}{suggestion(name, known)}"
        return super()._undefined_message


@cache
def _fields(model: type[BaseModel]) -> tuple[str, ...]:
    """What a template may read of a value object."""
    return tuple(sorted({*model.model_fields, *model.model_computed_fields, *_properties(model)}))


def _properties(model: type[BaseModel]) -> set[str]:
    """Plain properties of the project's own value objects, not those of pydantic."""
    own = (base for base in model.__mro__ if issubclass(base, BaseModel) and base.__module__.startswith("briefing."))
    return {name for base in own for name, value in vars(base).items() if isinstance(value, property)}


class _MarkdownCode(CodeGenerator):
    """Joins text with ``~`` by the Markdown rules, where Jinja would escape for HTML."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - a name of Jinja's
        self.write("environment.join_text((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _Loader(BaseLoader):
    """Finds templates in the folders of one theme chain and nowhere else.

    ``brief.md`` is looked up from the most specific folder on; ``!situation/brief.md`` only behind the folder of the template that asks,
    so that an overlay can extend what it replaces; ``!base/brief.md`` is the next one, whatever its theme.
    """

    def __init__(self, theme: Chain) -> None:
        self._theme = theme

    def join(self, name: str, parent: str) -> str:
        """The absolute name for ``!theme/file`` as asked by ``parent``: ``<level>!file``."""
        if not name.startswith("!"):
            return name
        theme, _, file = name[1:].partition("/")
        found = self._locate(parent)
        after = found[0] if found is not None else -1
        there = self._theme.find(file, after, None if theme == "base" else theme)
        if there is None:
            raise JinjaNotFound(name, f"{name!r} is in no theme behind this one")
        return f"{there[0]}!{file}"

    def _locate(self, name: str) -> tuple[int, Any] | None:
        level, mark, file = name.partition("!")
        if mark and level.isdigit():
            return self._theme.find(file, int(level) - 1)
        return self._theme.find(name)

    def get_source(self, environment: JinjaEnvironment, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = self._locate(template)
        if found is None:
            folders = ", ".join(dict.fromkeys(level.theme for level in self._theme.levels))
            raise JinjaNotFound(template, f"no file {template!r} in theme {folders}")
        path = found[1]
        if path.stat().st_size > MAX_TEMPLATE_BYTES:
            raise TemplateError(f"{path}: larger than {MAX_TEMPLATE_BYTES:,} bytes; a template holds loops and conditionals only")
        try:
            return path.read_text("utf-8"), str(path), lambda: True
        except (OSError, UnicodeDecodeError) as error:
            raise TemplateError(f"{path}: cannot be read as UTF-8 text: {error}") from error


class _Environment(ImmutableSandboxedEnvironment):
    """Templates may read fields of value objects and call filters and methods of text, nothing else."""

    def join_path(self, template: str, parent: str) -> str:
        return cast("_Loader", self.loader).join(template, parent)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if not super().is_safe_attribute(obj, attr, value):
            return False
        if isinstance(obj, type):
            return False
        if isinstance(obj, BaseModel):
            return attr in _fields(type(obj))
        if isinstance(obj, date):
            return attr in _DATE_ATTRIBUTES
        if isinstance(obj, Enum):
            return attr in ("value", "name", "rank") or hasattr(str, attr)
        return True

    @staticmethod
    def join_text(parts: Iterable[object]) -> object:
        """``~`` in Markdown: plain text stays plain; next to markup it is escaped first."""
        values = list(parts)
        if any(hasattr(value, "__html__") for value in values):
            return Markup("".join(str(_as_markdown(value)) for value in values))  # noqa: S704 - each part is escaped or markup
        return "".join(str(value) for value in values)


def _as_markdown(value: object) -> object:
    return value if hasattr(value, "__html__") or isinstance(value, StrictUndefined) else escape.markdown(str(value))


def _as_html(value: object) -> object:
    return escape.html(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _finalizer(markup: str, missing_words: str) -> Callable[[object], object]:
    """What is printed for a value: a missing one in words, text as data, markup as it is."""
    escaped = _as_html if markup == "html" else _as_markdown
    return lambda value: escaped(missing_words if value is None else value)


def _join_markdown(values: Iterable[object], d: str = "", attribute: str | None = None) -> object:
    parts = [getattr(value, attribute) if attribute else value for value in values]
    pieces = [piece for part in parts for piece in (d, part)][1:]
    return _Environment.join_text(pieces)


class Sandbox:
    """Renders the templates of one theme. ``markup`` is "html" or "markdown" and decides how data is escaped."""

    def __init__(self, theme: Chain, markup: str, names: Names, filters: Filters) -> None:
        environment = _Environment(
            loader=_Loader(theme),
            undefined=type("Undefined", (_Undefined,), {"__slots__": (), "names": tuple(sorted(names))}),
            autoescape=True,
            finalize=_finalizer(markup, theme.settings.text["not_reported"]),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=200,
            auto_reload=False,
        )
        if markup == "markdown":
            environment.code_generator_class = _MarkdownCode
            environment.filters["join"] = _join_markdown
        for name in _REMOVED_GLOBALS:
            environment.globals.pop(name, None)
        _drop(environment.filters, _REMOVED_FILTERS)
        environment.filters.update(filters)
        environment.globals.update(names)
        self.filters, self.names = frozenset(filters), frozenset(names)
        self._environment = environment
        self._files = tuple(str(level.folder) for level in theme.levels)

    def render(self, template: str, names: Names | None = None) -> str:
        """The rendered template. TemplateError for anything wrong with it."""
        try:
            return self._environment.get_template(template).render(dict(names or {}))
        except TemplateError:
            raise
        except TemplateSyntaxError as error:
            raise TemplateError(f"{error.filename or error.name}:{error.lineno}: {self._syntax(error)}") from error
        except JinjaNotFound as error:
            raise TemplateError(f"{self._where(error, template)}: {error.message or f'no template {template!r}'}") from error
        except SecurityError as error:
            raise TemplateError(f"{self._where(error, template)}: refused by the sandbox: {error}") from error
        except MemoryError:
            raise
        except (JinjaError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError, RecursionError) as error:
            raise TemplateError(
                f"{self._where(error, template)}: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
            ) from error

    def _syntax(self, error: TemplateSyntaxError) -> str:
        message = str(error.message)
        for kind, known in (("filter", self._environment.filters), ("test", self._environment.tests)):
            prefix = f"No {kind} named "
            if message.startswith(prefix):
                name = message.removeprefix(prefix).strip("'.")
                return f"there is no {kind} {name!r}{suggestion(name, list(known))}"
        return message

    def _where(self, error: BaseException, template: str) -> str:
        """``file:line`` of the innermost template line in the traceback."""
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(self._files)]
        return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else template


def _drop(table: MutableMapping[str, Any], names: Iterable[str]) -> None:
    for name in names:
        table.pop(name, None)
