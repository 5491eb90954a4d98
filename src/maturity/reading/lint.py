"""Check a rubric before it is sent out: everything wrong, unusual, or worth a second look."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.faults import Fault, Path, note
from maturity.issues import Issue, IssueCode
from maturity.models import Number
from maturity.normalise import normalise
from maturity.reading.changes_file import check_changes_beside
from maturity.reading.rubric_file import inspect_rubric
from maturity.reading.shipped import RubricSource
from maturity.reading.yaml_issues import as_issues, in_order
from maturity.rubric import Criterion, Rubric
from maturity.wording import listed, quoted

__all__ = ["lint_rubric"]


def lint_rubric(source: RubricSource) -> tuple[Issue, ...]:
    """Check a rubric, and the layouts and change maps beside it.

    Args:
        source: as for `load_rubric`.

    Returns:
        Errors, queries and notes: the rubric's in the order of its file, then the layouts' and
        the change maps'. Hints on style are given once the rubric is free from errors.
    """
    found = inspect_rubric(source)
    if found.rubric is None or found.document is None:
        return found.issues
    hints = as_issues(_hints(found.rubric), found.document)
    changes = check_changes_beside(source, found.rubric)
    return (*in_order((*found.rubric_issues, *hints)), *found.layout_issues, *changes)


def _hints(rubric: Rubric) -> Iterator[Fault]:
    titles: dict[str, str] = {}
    for place, domain in enumerate(rubric.domains):
        for number, criterion in enumerate(domain.criteria):
            path: Path = ("domains", place, "criteria", number)
            yield from _same_descriptors(criterion, path)
            yield from _same_title(criterion, path, titles)
    yield from _no_prompts(rubric)


def _same_descriptors(criterion: Criterion, path: Path) -> Iterator[Fault]:
    levels: dict[str, list[Number]] = {}
    for value, descriptor in criterion.levels.items():
        levels.setdefault(normalise(descriptor), []).append(value)
    for values in levels.values():
        if len(values) > 1:
            yield note(
                IssueCode.STYLE_HINT,
                (*path, "levels", values[1]),
                f"Criterion {quoted(criterion.id)} says the same at levels"
                f" {listed(values, 'and')}, so nobody can tell them apart.",
                "Say at each level what is seen there and not at the level below.",
            )


def _no_prompts(rubric: Rubric) -> Iterator[Fault]:
    without: list[tuple[str, Path]] = [
        (criterion.id, ("domains", place, "criteria", number))
        for place, domain in enumerate(rubric.domains)
        for number, criterion in enumerate(domain.criteria)
        if not criterion.prompt
    ]
    if without:
        name, path = without[0]
        more = f" The same goes for {len(without) - 1} more." if len(without) > 1 else ""
        yield note(
            IssueCode.STYLE_HINT,
            path,
            f"Criterion {quoted(name)} has no prompt.{more}",
            'Add "prompt: …", the question that the people who rate it answer, unless the workbook'
            " shows it.",
        )


def _same_title(criterion: Criterion, path: Path, titles: dict[str, str]) -> Iterator[Fault]:
    other = titles.setdefault(normalise(criterion.title), criterion.id)
    if other != criterion.id:
        yield note(
            IssueCode.STYLE_HINT,
            (*path, "title"),
            f"Criteria {quoted(other)} and {quoted(criterion.id)} have the same title.",
            "Give each a title of its own; a row that lost its id is recognised by its title.",
        )
