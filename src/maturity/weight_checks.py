"""Check that weights can matter, and that every score that a rubric asks for can exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from maturity.facet_checks import BUILT_IN_FACETS
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.models import Number
from maturity.rubric import RollUp, Rubric
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_groups", "check_weights", "repeats", "weights_without_effect"]

_ANSWERS = "criterion"


def check_weights(rule: RollUp, path: Path) -> Iterator[Fault]:
    """Yield every fault in where a roll-up takes its weights from."""
    place: Path = (*path, "weights")
    is_weighted = rule.method == "weighted-mean"
    if not is_weighted and rule.weights is not None:
        yield error(
            IssueCode.WEIGHT_POINTLESS,
            place,
            f'The roll-up {quoted(rule.score)} names weights, which "{rule.method}" does not use.',
            'Write "method: weighted-mean", or take the weights away.',
            is_key=True,
        )
    elif is_weighted and rule.of != _ANSWERS:
        yield error(
            IssueCode.WEIGHT_POINTLESS,
            (*path, "method"),
            f"The roll-up {quoted(rule.score)} is made of scores, which carry no weights.",
            'Write "method: mean", or make it of "criterion".',
        )
    elif is_weighted and not rule.weight_sources:
        yield error(
            IssueCode.KEY_MISSING,
            path,
            f"The roll-up {quoted(rule.score)} is a weighted mean and does not say of what"
            " weights.",
            f'Add "weights: …" with {listed((_ANSWERS, *rule.grouping))}.',
        )
    elif is_weighted:
        yield from _weight_sources(rule, place)


def _weight_sources(rule: RollUp, path: Path) -> Iterator[Fault]:
    known = (_ANSWERS, *rule.grouping)
    for number, source in enumerate(rule.weight_sources):
        place: Path = path if isinstance(rule.weights, str) else (*path, number)
        if source not in known:
            yield error(
                IssueCode.FACET_UNKNOWN,
                place,
                f"The roll-up {quoted(rule.score)} takes weights from {quoted(source)}, by which it"
                " does not group.",
                f"{did_you_mean(source, known)} It can be {listed(known)}.".strip(),
            )
        elif source in ("domain", "rating"):
            yield query(
                IssueCode.WEIGHT_POINTLESS,
                place,
                f"Weights from {quoted(source)} are all the same, so they cannot matter.",
                f'Take it away, or use "{_ANSWERS}".',
            )
    yield from repeats(rule.weight_sources, path, rule)


def repeats(names: tuple[str, ...], path: Path, rule: RollUp) -> Iterator[Fault]:
    """Yield the first name that stands twice in one list of a roll-up."""
    for number, name in enumerate(names):
        if name in names[:number]:
            yield error(
                IssueCode.ID_DUPLICATE,
                (*path, number),
                f"The roll-up {quoted(rule.score)} names {quoted(name)} twice.",
                "Take one of them away.",
            )
            return


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


def check_groups(rubric: Rubric) -> Iterator[Fault]:
    """Yield faults in what the scores would be made of.

    Args:
        rubric: a rubric without any other error.
    """
    earlier: dict[str, RollUp] = {}
    for place, rule in enumerate(rubric.scoring.rollups):
        path: Path = ("scoring", "rollups", place)
        if rule.of == _ANSWERS:
            yield from _answer_groups(rubric, rule, path)
        else:
            yield from _coarser(rubric, rule, earlier[rule.of], path)
        earlier[rule.score] = rule


def _answer_groups(rubric: Rubric, rule: RollUp, path: Path) -> Iterator[Fault]:
    """Add up each group's weight, as the engine will."""
    totals: dict[tuple[str, ...], Number] = {}
    facets = [facet for facet in rule.grouping if facet != "rating"]
    for criterion in rubric.criteria.values():
        choices = [rubric.memberships(criterion.id, facet) for facet in facets]
        for keys in product(*choices):
            weight: Number = criterion.weight if _ANSWERS in rule.weight_sources else 1
            for facet, key, members in zip(facets, keys, choices, strict=True):
                weight = weight * members[key] if facet in rule.weight_sources else weight
            totals[keys] = totals.get(keys, 0) + weight
    if not totals:
        yield query(
            IssueCode.UNUSED,
            path,
            f"The roll-up {quoted(rule.score)} makes no score: no criterion belongs to"
            f" {listed(facets, 'and')}.",
            "Give criteria a place there, or take the roll-up away.",
        )
    empty = ["/".join(keys) or rule.score for keys, total in totals.items() if total == 0]
    if empty:
        yield error(
            IssueCode.WEIGHT_POINTLESS,
            (*path, "weights"),
            f"The roll-up {quoted(rule.score)} can never score {listed(empty, 'and', 5)}: all"
            " weights there are 0.",
            "Give at least one criterion a weight above 0 there.",
        )


def _coarser(rubric: Rubric, rule: RollUp, inner: RollUp, path: Path) -> Iterator[Fault]:
    """Each score that is used must say to which group it belongs, and to one only."""
    for facet in rule.grouping:
        if facet in inner.grouping:
            continue
        sources = [own for own in inner.grouping if _leads_to(rubric, own, facet)]
        if len(sources) != 1:
            how = "say this in more than one way" if sources else "do not say this"
            yield error(
                IssueCode.FACET_UNKNOWN,
                (*path, "by"),
                f"The roll-up {quoted(rule.score)} groups the scores of {quoted(inner.score)}"
                f" by the {quoted(facet)} that they belong to, and those scores {how}.",
                f'Group by some of {listed(inner.grouping)}, make it of "criterion", or give'
                f' every member a "within: {{{facet}: …}}".',
            )


def _leads_to(rubric: Rubric, own: str, facet: str) -> bool:
    """Say whether every member of one facet that has criteria lies within another facet."""
    if own in BUILT_IN_FACETS:
        return False
    used = {key for each in rubric.criteria for key in rubric.memberships(each, own)}
    members = rubric.facets[own].members
    return bool(used) and all(facet in members[key].within for key in used)
