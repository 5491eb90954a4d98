"""Say things the same way on every sheet of the result workbook."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from maturity.assessment import Response, State
from maturity.issues import Issue, Severity
from maturity.models import Number
from maturity.result import Score
from maturity.rubric import RollUp, Rubric
from maturity.wording import metadata_label, number_text, share_text

__all__ = [
    "METHOD_WORDS",
    "NONE",
    "NOT_IN_RETURN",
    "NOT_SCORED",
    "SEVERITY_WORDS",
    "STATE_WORDS",
    "count_of",
    "criterion_name",
    "date_text",
    "is_not_in_return",
    "issue_text",
    "level_text",
    "member_name",
    "metadata_label",
    "number_text",
    "reading_of",
    "rules_of",
    "score_name",
    "share_text",
    "status_notice",
]

NONE = "–"
NOT_SCORED = "not scored"
NOT_IN_RETURN = "not in the return"
STATE_WORDS: Mapping[State, str] = {
    State.ANSWERED: "answered",
    State.NOT_APPLICABLE: "not applicable",
    State.BLANK: "blank",
    State.UNREADABLE: "unreadable",
}
SEVERITY_WORDS: Mapping[Severity, str] = {
    Severity.ERROR: "Error: to mend",
    Severity.QUERY: "Query: mend or explain",
    Severity.NOTE: "Note: for information",
}
METHOD_WORDS: Mapping[str, str] = {
    "mean": "mean",
    "weighted-mean": "weighted mean",
    "sum": "sum",
    "min": "lowest",
    "max": "highest",
    "median": "middle value (median)",
    "geometric-mean": "geometric mean",
    "power-mean": "power mean",
    "points": "points reached out of points possible",
    "count": "number of parts that pass",
    "share": "share of parts that pass",
    "table": "first row of a table that holds",
    "ladder": "highest step reached",
}


def count_of(number: int, one: str, many: str = "") -> str:
    """Say how many: `1 error`, `3 errors`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def level_text(rubric: Rubric, level: Number | None) -> str:
    """Write a level with its name: `2 Developing`; a dash where there is none."""
    if level is None:
        return NONE
    label = rubric.level_labels.get(level)
    return number_text(level) if label is None else f"{number_text(level)} {label}"


def reading_of(response: Response) -> Number | str:
    """Give an answer as it was read: its level, or in words why there is none."""
    if response.level is not None:
        return response.level
    return NOT_IN_RETURN if is_not_in_return(response) else STATE_WORDS[response.state]


def is_not_in_return(response: Response) -> bool:
    """Say whether the return has no cell for an answer, which is not the same as an empty one."""
    return response.state is State.BLANK and response.cell is None


def criterion_name(rubric: Rubric, criterion: str) -> str:
    """Name a criterion: `LG1 Shared vision for inclusion`; by its id where it has no title."""
    title = rubric.criteria[criterion].title
    return criterion if title == criterion else f"{criterion} {title}"


def member_name(rubric: Rubric, facet: str, member: str) -> str:
    """Name a facet's member, with its id in front where that is a code, as in `SP1`."""
    title = rubric.facet_members(facet)[member]
    is_code = member == member.upper() and member.casefold() != title.casefold()
    return f"{member} {title}" if is_code else title


def score_name(rubric: Rubric, score: Score) -> str:
    """Name a score by its group: `LG Leadership and governance, Early`."""
    names = [member_name(rubric, facet, member) for facet, member in score.members.items()]
    return ", ".join(names) or rules_of(rubric)[score.score].title or score.score


def rules_of(rubric: Rubric) -> Mapping[str, RollUp]:
    """Give every roll-up by its name, the overall score as one of them."""
    return {rule.score: rule for rule in rubric.scoring.rules}


def date_text(date: datetime.date) -> str:
    """Write a date so that nobody takes the day for the month: 7 March 2026."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def status_notice(rubric: Rubric) -> str:
    """Say whether scores made with a rubric may be relied on."""
    note = rubric.status_note.strip()
    if note.casefold().startswith(rubric.status):
        return note
    return f"{rubric.status.capitalize()} rubric. {note}".strip()


def issue_text(issue: Issue) -> str:
    """Write an issue as one line: severity, sentence, remedy."""
    return f"{issue.severity.value.capitalize()}: {issue.message} {issue.remedy}"
