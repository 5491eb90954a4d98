"""Derive the JSON Schemas by which editors complete and check rubrics, layouts and change maps.

They describe the files as they are written in YAML. `docs/generate_schemas.py` writes them into
`rubrics/`, and a test fails when they are stale.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from maturity.changes import ChangeMap
from maturity.layout import Layout, Lookalike
from maturity.rubric import Rubric

__all__ = ["SCHEMA_FILES", "schema_text", "schemas"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Bounds on a union of whole and decimal numbers are left by pydantic under its own names.
_BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum"}
SCHEMA_FILES = ("rubric.schema.json", "layout.schema.json", "changes.schema.json")


class _YamlSchema(GenerateJsonSchema):
    """Describe values as YAML writes them: decimals are numbers, and number keys are allowed."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        return {"type": "number"}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        # A field of whole or decimal numbers is one thing to an author, not two.
        return super().int_schema(schema) | {"type": "number"}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        found = super().default_schema(schema)
        # "null" as a default would invite an author to write it; leaving the key out is meant.
        if found.get("default", 0) is None:
            del found["default"]
        return found

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        # "Not given" is a key left out; the loader does not need `key: null` either.
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        found = super().dict_schema(schema)
        if "patternProperties" in found:
            # Without this, a key that does not fit the pattern may hold anything.
            found["additionalProperties"] = False
        return found


def schemas() -> dict[str, dict[str, Any]]:
    """Derive the schemas: file name → schema."""
    rubric = _schema(Rubric, "rubric", "A rubric for maturity")
    # A criterion whose texts stand in the workbook may be written as its id alone.
    criteria = rubric["$defs"]["Domain"]["properties"]["criteria"]
    own_id = rubric["$defs"]["Criterion"]["properties"]["id"]
    criteria["items"] = {"anyOf": [criteria["items"], own_id]}
    layout = _schema(Layout | Lookalike, "layout", "A layout of a workbook for maturity")
    # A file is one or the other by its first key, so exactly one fits.
    layout["oneOf"] = layout.pop("anyOf")
    changes = _schema(ChangeMap, "changes", "A change map for maturity")
    return dict(zip(SCHEMA_FILES, (rubric, layout, changes), strict=True))


def schema_text(schema: dict[str, Any]) -> str:
    """Write a schema as text, the same every time."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _schema(model: Any, name: str, title: str) -> dict[str, Any]:
    found = TypeAdapter(model).json_schema(schema_generator=_YamlSchema, mode="validation")
    described = _plain(found)
    head = {"$schema": _DIALECT, "$id": f"urn:maturity:schema:{name}", "title": title}
    return head | {key: value for key, value in described.items() if key != "title"}


def _plain(schema: Any) -> Any:
    """Join the lines of descriptions, wrapped for the source, and name bounds as schemas do."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {_BOUNDS.get(key, key): _plain(value) for key, value in schema.items()}
    if isinstance(plain.get("description"), str):
        plain["description"] = " ".join(plain["description"].split())
    return plain
