"""Load layouts: the YAML files that say where answers stand in a workbook."""

from __future__ import annotations

from maturity.checks.layouts import check_layout, check_lookalike
from maturity.errors import RubricError
from maturity.faults import Fault
from maturity.issues import FileLocation, Issue, IssueCode, Severity
from maturity.layout import Layout, Lookalike
from maturity.reading.layout_keys import fold_label
from maturity.reading.model_faults import fit
from maturity.reading.shipped import RubricFiles, RubricSource, find_rubric
from maturity.reading.yaml_issues import as_issues, in_order, raise_for_errors, within_patches
from maturity.reading.yaml_source import check_yaml
from maturity.rubric import Rubric

__all__ = ["check_layout_source", "check_layouts", "load_layout", "load_layouts"]


def load_layouts(
    rubric_source: RubricSource, *, rubric: Rubric | None = None
) -> tuple[tuple[Layout, ...], tuple[Lookalike, ...]]:
    """Load every layout beside a rubric.

    Args:
        rubric_source: where the rubric is, as for `load_rubric`.
        rubric: the rubric that they must suit; without it they are checked by themselves only.

    Returns:
        The layouts, and the workbooks that are often sent by mistake; both by file name.

    Raises:
        RubricError: with every problem found, when one of them is an error.
    """
    layouts, lookalikes, issues = check_layouts(find_rubric(rubric_source), rubric)
    raise_for_errors(issues)
    return layouts, lookalikes


def load_layout(source: RubricSource, *, rubric: Rubric | None = None) -> Layout:
    """Load one layout.

    Args:
        source: a path, the file's bytes, or a file opened for reading bytes.
        rubric: the rubric that it must suit; without it, it is checked by itself only.

    Raises:
        RubricError: with every problem found, when one of them is an error.
    """
    found, issues = check_layout_source(source, rubric)
    raise_for_errors(issues)
    if isinstance(found, Layout):
        return found
    raise RubricError(
        Issue(
            IssueCode.VALUE_WRONG,
            Severity.ERROR,
            "The file describes a workbook that is sent by mistake, not a layout.",
            'Give a file that begins with "layout:".',
        )
    )


def check_layouts(
    files: RubricFiles, rubric: Rubric | None
) -> tuple[tuple[Layout, ...], tuple[Lookalike, ...], tuple[Issue, ...]]:
    """Check every layout beside a rubric; give those that are sound, and every problem."""
    layouts: dict[str, Layout] = {}
    lookalikes: dict[str, Lookalike] = {}
    issues: list[Issue] = []
    for name, source in files.layouts:
        found, problems = check_layout_source(source, rubric, name=name)
        issues += problems
        if found is None:
            continue
        same: dict[str, Layout] | dict[str, Lookalike] = (
            layouts if isinstance(found, Layout) else lookalikes
        )
        if found.id in same:
            issues.append(_repeated(found.id, name))
        if isinstance(found, Layout):
            layouts[found.id] = found
        else:
            lookalikes[found.id] = found
    return tuple(layouts.values()), tuple(lookalikes.values()), tuple(issues)


def check_layout_source(
    source: RubricSource, rubric: Rubric | None = None, *, name: str | None = None
) -> tuple[Layout | Lookalike | None, tuple[Issue, ...]]:
    """Check one layout file; give the layout, unless an error stands in it, and every problem."""
    document, issues = check_yaml(source, name=name)
    if document is None:
        return None, issues
    model: type[Layout | Lookalike] = Layout
    if isinstance(document.data, dict) and "layout" not in document.data:
        if "lookalike" not in document.data:
            return None, in_order((*issues, *as_issues([_NEITHER], document)))
        model = Lookalike
    made, faults, patches = fit(model, document.data)
    checks: list[Fault] = []
    if isinstance(made, Layout):
        checks = within_patches(check_layout(made, rubric, fold=fold_label), patches)
    elif isinstance(made, Lookalike):
        checks = within_patches(check_lookalike(made), patches)
    issues = in_order((*issues, *as_issues([*faults, *checks], document)))
    has_errors = any(issue.severity is Severity.ERROR for issue in issues)
    return None if has_errors else made, issues


_NEITHER = Fault(
    IssueCode.KEY_MISSING,
    Severity.ERROR,
    (),
    "The file does not say whether it is a layout.",
    'Begin it with "layout: its-id", or, for a workbook that is often sent by mistake, with'
    ' "lookalike: its-id".',
)


def _repeated(id_: str, name: str) -> Issue:
    return Issue(
        IssueCode.ID_DUPLICATE,
        Severity.ERROR,
        f'Another file beside this one has the id "{id_}" as well.',
        "Give one of them another id.",
        FileLocation(name),
    )
