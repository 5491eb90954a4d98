"""Check that a layout suits its rubric: what it names is there, and says which item is meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import prod

from maturity.checks.ids import BUILT_IN_FACETS, known_members, suggest
from maturity.checks.layout_lists import check_unused_lists
from maturity.checks.layout_words import check_meanings
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.layout import Layout, Table
from maturity.normalise import fold_text
from maturity.rubric import Rubric
from maturity.selection import scores_of
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_against_rubric", "check_table_against_rubric"]

_ANSWERS = "criterion"
_MOST_IDS = 10_000


def check_against_rubric(layout: Layout, rubric: Rubric) -> Iterator[Fault]:
    """Yield what a layout says outside its tables' rows that its rubric does not know.

    Args:
        layout: a layout whose fields are sound one by one.
        rubric: the rubric that it must suit.
    """
    yield from check_meanings(layout, rubric)
    yield from check_unused_lists(layout, rubric)
    yield from _single_answers(layout, rubric)
    yield from _stated(layout, rubric)
    yield from _asks(layout, rubric)


def check_table_against_rubric(table: Table, rubric: Rubric, path: Path) -> Iterator[Fault]:
    """Yield what a table says of its rows that the rubric does not know.

    Args:
        table: the table.
        rubric: the rubric that it must suit.
        path: where the table stands in its layout.
    """
    noun, known = _known(table, rubric)
    if table.rows == "criteria":
        yield from _ratings(table, rubric, path)
    elif table.rows == "metrics" and not rubric.metrics:
        yield query(
            IssueCode.UNUSED,
            (*path, "rows"),
            "The rubric has no metrics, so this table is never found.",
            "Take the table away, or add metrics to the rubric.",
        )
    for key, names in (("ids", table.ids), ("titles", table.titles)):
        for written, target in names.items():
            if known is not None and target not in known:
                yield error(
                    IssueCode.CRITERION_UNKNOWN,
                    (*path, key, written),
                    f"{quoted(written)} stands for {noun} {quoted(target)}, which the rubric does"
                    " not have.",
                    f"{did_you_mean(target, known)} Use an id of the rubric.".strip(),
                )
    if table.id.by == "text" and table.rows == "criteria":
        yield from _same_texts(rubric, path)


def _known(table: Table, rubric: Rubric) -> tuple[str, Mapping[str, object] | None]:
    """Say what a table's rows are about, and which of these the rubric has; None for any."""
    if table.rows == "metrics":
        return "metric", rubric.metrics
    if table.rows == "scores" and table.score != _ANSWERS:
        return "score", None
    return "criterion", rubric.criteria


def _ratings(table: Table, rubric: Rubric, path: Path) -> Iterator[Fault]:
    named = [((*path, "answers", rating), rating) for rating in table.answers]
    for number, group in enumerate(table.groups):
        named += [((*path, "groups", number, "answers", key), key) for key in group.answers]
    for place, rating in named:
        if rating not in rubric.ratings:
            yield error(
                IssueCode.RATING_UNKNOWN,
                place,
                f"The rubric has no rating {quoted(rating)}.",
                f"{did_you_mean(rating, rubric.ratings)} Its ratings are"
                f" {listed(rubric.ratings, 'and')}.".strip(),
                is_key=True,
            )


def _same_texts(rubric: Rubric, path: Path) -> Iterator[Fault]:
    """Yield criteria that their text does not tell apart, where text is all there is."""
    holders: dict[str, str] = {}
    for key, criterion in rubric.criteria.items():
        for text in {fold_text(criterion.title), fold_text(criterion.prompt)} - {""}:
            other = holders.setdefault(text, key)
            if other != key:
                yield error(
                    IssueCode.LAYOUT_AMBIGUOUS,
                    (*path, "id", "by"),
                    f"The criteria {other} and {key} have the same text, so rows cannot be told"
                    " apart by it.",
                    'Put their ids together from the section and the text, with "parts" and'
                    ' "compose".',
                )


def _single_answers(layout: Layout, rubric: Rubric) -> Iterator[Fault]:
    for number, answer in enumerate(layout.answers):
        for key, name, known, code in (
            ("criterion", answer.criterion, rubric.criteria, IssueCode.CRITERION_UNKNOWN),
            ("rating", answer.rating, rubric.ratings, IssueCode.RATING_UNKNOWN),
        ):
            if name not in known:
                yield error(
                    code,
                    ("answers", number, key),
                    f"The rubric has no {key} {quoted(name)}.",
                    f"{did_you_mean(name, known)} Use an id of the rubric.".strip(),
                )


def _stated(layout: Layout, rubric: Rubric) -> Iterator[Fault]:
    """Yield stated scores of which the rubric knows nothing."""
    scores = {rule.score for rule in rubric.scoring.rules} | {_ANSWERS}
    for where, score, rating in _named_scores(layout):
        if score is not None and score not in scores:
            yield error(
                IssueCode.ROLLUP_UNKNOWN,
                (*where, "score"),
                f"The rubric makes no score {quoted(score)}.",
                f"{did_you_mean(score, scores)} Its scores are {listed(sorted(scores), 'and')}.",
            )
        if rating is not None and rating not in rubric.ratings:
            yield error(
                IssueCode.RATING_UNKNOWN,
                (*where, "rating"),
                f"The rubric has no rating {quoted(rating)}.",
                f"Its ratings are {listed(rubric.ratings, 'and')}.",
            )
    yield from _stated_ids(layout, rubric, scores)
    for number, cells in enumerate(layout.stated):
        for cell, id_ in cells.cells.items():
            if cells.score == _ANSWERS and id_ not in rubric.criteria:
                yield error(
                    IssueCode.CRITERION_UNKNOWN,
                    ("stated", number, "cells", cell),
                    f"The rubric has no criterion {quoted(id_)}.",
                    f"{did_you_mean(id_, rubric.criteria)} Use an id of the rubric.".strip(),
                )


def _named_scores(layout: Layout) -> Iterator[tuple[Path, str | None, str | None]]:
    """Yield where scores of the workbook's own are named, with their roll-up and rating."""
    for place, table in enumerate(layout.tables):
        path: Path = ("tables", place)
        if table.rows == "scores":
            yield path, table.score, None
        groups = [(path, table.stated)]
        groups += [((*path, "groups", n), group.stated) for n, group in enumerate(table.groups)]
        for where, columns in groups:
            for number, column in enumerate(columns):
                yield (*where, "stated", number), column.score, column.rating
    for number, cells in enumerate(layout.stated):
        yield ("stated", number), cells.score, cells.rating


def _stated_ids(layout: Layout, rubric: Rubric, scores: Collection[str]) -> Iterator[Fault]:
    """Yield ids of stated scores that no group of their roll-up can have."""
    named: list[tuple[Path, str, str]] = [
        (
            ("stated", number, "cells", cell),
            cells.score,
            id_ if cells.rating is None else f"{id_}/{cells.rating}",
        )
        for number, cells in enumerate(layout.stated)
        for cell, id_ in cells.cells.items()
    ]
    named += [
        (("tables", number, "ids", typed), table.score or "", id_)
        for number, table in enumerate(layout.tables)
        if table.rows == "scores"
        for typed, id_ in table.ids.items()
    ]
    known = {score: _ids_of(rubric, score) for score in {score for _, score, _ in named}}
    for path, score, id_ in named:
        ids = known[score]
        if score in scores and score != _ANSWERS and ids and id_ not in ids:
            yield error(
                IssueCode.ROLLUP_UNKNOWN,
                path,
                f"The roll-up {quoted(score)} makes no score with the id {quoted(id_)}.",
                f"{did_you_mean(id_, ids)} Its ids are {listed(ids, 'and', 8)}.".strip(),
            )


def _ids_of(rubric: Rubric, score: str) -> tuple[str, ...]:
    """Give the ids that a roll-up's scores can have; none when they are too many to list."""
    rule = next((rule for rule in rubric.scoring.rules if rule.score == score), None)
    if rule is None:
        return ()
    sizes = [len(known_members(rubric, facet) or ()) for facet in rule.grouping]
    return tuple(scores_of(rubric, score)) if 0 < prod(sizes) <= _MOST_IDS else ()


def _asks(layout: Layout, rubric: Rubric) -> Iterator[Fault]:
    """Yield what an edition is said to ask and the rubric does not know."""
    facets = [facet for facet in (*BUILT_IN_FACETS, *rubric.facets) if facet != "rating"]
    for facet, members in layout.asks.items():
        path: Path = ("asks", facet)
        if facet not in facets:
            yield error(
                IssueCode.FACET_UNKNOWN,
                path,
                f"{quoted(facet)} is not a facet of criteria.",
                suggest(facet, facets, "facets"),
                is_key=True,
            )
            continue
        known = known_members(rubric, facet)
        for place, member in enumerate(members):
            if known is not None and member not in known:
                yield error(
                    IssueCode.FACET_UNKNOWN,
                    (*path, place),
                    f"{quoted(member)} is not a member of facet {quoted(facet)}.",
                    suggest(member, known, "members"),
                )
