"""Find what stands in the way of comparing two results, and say it as issues."""

from __future__ import annotations

from collections.abc import Mapping

from maturity.assessment import State
from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.normalise import normalise
from maturity.result import Result, Score
from maturity.rubric import Rubric
from maturity.wording import listed

__all__ = [
    "between_criteria",
    "between_results",
    "between_rubrics",
    "between_scores",
    "same_rubric",
    "untouched",
]


def same_rubric(before: Result, after: Result) -> bool:
    """Say whether two results were scored under the same rubric, in every word that counts."""
    return before.rubric is after.rubric or before.rubric.digest == after.rubric.digest


def _query(code: IssueCode, message: str, remedy: str, criterion: str | None = None) -> Issue:
    return Issue(code, Severity.QUERY, message, remedy, criterion=criterion)


def between_results(before: Result, after: Result) -> tuple[Issue, ...]:
    """Say what is odd about comparing these two at all."""
    old, new = before.assessment, after.assessment
    one, other = (normalise(each.area_code or each.area_name) for each in (old, new))
    if one == other or not (one and other):
        return ()
    return (
        Issue(
            code=IssueCode.AREA_DIFFERS,
            severity=Severity.QUERY,
            message=f'The earlier return is about "{old.area or old.area_name}" and the later one'
            f' about "{new.area or new.area_name}".',
            remedy="Check that the right files were chosen.",
            location=CellLocation(new.source),
        ),
    )


def between_rubrics(before: Rubric, after: Rubric) -> tuple[Issue, ...]:
    """Say that two rubrics differ, and whether their bands do."""
    issues = [
        _query(
            IssueCode.RUBRIC_DIFFERS,
            f"The earlier return was scored under {before.id} {before.version} "
            f"({before.digest[:15]}…) and the later one under {after.id} {after.version} "
            f"({after.digest[:15]}…), so the same score may mean something else.",
            "Score both under one version; where only words changed, compare criteria by their "
            "ids.",
        )
    ]
    changed = _rules_with_other_bands(before, after)
    if changed:
        issues.append(
            _query(
                IssueCode.BANDS_DIFFER,
                f"Bands are cut or named differently for {listed(changed, 'and')}.",
                "Compare values, not bands.",
            )
        )
    return tuple(issues)


def _rules_with_other_bands(before: Rubric, after: Rubric) -> list[str]:
    old, new = (
        {
            rule.score: rubric.scoring.bands if rule.bands is None else rule.bands
            for rule in rubric.scoring.rules
        }
        for rubric in (before, after)
    )
    return [score for score in new if score in old and new[score] != old[score]]


def untouched(
    before: Result, after: Result, made_of: Mapping[tuple[str, str], frozenset[str]]
) -> frozenset[tuple[str, str]]:
    """Find scores of which it is certain that nothing in them is "not applicable".

    Asking each score for its contributions would take most of the time of a comparison.

    Args:
        before: the earlier result.
        after: the later result.
        made_of: (roll-up, id) → the answers that make this score, as rating and criterion.
    """
    scoring = after.rubric.scoring
    if scoring.answer_rules:  # they may say so themselves
        return frozenset()
    said = {
        answer.criterion
        for result in (before, after)
        for answer in result.assessment.responses
        if answer.state is State.NOT_APPLICABLE
    }
    # Said of a criterion under one rating, it may hold for all.
    answers = {f"{rating} {criterion}" for criterion in said for rating in after.rubric.ratings}
    plain = {rule.score for rule in scoring.rules if rule.of == "criterion"}
    return frozenset(
        key for key, parts in made_of.items() if key[0] in plain and parts.isdisjoint(answers)
    )


def between_scores(
    key: tuple[str, str], old: Score | None, new: Score | None, *, is_untouched: bool = False
) -> tuple[Issue, ...]:
    """Say what stands in the way of comparing one score under one rubric.

    Args:
        key: the roll-up and the score's id.
        old: the earlier score; None when there is none.
        new: the later score; likewise.
        is_untouched: whether nothing in it is "not applicable" in either return.
    """
    name = " ".join(key)
    absent = [
        _query(
            IssueCode.SCORE_ABSENT,
            f"The {when} return has no score {name}"
            + (f": {found.reason}" if found is not None and found.reason else "."),
            "Mend that return and score it again, or leave this score out.",
        )
        for when, found in (("earlier", old), ("later", new))
        if found is None or found.exact is None
    ]
    if absent or old is None or new is None:
        return tuple(absent)
    issues = [] if is_untouched else _not_applicable_in(name, old, new)
    if old.coverage != new.coverage:
        issues.append(
            _query(
                IssueCode.COVERAGE_DIFFERS,
                f"The score {name} rests on {_share(old)} of its weight in the earlier return and "
                f"on {_share(new)} in the later one.",
                "Read the movement with what was newly answered, or no longer.",
            )
        )
    return tuple(issues)


def _share(score: Score) -> str:
    return "none" if score.coverage is None else f"{score.coverage:.1%}".replace("%", " %")


def _not_applicable_in(name: str, old: Score, new: Score) -> list[Issue]:
    said = [
        {part.id for part in score.contributions if part.treatment == "not applicable"}
        for score in (old, new)
    ]
    changed = sorted(said[0] ^ said[1])
    if not changed:
        return []
    return [
        _query(
            IssueCode.NOT_APPLICABLE_DIFFERS,
            f"In the score {name}, {listed(changed, 'and')} left or joined what is counted, "
            "because one of the returns says that it does not apply.",
            "Check that this is a change in the area, not in how the question was read.",
        )
    ]


def between_criteria(
    criterion: str, before: Result, after: Result
) -> tuple[tuple[Issue, ...], bool]:
    """Say what stands in the way of comparing one criterion.

    Returns:
        The issues, and whether levels may be compared nevertheless.
    """
    absent = [
        when
        for when, result in (("earlier", before), ("later", after))
        if criterion not in result.rubric.criteria
    ]
    if absent:
        message = f"{criterion} does not stand in the rubric of the {absent[0]} return."
        return (_absent(criterion, message, "Compare the criteria that both have."),), False
    if same_rubric(before, after):
        return tuple(_unanswered(criterion, before, after)), True
    issues = [*_unanswered(criterion, before, after), *_changed(criterion, before, after)]
    return tuple(issues), _scale(criterion, before) == _scale(criterion, after)


def _absent(criterion: str, message: str, remedy: str) -> Issue:
    return _query(IssueCode.CRITERION_ABSENT, message, remedy, criterion)


def _unanswered(criterion: str, before: Result, after: Result) -> list[Issue]:
    states = [
        result.assessment.response(criterion, result.rubric.scored_rating).state
        for result in (before, after)
    ]
    if states[0] == states[1] == State.NOT_APPLICABLE or all(s is State.ANSWERED for s in states):
        return []
    if State.NOT_APPLICABLE in states:
        one = "earlier" if states[0] is State.NOT_APPLICABLE else "later"
        return [
            _query(
                IssueCode.NOT_APPLICABLE_DIFFERS,
                f"{criterion} is not applicable in the {one} return alone.",
                "Check that this is a change in the area, not in how the question was read.",
                criterion,
            )
        ]
    return [
        _absent(
            criterion,
            f"{criterion} is {state.value} in the {when} return.",
            "Mend that return, or compare without it.",
        )
        for when, state in zip(("earlier", "later"), states, strict=True)
        if state is not State.ANSWERED
    ]


def _changed(criterion: str, before: Result, after: Result) -> list[Issue]:
    old, new = before.rubric.criteria[criterion], after.rubric.criteria[criterion]
    parts = [
        name
        for name, is_other in (
            ("title", old.title != new.title),
            ("question", old.prompt != new.prompt),
            ("descriptors", old.levels != new.levels),
            ("levels", _scale(criterion, before) != _scale(criterion, after)),
        )
        if is_other
    ]
    if not parts:
        return []
    return [
        _query(
            IssueCode.CRITERION_CHANGED,
            f"The {listed(parts, 'and')} of {criterion} changed between the two rubrics.",
            "Compare the words before comparing the levels.",
            criterion,
        )
    ]


def _scale(criterion: str, result: Result) -> list[tuple[object, str]]:
    rubric = result.rubric
    levels = rubric.levels_for(criterion, rubric.scored_rating)
    return [(level.value, level.label) for level in levels]
