"""The JSON Schemas say what the loader says, as far as a schema can."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from maturity.reading.yaml_source import read_yaml
from maturity.schema import SCHEMA_FILES, schema_text, schemas


def as_json(data: Any) -> Any:
    """Turn data from YAML into what an editor checks: lists, text keys, plain numbers."""
    if isinstance(data, dict):
        return {str(key): as_json(value) for key, value in data.items()}
    if isinstance(data, tuple):
        return [as_json(each) for each in data]
    return float(data) if isinstance(data, Decimal) else data


def faults(schema: dict[str, Any], data: Any) -> list[str]:
    """Validate, and name the places that do not fit."""
    validator = jsonschema.Draft202012Validator(schema)
    return ["/".join(map(str, each.path)) or "." for each in validator.iter_errors(data)]


@pytest.mark.parametrize("name", SCHEMA_FILES)
def test_committed_schemas_are_current(root: Path, name: str) -> None:
    """Run `python docs/generate_schemas.py` after a change to the models."""
    committed = (root / "rubrics" / name).read_text(encoding="utf-8")
    assert committed == schema_text(schemas()[name])


@pytest.mark.parametrize("name", SCHEMA_FILES)
def test_schemas_are_schemas(name: str) -> None:
    """They are valid themselves, name their dialect, and leave nothing of pydantic's own behind."""
    schema = schemas()[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].startswith("urn:maturity:schema:")
    text = json.dumps(schema)
    assert not any(f'"{word}":' in text for word in ("ge", "le", "gt"))
    assert "null" not in text


def test_every_field_is_described() -> None:
    """An editor shows what each key is for."""
    for schema in schemas().values():
        for model in [schema, *schema["$defs"].values()]:
            for key, field in model.get("properties", {}).items():
                assert field.get("description") or "$ref" in field, key


def test_shipped_files_fit(root: Path) -> None:
    """Shipped rubrics and their layouts have no underlined word in an editor."""
    rubric_schema, layout_schema, _ = schemas().values()
    for path in sorted((root / "rubrics").glob("*/rubric.yaml")):
        assert faults(rubric_schema, as_json(read_yaml(path).data)) == []
    for path in sorted((root / "rubrics").glob("*/layouts/*.yaml")):
        assert faults(layout_schema, as_json(read_yaml(path).data)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("owner",), "me"),
        (("version",), 1.1),
        (("status",), "official"),
        (("levels",), []),
        (("domains", 0, "criteria", 0, "promt"), "x"),
        (("domains", 0, "criteria", 0, "weight"), -1),
        (("domains", 0, "criteria", 0, "principles", "not an id"), 1),
        (("scoring", "rollups", 0, "min_coverage"), 2),
        (("scoring", "rollups", 0, "by"), "domain"),
        (("scoring", "bands", 0, "cut"), 1),
        (("scoring", "overall"), "mean"),
    ],
)
def test_what_the_loader_refuses_an_editor_underlines(
    root: Path, path: tuple[str | int, ...], value: Any
) -> None:
    """Unknown keys, wrong types and bounds."""
    rubric_schema, _, _ = schemas().values()
    data = as_json(read_yaml(root / "rubrics" / "local-partnership" / "rubric.yaml").data)
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert faults(rubric_schema, data)


@pytest.mark.parametrize(
    ("change", "count"),
    [({}, 0), ({"x": 1}, 1), ({"fingerprint": {"sheet": ["x"]}}, 1), ({"layout": "x"}, 1)],
)
def test_a_layout_file_is_one_thing_or_the_other(change: dict[str, Any], count: int) -> None:
    """A lookalike is not a layout."""
    _, layout_schema, _ = schemas().values()
    data = {"lookalike": "x", "title": "x", "remedy": "x", "fingerprint": {"sheets": ["x"]}}
    assert len(faults(layout_schema, data | change)) == count


CHANGE_MAPS = [
    ({}, 0),
    (
        {
            "renamed": {"A": "B"},
            "split": {"C": ["D", "E"], "F": {"into": ["G", "H"], "carry": "all"}},
        },
        0,
    ),
    ({"levels": {"1": 1}, "retired": ["A"]}, 0),
    ({"renames": {}}, 1),
    ({"split": {"A": ["B"]}}, 1),
    ({"changes": {"from": 1, "to": "2"}}, 1),
]


@pytest.mark.parametrize(("change", "count"), CHANGE_MAPS)
def test_a_change_map_is_checked_by_an_editor(change: dict[str, Any], count: int) -> None:
    """What the loader takes fits, and what it refuses is underlined."""
    *_, schema = schemas().values()
    assert len(faults(schema, {"changes": {"from": "1", "to": "2"}} | change)) == count
