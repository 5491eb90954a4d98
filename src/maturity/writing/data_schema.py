"""Describe the JSON document of a result, as a JSON Schema that is published with the project."""

from __future__ import annotations

import json

from maturity.reconciliation import Agreement
from maturity.writing.schema_words import (
    Schema,
    choice,
    list_of,
    number,
    object_of,
    optional,
    text,
)

__all__ = ["SCHEMA_NAME", "result_schema", "result_schema_text"]

SCHEMA_NAME = "maturity-result/1"

_LEVEL = "on the rubric's level scale"
_STATES = ("answered", "not_applicable", "blank", "unreadable")
_TREATMENTS = (
    "^(counted|left out|not applicable|counted as (lowest|-?[0-9.]+(e[+-]?[0-9]+)?))(: .+)?$"
)


def result_schema() -> Schema:
    """Give the schema of what `write_json` writes (JSON Schema, draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The result of one maturity assessment",
        "description": "Written by maturity.write_json. Keys are added in later versions of the "
        "schema, never taken away or changed in meaning without a new number.",
        **object_of(
            {
                "schema": {"const": SCHEMA_NAME, "description": "This schema and its version."},
                "made_with": text("The library and its version."),
                "created": optional(text("When it was made, ISO 8601; null when not stated.")),
                "rubric": _rubric(),
                "source": _source(),
                "metadata": _metadata(),
                "scores": list_of("Every score, in the rubric's order.", _score()),
                "gaps": list_of("Criteria with a level and a target.", _gap()),
                "differences": list_of("Criteria that two partners or more rated.", _difference()),
                "priorities": list_of("What to work on, first things first.", _priority()),
                "answers": list_of("One per criterion and rating.", _answer()),
                "metrics": list_of("One per figure of the baseline.", _metric()),
                "remarks": list_of("Texts beside the answers, as typed.", _remark()),
                "stated": list_of("Scores that the workbook states itself.", _stated()),
                "reconciliation": list_of("Each of those beside ours.", _compared()),
                "issues": list_of("Everything odd in the return.", _issue()),
            }
        ),
    }


def result_schema_text() -> str:
    """Give the schema as the text of its published file."""
    return json.dumps(result_schema(), indent=2, ensure_ascii=False) + "\n"


def _place() -> dict[str, Schema]:
    return {
        "sheet": optional(text("The sheet; null when the return has no such cell.")),
        "cell": optional(text("The cell, such as J5; null likewise.")),
    }


def _share(description: str) -> Schema:
    return number(f"{description}, a share from 0 to 1", minimum=0, maximum=1)


def _rubric() -> Schema:
    level = object_of(
        {"value": number("Its place on the level scale."), "label": text("Its name.")}
    )
    return object_of(
        {
            "id": text("The rubric's id."),
            "version": text("Its version."),
            "digest": text("sha256: and 64 hexadecimal digits, of what the rubric says."),
            "status": choice(
                "Whether its scores may be relied on.", ("illustrative", "draft", "final")
            ),
            "status_note": text("A sentence or two on the status."),
            "title": text("Its name."),
            "levels": list_of("The level scale, lowest first.", level),
            "scored_rating": text("The rating that is scored."),
        },
        "The rubric under which the return was scored.",
    )


def _source() -> Schema:
    return object_of(
        {
            "name": text("The file's name without its folder."),
            "digest": text("sha256: and 64 hexadecimal digits, of the file's bytes."),
            "layout": optional(text("The layout with which it was read.")),
        },
        "The return.",
    )


def _metadata() -> Schema:
    return {
        "type": "object",
        "description": "Single values by name, such as area, date and role.",
        "additionalProperties": object_of(
            {
                "value": text("The value as read; a date as ISO 8601."),
                "raw": text("What stands in the cell."),
                "sheet": text("The sheet."),
                "cell": text("The cell."),
            }
        ),
    }


def _score() -> Schema:
    value = optional(number(f"The score, {_LEVEL}; null when it cannot be given."))
    return object_of(
        {
            "score": text("The roll-up that made it, such as domain."),
            "id": text("The group, such as LG; several members are joined by /."),
            "value": value,
            "low": optional(number(f"With every missing answer at the lowest, {_LEVEL}.")),
            "high": optional(number(f"With every missing answer at the highest, {_LEVEL}.")),
            "coverage": optional(_share("The answered part of the weight")),
            "band": optional(text("The name of the stretch of the scale it lies in.")),
            "reason": optional(text("Why there is no value.")),
            "members": {
                "type": "object",
                "description": "Facet: member, for this group.",
                "additionalProperties": {"type": "string"},
            },
            "contributions": list_of("What each answer or score below gave.", _contribution()),
        }
    )


def _contribution() -> Schema:
    return object_of(
        {
            "id": text("The criterion, or the id of the score below."),
            "rating": optional(text("The rating; null for a score below.")),
            "state": choice("What became of the answer.", _STATES),
            "value": optional(number(f"What was used, {_LEVEL}.")),
            "weight": number("As the rubric gives it; no unit.", minimum=0),
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


def _gap() -> Schema:
    return object_of(
        {
            "criterion": text("The criterion."),
            "level": number(f"The scored level, {_LEVEL}."),
            "target": number(f"The level aimed at, {_LEVEL}."),
            "gap": number("Target less level, in levels."),
        }
    )


def _difference() -> Schema:
    return object_of(
        {
            "criterion": text("The criterion."),
            "levels": {
                "type": "object",
                "description": f"Partner rating: level, {_LEVEL}.",
                "additionalProperties": {"type": "number"},
            },
            "range": number("Highest less lowest, in levels.", minimum=0),
            "is_large": {
                "type": "boolean",
                "description": "Whether the rubric says that this is to be talked about.",
            },
        }
    )


def _priority() -> Schema:
    return object_of(
        {
            "rank": {"type": "integer", "minimum": 1, "description": "1 for the first."},
            "criterion": text("The criterion."),
            "level": number(f"The scored level, {_LEVEL}."),
            "target": optional(number(f"The level aimed at, {_LEVEL}.")),
            "gap": optional(number("Levels still to go.")),
            "next_level": number(f"The next level up, {_LEVEL}."),
            "next_step": text("What would be seen there."),
        }
    )


def _answer() -> Schema:
    return object_of(
        {
            "criterion": text("The criterion."),
            "rating": text("The rating."),
            "state": choice("What became of it.", _STATES),
            "level": optional(number(f"The level when answered, {_LEVEL}.")),
            "raw": text("What stands in the cell, unchanged."),
            **_place(),
        }
    )


def _metric() -> Schema:
    return object_of(
        {
            "metric": text("The metric."),
            "state": choice("What became of it.", _STATES),
            "value": optional(number("The figure in the metric's unit (71.6 means 71.6 %).")),
            "raw": text("What stands in the cell, unchanged."),
            **_place(),
        }
    )


def _remark() -> Schema:
    return object_of(
        {
            "criterion": text("The criterion."),
            "kind": text("What it is, such as evidence."),
            "text": text("As typed."),
            "sheet": text("The sheet."),
            "cell": text("The cell."),
        }
    )


def _stated() -> Schema:
    return object_of(
        {
            "score": text("The roll-up, or criterion for what one answer counts."),
            "id": text("The score's id; empty where it is the one to which criterion belongs."),
            "criterion": text("The criterion in whose row it stands, or empty."),
            "rating": text("The rating whose answer it is, or empty."),
            "state": choice("What became of it.", _STATES),
            "value": optional(number("The number; null when it is none.")),
            "raw": text("What stands in the cell, unchanged."),
            "sheet": text("The sheet."),
            "cell": text("The cell."),
            "decimals": _decimals(),
        }
    )


def _compared() -> Schema:
    return object_of(
        {
            "score": text("The roll-up, or criterion for what one answer counts."),
            "id": text("The score's or criterion's id."),
            "rating": text("The rating of an answer; empty for a score."),
            "agreement": choice("What became of it.", tuple(each.value for each in Agreement)),
            "ours": optional(number("Our value; null when we give none.")),
            "stated": optional(number("The workbook's number; null when it gives none.")),
            "raw": text("What stands in its cell, unchanged."),
            "sheet": text("The sheet."),
            "cell": text("The cell."),
            "decimals": _decimals(),
            "is_first_step": {
                "type": "boolean",
                "description": "Whether the two part ways here, and not below.",
            },
            "explanation": text("Why it does not agree; empty where it does."),
        }
    )


def _decimals() -> Schema:
    return {
        "type": ["integer", "null"],
        "description": "How many decimals the workbook keeps, where it rounds.",
    }


def _issue() -> Schema:
    return object_of(
        {
            "code": text("The stable name of this kind of problem."),
            "severity": choice("How much it matters.", ("error", "query", "note")),
            "sheet": optional(text("The sheet.")),
            "cell": optional(text("The cell.")),
            "criterion": optional(text("The criterion or metric.")),
            "rating": optional(text("The rating.")),
            "raw": optional(text("What was typed.")),
            "message": text("What is wrong."),
            "remedy": text("What to do."),
        }
    )
