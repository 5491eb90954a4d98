"""Load a rubric from its YAML file, strictly, with every problem reported at once."""

from __future__ import annotations

from maturity.errors import RubricError
from maturity.issues import Issue, Severity
from maturity.reading.layout_file import check_layouts
from maturity.reading.model_faults import fit
from maturity.reading.shipped import RubricSource, find_rubric
from maturity.reading.yaml_issues import as_issues, within_patches
from maturity.reading.yaml_source import check_yaml
from maturity.rubric import Rubric
from maturity.rubric_checks import check_rubric

__all__ = ["check_rubric_source", "load_rubric"]


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
    try:
        name, content = find_rubric(source).rubric
    except RubricError as error:
        return None, error.issues
    document, issues = check_yaml(content, name=name)
    made: Rubric | None = None
    if document is not None:
        made, faults, patches = fit(Rubric, document.data)
        checks = [] if made is None else within_patches(check_rubric(made), patches)
        issues = tuple((*issues, *as_issues([*faults, *checks], document)))
    is_sound = not any(issue.severity is Severity.ERROR for issue in issues)
    layouts, lookalikes, layout_issues = check_layouts(source, made if is_sound else None)
    issues = (*issues, *layout_issues)
    if made is None or any(issue.severity is Severity.ERROR for issue in issues):
        return None, issues
    return made.with_layouts(layouts, lookalikes), issues
