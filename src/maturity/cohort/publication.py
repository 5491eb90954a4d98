"""Give of a cohort what may be shown to anyone, with small numbers withheld.

Bands, levels and quartiles are never given together, nor is anything of two scores that share an
answer: they are about the same areas, and whoever has two of them can often work out what is
missing from one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Literal, NamedTuple, get_args

from maturity.cohort.compared import regions_of
from maturity.cohort.quartiles import spread_of
from maturity.cohort.returns import CohortReturn
from maturity.cohort.tables import (
    Distribution,
    criterion_counts,
    distributions,
    partner_views,
)
from maturity.rubric import Rubric
from maturity.suppression import Withheld, publishable_groups, withheld_counts
from maturity.wording import listed

__all__ = [
    "EVERYONE",
    "Publication",
    "PublishedCounts",
    "PublishedSpread",
    "Show",
    "publication_of",
    "reason_words",
]

Show = Literal["bands", "levels", "quartiles"]
EVERYONE = "all areas"
MadeOf = Mapping[tuple[str, str], frozenset[str]]


class PublishedCounts(NamedTuple):
    """How many areas are in each class, or why that is not said.

    Attributes:
        table: what is counted: `scores`, `criteria` or `disagreements`.
        score: the roll-up; empty outside `scores`.
        id: the score's or criterion's id.
        areas: how many areas are counted in the row; they are those with a score or answer.
        counts: class → how many areas, or why that is withheld.
    """

    table: str
    score: str
    id: str
    areas: int
    counts: Mapping[str, int | Withheld]


class PublishedSpread(NamedTuple):
    """How one score is spread over a group of areas, or why that is not said.

    Attributes:
        group: `all areas` or a region.
        score: the roll-up.
        id: the score's id.
        areas: how many areas of the group have this score; None when the group is too small.
        mean: their mean, to two decimals, or why it is withheld.
        lower_quartile: likewise.
        median: likewise.
        upper_quartile: likewise.
    """

    group: str
    score: str
    id: str
    areas: int | None
    mean: Decimal | Withheld
    lower_quartile: Decimal | Withheld
    median: Decimal | Withheld
    upper_quartile: Decimal | Withheld


@dataclass(frozen=True)
class Publication:
    """What may be shown of a cohort to anyone.

    Attributes:
        rubric: the rubric.
        areas: how many areas sent a return that could be scored.
        threshold: the fewest areas about which a figure is given.
        show: what is given: `bands`, `levels` or `quartiles`.
        counts: the rows of counts, for bands and levels.
        spreads: the rows of quartiles, for those.
    """

    rubric: Rubric
    areas: int
    threshold: int
    show: Show
    counts: tuple[PublishedCounts, ...]
    spreads: tuple[PublishedSpread, ...]

    def records(self) -> list[dict[str, object]]:
        """Give every figure as plain rows.

        Returns:
            One row per figure with the keys `table, group, score, id, areas, figure, value,
            withheld`; either the value or the reason for withholding it is None.
        """
        rows: list[dict[str, object]] = []
        for row in self.counts:
            head = {"table": row.table, "group": EVERYONE, "score": row.score, "id": row.id}
            for name, count in row.counts.items():
                rows.append({**head, "areas": row.areas, **_cell(name, count)})
        for spread in self.spreads:
            head = {"table": "quartiles", "group": spread.group}
            for name in ("mean", "lower_quartile", "median", "upper_quartile"):
                cell = _cell(name, getattr(spread, name))
                ids = {"score": spread.score, "id": spread.id, "areas": spread.areas}
                rows.append({**head, **ids, **cell})
        return rows


def _cell(name: str, value: int | Decimal | Withheld) -> dict[str, object]:
    if isinstance(value, Withheld):
        return {"figure": name, "value": None, "withheld": value.value}
    return {"figure": name, "value": float(value), "withheld": None}


def reason_words(reason: Withheld, threshold: int) -> str:
    """Say in a sentence why a figure is withheld.

    Args:
        reason: why.
        threshold: the fewest areas about which a figure is given.
    """
    return {
        Withheld.SMALL_COUNT: (
            f"A count in this row is or could be about fewer than {threshold} areas."
        ),
        Withheld.TOO_FEW: (
            f"It would be about fewer than {threshold} areas: in all, or on one side of it."
        ),
        Withheld.BY_SUBTRACTION: (
            f"Beside the other figures it would show one about fewer than {threshold} areas."
        ),
    }[reason]


def publication_of(
    rubric: Rubric,
    returns: Sequence[CohortReturn],
    made_of: MadeOf,
    *,
    threshold: int,
    show: Show,
) -> Publication:
    """Choose what may be shown; `Cohort.published` says what the arguments mean."""
    if threshold < 2:
        raise ValueError(f"suppress_below is a number of areas, at least 2, not {threshold}")
    if show not in get_args(Show):
        raise ValueError(f"show is {listed(get_args(Show))}, not {show!r}")
    drafts: list[_Draft] = []
    if show == "bands":
        drafts = _bands(rubric, returns, made_of)
    elif show == "levels":
        drafts = _levels(rubric, returns)
    counts = tuple(_published_counts(draft, threshold) for draft in drafts)
    spreads = _spreads(rubric, returns, made_of, threshold) if show == "quartiles" else ()
    return Publication(rubric, len(returns), threshold, show, counts, spreads)


class _Draft(NamedTuple):
    """A row of counts before anything is withheld."""

    table: str
    score: str
    id: str
    counts: Mapping[str, int]


def _bands(rubric: Rubric, returns: Sequence[CohortReturn], made_of: MadeOf) -> list[_Draft]:
    """Count areas by band."""
    banded = [each for each in distributions(rubric, returns) if each.bands]
    return [_Draft("scores", each.score, each.id, each.bands) for each in _apart(banded, made_of)]


def _apart(scores: Sequence[Distribution], made_of: MadeOf) -> list[Distribution]:
    """Choose scores that share no answer with one that is chosen already.

    A score that is the mean of others would tell of a region that is withheld for one of them.
    """
    used: set[str] = set()
    chosen = []
    for each in scores:
        parts = made_of[each.score, each.id]
        if parts and used.isdisjoint(parts):
            used |= parts
            chosen.append(each)
    return chosen


def _levels(rubric: Rubric, returns: Sequence[CohortReturn]) -> list[_Draft]:
    """Count areas by level of each criterion, and by partners who differ.

    Where the scored rating is one partner's own, its levels are what partners differ by.
    """
    drafts = [
        _Draft("criteria", "", each.criterion, {f"{level}": n for level, n in each.levels.items()})
        for each in criterion_counts(rubric, returns)
    ]
    is_shared = rubric.scored_rating in rubric.partner_ratings
    for views in () if is_shared else partner_views(rubric, returns):
        close = views.compared - views.apart
        counts = {"partners apart": views.apart, "partners close": close}
        drafts.append(_Draft("disagreements", "", views.criterion, counts))
    return drafts


def _published_counts(draft: _Draft, threshold: int) -> PublishedCounts:
    counts = list(draft.counts.values())
    areas = sum(counts)
    is_small = areas < threshold
    reason = Withheld.TOO_FEW if is_small else Withheld.SMALL_COUNT
    hidden = (True,) * len(counts) if is_small else withheld_counts(counts, threshold)
    shown = {
        name: reason if is_hidden else count
        for (name, count), is_hidden in zip(draft.counts.items(), hidden, strict=True)
    }
    return PublishedCounts(draft.table, draft.score, draft.id, areas, shown)


def _spreads(
    rubric: Rubric, returns: Sequence[CohortReturn], made_of: MadeOf, threshold: int
) -> tuple[PublishedSpread, ...]:
    everyone = frozenset(each.key for each in returns)
    groups = {EVERYONE: everyone, **regions_of(returns)}
    rows = []
    for each in _apart(distributions(rubric, returns), made_of):
        values = {
            found.key: figure.value
            for found in returns
            if (figure := found.scores.get((each.score, each.id))) is not None
            and figure.value is not None
        }
        scored = [members & frozenset(values) for members in groups.values()]
        reasons = publishable_groups(scored, threshold)
        for group, members, reason in zip(groups, scored, reasons, strict=True):
            found_values = [values[member] for member in members]
            rows.append(_spread(group, (each.score, each.id), found_values, reason, threshold))
    return tuple(rows)


def _spread(
    group: str,
    key: tuple[str, str],
    values: Sequence[Fraction],
    reason: Withheld | None,
    threshold: int,
) -> PublishedSpread:
    spread = None if reason else spread_of(values)
    if spread is None:
        why = reason or Withheld.TOO_FEW
        areas = None if why is Withheld.TOO_FEW else len(values)
        return PublishedSpread(group, *key, areas, why, why, why, why)
    # A quartile is about the areas beyond it, so these must not be too few either.
    has_median, has_quartiles = len(values) >= 2 * threshold, len(values) >= 4 * threshold
    few = Withheld.TOO_FEW
    return PublishedSpread(
        group,
        *key,
        areas=len(values),
        mean=_rounded(spread.mean),
        lower_quartile=_rounded(spread.lower_quartile) if has_quartiles else few,
        median=_rounded(spread.median) if has_median else few,
        upper_quartile=_rounded(spread.upper_quartile) if has_quartiles else few,
    )


def _rounded(value: Fraction) -> Decimal:
    """Round to two decimals, halves up: finer figures would tell more than they should."""
    return Decimal(floor(value * 100 + Fraction(1, 2))) / 100
