"""Turn completed assessment workbooks into scores that people can trust and act on.

Everything public stands in `__all__`. Names are loaded when they are first used, so that importing
the package loads no reader, no writer and no command line.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maturity.areas import Area as Area
    from maturity.areas import find_area as find_area
    from maturity.areas import known_areas as known_areas
    from maturity.assessment import Assessment as Assessment
    from maturity.assessment import Response as Response
    from maturity.assessment import State as State
    from maturity.batch import FileOutcome as FileOutcome
    from maturity.batch import FileRecord as FileRecord
    from maturity.batch import OutcomeStatus as OutcomeStatus
    from maturity.batch import find_files as find_files
    from maturity.batch import record_of as record_of
    from maturity.batch import score_files as score_files
    from maturity.changes import ChangeMap as ChangeMap
    from maturity.cohort.cohort import Cohort as Cohort
    from maturity.cohort.compared import AreaComparison as AreaComparison
    from maturity.cohort.compared import Beside as Beside
    from maturity.cohort.comparison import Comparison as Comparison
    from maturity.cohort.comparison import compare as compare
    from maturity.cohort.gather import gather_cohort as gather_cohort
    from maturity.cohort.moved import CohortMovement as CohortMovement
    from maturity.cohort.publication import Publication as Publication
    from maturity.cohort.returns import CohortReturn as CohortReturn
    from maturity.cohort.tables import Distribution as Distribution
    from maturity.comparing.carry import carry_over as carry_over
    from maturity.comparing.diff import diff_rubrics as diff_rubrics
    from maturity.errors import MaturityError as MaturityError
    from maturity.errors import MismatchError as MismatchError
    from maturity.errors import RubricError as RubricError
    from maturity.errors import WorkbookError as WorkbookError
    from maturity.errors import WriteError as WriteError
    from maturity.inspection import WorkbookInspection as WorkbookInspection
    from maturity.issues import CellLocation as CellLocation
    from maturity.issues import FileLocation as FileLocation
    from maturity.issues import Issue as Issue
    from maturity.issues import IssueCode as IssueCode
    from maturity.issues import Severity as Severity
    from maturity.layout import Layout as Layout
    from maturity.movement import compare_cohorts as compare_cohorts
    from maturity.reading.against import lint_against as lint_against
    from maturity.reading.assessment_workbook import read_assessment as read_assessment
    from maturity.reading.changes_file import find_changes as find_changes
    from maturity.reading.changes_file import load_changes as load_changes
    from maturity.reading.draft import Draft as Draft
    from maturity.reading.draft import draft_rubric as draft_rubric
    from maturity.reading.inspect_workbook import inspect_workbook as inspect_workbook
    from maturity.reading.limits import Limits as Limits
    from maturity.reading.rubric_file import load_rubric as load_rubric
    from maturity.reconciliation import Agreement as Agreement
    from maturity.reconciliation import Compared as Compared
    from maturity.reconciliation import Reconciliation as Reconciliation
    from maturity.result import Contribution as Contribution
    from maturity.result import Result as Result
    from maturity.result import Score as Score
    from maturity.rubric import Rubric as Rubric
    from maturity.rubric_diff import Change as Change
    from maturity.rubric_diff import Consequence as Consequence
    from maturity.rubric_diff import RubricDiff as RubricDiff
    from maturity.rubric_diff import ScoreOutlook as ScoreOutlook
    from maturity.rubric_diff import Suggestion as Suggestion
    from maturity.scoring.engine import score as score
    from maturity.scoring.reconcile import reconcile as reconcile
    from maturity.suppression import Withheld as Withheld
    from maturity.writing.cohort_workbook import write_cohort as write_cohort
    from maturity.writing.data import write_json as write_json
    from maturity.writing.table_writer import TableWriter as TableWriter
    from maturity.writing.tables import write_tables as write_tables
    from maturity.writing.template import write_template as write_template
    from maturity.writing.workbook import write_workbook as write_workbook

_HOMES = {
    "Agreement": "reconciliation",
    "Area": "areas",
    "AreaComparison": "cohort.compared",
    "Assessment": "assessment",
    "Beside": "cohort.compared",
    "CellLocation": "issues",
    "Change": "rubric_diff",
    "ChangeMap": "changes",
    "Cohort": "cohort.cohort",
    "CohortMovement": "cohort.moved",
    "CohortReturn": "cohort.returns",
    "Compared": "reconciliation",
    "Comparison": "cohort.comparison",
    "Consequence": "rubric_diff",
    "Contribution": "result",
    "Distribution": "cohort.tables",
    "Draft": "reading.draft",
    "FileLocation": "issues",
    "FileOutcome": "batch",
    "FileRecord": "batch",
    "Issue": "issues",
    "IssueCode": "issues",
    "Layout": "layout",
    "Limits": "reading.limits",
    "MaturityError": "errors",
    "MismatchError": "errors",
    "OutcomeStatus": "batch",
    "Publication": "cohort.publication",
    "Reconciliation": "reconciliation",
    "Response": "assessment",
    "Result": "result",
    "Rubric": "rubric",
    "RubricDiff": "rubric_diff",
    "RubricError": "errors",
    "Score": "result",
    "ScoreOutlook": "rubric_diff",
    "Severity": "issues",
    "State": "assessment",
    "Suggestion": "rubric_diff",
    "TableWriter": "writing.table_writer",
    "Withheld": "suppression",
    "WorkbookError": "errors",
    "WorkbookInspection": "inspection",
    "WriteError": "errors",
    "carry_over": "comparing.carry",
    "compare": "cohort.comparison",
    "compare_cohorts": "movement",
    "diff_rubrics": "comparing.diff",
    "draft_rubric": "reading.draft",
    "find_area": "areas",
    "find_changes": "reading.changes_file",
    "find_files": "batch",
    "gather_cohort": "cohort.gather",
    "inspect_workbook": "reading.inspect_workbook",
    "known_areas": "areas",
    "lint_against": "reading.against",
    "load_changes": "reading.changes_file",
    "load_rubric": "reading.rubric_file",
    "read_assessment": "reading.assessment_workbook",
    "reconcile": "scoring.reconcile",
    "record_of": "batch",
    "score": "scoring.engine",
    "score_files": "batch",
    "write_cohort": "writing.cohort_workbook",
    "write_json": "writing.data",
    "write_tables": "writing.tables",
    "write_template": "writing.template",
    "write_workbook": "writing.workbook",
}

__all__ = [  # noqa: RUF022 - sorted, with the version last
    "Agreement",
    "Area",
    "AreaComparison",
    "Assessment",
    "Beside",
    "CellLocation",
    "Change",
    "ChangeMap",
    "Cohort",
    "CohortMovement",
    "CohortReturn",
    "Compared",
    "Comparison",
    "Consequence",
    "Contribution",
    "Distribution",
    "Draft",
    "FileLocation",
    "FileOutcome",
    "FileRecord",
    "Issue",
    "IssueCode",
    "Layout",
    "Limits",
    "MaturityError",
    "MismatchError",
    "OutcomeStatus",
    "Publication",
    "Reconciliation",
    "Response",
    "Result",
    "Rubric",
    "RubricDiff",
    "RubricError",
    "Score",
    "ScoreOutlook",
    "Severity",
    "State",
    "Suggestion",
    "TableWriter",
    "Withheld",
    "WorkbookError",
    "WorkbookInspection",
    "WriteError",
    "carry_over",
    "compare",
    "compare_cohorts",
    "diff_rubrics",
    "draft_rubric",
    "find_area",
    "find_changes",
    "find_files",
    "gather_cohort",
    "inspect_workbook",
    "known_areas",
    "lint_against",
    "load_changes",
    "load_rubric",
    "read_assessment",
    "reconcile",
    "record_of",
    "score",
    "score_files",
    "write_cohort",
    "write_json",
    "write_tables",
    "write_template",
    "write_workbook",
    "__version__",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 - only for who asks

        return version("maturity")
    if name in _HOMES:
        value = getattr(import_module(f"maturity.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'maturity' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
