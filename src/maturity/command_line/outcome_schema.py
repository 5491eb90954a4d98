"""Describe a line of `outcomes.jsonl`, as a JSON Schema that is published with the project."""

from __future__ import annotations

import json

from maturity.batch import OutcomeStatus, PassedOver
from maturity.issues import Severity
from maturity.reconciliation import Agreement

__all__ = ["SCHEMA_NAME", "outcome_schema", "outcome_schema_text"]

SCHEMA_NAME = "maturity-outcome/1"

_Schema = dict[str, object]


def outcome_schema() -> _Schema:
    """Give the schema of one line (JSON Schema, draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What became of one file of a run",
        "description": "A line of outcomes.jsonl, written by maturity score FOLDER -o RESULTS. "
        "Keys are added in later versions of the schema, never taken away or changed in meaning "
        "without a new number.",
        **_object({**_made_with(), **_file(), **_result(), **_files()}),
    }


def outcome_schema_text() -> str:
    """Give the schema as the text of its published file."""
    return json.dumps(outcome_schema(), indent=2, ensure_ascii=False) + "\n"


def _made_with() -> dict[str, _Schema]:
    rubric = {
        "id": _text("The rubric's id."),
        "version": _text("Its version."),
        "digest": _text("sha256: and 64 hexadecimal digits, of what the rubric says."),
    }
    return {
        "schema": {"const": SCHEMA_NAME, "description": "This schema and its version."},
        "made_with": _text("The library and its version."),
        "rubric": {**_object(rubric), "description": "The rubric of the run."},
        "key": _text(
            "A digest of rubric, layouts and version; when it changes, all is done again."
        ),
        "created": _optional(_text("The date in the results, ISO 8601.")),
    }


def _file() -> dict[str, _Schema]:
    return {
        "source": _text(
            "The file's path as it was given or found; the zip file and the name in it; or the URL."
        ),
        "status": _choice("What became of it.", [each.value for each in OutcomeStatus]),
        "reason": _optional_choice("Why it was passed over.", [each.value for each in PassedOver]),
        "digest": _optional(_text("sha256: and 64 hexadecimal digits, of the file's bytes.")),
        "mark": _optional(
            _text("For a URL, a digest of what its file system said of the file's state.")
        ),
        "layout": _optional(_text("The layout with which it was read.")),
        "area": _text("The area as its cover names it; empty when it names none."),
        "area_code": _text("The area's number; empty when there is none."),
        "date": _optional(_text("The date on its cover, ISO 8601.")),
    }


def _result() -> dict[str, _Schema]:
    value: _Schema = {"type": ["number", "null"]}
    score: dict[str, _Schema] = {
        "score": _text("The roll-up, such as domain."),
        "id": _text("The group, such as LG."),
        "value": {**value, "description": "The score; null when it cannot be given."},
        "low": {**value, "description": "With every missing answer at the lowest."},
        "high": {**value, "description": "With every missing answer at the highest."},
        "coverage": {**value, "description": "The answered part of the weight, 0 to 1."},
        "band": _optional(_text("The name of the stretch of the scale it lies in.")),
        "reason": _optional(_text("Why there is no value.")),
    }
    counts: dict[str, _Schema] = {
        each.value: _count(f"How many of severity {each.value}.") for each in Severity
    }
    stated = {each.value: _count(f"How many of them: {each.value}.") for each in Agreement}
    return {
        "answered": _count("How many scored answers were given."),
        "answerable": _count("How many could have been given."),
        "scores": _list("Every score, in the rubric's order.", _object(score)),
        "issues": {**_object(counts), "description": "How many issues there are."},
        "codes": {
            "type": "object",
            "description": "Issue code: how many there are.",
            "additionalProperties": _count("How many."),
        },
        "stated": {
            **_object(stated),
            "description": "What became of the scores that the workbook states itself.",
        },
        "why": _list("Why it was refused, or why it failed.", _issue()),
        "counts": {
            "type": "boolean",
            "description": "Whether it counts as its area's return; false without scores.",
        },
        "superseded_by": _optional(_text("The return that counts in its place.")),
    }


def _files() -> dict[str, _Schema]:
    written = {
        "name": _text("The file's name in the folder of the results."),
        "digest": _text("sha256: and 64 hexadecimal digits, of its bytes."),
    }
    return {
        "written": _list("The files that were written for it.", _object(written)),
        "not_written": _list("Why files could not be written.", _issue()),
    }


def _issue() -> _Schema:
    optional = ("sheet", "cell", "criterion", "rating", "raw")
    return _object(
        {
            "code": _text("The stable name of this kind of problem."),
            "severity": _choice("How much it matters.", [each.value for each in Severity]),
            **{key: _optional(_text(f"The {key}, where there is one.")) for key in optional},
            "message": _text("What is wrong."),
            "remedy": _text("What to do."),
        }
    )


def _object(properties: dict[str, _Schema]) -> _Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _text(description: str) -> _Schema:
    return {"type": "string", "description": description}


def _count(description: str) -> _Schema:
    return {"type": "integer", "minimum": 0, "description": description}


def _choice(description: str, words: list[str]) -> _Schema:
    return {"type": "string", "enum": words, "description": description}


def _optional_choice(description: str, words: list[str]) -> _Schema:
    return {"enum": [*words, None], "description": description}


def _optional(schema: _Schema) -> _Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _list(description: str, items: _Schema) -> _Schema:
    return {"type": "array", "description": description, "items": items}
