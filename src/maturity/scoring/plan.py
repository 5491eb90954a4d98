"""Work out once, from a rubric, which answers make up each score and with what weight.

A plan holds only whole numbers and positions in `Assessment.responses`, so that scoring thousands
of returns repeats none of this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product

from maturity.models import Number
from maturity.rubric import Overall, RollUp, Rubric
from maturity.scoring.aggregation import Ratio, scaled

__all__ = ["Group", "Plan", "plan_for"]

# A sum is not on the level scale, so the bands, which are stretches of that scale, do not name it.
_OFF_SCALE = "sum"


@dataclass(frozen=True, slots=True)
class Group:
    """The answers or scores that make up one score.

    Attributes:
        rule: the roll-up.
        id: the score's id.
        members: facet → member.
        parts: positions of what is put together: in the assessment's responses, or in the list of
            groups when the roll-up is of scores.
        weights: their weights, as whole numbers.
        weight_factor: what the rubric's own weights were multiplied by.
        least: the rule's least coverage, as an exact fraction.
        on_scale: whether the value lies on the level scale, so that bands name it.
    """

    rule: RollUp
    id: str
    members: Mapping[str, str]
    parts: tuple[int, ...]
    weights: tuple[int, ...]
    weight_factor: int
    least: Ratio
    on_scale: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """All groups of a rubric, and the scale as whole numbers.

    Attributes:
        groups: in the rubric's order; a group of scores comes after the groups it uses.
        level_numbers: level value → whole number.
        level_factor: what level values were multiplied by to give those.
        may_be_not_applicable: for each response's position, whether "not applicable" is allowed.
        band_cuts: each band's lower cut as an exact fraction, and its label; highest first.
    """

    groups: tuple[Group, ...]
    level_numbers: Mapping[Number, int]
    level_factor: int
    may_be_not_applicable: tuple[bool, ...]
    band_cuts: tuple[tuple[int, int, str], ...]


@lru_cache(maxsize=64)
def plan_for(rubric: Rubric) -> Plan:
    """Give the plan of a rubric."""
    values = [level.value for level in rubric.levels]
    numbers, factor = scaled(values)
    groups: list[Group] = []
    for rule in _rules(rubric):
        groups += (
            _answer_groups(rubric, rule)
            if rule.of == "criterion"
            else _score_groups(rubric, rule, groups)
        )
    cuts = [(Fraction(band.cut), band.label) for band in reversed(rubric.scoring.bands)]
    return Plan(
        groups=tuple(groups),
        level_numbers=dict(zip(values, numbers, strict=True)),
        level_factor=factor,
        may_be_not_applicable=tuple(
            criterion.not_applicable is not None
            for criterion in rubric.criteria.values()
            for _ in rubric.ratings
        ),
        band_cuts=tuple((cut.numerator, cut.denominator, label) for cut, label in cuts),
    )


def _rules(rubric: Rubric) -> Iterator[RollUp]:
    yield from rubric.scoring.rollups
    overall = rubric.scoring.overall
    if isinstance(overall, Overall):
        yield RollUp(
            score="overall",
            title="Overall",
            of=overall.of,
            by=(),
            method=overall.method,
            missing=overall.missing,
            min_coverage=overall.min_coverage,
        )


def _answer_groups(rubric: Rubric, rule: RollUp) -> Iterator[Group]:
    """Group answers: every combination of the facets' members that has at least one answer."""
    facets = rule.grouping
    ratings = rule.ratings or (rubric.scored_rating,)
    found: dict[tuple[str, ...], list[tuple[int, Fraction]]] = {
        keys: [] for keys in product(*(rubric.facet_members(facet) for facet in facets))
    }
    all_ratings = list(rubric.ratings)
    for place, criterion in enumerate(rubric.criteria):
        for rating in ratings:
            position = place * len(all_ratings) + all_ratings.index(rating)
            for keys, weight in _places(rubric, rule, criterion, rating):
                found[keys].append((position, weight))
    for keys, parts in found.items():
        if parts:
            yield _group(rule, dict(zip(facets, keys, strict=True)), parts)


def _places(
    rubric: Rubric, rule: RollUp, criterion: str, rating: str
) -> Iterator[tuple[tuple[str, ...], Fraction]]:
    """Yield each group that an answer belongs to, with its weight there."""
    choices = [
        {rating: 1} if facet == "rating" else rubric.memberships(criterion, facet)
        for facet in rule.grouping
    ]
    sources = rule.weight_sources
    own = Fraction(rubric.criteria[criterion].weight) if "criterion" in sources else Fraction(1)
    for keys in product(*choices):
        weight = own
        for facet, key, members in zip(rule.grouping, keys, choices, strict=True):
            if facet in sources:
                weight *= Fraction(members[key])
        yield keys, weight


def _score_groups(rubric: Rubric, rule: RollUp, groups: list[Group]) -> Iterator[Group]:
    """Group the scores of an earlier roll-up."""
    found: dict[tuple[str, ...], list[tuple[int, Fraction]]] = {
        keys: [] for keys in product(*(rubric.facet_members(facet) for facet in rule.grouping))
    }
    for position, group in enumerate(groups):
        if group.rule.score == rule.of:
            keys = tuple(_containing(rubric, group, facet) for facet in rule.grouping)
            found[keys].append((position, Fraction(1)))
    on_scale = all(groups[place].on_scale for parts in found.values() for place, _ in parts)
    for keys, parts in found.items():
        if parts:
            yield _group(rule, dict(zip(rule.grouping, keys, strict=True)), parts, on_scale)


def _containing(rubric: Rubric, group: Group, facet: str) -> str:
    """Say which member of a facet a group stands in: its own, or the one its member is within."""
    if facet in group.members:
        return group.members[facet]
    return next(
        rubric.facets[own].members[member].within[facet]
        for own, member in group.members.items()
        if own in rubric.facets and facet in rubric.facets[own].members[member].within
    )


def _group(
    rule: RollUp,
    members: Mapping[str, str],
    parts: list[tuple[int, Fraction]],
    on_scale: bool = True,
) -> Group:
    whole, factor = scaled([weight for _, weight in parts])
    return Group(
        rule=rule,
        id="/".join(members.values()) or rule.score,
        members=members,
        parts=tuple(position for position, _ in parts),
        weights=whole,
        weight_factor=factor,
        least=Fraction(rule.min_coverage).as_integer_ratio(),
        on_scale=on_scale and rule.method != _OFF_SCALE,
    )
