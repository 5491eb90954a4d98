"""Shapes of published workbooks, described in YAML alone, give the scores that they state."""

from __future__ import annotations

import io
from collections import Counter
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Protocol, cast

import openpyxl
import pytest
from office import recalculated
from published_shapes.forms import Form

from maturity.issues import Severity
from maturity.reading.assessment_workbook import read_assessment
from maturity.reading.rubric_file import load_rubric
from maturity.rubric import Rubric
from maturity.scoring.engine import score
from maturity.scoring.reconcile import reconcile
from maturity.writing.workbook import write_workbook

SHAPES = (
    "controls",
    "deductions",
    "interview",
    "outcomes",
    "pairs",
    "practices",
    "sentences",
    "stages",
    "strategies",
    "tiers",
)
SEEDS = range(12)


class Shape(Protocol):
    """A module that draws one published workbook."""

    def draw(self, random: Random) -> Form:
        """Draw it with random answers and the results of its formulas."""
        ...

    def edit(self, form: Form) -> None:
        """Do to it what people do by hand, where the layout finds things by words."""
        ...


@pytest.fixture(scope="module", params=SHAPES)
def shape(request: pytest.FixtureRequest) -> str:
    """Name one of the shapes."""
    return cast("str", request.param)


@pytest.fixture(scope="module")
def rubric(shape: str) -> Rubric:
    """Load its rubric and layouts."""
    return load_rubric(Path(__file__).parent / "published" / shape)


def module(shape: str) -> Shape:
    """Give the module that draws a shape."""
    return cast("Shape", import_module(f"published_shapes.{shape}"))


def check(form: Form, rubric: Rubric) -> None:
    """Read, score and reconcile a workbook: every score that it states, and without an error."""
    assessment = read_assessment(form.data(), rubric, name="published.xlsx")
    errors = [str(issue) for issue in assessment.issues if issue.severity is Severity.ERROR]
    assert not errors, errors[:5]
    found = reconcile(score(assessment))
    doubtful = [each for each in found.compared if each.agreement.value != "agrees"]
    assert not doubtful, [f"{each.sheet}!{each.cell} {each}" for each in doubtful[:5]]
    assert len(found.compared) == form.stated, Counter(each.score for each in found.compared)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_stated_score_of_a_published_shape_agrees(
    shape: str, rubric: Rubric, seed: int
) -> None:
    """Random answers give the results of the workbook's own formulas, all of them."""
    check(module(shape).draw(Random(seed)), rubric)


def test_a_published_shape_edited_by_hand_agrees(shape: str, rubric: Rubric) -> None:
    """Rows and columns inserted, and sheets hidden, change nothing."""
    form = module(shape).draw(Random(17))
    module(shape).edit(form)
    check(form, rubric)


def test_a_published_shape_needs_no_remark(shape: str, rubric: Rubric) -> None:
    """Nothing in an untouched workbook is unexpected, other than answers that are missing or hidden."""
    assessment = read_assessment(module(shape).draw(Random(3)).data(), rubric)
    codes = {issue.code.value for issue in assessment.issues}
    assert codes <= {"answer-missing", "sheet-hidden"}, [str(issue) for issue in assessment.issues][
        :5
    ]


def test_a_published_shape_gives_a_result_workbook(shape: str, rubric: Rubric) -> None:
    """What was scored by the language's rarer means can be written, and explained, as well."""
    result = score(read_assessment(module(shape).draw(Random(5)).data(), rubric))
    stream = io.BytesIO()
    write_workbook(result, stream)
    assert stream.getvalue().startswith(b"PK")
    for each in result.scores:
        if each.value is None:
            assert each.reason
        else:
            assert each.low is not None
            assert each.high is not None
            assert each.low <= each.value <= each.high
        shares = [part.share for part in each.contributions]
        assert not any(shares) or sum(shares) == pytest.approx(1)


def test_result_workbooks_of_published_shapes_recalculate(soffice: str, tmp_path: Path) -> None:
    """Every live formula gives our numbers, where weights are scores' and N/A counts as well."""
    files = []
    for name in SHAPES:
        own = load_rubric(Path(__file__).parent / "published" / name)
        result = score(read_assessment(module(name).draw(Random(4)).data(), own))
        files.append(tmp_path / f"{name}.xlsx")
        write_workbook(result, files[-1])
    for old, new in zip(files, recalculated(soffice, files, tmp_path / "office"), strict=True):
        formulas = openpyxl.load_workbook(old)
        before = openpyxl.load_workbook(old, data_only=True)
        after = openpyxl.load_workbook(new, data_only=True)
        live = [
            (sheet.title, cell.coordinate)
            for sheet in formulas
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        assert live
        for sheet, cell in live:
            expected, found = before[sheet][cell].value, after[sheet][cell].value
            if isinstance(expected, (int, float)):
                assert found == pytest.approx(expected, abs=1e-9), f"{old.name} {sheet}!{cell}"
            else:
                assert (found or "") == (expected or ""), f"{old.name} {sheet}!{cell}"
