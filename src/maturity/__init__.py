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
    from maturity.batch import FileRecord as FileRecord
    from maturity.batch import OutcomeStatus as OutcomeStatus
    from maturity.batch import find_files as find_files
    from maturity.batch import record_of as record_of
    from maturity.batch import score_files as score_files
    from maturity.errors import MaturityError as MaturityError
    from maturity.errors import MismatchError as MismatchError
    from maturity.errors import RubricError as RubricError
    from maturity.errors import WorkbookError as WorkbookError
    from maturity.errors import WriteError as WriteError
    from maturity.issues import CellLocation as CellLocation
    from maturity.issues import FileLocation as FileLocation
    from maturity.issues import Issue as Issue
    from maturity.issues import IssueCode as IssueCode
    from maturity.issues import Severity as Severity
    from maturity.layout import Layout as Layout
    from maturity.reading.assessment_workbook import read_assessment as read_assessment
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
    "FileLocation": "issues",
    "FileOutcome": "batch",
    "FileRecord": "batch",
    "Issue": "issues",
    "IssueCode": "issues",
    "Layout": "layout",
    "MaturityError": "errors",
    "MismatchError": "errors",
    "OutcomeStatus": "batch",
    "Response": "assessment",
    "Result": "result",
    "Rubric": "rubric",
    "RubricError": "errors",
    "Score": "result",
    "Severity": "issues",
    "State": "assessment",
    "WorkbookError": "errors",
    "WriteError": "errors",
    "find_files": "batch",
    "load_rubric": "reading.rubric_file",
    "read_assessment": "reading.assessment_workbook",
    "record_of": "batch",
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
    "FileLocation",
    "FileOutcome",
    "FileRecord",
    "Issue",
    "IssueCode",
    "Layout",
    "MaturityError",
    "MismatchError",
    "OutcomeStatus",
    "Response",
    "Result",
    "Rubric",
    "RubricError",
    "Score",
    "Severity",
    "State",
    "WorkbookError",
    "WriteError",
    "find_files",
    "load_rubric",
    "read_assessment",
    "record_of",
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
