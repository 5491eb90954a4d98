"""Stop, with every reason at once: the exceptions that this library raises on bad input.

A batch catches [MaturityError][] and nothing wider; anything else is a bug and must stop the run.
"""

from __future__ import annotations

from maturity.issues import Issue

__all__ = ["MaturityError", "MismatchError", "RubricError", "WorkbookError", "WriteError"]


class MaturityError(Exception):
    """The input cannot be used; `issues` says why, all of it at once.

    Args:
        *issues: at least one issue. They are the exception's only arguments, so that it
            survives pickling between processes.
    """

    def __init__(self, *issues: Issue) -> None:
        super().__init__(*issues)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Every reason for stopping, in the order found."""
        return self.args

    def __str__(self) -> str:
        return "\n".join(str(issue) for issue in self.issues)


class RubricError(MaturityError):
    """A rubric or layout file is wrong; nothing can be scored with it."""


class WorkbookError(MaturityError):
    """A file is not a workbook that can be read: broken, protected, hostile or something else."""


class MismatchError(MaturityError):
    """A readable workbook fits no layout of the rubric, so it is not a return for it."""


class WriteError(MaturityError):
    """A file could not be written where it was asked for; nothing was changed there."""
