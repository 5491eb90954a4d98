"""Choose which scores stand in which table, by what they group and not by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from maturity.result import Result, Score
from maturity.rubric import RollUp, Rubric
from maturity.writing.workbook_words import rules_of

__all__ = ["Grid", "ScoreTable", "Tables", "tables_of"]


class ScoreTable(NamedTuple):
    """One table of the summary: the scores of one facet, and what stands beside each.

    Attributes:
        title: what the scores are called.
        facet: what they are grouped by.
        scores: the scores, in the rubric's order.
        targets: member → its score from the target rating; empty when the rubric makes none.
        partners: partner rating → member → its score; likewise.
    """

    title: str
    facet: str
    scores: tuple[Score, ...]
    targets: Mapping[str, Score]
    partners: Mapping[str, Mapping[str, Score]]


class Grid(NamedTuple):
    """Scores by two facets at once.

    Attributes:
        title: what the scores are called.
        facets: the facet of the rows and that of the columns.
        cells: (row member, column member) → score.
        totals: for the rows and for the columns, member → the score of that facet alone.
    """

    title: str
    facets: tuple[str, str]
    cells: Mapping[tuple[str, str], Score]
    totals: tuple[Mapping[str, Score], Mapping[str, Score]]


class Tables(NamedTuple):
    """Every score of a result, each in exactly one table."""

    single: tuple[ScoreTable, ...]
    grids: tuple[Grid, ...]
    others: tuple[Score, ...]


def tables_of(result: Result) -> Tables:
    """Sort the scores of a result into tables."""
    rubric = result.rubric
    rules = rules_of(rubric)
    main = {name: rule for name, rule in rules.items() if _is_of_scored_rating(rubric, rules, rule)}
    singles = {
        name: rule for name, rule in main.items() if len(rule.grouping) == 1 and name != "overall"
    }
    shown = set(singles)
    single = []
    claimed: set[str] = set()
    for name, rule in singles.items():
        targets, partners = _companions(result, rules, rule.grouping[0], claimed)
        single.append(
            ScoreTable(
                title=rule.title or name,
                facet=rule.grouping[0],
                scores=tuple(result.by_rollup.get(name, {}).values()),
                targets=targets,
                partners=partners,
            )
        )
    grids = []
    for name, rule in main.items():
        if len(rule.grouping) == 2:
            grids.append(_grid(result, rule, single))
            shown.add(name)
    others = tuple(s for s in result.scores if s.score not in shown | claimed)
    return Tables(tuple(single), tuple(grids), others)


def _is_of_scored_rating(rubric: Rubric, rules: Mapping[str, RollUp], rule: RollUp) -> bool:
    while rule.of != "criterion":
        rule = rules[rule.of]
    return "rating" not in rule.grouping and rule.ratings in (None, (rubric.scored_rating,))


def _companions(
    result: Result, rules: Mapping[str, RollUp], facet: str, claimed: set[str]
) -> tuple[Mapping[str, Score], Mapping[str, Mapping[str, Score]]]:
    """Find the target scores and the partners' scores of one facet, once each."""
    rubric = result.rubric
    targets: Mapping[str, Score] = {}
    partners: dict[str, dict[str, Score]] = {}
    for name, rule in rules.items():
        if rule.of != "criterion" or rule.ratings is None or name in claimed:
            continue
        scores = result.by_rollup.get(name, {}).values()
        if rule.grouping == (facet,) and rule.ratings == (rubric.target_rating,) and not targets:
            targets = {score.members[facet]: score for score in scores}
            claimed.add(name)
        elif (
            sorted(rule.grouping) == sorted(("rating", facet))
            and set(rule.ratings) <= set(rubric.partner_ratings)
            and not partners
        ):
            for score in scores:
                partners.setdefault(score.members["rating"], {})[score.members[facet]] = score
            claimed.add(name)
    return targets, partners


def _grid(result: Result, rule: RollUp, single: list[ScoreTable]) -> Grid:
    rows, columns = rule.grouping
    scores = result.by_rollup.get(rule.score, {}).values()
    cells = {(score.members[rows], score.members[columns]): score for score in scores}
    by_facet = {table.facet: table for table in reversed(single)}

    def totals(facet: str) -> Mapping[str, Score]:
        table = by_facet.get(facet)
        return {} if table is None else {score.members[facet]: score for score in table.scores}

    return Grid(rule.title or rule.score, (rows, columns), cells, (totals(rows), totals(columns)))
