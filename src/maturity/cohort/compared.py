"""Put one area beside a group of others, without showing any of them alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from maturity.areas import AREAS_SOURCE
from maturity.cohort.quartiles import Spread, spread_of
from maturity.cohort.returns import CohortReturn, Figure
from maturity.suppression import Withheld, publishable_groups

__all__ = ["AreaComparison", "Beside", "With", "compare_area", "groups_beside", "regions_of"]

With = Literal["neighbours", "region", "all"]

POSITIONS = ("lowest quarter", "lower middle", "upper middle", "highest quarter")


class Beside(NamedTuple):
    """One score of an area beside those of a group.

    Attributes:
        score: the roll-up, such as `domain`.
        id: the group of criteria, such as `LG`.
        value: the area's own score, exactly; None when it has none.
        band: the band in which it lies.
        areas: how many areas of the group have this score.
        lower_quartile: of the group, exactly; None when it is withheld.
        median: likewise.
        upper_quartile: likewise.
        position: where the area stands by the group's quartiles: `lowest quarter` (below the lower
            quartile), `lower middle` (below the median), `upper middle` (up to the upper quartile)
            or `highest quarter` (above it); None without a value or without quartiles.
        withheld: why the group's figures are not given; None when they are.
    """

    score: str
    id: str
    value: Fraction | None
    band: str | None
    areas: int
    lower_quartile: Fraction | None
    median: Fraction | None
    upper_quartile: Fraction | None
    position: str | None
    withheld: Withheld | None


@dataclass(frozen=True)
class AreaComparison:
    """One area beside a group of others.

    Attributes:
        area: the area, as its cover names it.
        with_: which group: `neighbours`, `region` or `all`.
        group: the group in words.
        areas: how many areas of the group sent a return.
        absent: how many of the group sent none; only known for neighbours.
        rows: one for each score, in the rubric's order.
        source: where regions and neighbours come from; empty where neither is used.
    """

    area: str
    with_: With
    group: str
    areas: int
    absent: int
    rows: tuple[Beside, ...]
    source: str

    def records(self) -> list[dict[str, object]]:
        """Give the rows as plain data.

        Returns:
            One row per score with the keys of [Beside][]; figures are floats.
        """
        return [{key: _plain(value) for key, value in row._asdict().items()} for row in self.rows]


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return float(value)
    return value.value if isinstance(value, Withheld) else value


def compare_area(
    returns: Sequence[CohortReturn], own: CohortReturn, *, with_: With, threshold: int
) -> AreaComparison:
    """Put an area beside a group; `Cohort.compared` says what the arguments mean."""
    if with_ not in ("neighbours", "region", "all"):
        raise ValueError(f'with_ is "neighbours", "region" or "all", not {with_!r}')
    if threshold < 1:
        raise ValueError(f"suppress_below is a number of areas, at least 1, not {threshold}")
    groups = groups_beside(returns, own)
    members = groups[with_]
    neighbours = () if own.known is None else own.known.neighbours
    is_neighbours = with_ == "neighbours"
    return AreaComparison(
        area=own.area,
        with_=with_,
        group=_words(own, with_),
        areas=len(members),
        absent=len(neighbours) - len(members) if is_neighbours else 0,
        rows=tuple(
            _beside(key, figure, returns, groups, with_, threshold)
            for key, figure in own.scores.items()
        ),
        source="" if with_ == "all" else AREAS_SOURCE,
    )


def _words(own: CohortReturn, with_: With) -> str:
    if with_ == "all":
        return "all other areas"
    if own.known is None:
        return f"none: {own.area} is not in the table of areas"
    return "its statistical neighbours" if with_ == "neighbours" else f"others in {own.region}"


def regions_of(returns: Sequence[CohortReturn]) -> Mapping[str, frozenset[str]]:
    """Sort areas by region: region → the keys of its areas; those without a region in none."""
    found: dict[str, set[str]] = {}
    for each in returns:
        if each.region:
            found.setdefault(each.region, set()).add(each.key)
    return {region: frozenset(found[region]) for region in sorted(found)}


def groups_beside(returns: Sequence[CohortReturn], own: CohortReturn) -> dict[str, frozenset[str]]:
    """Give the groups that an area can be compared with, itself left out.

    Returns:
        `all`, `region` and `neighbours` → the keys of the areas that sent a return.
    """
    others = frozenset(each.key for each in returns) - {own.key}
    region = regions_of(returns).get(own.region, frozenset())
    codes = () if own.known is None else own.known.neighbours
    return {"all": others, "region": region & others, "neighbours": others & frozenset(codes)}


def _beside(
    key: tuple[str, str],
    figure: Figure,
    returns: Sequence[CohortReturn],
    groups: Mapping[str, frozenset[str]],
    with_: With,
    threshold: int,
) -> Beside:
    values = {
        each.key: found.value
        for each in returns
        if (found := each.scores.get(key)) is not None and found.value is not None
    }
    scored = {name: members & frozenset(values) for name, members in groups.items()}
    members = scored[with_]
    withheld = _withheld(scored, returns, with_, threshold)
    spread = None if withheld else spread_of([values[member] for member in members])
    own = figure.value
    return Beside(
        score=key[0],
        id=key[1],
        value=own,
        band=figure.band,
        areas=len(members),
        lower_quartile=None if spread is None else spread.lower_quartile,
        median=None if spread is None else spread.median,
        upper_quartile=None if spread is None else spread.upper_quartile,
        position=None if spread is None or own is None else _position(own, spread),
        withheld=withheld,
    )


def _withheld(
    scored: Mapping[str, frozenset[str]],
    returns: Sequence[CohortReturn],
    with_: With,
    threshold: int,
) -> Withheld | None:
    """Look at the group together with every other that the area may ask about or see published."""
    everyone = scored["all"]
    regions = [members & everyone for members in regions_of(returns).values()]
    family = [everyone, *regions, scored["neighbours"]]
    reasons = dict(zip(family, publishable_groups(family, threshold), strict=True))
    return reasons[scored[with_]] if scored[with_] else Withheld.TOO_FEW


def _position(value: Fraction, group: Spread) -> str:
    if value < group.lower_quartile:
        return POSITIONS[0]
    if value < group.median:
        return POSITIONS[1]
    return POSITIONS[2] if value <= group.upper_quartile else POSITIONS[3]
