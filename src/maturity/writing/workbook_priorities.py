"""Write the sheet Priorities: what to work on next, where partners differ, and how far to go."""

from __future__ import annotations

from collections.abc import Mapping

from maturity.result import Difference, Priority
from maturity.writing.book import Page
from maturity.writing.workbook_answers import descriptor, kind_title, remarks_by_criterion
from maturity.writing.workbook_places import Places
from maturity.writing.workbook_words import NONE, criterion_name, level_text, number_text

__all__ = ["write_priorities"]

_ORDER = (
    "Criteria below their target, or without one: the largest gap first, then the lowest level. "
    "The list is that of the return as it was sent."
)
_TITLES = (
    "Rank",
    "Criterion",
    "Level",
    "Target",
    "Gap",
    "Where you are now",
    "Next step: what would be seen at the next level",
    "Evidence to look for",
    "Plans in the return, as typed",
)
_HEADER = 4


def write_priorities(page: Page, places: Places) -> None:
    """Write the priorities, then the partners' differences, then all gaps."""
    page.text(1, 1, "Priorities and next steps", "title")
    page.height(1, 28)
    page.widths(6, 26, 13, 13, 9, 38, 38, 28, 28)
    page.banner(2, (1, len(_TITLES)), _ORDER, "words")
    page.header(_HEADER, _TITLES, (1, 5))
    remarks = remarks_by_criterion(places.result)
    row = _HEADER + 1
    for priority in places.result.priorities:
        _write_priority(page, places, row, priority, remarks.get(priority.criterion, {}))
        row += 1
    if not places.result.priorities:
        row = page.banner(row, (1, len(_TITLES)), _nothing_to_do(places), "words")
    if places.rubric.partner_ratings:
        row = _write_differences(page, places, row + 1)
    if places.rubric.target_rating is not None:
        _write_gaps(page, places, row + 1)
    page.freeze(_HEADER + 1)
    page.printing()


def _nothing_to_do(places: Places) -> str:
    levels = [response.level for response in places.result.assessment.responses]
    if not any(level is not None for level in levels):
        return "No level could be read, so nothing can be ranked. See the sheet Issues."
    return "No criterion whose level could be read is below its target."


def _write_priority(
    page: Page, places: Places, row: int, priority: Priority, remarks: Mapping[str, str]
) -> None:
    rubric = places.rubric
    criterion = rubric.criteria[priority.criterion]
    page.number(row, 1, priority.rank, "centre")
    page.text(row, 2, criterion_name(rubric, priority.criterion), "name")
    page.text(row, 3, level_text(rubric, priority.level))
    page.text(row, 4, level_text(rubric, priority.target))
    if priority.gap is None:
        page.text(row, 5, "no target", "cell")
    else:
        page.number(row, 5, float(priority.gap), "number")
    page.text(row, 6, descriptor(rubric, priority.criterion, priority.level), "small")
    page.text(row, 7, descriptor(rubric, priority.criterion, priority.next_level), "small")
    page.text(row, 8, "\n".join(f"• {example}" for example in criterion.evidence) or NONE, "small")
    said = [f"{kind_title(kind)}: {text}" for kind, text in remarks.items() if _is_plan(kind, text)]
    page.text(row, 9, "\n".join(said) or NONE, "small")


def _is_plan(kind: str, text: str) -> bool:
    """Say whether a remark belongs to what is planned; evidence stands on the sheet Answers."""
    return kind != "evidence" and bool(text.strip())


def _write_differences(page: Page, places: Places, row: int) -> int:
    rubric, differences = places.rubric, places.result.differences
    page.text(row, 1, "Where partners differ", "heading")
    least = number_text(rubric.scoring.disagreement.min_range)
    shown = sorted((d for d in differences if d.range), key=lambda difference: -difference.range)
    if not shown:
        words = (
            "Partners give the same level to every criterion that two of them rated."
            if differences
            else "No criterion was rated by two partners, so their views cannot be compared."
        )
        page.text(row + 1, 1, words, "plain")
        return row + 2
    page.header(row + 1, ("Ref", "Criterion", *_remark_titles(least)), (5,))
    for line, difference in enumerate(shown, start=row + 2):
        _write_difference(page, places, line, difference)
    return row + 2 + len(shown)


def _remark_titles(least: str) -> tuple[str, ...]:
    return (
        "Lowest",
        "Highest",
        "Range",
        f"Remark (large: {least} levels or more)",
        "Who says what",
    )


def _write_difference(page: Page, places: Places, row: int, difference: Difference) -> None:
    rubric, levels = places.rubric, difference.levels
    page.text(row, 1, difference.criterion, "name")
    page.text(row, 2, rubric.criteria[difference.criterion].title)
    page.text(row, 3, level_text(rubric, min(levels.values())))
    page.text(row, 4, level_text(rubric, max(levels.values())))
    page.number(row, 5, float(difference.range), "number")
    words = "LARGE: talk about this one" if difference.is_large else "small"
    page.text(row, 6, words, "query" if difference.is_large else "cell")
    views = [
        f"{rubric.ratings[rating].title} {level_text(rubric, level)}"
        for rating, level in levels.items()
    ]
    page.text(row, 7, ", ".join(views))


def _write_gaps(page: Page, places: Places, row: int) -> None:
    rubric, gaps = places.rubric, places.result.gaps
    page.text(row, 1, "Gap to target, criterion by criterion", "heading")
    if not gaps:
        page.text(row + 1, 1, "No criterion has both a level and a target.", "plain")
        return
    page.header(row + 1, ("Ref", "Criterion", "Level", "Target", "Gap", "Remark"), (5,))
    for line, gap in enumerate(gaps, start=row + 2):
        page.text(line, 1, gap.criterion, "name")
        page.text(line, 2, rubric.criteria[gap.criterion].title)
        page.text(line, 3, level_text(rubric, gap.level))
        page.text(line, 4, level_text(rubric, gap.target))
        page.number(line, 5, float(gap.size), "number")
        words = "below target" if gap.size > 0 else "at target"
        page.text(line, 6, "above target" if gap.size < 0 else words)
