"""Lay out everything that a rubric says as single facts, so that no difference can be missed.

The fields of the models are walked, not listed: a key that is added to the language later is
compared from the first day. What the facts of the old version name is put in the ids of the new
one, so that a new name alone makes no difference elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from maturity.comparing.names import Names, renamed
from maturity.models import Model
from maturity.rubric import Criterion, Rubric
from maturity.rules import Overall

__all__ = ["Facts", "Thing", "facts_of", "fields_of", "orders_of"]

Thing = tuple[str, str]
"""What a fact is about: its kind, such as `criterion`, and its id."""
Facts = Mapping[Thing, Mapping[str, Any]]
"""Thing → key → value."""

# Groups of a rubric that are laid out thing by thing.
_LAID_OUT = (
    "levels",
    "answers",
    "answer_sets",
    "principles",
    "facets",
    "ratings",
    "domains",
    "metrics",
    "scoring",
)
_SPREAD = ("levels", "principles", "facets")


def facts_of(rubric: Rubric, names: Names) -> Facts:
    """Lay out a rubric.

    Args:
        rubric: the rubric.
        names: what its ids are to be called.

    Returns:
        Every fact, but for criteria, metrics, ratings, domains and principles that have no name
        in both versions, and for answer rules, which have no ids.
    """
    return dict(_things(rubric, names))


def _things(rubric: Rubric, names: Names) -> Iterator[tuple[Thing, dict[str, Any]]]:
    yield ("rubric", ""), fields_of(rubric, _LAID_OUT)
    for level in rubric.levels:
        yield ("level", str(level.value)), fields_of(level, ["value"])
    yield ("answers", ""), fields_of(rubric.answers)
    for key, answer_set in rubric.answer_sets.items():
        yield ("answer set", key), fields_of(answer_set, ["levels"])
        for level in answer_set.levels:
            yield ("level of an answer set", f"{key} {level.value}"), fields_of(level, ["value"])
    for key, principle in rubric.principles.items():
        if key in names.principles:
            yield ("principle", names.principles[key]), fields_of(principle)
    for key, facet in rubric.facets.items():
        yield ("facet", key), fields_of(facet, ["members"])
        for name, member in facet.members.items():
            yield ("member of a facet", f"{key} {name}"), fields_of(member)
    for key, rating in rubric.ratings.items():
        facts = fields_of(rating)
        facts["target_for"] = names.member("rating", facts["target_for"])
        if key in names.ratings:
            yield ("rating", names.ratings[key]), facts
    yield from _asked(rubric, names)
    yield from _scoring(rubric, names)


def _asked(rubric: Rubric, names: Names) -> Iterator[tuple[Thing, dict[str, Any]]]:
    for domain in rubric.domains:
        if domain.id in names.domains:
            yield ("domain", names.domains[domain.id]), fields_of(domain, ["id", "criteria"])
        for criterion in domain.criteria:
            if criterion.id in names.criteria:
                facts = _criterion(criterion, names)
                facts["domain"] = names.member("domain", domain.id)
                yield ("criterion", names.criteria[criterion.id]), facts
    for key, metric in rubric.metrics.items():
        if key in names.criteria:
            yield ("metric", names.criteria[key]), fields_of(metric)


def _criterion(criterion: Criterion, names: Names) -> dict[str, Any]:
    served = {names.member("principle", key): w for key, w in criterion.principles.items()}
    return {
        **fields_of(criterion, ["id", *_SPREAD]),
        # An id that stands in for a title is no title.
        "title": "" if criterion.title == criterion.id else criterion.title,
        **_spread("levels", criterion.levels),
        **_spread("principles", served),
        **_spread("facets", criterion.facets),
    }


def _scoring(rubric: Rubric, names: Names) -> Iterator[tuple[Thing, dict[str, Any]]]:
    scoring = rubric.scoring
    without = ["answer_rules", "rollups", "overall", "bands", "disagreement"]
    yield ("scoring", ""), fields_of(scoring, without)
    for rollup in scoring.rollups:
        yield ("roll-up", rollup.score), renamed(fields_of(rollup, ["score"]), names)
    if isinstance(scoring.overall, Overall):
        yield ("overall score", ""), renamed(fields_of(scoring.overall), names)
    for band in scoring.bands:
        yield ("band", band.label), fields_of(band, ["label"])
    yield ("disagreement", ""), fields_of(scoring.disagreement)


def orders_of(rubric: Rubric, names: Names) -> dict[Thing, tuple[str, ...]]:
    """Give the order of everything that stands in some order: what it is in → the ids."""
    scoring = rubric.scoring
    orders: dict[Thing, Iterable[str]] = {
        ("rubric", "domains"): _known(names.domains, (each.id for each in rubric.domains)),
        ("rubric", "principles"): _known(names.principles, rubric.principles),
        ("rubric", "ratings"): _known(names.ratings, rubric.ratings),
        ("rubric", "metrics"): _known(names.criteria, rubric.metrics),
        ("rubric", "facets"): rubric.facets,
        ("rubric", "answer sets"): rubric.answer_sets,
        ("rubric", "roll-ups"): (rollup.score for rollup in scoring.rollups),
        ("rubric", "bands"): (band.label for band in scoring.bands),
    }
    for domain in rubric.domains:
        if domain.id in names.domains:
            criteria = _known(names.criteria, (each.id for each in domain.criteria))
            orders["domain", names.domains[domain.id]] = criteria
    for key, facet in rubric.facets.items():
        orders["facet", key] = facet.members
    return {thing: tuple(order) for thing, order in orders.items()}


def _known(names: Mapping[str, str], ids: Iterable[str]) -> Iterable[str]:
    return (names[each] for each in ids if each in names)


def fields_of(model: Model, without: Collection[str] = ()) -> dict[str, Any]:
    """Give what a model says, key by key, as plain data; `without` leaves keys out."""
    return {
        field.alias or name: _plain(getattr(model, name))
        for name, field in type(model).model_fields.items()
        if name not in without
    }


def _plain(value: Any) -> Any:
    """Give a value as plain data; in models further inside, what they leave out is left out."""
    if isinstance(value, Model):
        return value.model_dump(by_alias=True, exclude_defaults=True)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return value


def _spread(key: str, values: Mapping[Any, Any]) -> dict[str, Any]:
    return {f"{key} {name}": _plain(value) for name, value in values.items()}
