"""Describe a line of `outcomes.jsonl`, as a JSON Schema that is published with the project."""

from __future__ import annotations

import json

from maturity.batch import OutcomeStatus, PassedOver
from maturity.issues import Severity
from maturity.reconciliation import Agreement
from maturity.writing.schema_words import Schema, choice, list_of, object_of, optional, text

__all__ = ["SCHEMA_NAME", "outcome_schema", "outcome_schema_text"]

SCHEMA_NAME = "maturity-outcome/1"


def outcome_schema() -> Schema:
    """Give the schema of one line (JSON Schema, draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What became of one file of a run",
        "description": "A line of outcomes.jsonl, written by maturity score FOLDER -o RESULTS. "
        "Keys are added in later versions of the schema, never taken away or changed in meaning "
        "without a new number.",
        **object_of({**_made_with(), **_file(), **_result(), **_files()}),
    }


def outcome_schema_text() -> str:
    """Give the schema as the text of its published file."""
    return json.dumps(outcome_schema(), indent=2, ensure_ascii=False) + "\n"


def _made_with() -> dict[str, Schema]:
    rubric = {
        "id": text("The rubric's id."),
        "version": text("Its version."),
        "digest": text("sha256: and 64 hexadecimal digits, of what the rubric says."),
    }
    return {
        "schema": {"const": SCHEMA_NAME, "description": "This schema and its version."},
        "made_with": text("The library and its version."),
        "rubric": {**object_of(rubric), "description": "The rubric of the run."},
        "key": text("A digest of rubric, layouts and version; when it changes, all is done again."),
        "created": optional(text("The date in the results, ISO 8601.")),
    }


def _file() -> dict[str, Schema]:
    return {
        "source": text(
            "The file's path as it was given or found; the zip file and the name in it; or the URL."
        ),
        "status": choice("What became of it.", [each.value for each in OutcomeStatus]),
        "reason": _optional_choice("Why it was passed over.", [each.value for each in PassedOver]),
        "digest": optional(text("sha256: and 64 hexadecimal digits, of the file's bytes.")),
        "mark": optional(
            text("For a URL, a digest of what its file system said of the file's state.")
        ),
        "layout": optional(text("The layout with which it was read.")),
        "area": text("The area as its cover names it; empty when it names none."),
        "area_code": text("The area's number; empty when there is none."),
        "date": optional(text("The date on its cover, ISO 8601.")),
    }


def _result() -> dict[str, Schema]:
    value: Schema = {"type": ["number", "null"]}
    score: dict[str, Schema] = {
        "score": text("The roll-up, such as domain."),
        "id": text("The group, such as LG."),
        "value": {**value, "description": "The score; null when it cannot be given."},
        "low": {**value, "description": "With every missing answer at the lowest."},
        "high": {**value, "description": "With every missing answer at the highest."},
        "coverage": {**value, "description": "The answered part of the weight, 0 to 1."},
        "band": optional(text("The name of the stretch of the scale it lies in.")),
        "reason": optional(text("Why there is no value.")),
    }
    counts: dict[str, Schema] = {
        each.value: _count(f"How many of severity {each.value}.") for each in Severity
    }
    stated = {each.value: _count(f"How many of them: {each.value}.") for each in Agreement}
    return {
        "answered": _count("How many scored answers were given."),
        "answerable": _count("How many could have been given."),
        "scores": list_of("Every score, in the rubric's order.", object_of(score)),
        "issues": {**object_of(counts), "description": "How many issues there are."},
        "codes": {
            "type": "object",
            "description": "Issue code: how many there are.",
            "additionalProperties": _count("How many."),
        },
        "stated": {
            **object_of(stated),
            "description": "What became of the scores that the workbook states itself.",
        },
        "why": list_of("Why it was refused, or why it failed.", _issue()),
        "counts": {
            "type": "boolean",
            "description": "Whether it counts as its area's return; false without scores.",
        },
        "superseded_by": optional(text("The return that counts in its place.")),
    }


def _files() -> dict[str, Schema]:
    written = {
        "name": text("The file's name in the folder of the results."),
        "digest": text("sha256: and 64 hexadecimal digits, of its bytes."),
    }
    return {
        "written": list_of("The files that were written for it.", object_of(written)),
        "not_written": list_of("Why files could not be written.", _issue()),
    }


def _issue() -> Schema:
    places = ("sheet", "cell", "criterion", "rating", "raw")
    return object_of(
        {
            "code": text("The stable name of this kind of problem."),
            "severity": choice("How much it matters.", [each.value for each in Severity]),
            **{key: optional(text(f"The {key}, where there is one.")) for key in places},
            "message": text("What is wrong."),
            "remedy": text("What to do."),
        }
    )


def _count(description: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": description}


def _optional_choice(description: str, words: list[str]) -> Schema:
    return {"enum": [*words, None], "description": description}
