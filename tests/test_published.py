"""A published workbook is read, scored and reconciled from YAML alone: the OWASP SAMM 2 toolbox.

Its rubric and layout lie in `tests/published`. They hold no text of the toolbox: items are known by
their ids, and the words of answers, with what they count, are read from the workbook's own tables.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from published_toolbox import with_stored

from maturity import (
    Agreement,
    IssueCode,
    Rubric,
    Severity,
    State,
    load_rubric,
    read_assessment,
    score,
    write_json,
)
from maturity.cli import main
from maturity.reading.lint import lint_rubric
from maturity.result import Result
from maturity.writing.data_schema import result_schema

FOLDER = Path(__file__).parent / "published"
# Sheet and roll-up → how many scores the toolbox states there. The roadmap has the current answers
# and four phases: 90 answers × 5, 15 practices × 3 levels × 5, 15 practices × 5. The scorecard has
# the levels once and the practices twice (the table and beside the charts), five functions and the
# whole, each five times.
STATED = {
    ("Interview", "criterion"): 90,
    ("Interview", "level"): 15 * 3,
    ("Interview", "practice"): 15,
    ("Roadmap", "criterion"): 90 * 5,
    ("Roadmap", "level"): 15 * 3 * 5,
    ("Roadmap", "practice"): 15 * 5,
    ("Scorecard", "level"): 15 * 3 * 5,
    ("Scorecard", "practice"): 15 * 5 * 2,
    ("Scorecard", "function"): 5 * 5,
    ("Scorecard", "whole"): 5,
}


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Load the rubric once."""
    return load_rubric(FOLDER)


@pytest.fixture(scope="module")
def filled(shared: Path) -> Path:
    """Give the path of the filled toolbox."""
    return shared / "workbooks" / "owasp-samm-2-filled.xlsx"


def result_of(source: Path | bytes, rubric: Rubric) -> Result:
    """Read and score a toolbox."""
    return score(read_assessment(source, rubric, name="toolbox.xlsx"))


def table_of(result: Result) -> str:
    """Write what was compared as a table: sheet, roll-up, how many are stated, how many agree."""
    stated = Counter((each.sheet, each.score) for each in result.reconciliation.compared)
    differing = Counter((each.sheet, each.score) for each in result.reconciliation.differing)
    rows = [
        f"{sheet:10} {name:10} {count:6,} stated {count - differing[sheet, name]:6,} agree"
        for (sheet, name), count in sorted(stated.items())
    ]
    total = f"{'all':21} {stated.total():6,} stated {stated.total() - differing.total():6,} agree"
    return "\n".join([result.assessment.source, *rows, total])


@pytest.mark.parametrize("name", ["filled", "blank"])
def test_every_score_that_the_toolbox_states_agrees(
    name: str, shared: Path, rubric: Rubric
) -> None:
    """All of them, to one part in 1,000 million, counted by sheet and roll-up."""
    result = result_of(shared / "workbooks" / f"owasp-samm-2-{name}.xlsx", rubric)
    table = table_of(result)
    print(f"\n{name} {table}")  # noqa: T201 - the numbers belong into the test's output
    found = result.reconciliation
    assert Counter((each.sheet, each.score) for each in found.compared) == STATED, table
    assert found.agrees, table
    assert found.counts == {Agreement.AGREES: 1305}, table
    numbers = [(each.ours, each.stated) for each in found.compared]
    assert max(abs((ours or 0) - float(stated or 0)) for ours, stated in numbers) < 1e-9, table


def test_the_filled_toolbox_reads_without_an_error(filled: Path, rubric: Rubric) -> None:
    """78 of the 90 questions are answered, and the phases repeat or raise the answers."""
    assessment = result_of(filled, rubric).assessment
    states = Counter((each.rating, each.state) for each in assessment.responses)
    assert states["current", State.ANSWERED] == 78
    assert states["current", State.BLANK] == 12
    assert not any(each.state is State.UNREADABLE for each in assessment.responses)
    assert not any(issue.severity is Severity.ERROR for issue in assessment.issues)
    assert assessment.layout is not None
    assert assessment.layout.id == "toolbox"


def test_the_blank_toolbox_reads_as_all_unanswered(shared: Path, rubric: Rubric) -> None:
    """90 questions now and in four phases: 450 blanks, and nothing that must be mended."""
    assessment = result_of(shared / "workbooks" / "owasp-samm-2-blank.xlsx", rubric).assessment
    assert Counter(each.state for each in assessment.responses) == {State.BLANK: 90 * 5}
    assert not any(issue.severity is Severity.ERROR for issue in assessment.issues)


def test_the_rubric_and_its_layout_are_sound() -> None:
    """All that is missing are descriptors of levels, which only the toolbox has."""
    worse = [issue for issue in lint_rubric(FOLDER) if issue.severity is not Severity.NOTE]
    assert {issue.code for issue in worse} == {IssueCode.DESCRIPTOR_MISSING}


TAMPERED = [
    ("Interview", "G18", "0.25", "criterion", "G-SM-A-1-1"),
    ("Roadmap", "K18", "1", "criterion", "G-SM-A-1-1"),
    ("Interview", "H18", "0.9", "level", "SM/1/current"),
    ("Scorecard", "D14", "0.9", "level", "SM/1/current"),
    ("Interview", "J18", "9", "practice", "SM/current"),
    ("Scorecard", "C14", "9", "practice", "SM/current"),
    ("Scorecard", "V14", "9", "practice", "SM/current"),
    ("Scorecard", "J14", "0.1", "function", "G/current"),
    ("Scorecard", "J19", "0.1", "whole", "current"),
]


@pytest.mark.parametrize(("sheet", "cell", "stored", "name", "id_"), TAMPERED)
def test_one_changed_result_is_the_one_step_that_is_named(
    sheet: str, cell: str, stored: str, name: str, id_: str, filled: Path, rubric: Rubric
) -> None:
    """At every depth: exactly that cell differs, and it is named first."""
    found = result_of(with_stored(filled, sheet, {cell: stored}), rubric).reconciliation
    (step,) = found.differing
    assert found.first_steps == (step,)
    assert (step.sheet, step.cell, step.score, step.id) == (sheet, cell, name, id_)
    assert step.agreement is Agreement.DIFFERS
    assert step.explanation.startswith(f"The workbook says {stored}; ours is ")


def test_a_changed_answer_is_explained_at_the_answer(filled: Path, rubric: Rubric) -> None:
    """The first question now says what another one says, and nothing was calculated again.

    On two sheets its own count is out of date; level, practice, function and whole follow.
    """
    found = result_of(with_stored(filled, "Interview", {"F18": "222"}), rubric).reconciliation
    assert [(each.sheet, each.cell) for each in found.first_steps] == [
        ("Interview", "G18"),
        ("Roadmap", "G18"),
    ]
    for step in found.first_steps:
        assert step.score == "criterion"
        assert "in 'Interview'!F18. The answer may have been changed after" in step.explanation
    followers = [each for each in found.differing if not each.is_first_step]
    assert {each.score for each in followers} == {"level", "practice", "function", "whole"}
    assert all("It follows from what the workbook says of" in e.explanation for e in followers)


def test_the_json_of_a_toolbox_follows_the_schema(filled: Path, rubric: Rubric) -> None:
    """What is stated and what was compared are in it, row by row."""
    stream = io.BytesIO()
    write_json(result_of(filled, rubric), stream)
    document = json.loads(stream.getvalue())
    jsonschema.Draft202012Validator(result_schema()).validate(document)
    assert len(document["stated"]) == len(document["reconciliation"]) == 1305
    assert document["stated"][0]["raw"] == document["reconciliation"][0]["raw"]


def test_the_command_says_that_all_agree(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It ends with 0 for the filled toolbox."""
    assert main(["reconcile", str(filled), "--rubric", str(FOLDER)]) == 0
    assert "The workbook states 1,305 scores of its own, and all agree" in capsys.readouterr().out
