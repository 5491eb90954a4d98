"""Say in a few plain sentences what a result shows, for a person who has two minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from maturity.assessment import Response, State
from maturity.issues import Severity
from maturity.result import Result, Score
from maturity.rubric import Rubric
from maturity.writing.workbook_tables import Tables
from maturity.writing.workbook_words import (
    NOT_IN_RETURN,
    STATE_WORDS,
    count_of,
    criterion_name,
    is_not_in_return,
    level_text,
    number_text,
    score_name,
)

__all__ = ["mend_sentence", "next_steps", "sentences"]

_STEPS = 3
_NAMED = 6


def sentences(result: Result, tables: Tables) -> list[str]:
    """Say how much was read, where the return stands high and low, and where partners differ."""
    said = [_answers_sentence(result)]
    said += [_scores_sentence(result, table.title, table.scores) for table in tables.single[:2]]
    if result.rubric.partner_ratings:
        said.append(_partners_sentence(result))
    return said


def mend_sentence(result: Result) -> str:
    """Say how much is to be mended in the return."""
    counts = Counter(issue.severity for issue in result.assessment.issues)
    errors, queries = counts[Severity.ERROR], counts[Severity.QUERY]
    if not errors and not queries:
        return "Nothing in the return needs mending."
    parts = []
    if errors:
        parts.append(f"{count_of(errors, 'error')} to mend")
    if queries:
        parts.append(f"{count_of(queries, 'query', 'queries')} to mend or explain")
    return f"{' and '.join(parts)}: see the sheet Issues."


def next_steps(result: Result) -> list[str]:
    """Name the first things to work on, with what would then be seen."""
    steps = []
    for priority in result.priorities[:_STEPS]:
        now = level_text(result.rubric, priority.level)
        aim = (
            ""
            if priority.target is None
            else f", target {level_text(result.rubric, priority.target)}"
        )
        step = priority.next_step.strip() or "The rubric does not describe the next level."
        following = level_text(result.rubric, priority.next_level)
        steps.append(
            f"{priority.rank}. {criterion_name(result.rubric, priority.criterion)} "
            f"(now {now}{aim}). At {following}: {step}"
        )
    return steps


def _answers_sentence(result: Result) -> str:
    assessment, rubric = result.assessment, result.rubric
    scored = [r for r in assessment.responses if r.rating == rubric.scored_rating]
    title = rubric.ratings[rubric.scored_rating].title
    text = f"{title}: {_states(rubric, scored)}."
    if len(rubric.ratings) > 1:
        text += f" All ratings together: {_states(rubric, assessment.responses)}."
    return text


_ANSWERED, _ALLOWED, _REFUSED = "answered", "allowed", '"not applicable" where it is not allowed'
_MISSING = (STATE_WORDS[State.BLANK], NOT_IN_RETURN, STATE_WORDS[State.UNREADABLE], _REFUSED)


def _states(rubric: Rubric, responses: Iterable[Response]) -> str:
    """Say how many were answered of those that could be: all but an allowed "not applicable"."""
    counts = Counter(_became(rubric, response) for response in responses)
    allowed = counts.pop(_ALLOWED, 0)
    text = f"{counts[_ANSWERED]} of {counts.total()} answered"
    missing = [f"{counts[words]} {words}" for words in _MISSING if counts[words]]
    if missing:
        text += f" (the rest: {', '.join(missing)})"
    if allowed:
        text += f', besides {allowed} allowed "not applicable"'
    return text


def _became(rubric: Rubric, response: Response) -> str:
    if response.state is State.NOT_APPLICABLE:
        may_leave = rubric.criteria[response.criterion].not_applicable is not None
        return _ALLOWED if may_leave else _REFUSED
    return NOT_IN_RETURN if is_not_in_return(response) else STATE_WORDS[response.state]


def _scores_sentence(result: Result, title: str, scores: tuple[Score, ...]) -> str:
    given = [(score.exact, score) for score in scores if score.exact is not None]
    if not given:
        return f"{title}: none of the {len(scores)} could be scored; the reasons stand below."
    ranked = sorted(given, key=lambda pair: pair[0])
    lowest, highest = ranked[0][1], ranked[-1][1]
    if ranked[0][0] == ranked[-1][0]:
        text = f"{title}: all that are scored stand at {_figure(lowest)}."
    else:
        text = (
            f"{title}: highest {score_name(result.rubric, highest)} {_figure(highest)}, "
            f"lowest {score_name(result.rubric, lowest)} {_figure(lowest)}."
        )
    missing = len(scores) - len(given)
    if missing:
        text += f" {missing} of {len(scores)} could not be scored; the reason stands beside each."
    return text


def _figure(score: Score) -> str:
    band = f" ({score.band})" if score.band else ""
    return f"{score.value:.2f}{band}"


def _partners_sentence(result: Result) -> str:
    large = [difference.criterion for difference in result.differences if difference.is_large]
    least = number_text(result.rubric.scoring.disagreement.min_range)
    if not result.differences:
        return "Partners' views cannot be compared: no criterion was rated by two of them."
    if not large:
        return f"Partners differ by less than {least} levels everywhere."
    named = ", ".join(large[:_NAMED]) + (", …" if len(large) > _NAMED else "")
    return (
        f"Partners differ by {least} levels or more on "
        f"{count_of(len(large), 'criterion', 'criteria')} ({named}): see the sheet Priorities."
    )
