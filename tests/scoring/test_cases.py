"""Run the hand-worked scoring cases in tests/cases."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from maturity.assessment import Assessment, MetadataValue, Response, State
from maturity.reading.rubric_file import load_rubric
from maturity.result import Score
from maturity.rubric import Rubric
from maturity.scoring.engine import score

CASES = Path(__file__).parents[1] / "cases"


def worked_out(arithmetic: object) -> Fraction | None:
    """Work out whole-number arithmetic exactly; `none` is None."""
    if arithmetic == "none":
        return None
    return _value_of(ast.parse(str(arithmetic), mode="eval").body)


def _value_of(node: ast.expr) -> Fraction:
    if isinstance(node, ast.BinOp):
        left, right = _value_of(node.left), _value_of(node.right)
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, ast.Mult):
            return left * right
        assert isinstance(node.op, ast.Div), ast.dump(node)
        return left / right
    assert isinstance(node, ast.Constant), ast.dump(node)
    assert isinstance(node.value, int)
    return Fraction(node.value)


def test_worked_out_does_sums_exactly() -> None:
    """The arithmetic of the cases is exact and knows precedence."""
    assert worked_out("(1*1 + 1/2*3) / (1 + 1/2)") == Fraction(5, 3)


def assessment_of(
    rubric: Rubric, answers: dict[str, dict[str, Any]], metadata: dict[str, str] | None = None
) -> Assessment:
    """Make a return of a case's answers, and of what its cover says."""
    assert set(answers) <= set(rubric.criteria)
    responses = []
    for criterion in rubric.criteria:
        for rating in rubric.ratings:
            given = answers.get(criterion, {}).get(rating, "blank")
            if isinstance(given, str):
                responses.append(Response(criterion, rating, State(given)))
            else:
                level = given if isinstance(given, int) else Decimal(repr(given))
                responses.append(Response(criterion, rating, State.ANSWERED, level))
    cover = {
        key: MetadataValue(key, text, text, "Cover", "B1") for key, text in (metadata or {}).items()
    }
    return Assessment(rubric, "case.yaml", "sha256:0", None, tuple(responses), metadata=cover)


def _cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        document = yaml.safe_load(path.read_text("utf-8"))
        rubric_text = yaml.safe_dump(document["rubric"], allow_unicode=True).encode()
        for case in document["cases"]:
            yield pytest.param(rubric_text, case, id=f"{path.stem}: {case['name']}")


@pytest.mark.parametrize(("rubric_text", "case"), list(_cases()))
def test_case(rubric_text: bytes, case: dict[str, Any]) -> None:
    """Every expected figure of the case is met exactly, and every contribution adds up."""
    rubric = load_rubric(rubric_text)
    result = score(assessment_of(rubric, case["answers"], case.get("metadata")))
    for expected in case["expect"]:
        found = result.by_rollup[expected["score"]][expected["id"]]
        value = worked_out(expected["value"])
        assert found.exact == value
        assert found.value == (None if value is None else float(value))
        for figure in ("low", "high", "coverage"):
            exact = worked_out(expected[figure])
            assert getattr(found, figure) == (None if exact is None else float(exact)), figure
        assert (found.band or "none") == expected["band"]
        if value is None:
            assert expected["reason"] in (found.reason or "")
        else:
            assert (found.reason or "") == expected.get("because", "")
            assert_contributions_add_up(found, rubric)


def assert_contributions_add_up(found: Score, rubric: Rubric) -> None:
    """The contributions are enough to work out a mean by hand."""
    assert found.value is not None
    rule = next((rule for rule in rubric.scoring.rollups if rule.score == found.score), None)
    if rule is None or rule.method not in ("mean", "weighted-mean"):
        return
    changed = (rule.scale, rule.at_least, rule.at_most, rule.round, *rule.gates)
    if rule.missing == "lowest" or any(changed):
        return
    counted = [part for part in found.contributions if part.treatment.startswith("counted")]
    assert sum(part.share for part in counted) == pytest.approx(1)
    by_hand = sum(part.share * part.value for part in counted if part.value is not None)
    assert by_hand == pytest.approx(found.value)
