"""Write what moved between two terms: over all areas, area by area, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from maturity.cohort.cohort import Cohort
from maturity.cohort.comparison import Comparability, ScoreMovement
from maturity.cohort.moved import CohortMovement
from maturity.rubric import Rubric
from maturity.wording import listed
from maturity.writing.book import Page
from maturity.writing.cohort_heat import heat_rollups
from maturity.writing.cohort_pages import (
    Column,
    Value,
    score_title,
    two_decimals,
    write_table,
)

__all__ = ["COMPARABILITY_WORDS", "causes_text", "write_area_movement", "write_movement"]

COMPARABILITY_WORDS = {
    Comparability.COMPARED: "compared",
    Comparability.WITH_CARE: "with care",
    Comparability.NOT_COMPARED: "not compared",
}
_MOST_CAUSES = 3
_SUMMARY = (
    Column("Score", 44, "name"),
    Column("Areas compared", 10, "number"),
    Column("Not compared", 10, "number"),
    Column("Went up", 10, "number"),
    Column("Stayed", 10, "number"),
    Column("Went down", 10, "number"),
    Column("Median movement", 11, "gap"),
    Column("Read with care", 12, "number"),
)
_AREAS = (
    Column("Area", 32, "name"),
    Column("Score", 40),
    Column("Before", 10, "bound"),
    Column("After", 10, "bound"),
    Column("Movement", 10, "gap"),
    Column("State", 13),
    Column("What moved it, largest first", 52),
    Column("Why with care, or not at all", 70),
)


def write_movement(page: Page, cohort: Cohort, movement: CohortMovement) -> None:
    """Write how the domains and principles moved over all areas."""
    rollups = heat_rollups(cohort)
    rows = (
        [
            score_title(cohort.rubric, each.score, each.id),
            each.compared,
            each.not_compared,
            each.up,
            each.same,
            each.down,
            each.median,
            each.with_care,
        ]
        for each in movement.summary
        if each.score in rollups
    )
    write_table(page, "Movement", tuple(_words(movement)), _SUMMARY, rows)


def write_area_movement(page: Page, cohort: Cohort, movement: CohortMovement) -> None:
    """Write how the domains and principles of each area moved, and what moved them."""
    words = ("What moved a score names the three largest changes, and what each added to it.",)
    rows = _areas(cohort.rubric, movement, heat_rollups(cohort))
    write_table(page, "Movement by area", words, _AREAS, rows)


def _words(movement: CohortMovement) -> Iterator[str]:
    yield (
        f"{len(movement.areas)} areas are in both terms. Movement is after less before, from exact "
        "scores. Where a score is a mean, what moved it adds up to the movement."
    )
    for areas, what in (
        (movement.only_before, "sent no later return"),
        (movement.only_after, "sent no earlier return"),
    ):
        if areas:
            yield f"{listed(areas, 'and')} {what}, and cannot be compared."


def _areas(
    rubric: Rubric, movement: CohortMovement, rollups: tuple[str, ...]
) -> Iterator[list[Value]]:
    for area in movement.areas:
        for row in area.scores:
            if row.score in rollups:
                yield [
                    area.area,
                    score_title(rubric, row.score, row.id),
                    row.before,
                    row.after,
                    row.change,
                    COMPARABILITY_WORDS[row.state],
                    causes_text(row) or None,
                    " ".join(dict.fromkeys(issue.message for issue in row.reasons)) or None,
                ]


def causes_text(row: ScoreMovement) -> str:
    """Say what moved a score: `LG1 from 2 to 3 (+0.20)`; the largest effects first."""
    words = []
    for cause in row.causes[:_MOST_CAUSES]:
        effect = "" if cause.effect is None else f" ({_signed(cause.effect)})"
        if cause.before is None or cause.after is None:
            words.append(f"other answers are counted{effect}")
        else:
            old, new = (_level(v) for v in (cause.before, cause.after))
            words.append(f"{cause.id} from {old} to {new}{effect}")
    more = len(row.causes) - _MOST_CAUSES
    return "; ".join(words) + (f"; and {more} more" if more > 0 else "")


def _signed(value: Fraction) -> str:
    return two_decimals(value) if value < 0 else f"+{two_decimals(value)}"


def _level(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else two_decimals(value)
