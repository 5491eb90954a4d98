"""Say in figures and words how a score came about, or why there is none.

A score lists its contributions only when it is asked for them; working them out for every score of
every return would cost more than the scores do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, prod

from maturity.assessment import Response, State, plain
from maturity.models import Number
from maturity.result import Contribution, Score
from maturity.rules import CountAs, RollUp
from maturity.scoring.aggregation import Ratio
from maturity.scoring.answer_rules import Counted
from maturity.scoring.plan import Group
from maturity.scoring.prepared import counted_value

__all__ = ["Explanation", "reason_for"]

_LISTED = 8


@dataclass(slots=True)  # not frozen: making one for every score has to cost little
class Explanation:
    """Gives a score's contributions when called. A class, not a closure, so that it pickles."""

    group: Group
    counted: Counted
    children: tuple[Score, ...]

    def __call__(self) -> tuple[Contribution, ...]:
        """List what each answer or score below gave."""
        drafts = self._of_answers() if self.group.is_of_answers else self._of_scores()
        return _with_shares(drafts, self._weights())

    def _weights(self) -> Sequence[int | Fraction | None]:
        """Give each part's weight, in any unit; None where an answer is the weight and is lost."""
        group = self.group
        if not group.rule.weight_ratings:
            return group.weights
        levels = {response[:2]: response.level for response in self.counted.responses}
        found: list[Fraction | None] = []
        for place, own in zip(group.parts, group.weights, strict=True):
            criterion = self.counted.responses[place].criterion
            given = [levels[criterion, rating] for rating in group.rule.weight_ratings]
            known = [Fraction(level) for level in given if level is not None]
            found.append(prod(known, start=Fraction(own)) if len(known) == len(given) else None)
        return found

    def _of_answers(self) -> list[Contribution]:
        group = self.group
        spread = self._spread()
        drafts = []
        for place, weight in zip(group.parts, self._weights(), strict=True):
            answer = self.counted.responses[place]
            may_leave = answer.criterion in spread or self._does_not_apply(place)
            is_given = answer.level is not None and answer.criterion not in spread
            has_value = is_given and weight is not None
            value = None
            if has_value:
                value = self._value(answer)
            elif not is_given and weight is not None:
                value = self._stand_in(answer, may_leave)
            drafts.append(
                Contribution(
                    id=answer.criterion,
                    rating=answer.rating,
                    state=answer.state,
                    value=value,
                    weight=float((weight or 0) / group.weight_factor),
                    share=0.0,
                    treatment=self._treatment_of(
                        place,
                        _treatment(
                            group,
                            value,
                            has_value and place not in self.counted.because,
                            may_leave and group.rule.not_applicable != "missing",
                            # What nobody weighed counts nothing, not even the lowest level.
                            may_be_lowest=weight is not None,
                        ),
                    ),
                    sheet=answer.sheet,
                    cell=answer.cell,
                )
            )
        return drafts

    def _treatment_of(self, place: int, done: str) -> str:
        """Say what was done with an answer and, where a rule of the rubric changed it, why."""
        because = self.counted.because.get(place)
        return done if because is None else f"{done}: {because}"

    def _does_not_apply(self, place: int) -> bool:
        is_said = self.counted.responses[place].state is State.NOT_APPLICABLE
        return is_said and self.counted.may_be_not_applicable[place]

    def _spread(self) -> set[str]:
        """Name the criteria that "not applicable" under one rating makes so under all."""
        rule = self.group.rule
        if not rule.spread_not_applicable:
            return set()
        return {
            answer.criterion
            for place, answer in enumerate(self.counted.responses)
            if (rule.ratings is None or answer.rating in rule.ratings)
            and self._does_not_apply(place)
        }

    def _value(self, answer: Response) -> float | None:
        """Give what an answer counted: its level, unless the rule says that it counts otherwise."""
        rule = self.group.rule
        if answer.level is None or not (rule.values or rule.limit is not None):
            return plain(answer.level)
        limit = self._level(answer.criterion, rule.limit)
        return float(counted_value(rule, Fraction(answer.level), limit))

    def _level(self, criterion: str, rating: Number | str | None) -> Fraction | None:
        """Give the level of a criterion under another rating; None where there is none."""
        own = [r.level for r in self.counted.responses if r[:2] == (criterion, rating)]
        return Fraction(own[0]) if own and own[0] is not None else None

    def _stand_in(self, answer: Response, may_leave: bool) -> float | None:
        """Give what counts for an answer that is not there; None where nothing does."""
        rule = self.group.rule
        instead = _instead(rule, may_leave)
        if not isinstance(instead, str):
            return plain(instead)
        level = self._level(answer.criterion, instead)
        return None if level is None else float(counted_value(rule, level))

    def _of_scores(self) -> list[Contribution]:
        drafts = []
        for child, weight in zip(self.children, self.group.weights, strict=True):
            leaves = child.coverage is None
            has_value = child.value is not None
            instead = None if has_value else _instead(self.group.rule, leaves)
            value = child.value if isinstance(instead, str | None) else plain(instead)
            state = State.NOT_APPLICABLE if leaves else State.BLANK
            # What could be nothing has no lowest value either.
            has_lowest = child.low is not None
            treatment = _treatment(self.group, value, has_value, leaves, may_be_lowest=has_lowest)
            drafts.append(
                Contribution(
                    id=child.id,
                    rating="",
                    state=State.ANSWERED if has_value else state,
                    value=value,
                    weight=weight / self.group.weight_factor,
                    share=0.0,
                    treatment=treatment,
                )
            )
        return drafts


def _instead(rule: RollUp, may_leave: bool) -> Number | str | None:
    """Give the number or the rating that counts for what is not there, if the rule names one."""
    policy = rule.not_applicable if may_leave and rule.not_applicable != "missing" else rule.missing
    return policy.count_as if isinstance(policy, CountAs) else None


def _treatment(
    group: Group, value: float | None, has_value: bool, leaves: bool, *, may_be_lowest: bool
) -> str:
    if has_value:
        return "counted"
    if value is not None:
        return f"counted as {value:.12g}"
    if leaves:
        return "not applicable"
    return "counted as lowest" if may_be_lowest and group.rule.missing == "lowest" else "left out"


def _with_shares(
    drafts: list[Contribution], weights: Sequence[int | Fraction | None]
) -> tuple[Contribution, ...]:
    counted = [
        (weight or 0) if draft.treatment.startswith("counted") else None
        for draft, weight in zip(drafts, weights, strict=True)
    ]
    whole = sum(weight for weight in counted if weight is not None)
    return tuple(
        draft if weight is None or not whole else draft._replace(share=float(weight / whole))
        for draft, weight in zip(drafts, counted, strict=True)
    )


def reason_for(group: Group, contributions: Sequence[Contribution], coverage: Ratio | None) -> str:
    """Say in words why a score could not be given.

    Args:
        group: the group that has no score.
        contributions: what it is made of.
        coverage: the answered share of its weight, or None when nothing applies.
    """
    if coverage is None:
        if all(part.treatment == "not applicable" for part in contributions):
            return 'Nothing here applies: every answer is an allowed "not applicable".'
        if not any(part.applies for part in contributions):
            return 'Nothing here applies: every answer is "not applicable", given or by a rule.'
        return "Every part of this score has the weight 0, so there is nothing to score."
    missing = [
        part for part in contributions if part.treatment.startswith(("left out", "counted as low"))
    ]
    what = "answers" if group.rule.of == "criterion" else "scores"
    if not coverage[0]:
        return f"Nothing can be used of what is needed. Missing: {_listed(missing)}."
    have = len(
        [
            part
            for part in contributions
            if part.state is State.ANSWERED and part.treatment.startswith("counted")
        ]
    )
    least = f"{float(group.rule.min_coverage):.0%}".replace("%", " %")
    share = f"{float(Fraction(*coverage)):.0%}".replace("%", " %")
    if share == least:
        # Rounding must not make "60 %, at least 60 % is needed" of 59.6 %.
        share = f"{floor(Fraction(*coverage) * 1000) / 10:.1f} %"
    needed = (
        "every one is needed" if group.rule.missing == "refuse" else f"at least {least} is needed"
    )
    return (
        f"{have} of {len(contributions)} {what} can be used: coverage {share}, {needed}. "
        f"Missing: {_listed(missing)}."
    )


def _listed(missing: Sequence[Contribution]) -> str:
    words = [_named(part) for part in missing[:_LISTED]]
    if len(missing) > _LISTED:
        words.append(f"and {len(missing) - _LISTED} more")
    return ", ".join(words)


def _named(part: Contribution) -> str:
    """Name what is missing, with its cell; where a rule made it so, with the rule's sentence."""
    _, _, because = part.treatment.partition(": ")
    state = because.rstrip(".") or part.state.value.replace("_", " ")
    if part.state is State.ANSWERED:
        state = "its weight is not given"
    return f"{part.id} ({state}{', ' + part.cell if part.cell else ''})"
