"""What is called comparable is comparable: the same answers give the same score before and after."""

from __future__ import annotations

import random
from collections.abc import Iterator

from everything import everything, mutations

from maturity.assessment import Assessment, MetadataValue, Response, State
from maturity.comparing.carry import carry_over
from maturity.comparing.diff import diff_rubrics
from maturity.result import Result
from maturity.rubric import Rubric
from maturity.rubric_diff import Consequence
from maturity.scoring.engine import score

_SHARE_BLANK = 0.15
_SHARE_NOT_APPLICABLE = 0.1
_SCOPES = ("small", "large", None)


def answered(rubric: Rubric, seed: int) -> Assessment:
    """Give a return with random answers, some of them blank or not applicable, and a cover."""
    chance = random.Random(seed)

    def responses() -> Iterator[Response]:
        for criterion in rubric.criteria:
            for rating in rubric.ratings:
                drawn = chance.random()
                if drawn < _SHARE_BLANK:
                    yield Response(criterion, rating, State.BLANK)
                elif drawn < _SHARE_BLANK + _SHARE_NOT_APPLICABLE:
                    yield Response(criterion, rating, State.NOT_APPLICABLE)
                else:
                    level = chance.choice(rubric.levels_for(criterion, rating)).value
                    yield Response(criterion, rating, State.ANSWERED, level)

    given = tuple(responses())
    scope = _SCOPES[seed % len(_SCOPES)]
    cover = {} if scope is None else {"scope": MetadataValue("scope", scope, scope, "Cover", "B4")}
    return Assessment(rubric, f"{seed}", "sha256:0", None, given, metadata=cover)


def values(result: Result) -> dict[tuple[str, str], object]:
    """Give every score's exact value."""
    return {(each.score, each.id): each.exact for each in result.scores}


def test_the_same_answers_give_the_same_comparable_score() -> None:
    """For every small change to a rubric that uses the whole language, and random answers."""
    old = everything()
    returns = [answered(old, seed) for seed in range(6)]
    before = [values(score(assessment)) for assessment in returns]
    compared = 0
    for _, path, new in mutations():
        comparable = [
            (each.score, each.id)
            for each in diff_rubrics(old, new).scores
            if each.consequence is Consequence.COMPARABLE
        ]
        for was, assessment in zip(before, returns, strict=True):
            now = values(score(carry_over(assessment, new)))
            assert {key: now[key] for key in comparable} == {key: was[key] for key in comparable}, (
                path
            )
            compared += len(comparable)
    assert compared > 3_000
