"""Check that weights can matter, and that every score that a rubric asks for can exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.models import Number
from maturity.rubric import RollUp, Rubric
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_weights", "repeats", "weights_without_effect"]

_ANSWERS = "criterion"


def check_weights(rule: RollUp, path: Path) -> Iterator[Fault]:
    """Yield every fault in where a roll-up takes its weights from."""
    place: Path = (*path, "weights")
    needs_weights = rule.method == "weighted-mean"
    is_weighted = needs_weights or rule.method == "points"
    if not is_weighted and rule.weights is not None:
        yield error(
            IssueCode.WEIGHT_POINTLESS,
            place,
            f'The roll-up {quoted(rule.score)} names weights, which "{rule.method}" does not use.',
            'Write "method: weighted-mean", or take the weights away.',
            is_key=True,
        )
    elif rule.of != _ANSWERS and (needs_weights or rule.weights is not None):
        yield error(
            IssueCode.WEIGHT_POINTLESS,
            (*path, "method"),
            f"The roll-up {quoted(rule.score)} is made of scores, which carry no weights.",
            'Write "method: mean" without weights, or make it of "criterion".',
        )
    elif needs_weights and not rule.weight_sources:
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
