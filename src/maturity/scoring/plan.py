"""Work out once, from a rubric, which answers make up each score and with what weight.

A plan holds only numbers and positions in `Assessment.responses`, so that scoring thousands of
returns repeats none of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product

from maturity.models import Number
from maturity.rubric import Rubric
from maturity.rules import Band, RollUp
from maturity.scoring.aggregation import Ratio, scaled
from maturity.selection import is_in, members_of

__all__ = ["Cut", "Group", "Plan", "plan_for"]

Cut = tuple[int, int, str]
_ANSWERS = "criterion"
# What these make is not on the level scale, so the bands, stretches of that scale, do not name it.
_OFF_SCALE = frozenset({"sum", "points", "count", "share", "table", "ladder"})


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
        whole: the sum of those weights.
        weight_factor: what the rubric's own weights were multiplied by.
        least: the rule's least coverage, as an exact fraction.
        cuts: the lower cuts of the bands that name its values, highest first; none off the scale.
        positions: the responses underneath, however many roll-ups deep.
        on_scale: whether its values lie on the level scale.
    """

    rule: RollUp
    id: str
    members: Mapping[str, str]
    parts: tuple[int, ...]
    weights: tuple[int, ...]
    whole: int
    weight_factor: int
    least: Ratio
    cuts: tuple[Cut, ...]
    positions: frozenset[int]
    on_scale: bool

    @property
    def is_of_answers(self) -> bool:
        """Whether its parts are answers, not scores."""
        return self.rule.of == _ANSWERS


@dataclass(frozen=True, slots=True)
class Plan:
    """All groups of a rubric, and the scale as whole numbers.

    Attributes:
        groups: in the rubric's order; a group of scores comes after the groups it uses.
        level_numbers: level value → whole number.
        level_factor: what level values were multiplied by to give those.
        scales: for each response's position, the levels that it can have.
        lowest: likewise the lowest of them, as a whole number.
        highest: likewise the highest.
        may_be_not_applicable: for each position, whether "not applicable" is allowed.
        is_plain: whether every roll-up is a plain one over answers, and no rule changes answers.
    """

    groups: tuple[Group, ...]
    level_numbers: Mapping[Number, int]
    level_factor: int
    scales: tuple[tuple[Fraction, ...], ...]
    lowest: tuple[int, ...]
    highest: tuple[int, ...]
    may_be_not_applicable: tuple[bool, ...]
    is_plain: bool


@lru_cache(maxsize=64)
def plan_for(rubric: Rubric) -> Plan:
    """Give the plan of a rubric."""
    scales = [
        [level.value for level in rubric.levels_for(criterion, rating)]
        for criterion in rubric.criteria
        for rating in rubric.ratings
    ]
    values = sorted({value for scale in [*scales, _own(rubric)] for value in scale})
    numbers, factor = scaled(values)
    whole = dict(zip(values, numbers, strict=True))
    groups: list[Group] = []
    for rule in rubric.scoring.rules:
        make = _answer_groups if rule.of == _ANSWERS else _score_groups
        groups += make(rubric, rule, groups)
    return Plan(
        groups=tuple(groups),
        level_numbers=whole,
        level_factor=factor,
        scales=tuple(tuple(Fraction(value) for value in sorted(scale)) for scale in scales),
        lowest=tuple(whole[min(scale)] for scale in scales),
        highest=tuple(whole[max(scale)] for scale in scales),
        may_be_not_applicable=tuple(
            criterion.not_applicable is not None
            for criterion in rubric.criteria.values()
            for _ in rubric.ratings
        ),
        is_plain=not rubric.scoring.answer_rules
        and all(group.rule.is_plain and group.is_of_answers for group in groups),
    )


def _own(rubric: Rubric) -> list[Number]:
    return [level.value for level in rubric.levels]


_Parts = dict[tuple[str, ...], list[tuple[int, Fraction]]]


def _empty(rubric: Rubric, rule: RollUp) -> _Parts:
    """Give every combination of the members of the facets that a rule groups by."""
    return {keys: [] for keys in product(*(rubric.facet_members(f) for f in rule.grouping))}


def _answer_groups(rubric: Rubric, rule: RollUp, groups: Sequence[Group]) -> Iterator[Group]:
    """Group answers: every combination of the facets' members that has at least one answer."""
    del groups  # answers need no other scores
    ratings = rule.ratings or (rubric.scored_rating,)
    found = _empty(rubric, rule)
    places = {rating: place for place, rating in enumerate(rubric.ratings)}
    for place, criterion in enumerate(rubric.criteria):
        if criterion in rule.leave_out or not is_in(rubric, criterion, rule.where):
            continue
        for rating in ratings:
            position = place * len(places) + places[rating]
            for keys, weight in _shares(rubric, rule, criterion, rating):
                found[keys].append((position, weight))
    for keys, parts in found.items():
        if parts:
            yield _group(rubric, rule, keys, parts, frozenset(place for place, _ in parts))


def _shares(
    rubric: Rubric, rule: RollUp, criterion: str, rating: str
) -> Iterator[tuple[tuple[str, ...], Fraction]]:
    """Yield each group that an answer belongs to, with its weight there."""
    moved = rule.regroup.get(criterion, {})
    choices: list[Mapping[str, Number]] = []
    for facet in rule.grouping:
        if facet == "rating":
            choices.append({rating: 1})
        elif facet in moved:
            choices.append({moved[facet]: 1})
        else:
            choices.append(rubric.memberships(criterion, facet))
    sources = rule.weight_sources
    own = Fraction(rubric.criteria[criterion].weight) if _ANSWERS in sources else Fraction(1)
    for facet, table in rule.weight_tables.items():
        member = rating if facet == "rating" else next(iter(rubric.memberships(criterion, facet)))
        own *= Fraction(table[member])
    for keys in product(*choices):
        weight = own
        for facet, key, members in zip(rule.grouping, keys, choices, strict=True):
            if facet in sources:
                weight *= Fraction(members[key])
        yield keys, weight


def _score_groups(rubric: Rubric, rule: RollUp, groups: Sequence[Group]) -> Iterator[Group]:
    """Group the scores of an earlier roll-up."""
    found = _empty(rubric, rule)
    for place, group in enumerate(groups):
        if group.rule.score != rule.of or group.id in rule.leave_out:
            continue
        if not all(
            containing(rubric, group, facet) in members_of(wanted)
            for facet, wanted in rule.where.items()
        ):
            continue
        moved = rule.regroup.get(group.id, {})
        keys = tuple(
            moved[facet] if facet in moved else containing(rubric, group, facet)
            for facet in rule.grouping
        )
        weight = Fraction(1)
        for facet, table in rule.weight_tables.items():
            weight *= Fraction(table[containing(rubric, group, facet)])
        found[keys].append((place, weight))
    for keys, parts in found.items():
        if parts:
            positions = frozenset().union(*(groups[place].positions for place, _ in parts))
            on_scale = all(groups[place].on_scale for place, _ in parts)
            yield _group(rubric, rule, keys, parts, positions, on_scale=on_scale)


def containing(rubric: Rubric, group: Group, facet: str) -> str:
    """Say which member of a facet a group stands in.

    It is the group's own member; or the one that its own member is declared to be within; or else
    the one to which all criteria underneath belong.

    Raises:
        KeyError: when it is in none, or in several; `maturity.checks.scoring` refuses such rubrics.
    """
    if facet in group.members:
        return group.members[facet]
    for own, member in group.members.items():
        if own in rubric.facets and member in rubric.facets[own].members:
            within = rubric.facets[own].members[member].within
            if facet in within:
                return within[facet]
    criteria = list(rubric.criteria)
    members = {
        member
        for position in group.positions
        for member in rubric.memberships(criteria[position // len(rubric.ratings)], facet)
    }
    if len(members) != 1:
        raise KeyError(f"{group.id} belongs to {len(members)} members of {facet}")
    return members.pop()


def _group(
    rubric: Rubric,
    rule: RollUp,
    keys: tuple[str, ...],
    parts: list[tuple[int, Fraction]],
    positions: frozenset[int],
    *,
    on_scale: bool = True,
) -> Group:
    whole, factor = scaled([weight for _, weight in parts])
    on_scale = (
        on_scale and rule.method not in _OFF_SCALE and not (rule.scale or rule.values or rule.over)
    )
    if rule.bands is not None:
        bands: Iterable[Band] = rule.bands
    else:
        bands = rubric.scoring.bands if on_scale else ()
    cuts = sorted(((Fraction(band.cut), band.label) for band in bands), reverse=True)
    return Group(
        rule=rule,
        id="/".join(keys) or rule.score,
        members=dict(zip(rule.grouping, keys, strict=True)),
        parts=tuple(position for position, _ in parts),
        weights=whole,
        whole=sum(whole),
        weight_factor=factor,
        least=Fraction(rule.min_coverage).as_integer_ratio(),
        cuts=tuple((*cut.as_integer_ratio(), label) for cut, label in cuts),
        positions=positions,
        on_scale=on_scale,
    )
