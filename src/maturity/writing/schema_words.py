"""Say what a value in a JSON document is, as JSON Schema says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["Schema", "choice", "list_of", "number", "object_of", "optional", "text"]

Schema = dict[str, object]


def object_of(properties: Mapping[str, Schema], description: str = "") -> Schema:
    """Describe an object that has all of these keys and no others."""
    found: Schema = {"type": "object"}
    if description:
        found["description"] = description
    return {
        **found,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def text(description: str) -> Schema:
    """Describe a text."""
    return {"type": "string", "description": description}


def number(description: str, **limits: float) -> Schema:
    """Describe a number, with limits such as `minimum`."""
    return {"type": "number", "description": description, **limits}


def choice(description: str, words: Sequence[str]) -> Schema:
    """Describe a text that is one of these words."""
    return {"type": "string", "enum": list(words), "description": description}


def optional(schema: Schema) -> Schema:
    """Allow null as well."""
    return {**schema, "type": [schema["type"], "null"]}


def list_of(description: str, items: Schema) -> Schema:
    """Describe a list of things that are alike."""
    return {"type": "array", "description": description, "items": items}
