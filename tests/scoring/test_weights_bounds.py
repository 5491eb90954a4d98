"""Weights that are answers, and quotients: bounds hold for every completion."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from maturity.assessment import Assessment, Response, State
from maturity.reading.rubric_file import load_rubric
from maturity.rubric import Rubric
from maturity.scoring.engine import score

CASES = Path(__file__).parents[1] / "cases" / "weights-and-quotients.yaml"
Given = dict[tuple[str, str], int | Decimal | State]


def returned(rubric: Rubric, given: Given) -> Assessment:
    """Make a return of some answers; the rest are blank."""
    responses = []
    for criterion in rubric.criteria:
        for rating in rubric.ratings:
            answer = given.get((criterion, rating), State.BLANK)
            if isinstance(answer, State):
                responses.append(Response(criterion, rating, answer))
            else:
                responses.append(Response(criterion, rating, State.ANSWERED, answer))
    return Assessment(rubric, "made", "sha256:0", None, tuple(responses))


def random_answers(rubric: Rubric, source: random.Random) -> tuple[Given, list[tuple[str, str]]]:
    """Answer at random, and leave out three answers at most."""
    given: Given = {}
    missing: list[tuple[str, str]] = []
    for criterion in rubric.criteria:
        for rating in rubric.ratings:
            if source.random() < 0.35 and len(missing) < 3:
                missing.append((criterion, rating))
            else:
                levels = rubric.levels_for(criterion, rating)
                given[criterion, rating] = source.choice(levels).value
    if source.random() < 0.2 and ("A3", "agreed") in given:
        given["A3", "agreed"] = State.NOT_APPLICABLE
    return given, missing


def test_every_completion_scores_within_the_bounds() -> None:
    """Whatever the missing answers and weights turn out to be, low ≤ value ≤ high."""
    document: dict[str, Any] = yaml.safe_load(CASES.read_text("utf-8"))
    rubric = load_rubric(yaml.safe_dump(document["rubric"], allow_unicode=True).encode())
    source = random.Random(20)
    compared = 0
    for _ in range(40):
        given, missing = random_answers(rubric, source)
        before = score(returned(rubric, given))
        scales = [[level.value for level in rubric.levels_for(*place)] for place in missing]
        for levels in product(*scales):
            completed: Given = {**given, **dict(zip(missing, levels, strict=True))}
            for found in score(returned(rubric, completed)).scores:
                bounds = before.by_rollup[found.score][found.id]
                if found.value is not None:
                    assert bounds.low is not None, found
                    assert bounds.high is not None, found
                    assert bounds.low - 1e-12 <= found.value <= bounds.high + 1e-12, found
                    compared += 1
    assert compared > 5_000
