"""Hold a problem in what a rubric or layout says, by its path, before its line is known."""

from __future__ import annotations

from typing import NamedTuple

from maturity.issues import IssueCode, Severity
from maturity.models import Number

__all__ = ["Fault", "Path", "error", "note", "query"]

Path = tuple[str | Number, ...]
"""The way from the top of a file to a value, by its keys and, in lists, positions from 0."""


class Fault(NamedTuple):
    """One problem in a rubric or layout.

    Attributes:
        code: the kind of problem.
        severity: how much it matters. An error means that the rubric cannot be used.
        path: where it is.
        message: what is wrong. A full sentence.
        remedy: what to do about it. A full sentence.
        is_key: whether it is the key that is wrong rather than the value.
    """

    code: IssueCode
    severity: Severity
    path: Path
    message: str
    remedy: str
    is_key: bool = False


def error(code: IssueCode, path: Path, message: str, remedy: str, *, is_key: bool = False) -> Fault:
    """Make a fault that must be mended."""
    return Fault(code, Severity.ERROR, path, message, remedy, is_key)


def query(code: IssueCode, path: Path, message: str, remedy: str, *, is_key: bool = False) -> Fault:
    """Make a fault that is unusual and wants mending or explaining."""
    return Fault(code, Severity.QUERY, path, message, remedy, is_key)


def note(code: IssueCode, path: Path, message: str, remedy: str, *, is_key: bool = False) -> Fault:
    """Make a fault that is for information."""
    return Fault(code, Severity.NOTE, path, message, remedy, is_key)
