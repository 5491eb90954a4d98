"""Check the rules of scoring: what roll-ups use and group by, and what bands scores fall in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maturity.checks.answer_rules import check_answer_rules
from maturity.checks.ids import BUILT_IN_FACETS, suggest
from maturity.checks.rules import check_conditions, check_rule
from maturity.checks.weights import check_weights, repeats, weights_without_effect
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.normalise import normalise
from maturity.rubric import Rubric
from maturity.rules import Band, Overall, RollUp
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_scoring"]

_ANSWERS = "criterion"


def check_scoring(rubric: Rubric) -> Iterator[Fault]:
    """Yield every fault in the rules of scoring.

    Args:
        rubric: a rubric whose fields are sound one by one.
    """
    yield from check_answer_rules(rubric)
    earlier: dict[str, RollUp] = {}
    for place, rule in enumerate(rubric.scoring.rollups):
        path: Path = ("scoring", "rollups", place)
        yield from _name(rubric, rule, path, earlier)
        yield from _source(rubric, rule, path, earlier)
        yield from _grouping(rubric, rule, path)
        yield from _ratings(rubric, rule, path)
        yield from check_weights(rubric, rule, path)
        yield from check_rule(rubric, rule, path)
        yield from check_conditions(rubric, rule, path, earlier)
        yield from _over(rule, path, earlier)
        yield from _own_bands(rule, path)
        earlier.setdefault(rule.score, rule)
    yield from _overall(rubric, earlier)
    yield from _bands(rubric)
    yield from weights_without_effect(rubric)


def _name(rubric: Rubric, rule: RollUp, path: Path, earlier: dict[str, RollUp]) -> Iterator[Fault]:
    has_overall = isinstance(rubric.scoring.overall, Overall)
    if rule.score in earlier:
        yield error(
            IssueCode.ID_DUPLICATE,
            (*path, "score"),
            f"Two roll-ups make scores named {quoted(rule.score)}.",
            'Give one of them another name; say what it groups by with "by".',
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


def _over(rule: RollUp, path: Path, earlier: dict[str, RollUp]) -> Iterator[Fault]:
    """Yield why the scores of a roll-up cannot be divided by those of another."""
    if rule.over is None:
        return
    place: Path = (*path, "over")
    other = earlier.get(rule.over)
    if other is None:
        yield error(
            IssueCode.ROLLUP_UNKNOWN,
            place,
            f"The roll-up {quoted(rule.score)} is divided by {quoted(rule.over)}, which is not a"
            " roll-up above it.",
            suggest(rule.over, earlier, "roll-ups above it"),
        )
    elif other.grouping != rule.grouping:
        yield error(
            IssueCode.VALUE_WRONG,
            place,
            f"{quoted(rule.over)} does not group as {quoted(rule.score)} does, so there is no one"
            " score to divide by.",
            f'Give both "by: [{", ".join(rule.grouping)}]".',
        )
    elif rule.method in ("table", "ladder"):
        yield error(
            IssueCode.VALUE_WRONG,
            place,
            f'What the method "{rule.method}" gives is not divided.',
            "Take it away, or divide in a roll-up of its own.",
            is_key=True,
        )


def _unknown_rollup(path: Path, typed: str, owner: str, known: Iterable[str]) -> Fault:
    names = [_ANSWERS, *known] if "rollups" in path else list(known)
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
    yield from repeats(rule.by, (*path, "by"), rule)


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
    yield from repeats(rule.ratings, place, rule)


def _overall(rubric: Rubric, earlier: dict[str, RollUp]) -> Iterator[Fault]:
    overall = rubric.scoring.overall
    path: Path = ("scoring", "overall")
    if not isinstance(overall, Overall):
        return
    if overall.of not in earlier:
        yield _unknown_rollup((*path, "of"), overall.of, "The overall score", earlier)
    yield from check_conditions(rubric, overall, path, earlier)


def _bands(rubric: Rubric) -> Iterator[Fault]:
    bands = rubric.scoring.bands
    path: Path = ("scoring", "bands")
    lowest = min(level.value for level in rubric.levels)
    highest = max(level.value for level in rubric.levels)
    yield from _in_order(bands, path)
    if bands and bands[0].cut > lowest:
        yield error(
            IssueCode.BAND_ORDER,
            (*path, 0, "from"),
            f"The first band begins at {bands[0].cut}, so scores from {lowest} up to it have none.",
            f'Write "from: {lowest}", or add a band below it.',
        )
    for place, band in enumerate(bands):
        if place and band.cut > highest:
            yield query(
                IssueCode.BAND_ORDER,
                (*path, place, "from"),
                f"The band {quoted(band.label)} begins at {band.cut}, above the highest level"
                f" {highest}, so it is reached by no mean.",
                "Lower its cut, or take it away.",
            )


def _own_bands(rule: RollUp, path: Path) -> Iterator[Fault]:
    # What scale these name is the roll-up's own affair, so only their order is looked at.
    yield from _in_order(rule.bands or (), (*path, "bands"))


def _in_order(bands: tuple[Band, ...], path: Path) -> Iterator[Fault]:
    labels: set[str] = set()
    for place, band in enumerate(bands):
        if place and band.cut <= bands[place - 1].cut:
            yield error(
                IssueCode.BAND_ORDER,
                (*path, place, "from"),
                f"The band {quoted(band.label)} begins at {band.cut}, not above the one before it,"
                f" at {bands[place - 1].cut}.",
                "Put the bands in order, lowest first, each with a cut of its own.",
            )
        folded = normalise(band.label)
        if folded in labels:
            yield error(
                IssueCode.ID_DUPLICATE,
                (*path, place, "label"),
                f"Two bands are named {quoted(band.label)}.",
                "Give every band a name of its own.",
            )
        labels.add(folded)
