"""Check that weights can matter, and that every score that a rubric asks for can exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from maturity.checks.ids import BUILT_IN_FACETS, known_members, suggest
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.models import Number
from maturity.rubric import RollUp, Rubric
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_weights", "repeats", "weights_without_effect"]

_ANSWERS = "criterion"
_MAY_WEIGH = ("weighted-mean", "geometric-mean", "sum", "points", "count", "share")


def check_weights(rubric: Rubric, rule: RollUp, path: Path) -> Iterator[Fault]:
    """Yield every fault in where a roll-up takes its weights from."""
    place: Path = (*path, "weights")
    needs_weights = rule.method == "weighted-mean"
    if rule.weights is not None and rule.method not in _MAY_WEIGH:
        yield error(
            IssueCode.WEIGHT_POINTLESS,
            place,
            f'The roll-up {quoted(rule.score)} names weights, which "{rule.method}" does not use.',
            'Write "method: weighted-mean", or take the weights away.',
            is_key=True,
        )
    elif rule.weight_tables:
        yield from _weight_tables(rubric, rule, place)
    elif rule.of != _ANSWERS and (needs_weights or rule.weights is not None):
        yield error(
            IssueCode.WEIGHT_POINTLESS,
            (*path, "method"),
            f"The roll-up {quoted(rule.score)} is made of scores, which carry no weights.",
            'Write the weights here, "weights: {facet: {member: 2, …}}", or "method: mean".',
        )
    elif needs_weights and not rule.weight_sources:
        yield error(
            IssueCode.KEY_MISSING,
            path,
            f"The roll-up {quoted(rule.score)} is a weighted mean and does not say of what"
            " weights.",
            f'Add "weights: …" with {listed((_ANSWERS, *rule.grouping))}.',
        )
    else:
        yield from _weight_sources(rubric, rule, place)


def _weight_sources(rubric: Rubric, rule: RollUp, path: Path) -> Iterator[Fault]:
    known = tuple(dict.fromkeys((_ANSWERS, *rule.grouping, *rubric.ratings)))
    for number, source in enumerate(rule.weight_sources):
        place: Path = path if isinstance(rule.weights, str) else (*path, number)
        if source not in known:
            yield error(
                IssueCode.FACET_UNKNOWN,
                place,
                f"The roll-up {quoted(rule.score)} takes weights from {quoted(source)}, which is"
                " neither a facet by which it groups nor a rating.",
                f"{did_you_mean(source, known)} It can be {listed(known)}.".strip(),
            )
        elif source in rule.weight_ratings:
            yield from _weight_rating(rubric, rule, source, place)
        elif source in ("domain", "rating"):
            yield query(
                IssueCode.WEIGHT_POINTLESS,
                place,
                f"Weights from {quoted(source)} are all the same, so they cannot matter.",
                f'Take it away, or use "{_ANSWERS}".',
            )
    yield from repeats(rule.weight_sources, path, rule)


def _weight_rating(rubric: Rubric, rule: RollUp, rating: str, path: Path) -> Iterator[Fault]:
    """Yield why the answers under a rating cannot be weights."""
    # Not `scored_rating`: whether just one rating is scored is checked elsewhere, and may be wrong.
    scored = [key for key, each in rubric.ratings.items() if each.scored]
    if rating in (rule.ratings or scored):
        yield error(
            IssueCode.VALUE_WRONG,
            path,
            f"The answers under {quoted(rating)} are what is weighed, so they cannot be the"
            " weights as well.",
            "Name the rating that says how much each answer matters.",
        )
    levels = {
        level.value
        for criterion in rubric.criteria
        if (name := rubric.answer_set_for(criterion, rating)) is None or name in rubric.answer_sets
        for level in rubric.levels_for(criterion, rating)
    }
    if levels and (min(levels) < 0 or not max(levels)):
        yield error(
            IssueCode.VALUE_WRONG,
            path,
            f"The answers under {quoted(rating)} can be below 0, or are all 0, so they are no"
            " weights.",
            "Give that rating an answer set with values of 0 and more.",
        )


def _weight_tables(rubric: Rubric, rule: RollUp, path: Path) -> Iterator[Fault]:
    """Yield facets and members that are not known, and members without a weight."""
    known = (*BUILT_IN_FACETS, *rubric.facets)
    for facet, table in rule.weight_tables.items():
        place: Path = (*path, facet)
        if facet not in known:
            yield error(
                IssueCode.FACET_UNKNOWN,
                place,
                f"{quoted(facet)} is not a facet.",
                suggest(facet, known, "facets"),
                is_key=True,
            )
            continue
        members = known_members(rubric, facet) or {}
        for member in table:
            if member not in members:
                yield error(
                    IssueCode.FACET_UNKNOWN,
                    (*place, member),
                    f"{quoted(member)} is not a member of facet {quoted(facet)}.",
                    suggest(member, members, "members"),
                    is_key=True,
                )
        unweighed = [member for member in members if member not in table]
        if unweighed:
            yield error(
                IssueCode.KEY_MISSING,
                place,
                f"No weight is given for {listed(map(quoted, unweighed), 'and', 5)}.",
                "Give every member a weight; 0 leaves it out.",
                is_key=True,
            )
        if table and not any(table.values()):
            yield error(
                IssueCode.WEIGHT_POINTLESS,
                place,
                f"All weights per {quoted(facet)} are 0, so there is nothing to score.",
                "Give at least one member a weight above 0.",
                is_key=True,
            )


def repeats(names: tuple[str, ...], path: Path, rule: RollUp) -> Iterator[Fault]:
    """Yield the first name that stands twice in one list of a roll-up."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield error(
                IssueCode.ID_DUPLICATE,
                (*path, number),
                f"The roll-up {quoted(rule.score)} names {quoted(name)} twice.",
                "Take one of them away.",
            )
            return
        seen.add(name)


def weights_without_effect(rubric: Rubric) -> Iterator[Fault]:
    """Yield weights that are written and that change no score."""
    used = {source for rule in rubric.scoring.rollups for source in rule.weight_sources}
    places: dict[str, list[Path]] = defaultdict(list)
    for source, path, weight in _written_weights(rubric):
        if weight != 1 and source not in used:
            places[source].append(path)
        elif weight == 0 and source == _ANSWERS:
            yield query(
                IssueCode.WEIGHT_POINTLESS,
                path,
                f'With a weight of 0 it never counts where roll-ups weigh by "{_ANSWERS}".',
                "Give it a weight above 0, or take the criterion away.",
            )
    for source, paths in places.items():
        more = f" The same goes for {len(paths) - 1} more." if len(paths) > 1 else ""
        yield query(
            IssueCode.WEIGHT_POINTLESS,
            paths[0],
            f"This weight cannot matter: no roll-up takes weights from {quoted(source)}.{more}",
            f'Add "weights: {source}" to a roll-up with "method: weighted-mean", or take it away.',
        )


def _written_weights(rubric: Rubric) -> Iterator[tuple[str, Path, Number]]:
    for place, domain in enumerate(rubric.domains):
        for number, criterion in enumerate(domain.criteria):
            path: Path = ("domains", place, "criteria", number)
            yield _ANSWERS, (*path, "weight"), criterion.weight
            for key, weight in criterion.principles.items():
                yield "principle", (*path, "principles", key), weight
            for facet, members in criterion.facets.items():
                if not isinstance(members, (str, tuple)):
                    for key, weight in members.items():
                        yield facet, (*path, "facets", facet, key), weight
