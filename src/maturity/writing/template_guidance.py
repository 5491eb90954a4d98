"""Write the template's page of guidance: who fills in what, in which order, and what words mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maturity.rubric import Rubric
from maturity.template_layout import GUIDANCE_SHEET
from maturity.writing.template_page import GUIDANCE, Entry, FormPage, Line
from maturity.writing.template_rules import level_words

__all__ = ["guidance_page"]

# Each line is a name, a bar and a text; a line that is set in continues the one above.
_WITH_PARTNERS = """
Each on your own | {partners} each fill in their own column first, without looking at the others.
    Different answers are useful: they show what to talk about.
Agree together | Then meet, talk about the rows where you differ, and agree one answer for each row
    under "{scored}". It does not have to be the average.
"""
_WITHOUT_PARTNERS = """
Choose a level | Read the descriptions in each row and choose one level under "{scored}".
"""
_EVIDENCE = """
Give evidence | Name what shows it: the report, figure, survey or meeting, with its date. One or two
    sentences are enough.
"""
_TARGET = """
Set a target | Choose the level you aim for under "{target}". {meaning} Write the actions that lead
    there, a role that owns them, and a date.
"""
_FIGURES = """
Add the figures | Fill in "Baseline data": each figure with its period and source. Leave out what is
    not known.
"""
_RETURN = """
Send it back | The cover counts the answers that are still open. Save the workbook as "Excel
    Workbook (.xlsx)" and send the workbook itself, not a PDF.
"""
_BETWEEN = """
Between two levels? | Choose the highest level whose description is wholly true of practice today.
    Say under Evidence what is not there yet.
"""
_EMPTY = """
Empty | Not answered yet. An empty cell is never counted as the lowest level; it is reported as
    missing.
"""
_NOT_OFFERED = """
{word} | Every row applies to everyone, so this answer is not offered.
"""
_PITFALLS = """
{low}/{high} or {low}-{high} | It may mean "between {low} and {high}", "{low} out of {high}" or a
    date; Excel itself turns it into a date. It is reported as unreadable and never guessed. Choose
    one level.
{low}.5, ticks, sentences | Only the levels in the lists count. Reasons belong under Evidence.
Merged cells, new rows | Give every row its own answer. Please do not merge cells or add, move or
    delete rows: the sheets are protected, without a password, to help with that. Columns may be
    widened.
"""
_MOST_EXEMPT_LISTED = 12

_Rows = Iterator[tuple[str, str]]


def guidance_page(rubric: Rubric) -> FormPage:
    """Make the page that explains how to fill in the workbook."""
    title = "How to fill in this workbook"
    lines: list[Line] = [{1: Entry(title, "title"), 2: Entry(None, "band")}]
    sections = (
        ("In this order", _numbered(_steps(rubric))),
        ("What the levels mean", _levels(rubric)),
        ("Empty and not applicable", _special_answers(rubric)),
        ("What nobody can read", _pitfalls(rubric)),
    )
    for heading, rows in sections:
        lines.append({1: Entry(heading, "heading")})
        lines += [{1: Entry(left, "name"), 2: Entry(right, "cell")} for left, right in rows]
    return FormPage(GUIDANCE, GUIDANCE_SHEET, title, tuple(lines), widths=(24, 86))


def _rows(text: str, **words: str) -> _Rows:
    joined = text.replace("\n    ", " ").strip()
    for line in joined.split("\n"):
        # Names from the rubric are put in last: they may hold bars and braces of their own.
        left, _, right = line.partition(" | ")
        yield _filled(left, words), _filled(right, words)


def _filled(text: str, words: dict[str, str]) -> str:
    pieces = text.split("{")
    filled = pieces[0]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}")
        filled += words[name] + rest
    return filled.replace("  ", " ")


def _numbered(rows: _Rows) -> _Rows:
    for number, (name, text) in enumerate(rows, start=1):
        yield f"{number}. {name}", text


def _steps(rubric: Rubric) -> _Rows:
    scored = rubric.ratings[rubric.scored_rating].title
    partners = [rubric.ratings[key].title for key in rubric.partner_ratings]
    if partners:
        yield from _rows(_WITH_PARTNERS, partners=_listed(partners), scored=scored)
    else:
        yield from _rows(_WITHOUT_PARTNERS, scored=scored)
    yield from _rows(_EVIDENCE)
    if rubric.target_rating is not None:
        target = rubric.ratings[rubric.target_rating]
        yield from _rows(_TARGET, target=target.title, meaning=target.description)
    if rubric.metrics:
        yield from _rows(_FIGURES)
    yield from _rows(_RETURN)


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _levels(rubric: Rubric) -> _Rows:
    words = level_words(rubric)
    for level in rubric.levels:
        yield words[level.value], level.description or "See the descriptions in each row."
    yield from _rows(_BETWEEN)


def _special_answers(rubric: Rubric) -> _Rows:
    yield from _rows(_EMPTY)
    if not rubric.answers.not_applicable:
        return
    word = rubric.answers.not_applicable[0]
    exempt = [item for item in rubric.criteria.values() if item.not_applicable]
    if not exempt:
        yield from _rows(_NOT_OFFERED, word=word)
        return
    reasons = [f"{item.id}: {item.not_applicable}" for item in exempt[:_MOST_EXEMPT_LISTED]]
    if len(exempt) > _MOST_EXEMPT_LISTED:
        reasons.append("Further rows offer it in their lists.")
    yield word, "Not applicable. The lists offer it only here:\n" + "\n".join(reasons)


def _pitfalls(rubric: Rubric) -> _Rows:
    # The middle of the scale is where people hesitate, and 2/3 is what they write.
    middle = max(0, len(rubric.levels) // 2 - 1)
    low, high = (f"{level.value}" for level in rubric.levels[middle : middle + 2])
    yield from _rows(_PITFALLS, low=low, high=high)
