"""Bounds hold whatever the missing answers turn out to be, under every kind of rule."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from random_rules import Answer, answers, completions, return_of, rubrics

from maturity.rubric import Rubric
from maturity.scoring.engine import score

SCOPES = st.sampled_from(("", "ig1", "Ig\u00a02", "IG3"))


@settings(max_examples=400, deadline=None)
@given(rubrics(), answers(), SCOPES)
def test_every_completion_scores_within_the_bounds(
    rubric: Rubric, given_: tuple[Answer, ...], scope: str
) -> None:
    """Each way of giving the missing answers is scored; the least and the most are within bounds."""
    before = score(return_of(rubric, given_, scope)).scores
    for completion in completions(rubric, given_):
        for old, new in zip(
            before, score(return_of(rubric, completion, scope)).scores, strict=True
        ):
            if new.value is not None:
                assert old.low is not None
                assert old.high is not None
                assert old.low <= new.value <= old.high, (old, new, completion)
