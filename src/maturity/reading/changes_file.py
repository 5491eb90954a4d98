"""Load change maps: the YAML files that say what became of each id from one version to the next."""

from __future__ import annotations

from maturity.changes import ChangeMap
from maturity.checks.changes import check_changes
from maturity.errors import RubricError
from maturity.faults import Fault
from maturity.issues import Issue, IssueCode, Severity
from maturity.reading.model_faults import fit
from maturity.reading.shipped import RubricSource, find_rubric
from maturity.reading.yaml_issues import as_issues, in_order, raise_for_errors, within_patches
from maturity.reading.yaml_source import check_yaml
from maturity.rubric import Rubric

__all__ = ["check_changes_beside", "check_changes_source", "find_changes", "load_changes"]


def load_changes(
    source: RubricSource, *, old: Rubric | None = None, new: Rubric | None = None
) -> ChangeMap:
    """Load what is declared about the change from one version of a rubric to the next.

    Args:
        source: a path, the file's bytes, or a file opened for reading bytes.
        old: the version before; without it, what the map says of that is not checked.
        new: the version after; without it, what the map says of that is not checked.

    Raises:
        RubricError: with every problem found, when one of them is an error.
    """
    changes, issues = check_changes_source(source, old=old, new=new)
    raise_for_errors(issues)
    if changes is None:  # pragma: no cover - there is no map only where there is an error
        raise RubricError(*issues)
    return changes


def check_changes_source(
    source: RubricSource,
    *,
    old: Rubric | None = None,
    new: Rubric | None = None,
    name: str | None = None,
) -> tuple[ChangeMap | None, tuple[Issue, ...]]:
    """Check one change map; give it, unless an error stands in it, and every problem."""
    document, issues = check_yaml(source, name=name)
    if document is None:
        return None, issues
    made, faults, patches = fit(ChangeMap, document.data)
    checks: list[Fault] = []
    if made is not None:
        checks = within_patches(check_changes(made, old, new), patches)
    issues = in_order((*issues, *as_issues([*faults, *checks], document)))
    has_errors = any(issue.severity is Severity.ERROR for issue in issues)
    return None if has_errors else made, issues


def find_changes(source: RubricSource, old: Rubric, new: Rubric) -> ChangeMap | None:
    """Find the change map between two versions, beside the new one.

    Args:
        source: where the new version is, as for `load_rubric`. Change maps are the YAML files in
            the folder `changes` beside its own file.
        old: the version before.
        new: the version after.

    Returns:
        The map that stands between these two versions; None when there is none.

    Raises:
        RubricError: when that map, or one whose versions cannot be told, has errors in it, or
            there are several.
    """
    wanted = old.version, new.version
    found: list[tuple[str, ChangeMap]] = []
    for name, file in find_rubric(source).changes:
        alone, issues = check_changes_source(file, name=name)
        raise_for_errors(issues)
        if alone is not None and (alone.changes.from_, alone.changes.to) == wanted:
            changes, issues = check_changes_source(file, old=old, new=new, name=name)
            raise_for_errors(issues)
            found += [(name, changes)] if changes is not None else []
    if len(found) > 1:
        raise RubricError(_several([name for name, _ in found], *wanted))
    return found[0][1] if found else None


def check_changes_beside(source: RubricSource, new: Rubric) -> tuple[Issue, ...]:
    """Give every problem in the change maps beside a rubric.

    A map that leads to another version than this one is checked by itself only.

    Args:
        source: where the rubric is, as for `load_rubric`. Bytes and open files have nothing beside
            them.
        new: the rubric.
    """
    issues: list[Issue] = []
    for name, file in find_rubric(source).changes:
        alone, problems = check_changes_source(file, name=name)
        if alone is not None and alone.changes.to == new.version:
            _, problems = check_changes_source(file, new=new, name=name)
        issues += problems
    return tuple(issues)


def _several(names: list[str], before: str, after: str) -> Issue:
    return Issue(
        IssueCode.ID_DUPLICATE,
        Severity.ERROR,
        f'Several change maps stand between the versions "{before}" and "{after}":'
        f" {', '.join(names)}.",
        "Put what they say into one of them, or name one of them.",
    )
