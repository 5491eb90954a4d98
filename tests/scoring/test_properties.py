"""Hold scoring to what must be true of every return."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.assessment import Assessment, Response, State
from maturity.result import Result
from maturity.rubric import Criterion, Domain, Level, Principle, Rating, RollUp, Rubric, Scoring
from maturity.rules import Row
from maturity.scoring.engine import score

LEVELS = (1, 2, 3, 4)
ANSWERS = st.sampled_from([*LEVELS, "blank", "unreadable", "not_applicable"])
WEIGHTS = st.sampled_from([0, 1, 2, Decimal("0.5"), Decimal("1.25")])
METHODS = ("mean", "weighted-mean", "min", "max", "median", "sum")


def rubric_with(weights: list[int | Decimal], scale: int = 1, *, missing: str = "skip") -> Rubric:
    """Make a rubric with one criterion per weight, by every method."""
    criteria = tuple(
        Criterion(
            id=f"C{place}",
            title=f"Criterion {place}",
            weight=weight * scale,
            principles={"early": 1} if place % 2 else {"early": 2, "fair": 1},
            not_applicable="Where there is none." if place % 2 else None,
        )
        for place, weight in enumerate(weights)
    )
    rules = tuple(
        RollUp(
            score=method,
            by=("domain",),
            method=method,  # type: ignore[arg-type]
            weights="criterion" if method == "weighted-mean" else None,
            missing=missing,  # type: ignore[arg-type]
        )
        for method in METHODS
    )
    principle = RollUp(score="principle", method="weighted-mean", weights="principle")
    return Rubric(
        id="made",
        version="1",
        title="Made for a test",
        status="draft",
        levels=tuple(Level(value=value, label=f"Level {value}") for value in LEVELS),
        principles={"early": Principle(title="Early"), "fair": Principle(title="Fair")},
        ratings={"agreed": Rating(title="Agreed", scored=True)},
        domains=(Domain(id="D", title="Domain", criteria=criteria),),
        scoring=Scoring(rollups=(*rules, principle)),
    )


def scored(rubric: Rubric, answers: list[int | str]) -> Result:
    """Score answers in the order of the criteria."""
    responses = tuple(
        Response(criterion, "agreed", State.ANSWERED, answer)
        if isinstance(answer, int)
        else Response(criterion, "agreed", State(answer))
        for criterion, answer in zip(rubric.criteria, answers, strict=True)
    )
    return score(Assessment(rubric, "made", "sha256:0", None, responses))


def values(result: Result) -> dict[tuple[str, str], Fraction | None]:
    """Roll-up and id → exact value."""
    return {(found.score, found.id): found.exact for found in result.scores}


RETURNS = st.lists(st.tuples(WEIGHTS, ANSWERS), min_size=1, max_size=8)


@given(RETURNS)
def test_a_value_lies_between_its_bounds(answers: list[tuple[int | Decimal, int | str]]) -> None:
    """Low ≤ value ≤ high, for every method but the sum, which grows with every answer."""
    result = scored(rubric_with([w for w, _ in answers]), [a for _, a in answers])
    for found in result.scores:
        if found.value is not None and found.score != "sum":
            assert found.low is not None
            assert found.high is not None
            assert found.low <= found.value <= found.high


@given(RETURNS, st.sampled_from(["skip", "lowest", "refuse"]))
def test_the_quick_way_and_the_general_way_agree(
    answers: list[tuple[int | Decimal, int | str]], missing: str
) -> None:
    """Plain roll-ups have a way of their own, which gives what the general one gives."""
    rubric = rubric_with([w for w, _ in answers], missing=missing)
    quick = scored(rubric, [a for _, a in answers])
    table = RollUp(score="table", by=(), method="table", rows=(Row(then=1),))
    rules = (*rubric.scoring.rollups, table)
    general = scored(
        rubric.model_copy(update={"scoring": Scoring(rollups=rules)}), [a for _, a in answers]
    )
    assert [found.record() for found in quick.scores] == [
        found.record() for found in general.scores[:-1]
    ]


@given(RETURNS, st.data())
def test_bounds_hold_whatever_the_missing_answers_are(
    answers: list[tuple[int | Decimal, int | str]], data: st.DataObject
) -> None:
    """Filling the gaps with any levels gives a value within the bounds stated before."""
    rubric = rubric_with([w for w, _ in answers])
    before = scored(rubric, [a for _, a in answers])
    allowed = [criterion.not_applicable is not None for criterion in rubric.criteria.values()]
    filled: list[int | str] = [
        answer
        if isinstance(answer, int) or (answer == "not_applicable" and may)
        else data.draw(st.sampled_from(LEVELS))
        for (_, answer), may in zip(answers, allowed, strict=True)
    ]
    after = scored(rubric, filled)
    for old, new in zip(before.scores, after.scores, strict=True):
        if new.value is not None:
            assert old.low is not None
            assert old.high is not None
            assert old.low <= new.value <= old.high


@given(RETURNS, st.data())
def test_raising_an_answer_never_lowers_a_score(
    answers: list[tuple[int | Decimal, int | str]], data: st.DataObject
) -> None:
    """Every score is monotone in every answer."""
    rubric = rubric_with([w for w, _ in answers])
    typed = [a for _, a in answers]
    place = data.draw(st.integers(0, len(typed) - 1))
    if not isinstance(typed[place], int) or typed[place] == 4:
        typed[place] = 1
    raised = [*typed]
    raised[place] = data.draw(st.sampled_from([n for n in LEVELS if n > int(typed[place])]))
    before, after = values(scored(rubric, typed)), values(scored(rubric, raised))
    for key, old in before.items():
        new = after[key]
        if old is not None:
            assert new is not None
            assert new >= old


@given(RETURNS, st.randoms(use_true_random=False))
def test_order_does_not_matter(
    answers: list[tuple[int | Decimal, int | str]], random: object
) -> None:
    """Shuffling criteria with their weights and answers changes no domain score."""
    allowed_pairs = [(w, a if a != "not_applicable" else "blank") for w, a in answers]
    shuffled = [*allowed_pairs]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = values(
        scored(rubric_with([w for w, _ in allowed_pairs]), [a for _, a in allowed_pairs])
    )
    second = values(scored(rubric_with([w for w, _ in shuffled]), [a for _, a in shuffled]))
    for method in METHODS:
        assert first[method, "D"] == second[method, "D"]


@given(RETURNS, st.integers(2, 50))
def test_the_scale_of_weights_does_not_matter(
    answers: list[tuple[int | Decimal, int | str]], scale: int
) -> None:
    """Multiplying all weights by one number changes nothing."""
    weights, typed = [w for w, _ in answers], [a for _, a in answers]
    first = scored(rubric_with(weights), typed)
    second = scored(rubric_with(weights, scale), typed)
    assert [found.record() for found in first.scores] == [found.record() for found in second.scores]


@given(RETURNS)
def test_a_blank_changes_coverage_and_bounds_but_not_the_mean_of_the_rest(
    answers: list[tuple[int | Decimal, int | str]],
) -> None:
    """Adding a criterion that nobody answered leaves the means as they were."""
    weights, typed = [w for w, _ in answers], [a for _, a in answers]
    before = scored(rubric_with(weights), typed).by_rollup
    after = scored(rubric_with([*weights, 1]), [*typed, "blank"]).by_rollup
    for method in ("mean", "weighted-mean", "min", "max", "median"):
        old, new = before[method]["D"], after[method]["D"]
        assert new.exact == old.exact
        if old.value is not None:
            assert old.coverage is not None
            assert new.coverage is not None
            assert new.coverage < old.coverage


@given(RETURNS)
def test_counting_missing_answers_as_lowest_gives_the_lower_bound(
    answers: list[tuple[int | Decimal, int | str]],
) -> None:
    """`missing: lowest` is the pessimist's score."""
    result = scored(rubric_with([w for w, _ in answers], missing="lowest"), [a for _, a in answers])
    for found in result.scores:
        if found.value is not None and found.score in METHODS:
            assert found.value == found.low


@given(RETURNS)
def test_refusing_on_missing_answers_gives_a_score_only_when_all_are_there(
    answers: list[tuple[int | Decimal, int | str]],
) -> None:
    """`missing: refuse` and full coverage are the same thing, wherever anything applies."""
    result = scored(rubric_with([w for w, _ in answers], missing="refuse"), [a for _, a in answers])
    for found in result.scores:
        if found.score in METHODS and found.value is not None:
            assert found.coverage is None or found.coverage == 1


def test_a_result_survives_pickling() -> None:
    """Results cross process borders whole, contributions too."""
    result = scored(rubric_with([1, 2, 1]), [1, 4, "blank"])
    copy = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own object
    assert copy.records() == result.records()
    assert copy.scores[0].contributions == result.scores[0].contributions


@pytest.mark.parametrize(
    ("answers", "ranked"),
    [
        (["C0: 1 3", "C1: 2 3", "C2: 1 2"], ["C0", "C2", "C1"]),
        (["C0: 3 3", "C1: 2 4", "C2: 4 4"], ["C1"]),
        (["C0: 3 -", "C1: 2 -", "C2: 1 2"], ["C2", "C1", "C0"]),
        (["C0: - 3", "C1: 2 1", "C2: 4 -"], []),
    ],
)
def test_priorities_come_by_gap_then_level_then_order(
    answers: list[str], ranked: list[str]
) -> None:
    """Largest gap first, then lowest level; met, unknown and top levels are left out."""
    base = rubric_with([1, 1, 1])
    rubric = base.model_copy(
        update={
            "ratings": {
                "agreed": Rating(title="Agreed", scored=True),
                "target": Rating(title="Target", target_for="agreed"),
            }
        }
    )
    responses = []
    for line in answers:
        criterion, _, typed = line.partition(": ")
        for rating, text in zip(("agreed", "target"), typed.split(), strict=True):
            state = State.BLANK if text == "-" else State.ANSWERED
            level = None if text == "-" else int(text)
            responses.append(Response(criterion, rating, state, level))
    result = score(Assessment(rubric, "made", "sha256:0", None, tuple(responses)))
    assert [priority.criterion for priority in result.priorities] == ranked
    assert [priority.rank for priority in result.priorities] == list(range(1, len(ranked) + 1))


def test_partners_two_levels_apart_disagree() -> None:
    """The rubric's range says when a difference is large; one view alone is no difference."""
    base = rubric_with([1, 1, 1])
    ratings = {
        "agreed": Rating(title="Agreed", scored=True),
        "education": Rating(title="Education", partner=True),
        "health": Rating(title="Health", partner=True),
    }
    rubric = base.model_copy(update={"ratings": ratings})
    views = {"C0": (1, 3), "C1": (2, 3), "C2": (4, None)}
    responses = []
    for criterion, (education, health) in views.items():
        responses.append(Response(criterion, "agreed", State.BLANK))
        for rating, level in (("education", education), ("health", health)):
            state = State.BLANK if level is None else State.ANSWERED
            responses.append(Response(criterion, rating, state, level))
    result = score(Assessment(rubric, "made", "sha256:0", None, tuple(responses)))
    assert [(d.criterion, d.range, d.is_large) for d in result.differences] == [
        ("C0", 2, True),
        ("C1", 1, False),
    ]


def test_a_changed_copy_of_a_rubric_is_another_rubric() -> None:
    """What was worked out for the first one does not cling to the second."""
    first = rubric_with([1, 2])
    assert list(first.criteria) == ["C0", "C1"]
    assert first.scored_rating == "agreed"
    other = rubric_with([1, 2, 3])
    second = first.model_copy(
        update={"domains": other.domains, "ratings": {"own": Rating(title="Own", scored=True)}}
    )
    assert list(second.criteria) == ["C0", "C1", "C2"]
    assert second.scored_rating == "own"
    assert second.digest != first.digest
    assert first.model_copy().digest == first.digest


def test_a_reason_never_rounds_coverage_up_to_what_is_needed() -> None:
    """59.6 % is not 60 %, even in words."""
    base = rubric_with([596, 404])
    rule = base.scoring.rollups[1].model_copy(update={"min_coverage": Decimal("0.6")})
    rubric = base.model_copy(update={"scoring": Scoring(rollups=(rule,))})
    found = scored(rubric, [1, "blank"]).scores[0]
    assert found.value is None
    assert "coverage 59.6 %, at least 60 % is needed" in (found.reason or "")
