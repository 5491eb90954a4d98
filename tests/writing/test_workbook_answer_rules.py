"""What rules make of answers is said in workbook and JSON, and no formula contradicts it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from office import recalculated
from result_samples import Answer, result_of, small_rubric

from maturity import write_json, write_workbook
from maturity.result import Result
from maturity.rubric import RollUp
from maturity.rule_words import answer_rule_in_words
from maturity.rules import AnswerRule
from maturity.writing.data_schema import result_schema

RUBRIC = small_rubric()
FOLLOW_UP: dict[str, Any] = {
    "title": "Follow-up",
    "items": ("AA3",),
    "when": {"items": ("AA1",), "at_most": 1},
    "then": "not_applicable",
    "because": "AA3 asks how AA1 is done.",
}
IMPLIED: dict[str, Any] = {
    "items": ("AA2",),
    "ratings": ("agreed",),
    "when": {"items": ("AA1",), "at_least": 1},
    "then": {"answer": 2},
    "because": "AA1 needs AA2.",
}


def result() -> Result:
    """Give a result with a domain that rules change, and one that they leave alone."""
    rubric = small_rubric(
        RollUp(score="domain", method="mean"),
        RollUp(score="together", of="domain", by=(), method="mean"),
        RollUp(score="aim", by=("domain",), ratings=("target",), method="mean"),
    )
    rules = tuple(AnswerRule.model_validate(rule) for rule in (FOLLOW_UP, IMPLIED))
    scoring = rubric.scoring.model_copy(update={"answer_rules": rules})
    answers: dict[str, dict[str, Answer]] = {
        "AA1": {"agreed": 1, "target": 3},
        "AA3": {"agreed": 1, "target": 4},
        "BB1": {"agreed": 3, "target": 3},
        "BB2": {"agreed": 2, "target": 3},
    }
    return result_of(rubric.model_copy(update={"scoring": scoring}), answers)


def test_scores_that_rules_may_change_stand_as_numbers_and_the_others_as_formulas() -> None:
    """The answer's row says what became of it and why; a score above it is a number too."""
    stream = io.BytesIO()
    write_workbook(result(), stream)
    book = openpyxl.load_workbook(stream)
    found = {
        (row[0].value, row[1].value): row
        for row in book["Workings"].iter_rows(min_row=5)
        if row[0].value
    }
    assert found["domain", "AA First domain"][7].value == (1 + 2) / 2
    assert found["together", "together"][7].value == ((1 + 2) / 2 + (3 + 2) / 2) / 2
    assert str(found["domain", "BB Second domain"][7].value).startswith("=")
    assert str(found["aim", "AA First domain"][7].value) == "3.5"
    remarks = [row[12].value for row in book["Workings"].iter_rows(min_row=6, max_row=8)]
    assert remarks == [
        "counted",
        "counted as 2: AA1 needs AA2.",
        "not applicable: AA3 asks how AA1 is done.",
    ]


def test_the_method_tells_the_rules_in_words() -> None:
    """Each with its name, its reason, and what it does when."""
    stream = io.BytesIO()
    write_workbook(result(), stream)
    rows = openpyxl.load_workbook(stream)["Method"].iter_rows(values_only=True)
    told = {row[0]: row[1:3] for row in rows if row[0] in ("Follow-up", "Rule 2")}
    assert told == {
        "Follow-up": (
            "AA3 asks how AA1 is done.",
            "The answers to AA3 do not apply when all the answers to AA1 are 1 or less.",
        ),
        "Rule 2": (
            "AA1 needs AA2.",
            "The answers to AA2 under Agreed are at least 2 when all the answers to AA1 are 1 or"
            " more.",
        ),
    }


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"items": (), "where": {"domain": ("AA", "BB")}, "then": "missing"},
            "The answers for domain AA or BB count as missing when",
        ),
        ({"then": {"answer": 1, "replace": True}}, "AA3 count as 1, whatever they are, when"),
        (
            {"when": {"metadata": {"scope": ("IG1", 2)}}},
            "when the cover says Scope: IG1 or 2.",
        ),
        (
            {"when": {"metadata": {"scope": ("IG1",)}, "need": "none"}},
            "when the cover says none of Scope: IG1.",
        ),
        (
            {"when": {"metadata": {"scope": ("IG1",), "date": ("2026-01-31",)}}},
            "when the cover says all Scope: IG1, Date completed: 2026-01-31.",
        ),
    ],
)
def test_a_rule_has_its_sentence(fields: dict[str, Any], sentence: str) -> None:
    """What it is about, what it makes of it, and what it asks of the cover."""
    rule = AnswerRule.model_validate(FOLLOW_UP | fields)
    assert sentence in answer_rule_in_words(RUBRIC, rule)


def test_the_json_says_why_and_follows_its_schema() -> None:
    """The treatment carries the sentence; the answers are those that were sent."""
    stream = io.BytesIO()
    write_json(result(), stream)
    document = json.loads(stream.getvalue())
    jsonschema.Draft202012Validator(result_schema()).validate(document)
    parts = {part["id"]: part for part in document["scores"][0]["contributions"]}
    assert parts["AA3"]["treatment"] == "not applicable: AA3 asks how AA1 is done."
    sent = {a["criterion"]: a["level"] for a in document["answers"] if a["rating"] == "agreed"}
    assert (sent["AA2"], sent["AA3"]) == (None, 1)
    assert [gap["criterion"] for gap in document["gaps"]] == ["AA1", "BB1", "BB2"]
    assert [each["criterion"] for each in document["priorities"]] == ["AA1", "BB2", "AA2"]


@pytest.mark.libreoffice
def test_a_recalculation_changes_nothing(soffice: str, tmp_path: Path) -> None:
    """An office suite gets the numbers that we wrote, those beside rules too."""
    write_workbook(result(), tmp_path / "result.xlsx")
    [again] = recalculated(soffice, [tmp_path / "result.xlsx"], tmp_path / "office")
    books = [
        openpyxl.load_workbook(file, data_only=True) for file in (tmp_path / "result.xlsx", again)
    ]
    for sheet in books[0].sheetnames:
        for old, new in zip(
            *(book[sheet].iter_rows(values_only=True) for book in books), strict=False
        ):
            for before, after in zip(old, new, strict=False):
                if isinstance(before, float | int) and isinstance(after, float | int):
                    assert after == pytest.approx(before, abs=1e-9)
                else:
                    assert (after or "") == (before or "")
