"""Carry the answers of a return over to another version of its rubric, and say what could not be.

Nothing is answered in anyone's name: an answer is taken along when the same is still asked, and
otherwise the new question is blank and an issue says what was left behind.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from maturity.assessment import Assessment, MetricValue, Remark, State
from maturity.changes import ChangeMap
from maturity.comparing.carried_answers import AnswerCarrier
from maturity.comparing.carry_notes import CarryNotes
from maturity.comparing.diff import words_that_differ
from maturity.comparing.pairing import KEEPS_MEANING, Bond, Pairing, pair
from maturity.issues import Issue, Severity
from maturity.rubric import Rubric

__all__ = ["carry_over"]


def carry_over(
    assessment: Assessment, rubric: Rubric, changes: ChangeMap | None = None
) -> Assessment:
    """Carry a return's answers over to another version of its rubric, to be scored by that.

    Every answer keeps the sheet and the cell that it was read from. An answer is carried over when
    its criterion is the same or renamed, or is made of several that were all answered alike; a
    level when the change map says what it is now, or when the new scale has the same value under
    the same label. Figures and texts beside answers go with what they belong to.

    Args:
        assessment: the return, as read against the old version.
        rubric: the new version.
        changes: what is declared about the change; without it the same id is the same criterion.

    Returns:
        The return under the new version. Its issues begin with what was carried over and what was
        not; those of the old reading follow.

    Raises:
        RubricError: when the change map does not suit the two versions.
    """
    old = assessment.rubric
    pairing = pair(old, rubric, changes)
    notes = CarryNotes(assessment, rubric)
    carrier = AnswerCarrier(assessment, rubric, changes, pairing, notes)
    carrier.ratings_that_differ()
    responses = tuple(carrier.responses())
    metrics = tuple(_figures(assessment, rubric, pairing, notes))
    words = words_that_differ(pairing, old, rubric, changes)
    _tell_of_words(words, assessment, carrier, pairing, notes)
    _tell_of_gone(assessment, carrier, pairing, notes)
    homes = _homes(pairing, carrier)
    remarks = tuple(_remarks(assessment, homes, notes))
    given = sum(response.state is State.ANSWERED for response in assessment.responses)
    return dataclasses.replace(
        assessment,
        rubric=rubric,
        responses=responses,
        metrics=metrics,
        remarks=remarks,
        issues=(
            notes.summary(kept=len(carrier.kept), given=given),
            *notes.found,
            *_earlier_issues(assessment, homes, pairing.ratings),
        ),
    )


def _figures(
    assessment: Assessment, new: Rubric, pairing: Pairing, notes: CarryNotes
) -> Iterator[MetricValue]:
    figures = {figure.metric: figure for figure in assessment.metrics}
    for name, metric in new.metrics.items():
        bond, old = pairing.origins[name]
        figure = figures.get(old[0]) if old else None
        if bond is Bond.ADDED:
            notes.not_asked_before(name, "metric")
            yield MetricValue(name, State.BLANK)
        elif figure is None:
            yield MetricValue(name, State.BLANK)
        elif bond is Bond.REWORDED:
            why = f"{name} asks for something else in version {new.version}"
            notes.figure_left(figure, why, criterion=name)
            yield MetricValue(name, State.BLANK)
        elif metric.unit != assessment.rubric.metrics[figure.metric].unit:
            unit = assessment.rubric.metrics[figure.metric].unit
            why = f"{name} was in another unit ({unit}, and now {metric.unit})"
            notes.figure_left(figure, why, criterion=name)
            yield MetricValue(name, State.BLANK)
        else:
            yield figure._replace(metric=name)


def _tell_of_words(
    words: Mapping[str, list[str]],
    assessment: Assessment,
    carrier: AnswerCarrier,
    pairing: Pairing,
    notes: CarryNotes,
) -> None:
    """Tell what was carried over although its words differ and nothing is declared about them."""
    figures = {figure.metric: figure for figure in assessment.metrics}
    for name, keys in words.items():
        bond, old = pairing.origins[name]
        if bond not in KEEPS_MEANING:
            continue
        if old[0] in assessment.rubric.metrics:
            given = [figures[old[0]]] if old[0] in figures else []
            notes.with_care(name, keys, given)
        else:
            notes.with_care(name, keys, carrier.answers_to(old[0]))


def _tell_of_gone(
    assessment: Assessment, carrier: AnswerCarrier, pairing: Pairing, notes: CarryNotes
) -> None:
    figures = {figure.metric: figure for figure in assessment.metrics}
    ways = (
        (pairing.retired, "is retired", Severity.NOTE),
        (pairing.removed, "is gone, and no change map says why", Severity.QUERY),
    )
    for names, why, severity in ways:
        for name in names:
            if name in assessment.rubric.criteria:
                old = carrier.answers_to(name)
                notes.left(old, f"{name} {why}", "Keep it with the old return.", severity=severity)
            elif name in figures:
                notes.figure_left(figures[name], f"{name} {why}", severity=severity)


def _remarks(
    assessment: Assessment,
    homes: Mapping[str, Sequence[str]],
    notes: CarryNotes,
) -> Iterator[Remark]:
    left: dict[str, int] = {}
    for remark in assessment.remarks:
        for name in homes.get(remark.criterion, ()):
            yield remark._replace(criterion=name)
        if remark.criterion not in homes:
            left[remark.criterion] = left.get(remark.criterion, 0) + 1
    notes.texts_left(list(left), sum(left.values()))


def _homes(pairing: Pairing, carrier: AnswerCarrier) -> dict[str, list[str]]:
    """Say which new criteria and metrics what belongs to an old one goes with."""
    homes: dict[str, list[str]] = {}
    for name, (bond, old) in pairing.origins.items():
        if bond in KEEPS_MEANING | {Bond.MERGED} or carrier.is_for_all(bond, old):
            for each in old:
                homes.setdefault(each, []).append(name)
    return homes


def _earlier_issues(
    assessment: Assessment, homes: Mapping[str, Sequence[str]], ratings: Mapping[str, str]
) -> Iterator[Issue]:
    """Give the issues of the reading, with the names that their criteria and ratings have now.

    What is gone, or became several, is named by its sentence alone.
    """
    for issue in assessment.issues:
        now = homes.get(issue.criterion or "", ())
        yield dataclasses.replace(
            issue,
            criterion=now[0] if len(now) == 1 else None,
            rating=ratings.get(issue.rating or ""),
        )
