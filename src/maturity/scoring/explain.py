"""Say in figures and words how a score came about, or why there is none.

A score lists its contributions only when it is asked for them; working them out for every score of
every return would cost more than the scores do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from maturity.assessment import Response, State, plain
from maturity.result import Contribution, Score
from maturity.scoring.aggregation import Ratio
from maturity.scoring.plan import Group

__all__ = ["Explanation", "reason_for"]

_LISTED = 8


@dataclass(slots=True)  # not frozen: making one for every score has to cost little
class Explanation:
    """Gives a score's contributions when called. A class, not a closure, so that it pickles."""

    group: Group
    responses: tuple[Response, ...]
    children: tuple[Score, ...]
    may_be_not_applicable: tuple[bool, ...] = ()

    def __call__(self) -> tuple[Contribution, ...]:
        """List what each answer or score below gave."""
        drafts = self._of_answers() if self.responses else self._of_scores()
        return _with_shares(self.group, drafts)

    def _of_answers(self) -> list[Contribution]:
        group = self.group
        skips = group.rule.not_applicable == "skip"
        drafts = []
        for place, weight in zip(group.parts, group.weights, strict=True):
            answer = self.responses[place]
            leaves = (
                skips and answer.state is State.NOT_APPLICABLE and self.may_be_not_applicable[place]
            )
            drafts.append(
                Contribution(
                    id=answer.criterion,
                    rating=answer.rating,
                    state=answer.state,
                    value=plain(answer.level),
                    weight=weight / group.weight_factor,
                    share=0.0,
                    treatment=_treatment(group, answer.level is not None, leaves),
                    sheet=answer.sheet,
                    cell=answer.cell,
                )
            )
        return drafts

    def _of_scores(self) -> list[Contribution]:
        drafts = []
        for child, weight in zip(self.children, self.group.weights, strict=True):
            leaves = child.coverage is None
            has_value = child.value is not None
            state = State.NOT_APPLICABLE if leaves else State.BLANK
            drafts.append(
                Contribution(
                    id=child.id,
                    rating="",
                    state=State.ANSWERED if has_value else state,
                    value=child.value,
                    weight=weight / self.group.weight_factor,
                    share=0.0,
                    treatment=_treatment(self.group, has_value, leaves),
                )
            )
        return drafts


def _treatment(group: Group, has_value: bool, leaves: bool) -> str:
    if has_value:
        return "counted"
    if leaves:
        return "not applicable"
    return "counted as lowest" if group.rule.missing == "lowest" else "left out"


def _with_shares(group: Group, drafts: list[Contribution]) -> tuple[Contribution, ...]:
    counted = [draft.treatment.startswith("counted") for draft in drafts]
    whole = sum(weight for weight, counts in zip(group.weights, counted, strict=True) if counts)
    return tuple(
        draft._replace(share=weight / whole) if counts and whole else draft
        for draft, weight, counts in zip(drafts, group.weights, counted, strict=True)
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
        return "Every part of this score has the weight 0, so there is nothing to score."
    missing = [
        part for part in contributions if part.treatment in ("left out", "counted as lowest")
    ]
    what = "answers" if group.rule.of == "criterion" else "scores"
    if not coverage[0]:
        return f"Nothing can be used of what is needed. Missing: {_listed(missing)}."
    share = f"{float(Fraction(*coverage)):.0%}".replace("%", " %")
    have = len([part for part in contributions if part.treatment == "counted"])
    least = f"{float(group.rule.min_coverage):.0%}".replace("%", " %")
    needed = (
        "every one is needed" if group.rule.missing == "refuse" else f"at least {least} is needed"
    )
    return (
        f"{have} of {len(contributions)} {what} can be used: coverage {share}, {needed}. "
        f"Missing: {_listed(missing)}."
    )


def _listed(missing: Sequence[Contribution]) -> str:
    words = [
        f"{part.id} ({part.state.value.replace('_', ' ')}{', ' + part.cell if part.cell else ''})"
        for part in missing[:_LISTED]
    ]
    if len(missing) > _LISTED:
        words.append(f"and {len(missing) - _LISTED} more")
    return ", ".join(words)
