"""Check the rules of scoring: what roll-ups use, how they weigh, and what bands they fall in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from maturity.facet_checks import BUILT_IN_FACETS
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.models import Number
from maturity.normalise import normalise
from maturity.rubric import Overall, RollUp, Rubric
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_groups", "check_scoring"]

_ANSWERS = "criterion"


def check_scoring(rubric: Rubric) -> Iterator[Fault]:
    """Yield every fault in the rules of scoring.

    Args:
        rubric: a rubric whose fields are sound one by one.
    """
    earlier: dict[str, RollUp] = {}
    for place, rule in enumerate(rubric.scoring.rollups):
        path: Path = ("scoring", "rollups", place)
        yield from _name(rubric, rule, path, earlier)
        yield from _source(rubric, rule, path, earlier)
        yield from _grouping(rubric, rule, path)
        yield from _ratings(rubric, rule, path)
        yield from _weights(rule, path)
        earlier.setdefault(rule.score, rule)
    yield from _overall(rubric)
    yield from _bands(rubric)
    yield from _weights_that_no_rule_uses(rubric)


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


def _name(
    rubric: Rubric, rule: RollUp, path: Path, earlier: dict[str, RollUp]
) -> Iterator[Fault]:
    has_overall = isinstance(rubric.scoring.overall, Overall)
    if rule.score in earlier:
        yield error(
            IssueCode.ID_DUPLICATE,
            (*path, "score"),
            f"Two roll-ups make scores named {quoted(rule.score)}.",
            "Give one of them another name; say what it groups by with \"by\".",
        )
    elif rule.score == _ANSWERS or (rule.score == "overall" and has_overall):
        yield error(
            IssueCode.ID_DUPLICATE,
            (*path, "score"),
            f"A roll-up cannot be named {quoted(rule.score)} here, which has a meaning of its own.",
            "Give it another name.",
        )


def _source(
    rubric: Rubric, rule: RollUp, path: Path, earlier: dict[str, RollUp]
) -> Iterator[Fault]:
    if rule.of == _ANSWERS or rule.of in earlier:
        return
    later = [each.score for each in rubric.scoring.rollups]
    if rule.of in later:
        yield error(
            IssueCode.ROLLUP_UNKNOWN,
            (*path, "of"),
            f"The roll-up {quoted(rule.score)} uses {quoted(rule.of)}, which does not stand above"
            " it.",
            "Put what is used above what uses it.",
        )
    else:
        yield _unknown_rollup((*path, "of"), rule.of, f"The roll-up {quoted(rule.score)}", earlier)


def _unknown_rollup(path: Path, typed: str, owner: str, known: Iterable[str]) -> Fault:
    names = [_ANSWERS, *known] if path[-3] == "rollups" else list(known)
    return error(
        IssueCode.ROLLUP_UNKNOWN,
        path,
        f"{owner} uses {quoted(typed)}, which is not a roll-up.",
        f"{did_you_mean(typed, names)} It can be {listed(names)}.".strip(),
    )


def _grouping(rubric: Rubric, rule: RollUp, path: Path) -> Iterator[Fault]:
    known = (*BUILT_IN_FACETS, *rubric.facets)
    if rule.by is None:
        if rule.score not in known:
            yield error(
                IssueCode.FACET_UNKNOWN,
                (*path, "score"),
                f"The roll-up {quoted(rule.score)} does not say what it groups by, and its name is"
                " not a facet.",
                f'{did_you_mean(rule.score, known)} Add "by: […]" with some of'
                f" {listed(known)}.".strip(),
            )
        return
    for number, facet in enumerate(rule.by):
        if facet not in known:
            yield error(
                IssueCode.FACET_UNKNOWN,
                (*path, "by", number),
                f"The roll-up {quoted(rule.score)} groups by {quoted(facet)}, which is not a"
                " facet.",
                f"{did_you_mean(facet, known)} It can be {listed(known)}.".strip(),
            )
    yield from _repeats(rule.by, (*path, "by"), rule)


def _ratings(rubric: Rubric, rule: RollUp, path: Path) -> Iterator[Fault]:
    if rule.ratings is None:
        return
    place: Path = (*path, "ratings")
    if rule.of != _ANSWERS:
        yield query(
            IssueCode.UNUSED,
            place,
            f"The roll-up {quoted(rule.score)} is made of scores, so its ratings have no effect.",
            f"Put them on the roll-up {quoted(rule.of)}, or take them away.",
            is_key=True,
        )
    if not rule.ratings:
        yield error(
            IssueCode.VALUE_WRONG,
            place,
            f"The roll-up {quoted(rule.score)} uses no rating at all.",
            'Name at least one rating, or take "ratings" away to use the scored one.',
        )
    for number, rating in enumerate(rule.ratings):
        if rating not in rubric.ratings:
            yield error(
                IssueCode.RATING_UNKNOWN,
                (*place, number),
                f"The roll-up {quoted(rule.score)} uses rating {quoted(rating)}, which is not"
                " declared.",
                f"{did_you_mean(rating, rubric.ratings)} The ratings are"
                f" {listed(rubric.ratings, 'and')}.".strip(),
            )
    yield from _repeats(rule.ratings, place, rule)


def _repeats(names: tuple[str, ...], path: Path, rule: RollUp) -> Iterator[Fault]:
    for number, name in enumerate(names):
        if name in names[:number]:
            yield error(
                IssueCode.ID_DUPLICATE,
                (*path, number),
                f"The roll-up {quoted(rule.score)} names {quoted(name)} twice.",
                "Take one of them away.",
            )
            return


def _weights(rule: RollUp, path: Path) -> Iterator[Fault]:
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
    yield from _repeats(rule.weight_sources, path, rule)


def _overall(rubric: Rubric) -> Iterator[Fault]:
    overall = rubric.scoring.overall
    names = [rule.score for rule in rubric.scoring.rollups]
    if isinstance(overall, Overall) and overall.of not in names:
        yield _unknown_rollup(("scoring", "overall", "of"), overall.of, "The overall score", names)


def _bands(rubric: Rubric) -> Iterator[Fault]:
    bands = rubric.scoring.bands
    lowest = min(level.value for level in rubric.levels)
    highest = max(level.value for level in rubric.levels)
    labels: set[str] = set()
    for place, band in enumerate(bands):
        path: Path = ("scoring", "bands", place, "from")
        if place and band.cut <= bands[place - 1].cut:
            yield error(
                IssueCode.BAND_ORDER,
                path,
                f"The band {quoted(band.label)} begins at {band.cut}, not above the one before it,"
                f" at {bands[place - 1].cut}.",
                "Put the bands in order, lowest first, each with a cut of its own.",
            )
        elif not place and band.cut > lowest:
            yield error(
                IssueCode.BAND_ORDER,
                path,
                f"The first band begins at {band.cut}, so scores from {lowest} up to it have none.",
                f'Write "from: {lowest}", or add a band below it.',
            )
        elif band.cut > highest:
            yield query(
                IssueCode.BAND_ORDER,
                path,
                f"The band {quoted(band.label)} begins at {band.cut}, above the highest level"
                f" {highest}, so it is reached by no mean.",
                "Lower its cut, or take it away.",
            )
        folded = normalise(band.label)
        if folded in labels:
            yield error(
                IssueCode.ID_DUPLICATE,
                ("scoring", "bands", place, "label"),
                f"Two bands are named {quoted(band.label)}.",
                "Give every band a name of its own.",
            )
        labels.add(folded)


def _weights_that_no_rule_uses(rubric: Rubric) -> Iterator[Fault]:
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
            how = "in more than one way" if sources else "not at all"
            yield error(
                IssueCode.FACET_UNKNOWN,
                (*path, "by"),
                f"The roll-up {quoted(rule.score)} groups the scores of {quoted(inner.score)} by"
                f" {quoted(facet)}, and those say {how} to which {quoted(facet)} they belong.",
                f"Group by some of {listed(inner.grouping)}, make it of \"criterion\", or give"
                f' every member a "within: {{{facet}: …}}".',
            )


def _leads_to(rubric: Rubric, own: str, facet: str) -> bool:
    """Say whether every member of one facet that has criteria lies within another facet."""
    if own in BUILT_IN_FACETS:
        return False
    used = {key for each in rubric.criteria for key in rubric.memberships(each, own)}
    members = rubric.facets[own].members
    return bool(used) and all(facet in members[key].within for key in used)
