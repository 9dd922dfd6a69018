"""The two briefs on which ``briefing check`` tries a theme: stored beside the room, equal to the fixtures, and complete."""

from __future__ import annotations

import typing
from collections import defaultdict

import pytest

from briefing.models import Brief, Value
from briefing.rendering.samples import samples

ELSEWHERE = {
    ("Brief", "one_off"): "a brief of one issue has a number and changes",
    ("Brief", "judgement_note"): "stands where there is no judgement",
}
"""Fields that contradict another one of the full brief, and why."""


def test_the_stored_briefs_are_those_of_the_tests(brief: Brief, empty: Brief) -> None:
    full, bare = samples()
    # To write them again: model_dump_json(indent=1) and a line break, of make_brief() and make_empty() in invented_briefs.py.
    assert full == brief
    assert bare == empty


def types_of(model: type[Value], known: set[type[Value]]) -> set[type[Value]]:
    """``model`` and every model its fields lead to."""
    if model not in known:
        known.add(model)
        pending: list[object] = [field.annotation for field in model.model_fields.values()]
        while pending:
            kind = pending.pop()
            if isinstance(kind, type) and issubclass(kind, Value):
                types_of(kind, known)
            pending += typing.get_args(kind)
    return known


def fields_used(value: object, found: dict[type[Value], set[str]]) -> dict[type[Value], set[str]]:
    """Names of the fields that hold something, by model, anywhere below ``value``."""
    if isinstance(value, Value):
        for name in type(value).model_fields:
            held = getattr(value, name)
            if held is not None and held is not False and held not in ("", (), {}):
                found[type(value)].add(name)
                fields_used(held, found)
    elif isinstance(value, tuple | dict):
        for part in value.values() if isinstance(value, dict) else value:
            fields_used(part, found)
    return found


def test_the_full_brief_uses_every_field_of_every_model() -> None:
    used = fields_used(samples()[0], defaultdict(set))
    missing = {(model.__name__, name) for model in types_of(Brief, set()) for name in set(model.model_fields) - used[model]}
    assert missing == set(ELSEWHERE)


def test_the_empty_brief_uses_no_field_that_may_be_left_out() -> None:
    bare = samples()[1]
    optional = {name: field for name, field in Brief.model_fields.items() if not field.is_required()}
    assert [name for name, field in optional.items() if getattr(bare, name) != field.get_default(call_default_factory=True)] == []


@pytest.mark.parametrize("number", [0, 1])
def test_a_stored_brief_reads_back_as_it_was_written(number: int) -> None:
    stored = samples()[number]
    assert Brief.model_validate_json(stored.model_dump_json()) == stored
