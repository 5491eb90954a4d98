"""Turn completed assessment workbooks into scores that people can trust and act on.

Everything public stands in `__all__`. Names are loaded when they are first used, so that importing
the package loads no reader, no writer and no command line.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maturity.assessment import Assessment as Assessment
    from maturity.assessment import Response as Response
    from maturity.assessment import State as State
    from maturity.batch import FileOutcome as FileOutcome
    from maturity.batch import score_files as score_files
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
    from maturity.reading.assessment_workbook import read_assessment as read_assessment
    from maturity.reading.draft import Draft as Draft
    from maturity.reading.draft import draft_rubric as draft_rubric
    from maturity.reading.inspect_workbook import inspect_workbook as inspect_workbook
    from maturity.reading.rubric_file import load_rubric as load_rubric
    from maturity.result import Contribution as Contribution
    from maturity.result import Result as Result
    from maturity.result import Score as Score
    from maturity.rubric import Rubric as Rubric
    from maturity.scoring.engine import score as score
    from maturity.writing.data import write_json as write_json
    from maturity.writing.template import write_template as write_template
    from maturity.writing.workbook import write_workbook as write_workbook

_HOMES = {
    "Assessment": "assessment",
    "CellLocation": "issues",
    "Contribution": "result",
    "Draft": "reading.draft",
    "FileLocation": "issues",
    "FileOutcome": "batch",
    "Issue": "issues",
    "IssueCode": "issues",
    "Layout": "layout",
    "MaturityError": "errors",
    "MismatchError": "errors",
    "Response": "assessment",
    "Result": "result",
    "Rubric": "rubric",
    "RubricError": "errors",
    "Score": "result",
    "Severity": "issues",
    "State": "assessment",
    "WorkbookError": "errors",
    "WorkbookInspection": "inspection",
    "WriteError": "errors",
    "draft_rubric": "reading.draft",
    "inspect_workbook": "reading.inspect_workbook",
    "load_rubric": "reading.rubric_file",
    "read_assessment": "reading.assessment_workbook",
    "score": "scoring.engine",
    "score_files": "batch",
    "write_json": "writing.data",
    "write_template": "writing.template",
    "write_workbook": "writing.workbook",
}

__all__ = [  # noqa: RUF022 - sorted, with the version last
    "Assessment",
    "CellLocation",
    "Contribution",
    "Draft",
    "FileLocation",
    "FileOutcome",
    "Issue",
    "IssueCode",
    "Layout",
    "MaturityError",
    "MismatchError",
    "Response",
    "Result",
    "Rubric",
    "RubricError",
    "Score",
    "Severity",
    "State",
    "WorkbookError",
    "WorkbookInspection",
    "WriteError",
    "draft_rubric",
    "inspect_workbook",
    "load_rubric",
    "read_assessment",
    "score",
    "score_files",
    "write_json",
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
