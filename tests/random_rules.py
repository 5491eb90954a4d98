"""Make small random rubrics with every kind of rule, and answers to them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hypothesis import strategies as st

from maturity.assessment import Assessment, MetadataValue, Response, State
from maturity.rubric import Criterion, Domain, Level, Rating, RollUp, Rubric, Scoring
from maturity.rules import (
    AnswerRule,
    Condition,
    CountAs,
    CountNeeded,
    Gate,
    ImpliedAnswer,
    Ladder,
    Overall,
    Row,
    Scale,
    ShareNeeded,
)

__all__ = ["CRITERIA", "LEVELS", "answer_rules", "answers", "completions", "return_of", "rubrics"]

CRITERIA = ("A1", "A2", "B1", "B2")
LEVELS = (0, 1, 2)
RATINGS = ("now", "aim")
Answer = int | State
_PLAIN = ("mean", "weighted-mean", "min", "max", "median", "sum")
_WEIGHED = ("weighted-mean", "geometric-mean", "sum", "points", "count", "share")
_ALL = (*_PLAIN, "geometric-mean", "power-mean", "points", "count", "share", "table", "ladder")


@st.composite
def conditions(draw: st.DrawFn, items: Sequence[str], depth: int = 1, of: str = "") -> Condition:
    """Give conditions on some of these criteria, on scores, or on the cover."""
    kind = draw(st.sampled_from(("test", "test", "test", "cover", "together")[: 4 + depth]))
    if kind == "cover":
        return Condition(
            metadata={"scope": ("IG1", "IG 2")},
            missing=draw(st.sampled_from(("fails", "passes", "skip"))),
            if_empty=draw(st.booleans()),
        )
    if kind == "together":
        inner = conditions(items, depth - 1, of)
        return Condition(
            all_of=tuple(draw(st.lists(inner, max_size=1))),
            any_of=tuple(draw(st.lists(inner, max_size=2))),
            not_=draw(st.none() | inner),
        )
    number = st.sampled_from(LEVELS)
    test = draw(st.sampled_from(("is_", "at_least", "at_most")))
    value = draw(st.tuples(number) if test == "is_" else number)
    is_of_scores = of and draw(st.booleans())
    chosen = draw(st.lists(st.sampled_from(items), min_size=1, unique=True))
    return Condition.model_validate(
        {
            "of": of if is_of_scores else "criterion",
            "items": () if is_of_scores else tuple(chosen),
            "ratings": None if is_of_scores else draw(st.sampled_from((None, ("now",)))),
            "across": draw(st.sampled_from(("group", "return"))),
            test: value,
            "need": draw(_NEEDS),
            "missing": draw(st.sampled_from(("fails", "passes", "skip"))),
            "if_empty": draw(st.booleans()),
        }
    )


_NEEDS = st.sampled_from(
    (
        "all",
        "any",
        "none",
        CountNeeded(count=1),
        CountNeeded(count=2),
        ShareNeeded(share=Decimal("0.5")),
    )
)


@st.composite
def answer_rules(draw: st.DrawFn) -> AnswerRule:
    """Give rules that change one or two criteria and look at the others."""
    changed = draw(st.lists(st.sampled_from(CRITERIA), min_size=1, max_size=2, unique=True))
    others = [criterion for criterion in CRITERIA if criterion not in changed]
    implied = ImpliedAnswer(answer=draw(st.sampled_from(LEVELS)), replace=draw(st.booleans()))
    return AnswerRule(
        items=tuple(changed),
        ratings=draw(st.sampled_from((None, ("now",), ("aim",), ("use",)))),
        when=draw(conditions(others)),
        then=draw(st.sampled_from(("not_applicable", "missing", implied))),
        because="So it is.",
    )


def _weights(of: str, *, needs: bool) -> st.SearchStrategy[object]:
    """Give weights written in the roll-up; for answers, those of criteria or another rating too."""
    written: list[object] = [{"domain": {"A": 1, "B": 2}}, {"domain": {"A": 0, "B": 1}}]
    if not of:
        written += [{"step": {"S1": 1, "S2": 3}}, "criterion", "use", ("criterion", "use")]
    return st.sampled_from(written if needs else [*written, None])


@st.composite
def rollups(draw: st.DrawFn, score: str, of: str = "", over: str = "") -> RollUp:
    """Give roll-ups of answers, or of the scores named, with every method and policy."""
    method = draw(st.sampled_from(_ALL))
    beside = () if of else (CountAs(count_as="aim"),)
    number = CountAs(count_as=draw(st.sampled_from(LEVELS)))
    fields: dict[str, object] = {
        "score": score,
        "of": of or "criterion",
        "by": () if of else ("domain",),
        "method": method,
        "missing": draw(st.sampled_from(("skip", "lowest", "refuse", number, *beside))),
        "not_applicable": draw(st.sampled_from(("skip", "missing", number, *beside))),
        "spread_not_applicable": not of and draw(st.booleans()),
        "ratings": None if of else draw(st.sampled_from((None, RATINGS))),
        "values": draw(st.sampled_from(({}, {}, {0: 1, 1: 0, 2: 2}))),
        "limit": draw(st.sampled_from((None, None, 1) if of else (None, None, 1, "aim"))),
        "scale": draw(st.sampled_from((None, Scale(times=-1, plus=3)))),
        "min_coverage": draw(st.sampled_from((0, 0, Decimal("0.6")))),
    }
    if method in _WEIGHED:
        fields["weights"] = draw(_weights(of, needs=method == "weighted-mean"))
    if over and method not in ("table", "ladder"):
        fields["over"] = draw(st.sampled_from((None, over)))
    if method == "power-mean":
        fields["power"] = draw(st.sampled_from((-1, 1, 2)))
    inner = conditions(CRITERIA, 1, of)
    if method in ("count", "share"):
        fields["counts"] = draw(
            st.sampled_from((Condition(is_=(1,)), Condition(at_least=1), Condition(at_most=1)))
        )
    if method == "table":
        rows = [Row(when=draw(inner), then=draw(st.sampled_from((1, 5)))) for _ in range(2)]
        fields["rows"] = (*rows, *([Row(then=2)] if draw(st.booleans()) else []))
    if method == "ladder":
        reached = draw(inner)
        fields["ladder"] = Ladder(along="step", reached=reached, cumulative=draw(st.booleans()))
    if draw(st.booleans()):
        fields["gates"] = (Gate(when=draw(inner), at_most=1, because="Held."),)
    return RollUp.model_validate(fields)


@st.composite
def rubrics(draw: st.DrawFn, rules: int = 3) -> Rubric:
    """Give rubrics of four criteria, with a roll-up of answers, one of scores, and an overall."""
    weights = draw(st.lists(st.sampled_from((0, 1, 2)), min_size=4, max_size=4))
    criteria = [
        Criterion(
            id=name,
            title=name,
            weight=weight,
            facets={"step": f"S{name[1]}"},
            not_applicable="Where there is none." if name[1] == "2" else None,
        )
        for name, weight in zip(CRITERIA, weights, strict=True)
    ]
    return _rubric(
        criteria,
        Scoring(
            answer_rules=tuple(draw(st.lists(answer_rules(), max_size=rules))),
            rollups=(
                draw(rollups("zero")),
                draw(rollups("first", over="zero")),
                draw(rollups("second", "first")),
            ),
            overall=draw(
                st.builds(
                    Overall,
                    of=st.sampled_from(("first", "second")),
                    method=st.sampled_from(("mean", "min")),
                    missing=st.sampled_from(("skip", "lowest", "refuse", CountAs(count_as=1))),
                )
            ),
        ),
    )


def _rubric(criteria: Sequence[Criterion], scoring: Scoring) -> Rubric:
    return Rubric.model_validate(
        {
            "rubric": "random",
            "version": "1",
            "title": "Random",
            "status": "draft",
            "levels": tuple(Level(value=value, label=f"Level {value}") for value in LEVELS),
            "facets": {
                "step": {"title": "Step", "members": {"S1": {"title": "1"}, "S2": {"title": "2"}}}
            },
            "ratings": {
                "now": Rating(title="Now", scored=True),
                "aim": Rating(title="Aim", target_for="now"),
                "use": Rating(title="Use"),
            },
            "domains": (
                Domain(id="A", title="A", criteria=tuple(criteria[:2])),
                Domain(id="B", title="B", criteria=tuple(criteria[2:])),
            ),
            "scoring": scoring,
        }
    )


@st.composite
def answers(draw: st.DrawFn, gaps: int = 3, ratings: int = 3) -> tuple[Answer, ...]:
    """Give an answer for each criterion and rating, of which a few are missing."""
    known = st.sampled_from(LEVELS)
    found: list[Answer] = [draw(known) for _ in range(len(CRITERIA) * ratings)]
    places = st.lists(st.integers(0, len(found) - 1), max_size=gaps, unique=True)
    for place in draw(places):
        found[place] = draw(st.sampled_from((State.BLANK, State.UNREADABLE, State.NOT_APPLICABLE)))
    return tuple(found)


def return_of(rubric: Rubric, given: Sequence[Answer], scope: str = "") -> Assessment:
    """Make a return of answers in the order of criteria and ratings."""
    pairs = [(criterion, rating) for criterion in rubric.criteria for rating in rubric.ratings]
    responses = tuple(
        Response(*pair, answer)
        if isinstance(answer, State)
        else Response(*pair, State.ANSWERED, answer)
        for pair, answer in zip(pairs, given, strict=True)
    )
    cover = {"scope": MetadataValue("scope", scope, scope, "Cover", "B1")} if scope else {}
    return Assessment(rubric, "random", "sha256:0", None, responses, metadata=cover)


def completions(rubric: Rubric, given: Sequence[Answer]) -> Iterator[tuple[Answer, ...]]:
    """Give every way in which the missing answers could be given."""
    may_leave = [
        criterion.not_applicable is not None
        for criterion in rubric.criteria.values()
        for _ in rubric.ratings
    ]
    choices: list[Sequence[Answer]] = [
        LEVELS
        if isinstance(answer, State) and not (answer is State.NOT_APPLICABLE and may)
        else (answer,)
        for answer, may in zip(given, may_leave, strict=True)
    ]
    yield from itertools.product(*choices)
