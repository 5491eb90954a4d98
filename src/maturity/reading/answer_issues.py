"""Say what is wrong with one answer, quoting what was typed and naming what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from maturity.assessment import State
from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.normalise import normalise
from maturity.reading.answers import Doubt, Reading
from maturity.rubric import Level, Rubric
from maturity.sheets import Cell

__all__ = ["answer_issue", "quoted"]

_LONGEST_QUOTE = 80
_CODES = {
    Doubt.WORDS: IssueCode.LEVEL_UNKNOWN,
    Doubt.SEVERAL: IssueCode.LEVEL_BETWEEN,
    Doubt.BETWEEN: IssueCode.LEVEL_BETWEEN,
    Doubt.OFF_SCALE: IssueCode.LEVEL_OFF_SCALE,
    Doubt.OFF_LIST: IssueCode.LEVEL_OFF_SCALE,
    Doubt.DATE: IssueCode.ANSWER_DATE,
    Doubt.PERCENT: IssueCode.ANSWER_PERCENT,
    Doubt.BOOLEAN: IssueCode.ANSWER_BOOLEAN,
    Doubt.ERROR: IssueCode.ANSWER_ERROR,
    Doubt.NOT_A_LEVEL: IssueCode.LEVEL_OFF_SCALE,
    Doubt.UNCALCULATED: IssueCode.ANSWER_UNCALCULATED,
}


def quoted(text: str) -> str:
    """Quote what was typed, on one line and not too long."""
    line = " ".join(text.split())
    if len(line) > _LONGEST_QUOTE:
        line = line[: _LONGEST_QUOTE - 1] + "…"
    return f'"{line}"'


def answer_issue(
    reading: Reading,
    cell: Cell,
    rubric: Rubric,
    location: CellLocation,
    *,
    criterion: str,
    rating: str,
) -> Issue | None:
    """Give the issue about one answer on its own, or None when there is nothing to say."""
    levels = rubric.levels_for(criterion, rating)
    if reading.doubt is not None:
        message, remedy = _doubt(reading.doubt, cell, levels)
        code, severity = _CODES[reading.doubt], Severity.ERROR
    elif reading.state is State.NOT_APPLICABLE:
        if rubric.criteria[criterion].not_applicable is not None:
            return None
        code = IssueCode.NOT_APPLICABLE_NOT_ALLOWED
        severity = Severity.ERROR if rubric.ratings[rating].scored else Severity.QUERY
        message = f"{quoted(cell.raw)} is not allowed for {criterion}, so it counts as missing."
        remedy = f"Choose a level, or leave the cell empty: {_allowed(levels)}."
    elif reading.state is State.BLANK and rubric.ratings[rating].scored:
        code, severity = IssueCode.ANSWER_MISSING, Severity.QUERY
        typed = f" ({quoted(cell.raw)} means not answered)" if cell.raw.strip() else ""
        message = f"{criterion} has no {rubric.ratings[rating].title.lower()}{typed}."
        remedy = f"Enter a level: {_allowed(levels)}."
    else:
        return None
    return Issue(code, severity, message, remedy, location, cell.raw, criterion, rating)


def _allowed(levels: Sequence[Level]) -> str:
    return ", ".join(f"{level.value} ({level.label})" for level in levels)


def _doubt(  # noqa: PLR0911 - one sentence for each doubt
    doubt: Doubt, cell: Cell, levels: Sequence[Level]
) -> tuple[str, str]:
    """Give the sentence and the remedy for an answer that cannot be read."""
    typed = quoted(cell.raw)
    choose = f"Enter one level: {_allowed(levels)}."
    if doubt is Doubt.WORDS:
        return f"{typed} is not a level here.{_suggestion(cell.raw, levels)}", choose
    if doubt is Doubt.SEVERAL:
        return f"{typed} names more than one level.", f"Agree on one of them. {choose}"
    if doubt is Doubt.BETWEEN:
        return f"{typed} lies between two levels.", f"Agree on one of them. {choose}"
    if doubt is Doubt.OFF_SCALE:
        return f"{typed} is not on the scale.", choose
    if doubt is Doubt.DATE:
        message = (
            f"This cell holds a date or time ({cell.raw}); a spreadsheet makes one of "
            "something like 2-3 or 2/3."
        )
        return message, f"Format the cell as a plain number. {choose}"
    if doubt is Doubt.PERCENT:
        message = (
            f"This number is shown as a percentage ({cell.raw} looks like "
            f"{_as_percentage(cell.raw)}), so it is not clear what is meant."
        )
        return message, f"Format the cell as a plain number. {choose}"
    if doubt is Doubt.BOOLEAN:
        return f"{typed} is a yes-or-no value, not a level.", choose
    if doubt is Doubt.ERROR:
        return (
            f"The cell shows the error {cell.raw or 'value'}.",
            f"Mend or replace its formula. {choose}",
        )
    if doubt in (Doubt.NOT_A_LEVEL, Doubt.OFF_LIST):
        return _list_doubt(doubt, typed, choose)
    return (
        "The cell holds a formula whose result was not saved, so its answer is not known.",
        "Open the workbook in Excel, save it, and send it again; or type the level itself.",
    )


def _list_doubt(doubt: Doubt, typed: str, choose: str) -> tuple[str, str]:
    if doubt is Doubt.OFF_LIST:
        return (
            f"{typed} is not the place of an answer in the list from which this form takes them.",
            "Choose the answer again; the first one in the list is 1.",
        )
    return (
        f"{typed} stands in the workbook's list of answers, but what it counts there is not a "
        "level of this question.",
        f"Check the list in the workbook, and the layout that names it. {choose}",
    )


def _as_percentage(raw: str) -> str:
    return f"{float(raw) * 100:g} %"


def _suggestion(text: str, levels: Sequence[Level]) -> str:
    """Suggest the label that is nearly what was typed; a suggestion is all it is."""
    labels = {normalise(level.label): level.label for level in levels}
    near = difflib.get_close_matches(normalise(text), labels, n=1, cutoff=0.75)
    return f' Did you mean "{labels[near[0]]}"?' if near else ""
