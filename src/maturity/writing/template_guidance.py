"""Write the template's page of guidance: who fills in what, in which order, and what words mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maturity.rubric import Rubric
from maturity.template_layout import GUIDANCE_SHEET
from maturity.writing.template_page import Entry, FormPage, Line
from maturity.writing.template_rules import level_words

__all__ = ["guidance_page"]

_MOST_EXEMPT_LISTED = 12


def guidance_page(rubric: Rubric) -> FormPage:
    """Make the page that explains how to fill in the workbook."""
    lines: list[Line] = [{1: Entry("How to fill in this workbook", "title")}]
    sections = (
        ("In this order", _steps(rubric)),
        ("What the levels mean", _levels(rubric)),
        ("Empty and not applicable", _special_answers(rubric)),
        ("What nobody can read", _pitfalls(rubric)),
    )
    for heading, rows in sections:
        lines.append({1: Entry(heading, "heading")})
        lines += [{1: Entry(left, "name"), 2: Entry(right, "cell")} for left, right in rows]
    return FormPage("guidance", GUIDANCE_SHEET, tuple(lines), widths=(24, 92))


def _steps(rubric: Rubric) -> Iterator[tuple[str, str]]:
    steps = [step for step in (*_rating_steps(rubric), *_last_steps(rubric)) if step]
    for number, (name, text) in enumerate(steps, start=1):
        yield f"{number}. {name}", text


def _rating_steps(rubric: Rubric) -> Iterator[tuple[str, str]]:
    scored = rubric.ratings[rubric.scored_rating].title
    partners = [rubric.ratings[key].title for key in rubric.partner_ratings]
    if partners:
        yield (
            "Each on your own",
            f"{listed(partners)} each fill in their own column first, without looking at the "
            "others. Different answers are useful: they show what to talk about.",
        )
        yield (
            "Agree together",
            f"Then meet, talk about the rows where you differ, and agree one answer for each row "
            f'under "{scored}". It does not have to be the average.',
        )
    else:
        yield (
            "Choose a level",
            f'Read the descriptions in each row and choose one level under "{scored}".',
        )
    yield (
        "Give evidence",
        "Name what shows it: the report, figure, survey or meeting, with its date. One or two "
        "sentences are enough.",
    )


def _last_steps(rubric: Rubric) -> Iterator[tuple[str, str]]:
    target = rubric.target_rating
    if target is not None:
        rating = rubric.ratings[target]
        meaning = f" {rating.description}" if rating.description else ""
        yield (
            "Set a target",
            f'Choose the level you aim for under "{rating.title}".{meaning} Write the actions that '
            "lead there, a role that owns them, and a date.",
        )
    if rubric.metrics:
        yield (
            "Add the figures",
            'Fill in "Baseline data": each figure with its period and source. Leave out what is '
            "not known.",
        )
    yield (
        "Send it back",
        f'The cover counts the answers that are still open. Save the workbook as "{_file_name()}" '
        "and send the workbook itself, not a PDF.",
    )


def _file_name() -> str:
    return "Excel Workbook (.xlsx)"


def _levels(rubric: Rubric) -> Iterator[tuple[str, str]]:
    words = level_words(rubric)
    for level in rubric.levels:
        yield words[level.value], level.description or "See the descriptions in each row."
    yield (
        "Between two levels?",
        "Choose the highest level whose description is wholly true of practice today. Say under "
        "Evidence what is not there yet.",
    )


def _special_answers(rubric: Rubric) -> Iterator[tuple[str, str]]:
    yield (
        "Empty",
        "Not answered yet. An empty cell is never counted as the lowest level; it is reported as "
        "missing.",
    )
    if not rubric.answers.not_applicable:
        return
    word = rubric.answers.not_applicable[0]
    exempt = [item for item in rubric.criteria.values() if item.not_applicable]
    if not exempt:
        yield word, "Every row applies to everyone, so this answer is not offered."
        return
    reasons = [f"{item.id}: {item.not_applicable}" for item in exempt[:_MOST_EXEMPT_LISTED]]
    if len(exempt) > _MOST_EXEMPT_LISTED:
        reasons.append("Further rows offer it in their lists.")
    yield word, "Not applicable. The lists offer it only here:\n" + "\n".join(reasons)


def _pitfalls(rubric: Rubric) -> Iterator[tuple[str, str]]:
    low, high = (f"{level.value}" for level in rubric.levels[:2])
    yield (
        f"{low}/{high} or {low}-{high}",
        f'It may mean "between {low} and {high}", "{low} out of {high}" or a date; Excel itself '
        "turns it into a date. It is reported as unreadable and never guessed. Choose one level.",
    )
    yield (
        f"{low}.5, ticks, sentences",
        "Only the levels in the lists count. Reasons belong under Evidence.",
    )
    yield (
        "Merged cells, new rows",
        "Give every row its own answer. Please do not merge cells or add, move or delete rows: "
        "the sheets are protected, without a password, to help with that. Columns may be widened.",
    )


def listed(names: Sequence[str]) -> str:
    """Join names as in a sentence: "A, B and C"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


