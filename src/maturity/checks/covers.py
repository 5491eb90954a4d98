"""Check what conditions ask of a return's cover against the layouts that say what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maturity.checks.conditions import with_inner
from maturity.checks.ids import suggest
from maturity.checks.rules import conditions_of
from maturity.condition import Condition
from maturity.faults import Fault, Path, query
from maturity.issues import IssueCode
from maturity.layout import Layout
from maturity.rubric import Rubric
from maturity.rules import Overall
from maturity.wording import quoted

__all__ = ["check_covers"]


def check_covers(rubric: Rubric, layouts: Iterable[Layout]) -> Iterator[Fault]:
    """Yield the values of the cover that conditions ask for and that no layout finds.

    Args:
        rubric: a rubric without any error.
        layouts: the layouts by which returns are read; nothing is said when there are none.
    """
    known = {key for layout in layouts for key in layout.metadata}
    if not known:
        return
    for path, condition in _conditions(rubric):
        for key in condition.metadata:
            if key not in known:
                yield query(
                    IssueCode.UNUSED,
                    (*path, "metadata", key),
                    f"The condition looks at {quoted(key)} on the cover, which no layout finds.",
                    suggest(key, sorted(known), "values of the cover"),
                    is_key=True,
                )


def _conditions(rubric: Rubric) -> Iterator[tuple[Path, Condition]]:
    scoring = rubric.scoring
    for place, rule in enumerate(scoring.answer_rules):
        yield from with_inner(rule.when, ("scoring", "answer_rules", place, "when"))
    for place, rollup in enumerate(scoring.rollups):
        yield from conditions_of(rollup, ("scoring", "rollups", place))
    if isinstance(scoring.overall, Overall):
        yield from conditions_of(scoring.overall, ("scoring", "overall"))
