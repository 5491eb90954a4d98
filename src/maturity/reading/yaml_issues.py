"""Turn faults, which know their path, into issues, which know their line and column."""

from __future__ import annotations

from collections.abc import Iterable

from maturity.errors import RubricError
from maturity.faults import Fault, Path
from maturity.issues import FileLocation, Issue, Severity
from maturity.reading.yaml_document import YamlDocument

__all__ = ["as_issues", "in_order", "raise_for_errors", "within_patches"]

_LISTED_PROBLEMS = 200


def raise_for_errors(issues: tuple[Issue, ...]) -> None:
    """Stop when one of the issues is an error.

    Raises:
        RubricError: with all of them.
    """
    if any(issue.severity is Severity.ERROR for issue in issues):
        raise RubricError(*issues)


def within_patches(faults: Iterable[Fault], patches: Iterable[Path]) -> list[Fault]:
    """Take the faults that are not about patched data, and no more of them than people can use.

    Args:
        faults: what the checks across fields find, which may go on for long.
        patches: the paths at which something was reported already.
    """
    patched = tuple(patches)
    kept: dict[bool, list[Fault]] = {True: [], False: []}
    for fault in faults:
        same = kept[fault.severity is Severity.ERROR]
        if len(same) < _LISTED_PROBLEMS and not any(_overlap(fault.path, p) for p in patched):
            same.append(fault)
        if len(kept[True]) == _LISTED_PROBLEMS:
            break
    return kept[True] + kept[False]


def as_issues(faults: Iterable[Fault], document: YamlDocument) -> tuple[Issue, ...]:
    """Give each fault its line and column.

    Faults at places that the YAML reader has reported already are left out.
    """
    return tuple(
        Issue(
            fault.code,
            fault.severity,
            fault.message,
            fault.remedy,
            document.locate(fault.path, is_key=fault.is_key),
        )
        for fault in faults
        if fault.is_key or fault.path not in document.doubtful
    )


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Put the issues of one file in the order in which its author meets them."""
    return tuple(sorted(issues, key=_place))


def _place(issue: Issue) -> tuple[int, ...]:
    location = issue.location
    # What has no line is about the whole file and comes first.
    known = (location.line, location.column) if isinstance(location, FileLocation) else ()
    return tuple(part or 0 for part in known)


def _overlap(first: Path, second: Path) -> bool:
    shared = min(len(first), len(second))
    return first[:shared] == second[:shared]
