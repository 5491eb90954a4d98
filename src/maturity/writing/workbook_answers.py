"""Write the sheet Answers: each answer as typed beside how it was read, and what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maturity.assessment import Response
from maturity.issues import Issue
from maturity.models import Number
from maturity.result import Result
from maturity.rubric import Rubric
from maturity.writing.book import Page
from maturity.writing.theme import PAIRS, STATE_PAIRS
from maturity.writing.workbook_places import ANSWERS_HEADER, Places
from maturity.writing.workbook_words import (
    NONE,
    NOT_IN_RETURN,
    issue_text,
    level_text,
    member_name,
    number_text,
    reading_of,
)

__all__ = ["write_answers"]

_INTRODUCTION = (
    "Each answer as typed beside how it was read. The scores in this workbook are worked out from "
    'the columns "read as": choose another level there to see its effect on every score. The '
    "descriptors, remarks and issues are those of the return as it was sent."
)
_WORD_PAIRS = {**STATE_PAIRS, NOT_IN_RETURN: PAIRS["missing"]}
_REMARK_WIDTHS = {"evidence": 56, "actions": 36}
_REMARK_WIDTH = 14


def write_answers(page: Page, places: Places) -> None:
    """Write one row per criterion, with all its ratings."""
    rubric = places.rubric
    remarks = remarks_by_criterion(places.result)
    kinds = remark_kinds(places.result)
    titles = _titles(rubric, kinds)
    page.widths(*_widths(rubric, kinds))
    page.text(1, 1, "Answers", "title")
    page.height(1, 28)
    page.banner(2, (3, places.first_column_after_ratings - 1), _INTRODUCTION, "words")
    page.header(ANSWERS_HEADER, titles, range(4, places.first_column_after_ratings))
    issues = _issues_by_criterion(places.result)
    for key in rubric.criteria:
        _write_row(page, places, key, issues.get(key, ()), remarks.get(key, {}), kinds)
    _make_levels_editable(page, places)
    page.freeze(ANSWERS_HEADER + 1, 3)
    page.filter(ANSWERS_HEADER, 1, places.last_answer_row, len(titles))
    after = places.first_column_after_ratings
    parts = [after - 1, after + 3, *([len(titles)] if kinds else [])]
    page.printing_in_parts(header_row=ANSWERS_HEADER, repeated=2, parts=parts)


def _titles(rubric: Rubric, kinds: Sequence[str]) -> list[str]:
    titles = ["Ref", "Criterion", "Sheet in the return"]
    for rating in rubric.ratings.values():
        titles += [f"{rating.title}: as typed", f"{rating.title}: read as", "Cell"]
    scored = rubric.ratings[rubric.scored_rating].title
    titles += [f"What it says ({scored})", "Next level: what would be seen", "Principles", "Issues"]
    return titles + [f"{kind_title(kind)}, as typed" for kind in kinds]


def _widths(rubric: Rubric, kinds: Sequence[str]) -> list[float]:
    ratings = [10, 12, 6] * len(rubric.ratings)
    remarks = [_REMARK_WIDTHS.get(kind, _REMARK_WIDTH) for kind in kinds]
    return [7, 26, 18, *ratings, 52, 52, 15, 42, *remarks]


def _write_row(
    page: Page,
    places: Places,
    criterion: str,
    issues: Sequence[Issue],
    remarks: Mapping[str, str],
    kinds: Sequence[str],
) -> None:
    rubric = places.rubric
    row = places.answer_row(criterion)
    responses = [places.result.assessment.response(criterion, rating) for rating in rubric.ratings]
    sheet = next((response.sheet for response in responses if response.sheet), None)
    page.text(row, 1, criterion, "name")
    page.text(row, 2, rubric.criteria[criterion].title, "name")
    page.text(row, 3, sheet or NOT_IN_RETURN, "small")
    for response in responses:
        _write_response(page, places, row, response, sheet)
    level = places.result.assessment.response(criterion, rubric.scored_rating).level
    column = places.first_column_after_ratings
    page.text(row, column, descriptor(rubric, criterion, level), "small")
    page.text(row, column + 1, next_descriptor(rubric, criterion, level), "small")
    page.text(row, column + 2, _principles(rubric, criterion), "small")
    page.text(row, column + 3, "\n".join(issue_text(issue) for issue in issues) or NONE, "small")
    for place, kind in enumerate(kinds, start=column + 4):
        page.text(row, place, remarks.get(kind, ""), "small")


def _write_response(
    page: Page, places: Places, row: int, response: Response, sheet: str | None
) -> None:
    column = places.typed_column(response.rating)
    page.text(row, column, response.raw, "typed")
    reading = reading_of(response)
    if isinstance(reading, str):
        page.text(row, column + 1, reading, "level")
    else:
        page.number(row, column + 1, float(reading), "level")
    if response.sheet is None or response.cell is None:
        page.text(row, column + 2, NONE, "typed")
        return
    words = response.cell if response.sheet == sheet else f"{response.sheet}!{response.cell}"
    mirror = places.mirrors.get(response.sheet)
    if mirror is None:
        page.text(row, column + 2, words, "typed")
    else:
        page.link(row, column + 2, (mirror, response.cell), words, "link")


def _make_levels_editable(page: Page, places: Places) -> None:
    """Offer the levels in a list, and colour by what each cell says."""
    top, bottom = ANSWERS_HEADER + 1, places.last_answer_row
    for rating in places.rubric.ratings:
        column = places.typed_column(rating) + 1
        page.allow(
            top,
            column,
            bottom,
            column,
            {
                "validate": "list",
                "source": places.level_choices,
                "error_title": "Not a level",
                "error_message": 'Choose a level, or "not applicable" or "blank".',
            },
        )
        for word, pair in _WORD_PAIRS.items():
            look = page.book.colours(pair)
            options = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
            page.condition(top, column, bottom, column, options)


def descriptor(rubric: Rubric, criterion: str, level: Number | None) -> str:
    """Write what a level says of a criterion, its name first."""
    if level is None:
        return NONE
    text = rubric.criteria[criterion].levels.get(level, "")
    return f"{level_text(rubric, level)}: {text.strip()}" if text else level_text(rubric, level)


def next_descriptor(rubric: Rubric, criterion: str, level: Number | None) -> str:
    """Write what the level above says of a criterion; where there is none, why."""
    if level is None:
        return NONE
    following = next((step.value for step in rubric.levels if step.value > level), None)
    return "Highest level" if following is None else descriptor(rubric, criterion, following)


def _principles(rubric: Rubric, criterion: str) -> str:
    return "\n".join(
        f"{member_name(rubric, 'principle', key)} ({number_text(weight)})"
        for key, weight in rubric.criteria[criterion].principles.items()
    )


def _issues_by_criterion(result: Result) -> Mapping[str, list[Issue]]:
    found: dict[str, list[Issue]] = {}
    for issue in result.assessment.issues:
        if issue.criterion is not None:
            found.setdefault(issue.criterion, []).append(issue)
    return found


def kind_title(kind: str) -> str:
    """Name a kind of remark as a heading: `By when`."""
    return kind.replace("_", " ").replace("-", " ").capitalize()


def remark_kinds(result: Result) -> list[str]:
    """List the kinds of remark that the return has, in its own order."""
    return list(dict.fromkeys(remark.kind for remark in result.assessment.remarks))


def remarks_by_criterion(result: Result) -> Mapping[str, Mapping[str, str]]:
    """Give criterion → kind → text; several texts of one kind stand on lines of their own."""
    found: dict[str, dict[str, str]] = {}
    for remark in result.assessment.remarks:
        kinds = found.setdefault(remark.criterion, {})
        before = kinds.get(remark.kind)
        kinds[remark.kind] = remark.text if before is None else f"{before}\n{remark.text}"
    return found
