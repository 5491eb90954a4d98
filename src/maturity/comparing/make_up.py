"""Say what every score of a rubric is made of, in the names of the new version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from maturity.comparing.names import Names
from maturity.comparing.pairing import KEEPS_MEANING, Pairing
from maturity.rubric import Rubric
from maturity.rules import RollUp
from maturity.scoring.plan import Group, plan_for

__all__ = ["MakeUp", "Part", "Side", "make_ups", "part_at"]

# All weights doubled are twice the sum, and the same mean.
_ABSOLUTE = frozenset({"sum", "count"})
Part = tuple[str, str, str]
"""One thing in a score: its id, its rating or roll-up, and the version that alone has it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions, with what its ids are called.

    Attributes:
        rubric: the version.
        names: what its ids are called now.
        kept: criterion → its new id, for those that ask the same.
    """

    rubric: Rubric
    names: Names
    kept: Mapping[str, str]

    @classmethod
    def of(cls, rubric: Rubric, pairing: Pairing, *, is_old: bool) -> Side:
        """Give one side of a pairing."""
        kept = {
            old: new
            for old, new in pairing.renamed.items()
            if pairing.origins[new].bond in KEEPS_MEANING
        }
        own = kept if is_old else {new: new for new in kept.values()}
        criteria = {name: new for name, new in own.items() if name in rubric.criteria}
        return cls(rubric, Names.of(pairing, is_old=is_old), criteria)


@dataclass(frozen=True, slots=True)
class MakeUp:
    """What a score is made of.

    Attributes:
        rule: the roll-up.
        weights: part → its relative weight, as the rubric gives it.
        is_of_answers: whether the parts are answers, not scores.
    """

    rule: RollUp
    weights: Mapping[Part, Fraction]
    is_of_answers: bool

    @property
    def matters(self) -> Mapping[Part, Fraction]:
        """Part → how much it matters: its share of the whole, or in a sum its weight itself.

        The whole weighs something: no rubric has it otherwise.
        """
        if self.rule.method in _ABSOLUTE:
            return self.weights
        whole = sum(self.weights.values())
        return {part: weight / whole for part, weight in self.weights.items()}


def make_ups(side: Side) -> dict[tuple[str, str], MakeUp]:
    """Say of every score what it is made of: roll-up and id → make-up, in the rubric's order."""
    groups = plan_for(side.rubric).groups
    ids = [_new_id(group, side.names) for group in groups]
    made: dict[tuple[str, str], MakeUp] = {}
    for group, name in zip(groups, ids, strict=True):
        if group.is_of_answers:
            parts = [part_at(place, side) for place in group.parts]
        else:
            parts = [(ids[place], groups[place].rule.score, "") for place in group.parts]
        weights = (Fraction(weight, group.weight_factor) for weight in group.weights)
        weighed = dict(zip(parts, weights, strict=True))
        made[group.rule.score, name] = MakeUp(group.rule, weighed, group.is_of_answers)
    return made


def part_at(place: int, side: Side) -> Part:
    """Name the answer at a position among a return's responses, as it is called now."""
    ratings = list(side.rubric.ratings)
    criterion = list(side.rubric.criteria)[place // len(ratings)]
    rating = ratings[place % len(ratings)]
    if criterion in side.kept and rating in side.names.ratings:
        return side.kept[criterion], side.names.ratings[rating], ""
    return criterion, rating, side.names.side


def _new_id(group: Group, names: Names) -> str:
    members = (names.member(facet, member) for facet, member in group.members.items())
    return "/".join(members) or group.rule.score
