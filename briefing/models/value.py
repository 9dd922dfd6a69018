"""The base of every value object: frozen, without unknown fields, equal by content."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable record. ``model_dump_json`` writes the same bytes for equal records."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, ser_json_inf_nan="null")
