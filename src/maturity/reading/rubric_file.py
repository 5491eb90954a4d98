"""Load a rubric from its YAML file, strictly, with every problem reported at once."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.checks.covers import check_covers
from maturity.checks.rubrics import check_rubric
from maturity.errors import RubricError
from maturity.issues import Issue, Severity
from maturity.reading.layout_file import check_layouts
from maturity.reading.model_faults import fit
from maturity.reading.shipped import RubricSource, find_rubric
from maturity.reading.yaml_document import YamlDocument
from maturity.reading.yaml_issues import as_issues, in_order, within_patches
from maturity.reading.yaml_source import check_yaml
from maturity.rubric import Rubric
from maturity.template_layout import template_layout

__all__ = ["Inspection", "check_rubric_source", "inspect_rubric", "load_rubric"]


def load_rubric(source: RubricSource) -> Rubric:
    """Load a rubric, with the layouts that lie beside it.

    Args:
        source: the name of a shipped rubric such as `local-partnership`, a folder that holds
            `rubric.yaml`, the path of a YAML file, the file's bytes, or a file opened for reading
            bytes.

    Returns:
        The rubric. Queries and notes about it do not stop it; `lint_rubric` lists them.

    Raises:
        RubricError: with every problem found, when one of them is an error or there is no such
            rubric.

    Example:
        >>> load_rubric("local-partnership").status
        'illustrative'
    """
    rubric, issues = check_rubric_source(source)
    if rubric is None:
        raise RubricError(*issues)
    return rubric


def check_rubric_source(source: RubricSource) -> tuple[Rubric | None, tuple[Issue, ...]]:
    """Check a rubric and the layouts beside it.

    Args:
        source: as for [load_rubric][].

    Returns:
        The rubric, or None when there is an error in it or in its layouts; and every problem,
        the rubric's first, in the order of the file.
    """
    found = inspect_rubric(source)
    return found.rubric, found.issues


@dataclass(frozen=True, slots=True)
class Inspection:
    """A rubric as it was found.

    Attributes:
        rubric: the rubric; None when there is an error in it or in its layouts.
        document: its file, for places; None when that could not be read.
        rubric_issues: what is wrong or unusual in its file.
        layout_issues: what is wrong or unusual in the layouts beside it.
    """

    rubric: Rubric | None
    document: YamlDocument | None
    rubric_issues: tuple[Issue, ...]
    layout_issues: tuple[Issue, ...] = ()

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All issues, the rubric's first."""
        return self.rubric_issues + self.layout_issues


def inspect_rubric(source: RubricSource) -> Inspection:
    """Read and check a rubric and the layouts beside it, and keep the places for further checks."""
    try:
        files = find_rubric(source)
    except RubricError as error:
        return Inspection(None, None, error.issues)
    name, content = files.rubric
    document, issues = check_yaml(content, name=name)
    made: Rubric | None = None
    if document is not None:
        made, faults, patches = fit(Rubric, document.data)
        checks = [] if made is None else within_patches(check_rubric(made), patches)
        issues = in_order((*issues, *as_issues([*faults, *checks], document)))
    if _has_errors(issues):
        made = None
    layouts, lookalikes, layout_issues = check_layouts(files, made)
    if made is None or document is None or _has_errors(layout_issues):
        return Inspection(None, document, issues, layout_issues)
    if layouts:
        issues = in_order(
            (*issues, *as_issues(check_covers(made, (*layouts, template_layout(made))), document))
        )
    return Inspection(made.with_layouts(layouts, lookalikes), document, issues, layout_issues)


def _has_errors(issues: tuple[Issue, ...]) -> bool:
    return any(issue.severity is Severity.ERROR for issue in issues)
