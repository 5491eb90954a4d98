"""Describe the JSON document of a result, as a JSON Schema that is published with the project."""

from __future__ import annotations

import json

from maturity.reconciliation import Agreement

__all__ = ["SCHEMA_NAME", "result_schema", "result_schema_text"]

SCHEMA_NAME = "maturity-result/1"

_Schema = dict[str, object]

_LEVEL = "on the rubric's level scale"
_STATES = ("answered", "not_applicable", "blank", "unreadable")
_TREATMENTS = (
    "^(counted|left out|not applicable|counted as (lowest|-?[0-9.]+(e[+-]?[0-9]+)?))(: .+)?$"
)


def result_schema() -> _Schema:
    """Give the schema of what `write_json` writes (JSON Schema, draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The result of one maturity assessment",
        "description": "Written by maturity.write_json. Keys are added in later versions of the "
        "schema, never taken away or changed in meaning without a new number.",
        **_object(
            {
                "schema": {"const": SCHEMA_NAME, "description": "This schema and its version."},
                "made_with": _text("The library and its version."),
                "created": _optional(_text("When it was made, ISO 8601; null when not stated.")),
                "rubric": _rubric(),
                "source": _source(),
                "metadata": _metadata(),
                "scores": _list("Every score, in the rubric's order.", _score()),
                "gaps": _list("Criteria with a level and a target.", _gap()),
                "differences": _list("Criteria that two partners or more rated.", _difference()),
                "priorities": _list("What to work on, first things first.", _priority()),
                "answers": _list("One per criterion and rating.", _answer()),
                "metrics": _list("One per figure of the baseline.", _metric()),
                "remarks": _list("Texts beside the answers, as typed.", _remark()),
                "stated": _list("Scores that the workbook states itself.", _stated()),
                "reconciliation": _list("Each of those beside ours.", _compared()),
                "issues": _list("Everything odd in the return.", _issue()),
            }
        ),
    }


def result_schema_text() -> str:
    """Give the schema as the text of its published file."""
    return json.dumps(result_schema(), indent=2, ensure_ascii=False) + "\n"


def _object(properties: dict[str, _Schema], description: str = "") -> _Schema:
    found: _Schema = {"type": "object"}
    if description:
        found["description"] = description
    return {
        **found,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _text(description: str) -> _Schema:
    return {"type": "string", "description": description}


def _number(description: str, **limits: float) -> _Schema:
    return {"type": "number", "description": description, **limits}


def _choice(description: str, words: tuple[str, ...]) -> _Schema:
    return {"type": "string", "enum": list(words), "description": description}


def _optional(schema: _Schema) -> _Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _list(description: str, items: _Schema) -> _Schema:
    return {"type": "array", "description": description, "items": items}


def _place() -> dict[str, _Schema]:
    return {
        "sheet": _optional(_text("The sheet; null when the return has no such cell.")),
        "cell": _optional(_text("The cell, such as J5; null likewise.")),
    }


def _share(description: str) -> _Schema:
    return _number(f"{description}, a share from 0 to 1", minimum=0, maximum=1)


def _rubric() -> _Schema:
    level = _object(
        {"value": _number("Its place on the level scale."), "label": _text("Its name.")}
    )
    return _object(
        {
            "id": _text("The rubric's id."),
            "version": _text("Its version."),
            "digest": _text("sha256: and 64 hexadecimal digits, of what the rubric says."),
            "status": _choice(
                "Whether its scores may be relied on.", ("illustrative", "draft", "final")
            ),
            "status_note": _text("A sentence or two on the status."),
            "title": _text("Its name."),
            "levels": _list("The level scale, lowest first.", level),
            "scored_rating": _text("The rating that is scored."),
        },
        "The rubric under which the return was scored.",
    )


def _source() -> _Schema:
    return _object(
        {
            "name": _text("The file's name without its folder."),
            "digest": _text("sha256: and 64 hexadecimal digits, of the file's bytes."),
            "layout": _optional(_text("The layout with which it was read.")),
        },
        "The return.",
    )


def _metadata() -> _Schema:
    return {
        "type": "object",
        "description": "Single values by name, such as area, date and role.",
        "additionalProperties": _object(
            {
                "value": _text("The value as read; a date as ISO 8601."),
                "raw": _text("What stands in the cell."),
                "sheet": _text("The sheet."),
                "cell": _text("The cell."),
            }
        ),
    }


def _score() -> _Schema:
    value = _optional(_number(f"The score, {_LEVEL}; null when it cannot be given."))
    return _object(
        {
            "score": _text("The roll-up that made it, such as domain."),
            "id": _text("The group, such as LG; several members are joined by /."),
            "value": value,
            "low": _optional(_number(f"With every missing answer at the lowest, {_LEVEL}.")),
            "high": _optional(_number(f"With every missing answer at the highest, {_LEVEL}.")),
            "coverage": _optional(_share("The answered part of the weight")),
            "band": _optional(_text("The name of the stretch of the scale it lies in.")),
            "reason": _optional(_text("Why there is no value.")),
            "members": {
                "type": "object",
                "description": "Facet: member, for this group.",
                "additionalProperties": {"type": "string"},
            },
            "contributions": _list("What each answer or score below gave.", _contribution()),
        }
    )


def _contribution() -> _Schema:
    return _object(
        {
            "id": _text("The criterion, or the id of the score below."),
            "rating": _optional(_text("The rating; null for a score below.")),
            "state": _choice("What became of the answer.", _STATES),
            "value": _optional(_number(f"What was used, {_LEVEL}.")),
            "weight": _number("As the rubric gives it; no unit.", minimum=0),
            "share": _share("Its part of the weight that was counted"),
            "treatment": {
                "type": "string",
                "description": "What was done with it and, where a rule of the rubric changed the "
                "answer, why.",
                "pattern": _TREATMENTS,
            },
            **_place(),
        }
    )


def _gap() -> _Schema:
    return _object(
        {
            "criterion": _text("The criterion."),
            "level": _number(f"The scored level, {_LEVEL}."),
            "target": _number(f"The level aimed at, {_LEVEL}."),
            "gap": _number("Target less level, in levels."),
        }
    )


def _difference() -> _Schema:
    return _object(
        {
            "criterion": _text("The criterion."),
            "levels": {
                "type": "object",
                "description": f"Partner rating: level, {_LEVEL}.",
                "additionalProperties": {"type": "number"},
            },
            "range": _number("Highest less lowest, in levels.", minimum=0),
            "is_large": {
                "type": "boolean",
                "description": "Whether the rubric says that this is to be talked about.",
            },
        }
    )


def _priority() -> _Schema:
    return _object(
        {
            "rank": {"type": "integer", "minimum": 1, "description": "1 for the first."},
            "criterion": _text("The criterion."),
            "level": _number(f"The scored level, {_LEVEL}."),
            "target": _optional(_number(f"The level aimed at, {_LEVEL}.")),
            "gap": _optional(_number("Levels still to go.")),
            "next_level": _number(f"The next level up, {_LEVEL}."),
            "next_step": _text("What would be seen there."),
        }
    )


def _answer() -> _Schema:
    return _object(
        {
            "criterion": _text("The criterion."),
            "rating": _text("The rating."),
            "state": _choice("What became of it.", _STATES),
            "level": _optional(_number(f"The level when answered, {_LEVEL}.")),
            "raw": _text("What stands in the cell, unchanged."),
            **_place(),
        }
    )


def _metric() -> _Schema:
    return _object(
        {
            "metric": _text("The metric."),
            "state": _choice("What became of it.", _STATES),
            "value": _optional(_number("The figure in the metric's unit (71.6 means 71.6 %).")),
            "raw": _text("What stands in the cell, unchanged."),
            **_place(),
        }
    )


def _remark() -> _Schema:
    return _object(
        {
            "criterion": _text("The criterion."),
            "kind": _text("What it is, such as evidence."),
            "text": _text("As typed."),
            "sheet": _text("The sheet."),
            "cell": _text("The cell."),
        }
    )


def _stated() -> _Schema:
    return _object(
        {
            "score": _text("The roll-up, or criterion for what one answer counts."),
            "id": _text("The score's id; empty where it is the one to which criterion belongs."),
            "criterion": _text("The criterion in whose row it stands, or empty."),
            "rating": _text("The rating whose answer it is, or empty."),
            "state": _choice("What became of it.", _STATES),
            "value": _optional(_number("The number; null when it is none.")),
            "raw": _text("What stands in the cell, unchanged."),
            "sheet": _text("The sheet."),
            "cell": _text("The cell."),
            "decimals": _decimals(),
        }
    )


def _compared() -> _Schema:
    return _object(
        {
            "score": _text("The roll-up, or criterion for what one answer counts."),
            "id": _text("The score's or criterion's id."),
            "rating": _text("The rating of an answer; empty for a score."),
            "agreement": _choice("What became of it.", tuple(each.value for each in Agreement)),
            "ours": _optional(_number("Our value; null when we give none.")),
            "stated": _optional(_number("The workbook's number; null when it gives none.")),
            "raw": _text("What stands in its cell, unchanged."),
            "sheet": _text("The sheet."),
            "cell": _text("The cell."),
            "decimals": _decimals(),
            "is_first_step": {
                "type": "boolean",
                "description": "Whether the two part ways here, and not below.",
            },
            "explanation": _text("Why it does not agree; empty where it does."),
        }
    )


def _decimals() -> _Schema:
    return {
        "type": ["integer", "null"],
        "description": "How many decimals the workbook keeps, where it rounds.",
    }


def _issue() -> _Schema:
    return _object(
        {
            "code": _text("The stable name of this kind of problem."),
            "severity": _choice("How much it matters.", ("error", "query", "note")),
            "sheet": _optional(_text("The sheet.")),
            "cell": _optional(_text("The cell.")),
            "criterion": _optional(_text("The criterion or metric.")),
            "rating": _optional(_text("The rating.")),
            "raw": _optional(_text("What was typed.")),
            "message": _text("What is wrong."),
            "remedy": _text("What to do."),
        }
    )
