"""The sheet Method says every feature of a roll-up in words that need no YAML."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from result_samples import small_rubric

from maturity.rubric import RollUp
from maturity.rule_words import condition_in_words
from maturity.rules import Condition
from maturity.writing.workbook_rules import rollup_in_words

RUBRIC = small_rubric()
LEAST: dict[str, Any] = {"at_least": 3}


def said(**fields: Any) -> str:
    """Say a roll-up, a mean by domain unless told otherwise."""
    rule = RollUp.model_validate({"score": "domain", "method": "mean", **fields})
    below = RollUp(score="below", title="Scores below", by=("domain",), method="mean")
    return rollup_in_words(RUBRIC, {"below": below, "domain": rule}, rule)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        # what is grouped
        ({}, "Mean of the answers to the criteria, for each domain. Ratings used: Agreed."),
        ({"by": ("domain", "focus_area")}, "for each domain and focus area."),
        ({"by": ()}, "for everything together."),
        ({"of": "below"}, 'Mean of the scores "Scores below", for each domain.'),
        ({"ratings": ("left", "right")}, "Ratings used: Left, Right."),
        # selection
        ({"where": {"focus_area": "F1"}}, "Only focus area F1."),
        ({"where": {"domain": ("AA", "BB")}}, "Only domain AA or BB."),
        ({"leave_out": ("AA1", "AA2")}, "Left out on purpose: AA1, AA2."),
        ({"regroup": {"AA1": {"domain": "BB"}}}, "AA1 counts under domain BB."),
        # weights
        ({}, "Every part has the same weight."),
        (
            {"method": "weighted-mean", "weights": ("principle", "criterion")},
            "Weights: the weight per principle × the criterion's own weight (listed below).",
        ),
        (
            {"method": "weighted-mean", "weights": ("target", "criterion")},
            'Weights: the answer "Target" × the criterion\'s own weight (listed below).',
        ),
        ({"method": "sum", "weights": "target"}, 'Weights: the answer "Target". A'),
        (
            {"of": "below", "method": "weighted-mean", "weights": {"focus_area": {"F1": 2, 3: 1}}},
            "Weights per focus area: F1 2, 3 1.",
        ),
        ({"over": "below"}, 'The result is divided by the score "below" of the same group.'),
        # gaps
        ({"missing": "lowest"}, "A missing answer counts as the lowest level."),
        ({"missing": "refuse"}, "With any answer missing there is no score."),
        ({"missing": {"count_as": 0}}, "A missing answer counts as 0."),
        (
            {"missing": {"count_as": "target"}},
            "A missing answer counts as its target, or is left out where there is none.",
        ),
        ({"method": "power-mean", "power": 2}, "The exponent of the mean is 2."),
        ({"of": "below", "missing": "refuse"}, "With any score missing there is no score."),
        ({"not_applicable": "missing"}, '"Not applicable" counts as missing.'),
        (
            {"not_applicable": {"count_as": 4}},
            'An allowed "not applicable" counts as 4.',
        ),
        (
            {"spread_not_applicable": True},
            '"Not applicable" under one rating makes the criterion so under all.',
        ),
        # before the method
        ({"values": {1: 0, 2: Decimal("2.5")}}, "Values count: 1 as 0, 2 as 2.5."),
        ({"limit": 3}, "No value counts more than 3."),
        ({"limit": "target"}, "No value counts more than its target."),
        # decisions
        (
            {"method": "share", "counts": LEAST},
            "A part passes when all the answers are 3 or more.",
        ),
        (
            {
                "method": "table",
                "rows": ({"when": LEAST, "then": 2, "label": "Good"}, {"then": 1}),
            },
            "2 (Good) when all the answers are 3 or more. 1 otherwise.",
        ),
        (
            {"method": "ladder", "ladder": {"along": "principle", "reached": LEAST}},
            "Steps, lowest first: Early, Fair. A step is reached when, of its own parts, "
            "all the answers are 3 or more, and every lower step too.",
        ),
        (
            {
                "method": "ladder",
                "ladder": {"along": "principle", "reached": LEAST, "cumulative": False},
            },
            "of its own parts, all the answers are 3 or more.",
        ),
        # after the method
        ({"min_coverage": Decimal("0.6")}, "At least 60 % of the weight must be answered."),
        ({"scale": {"times": 25, "plus": -25}}, "The result is changed to -25 + 25 × the result."),
        ({"at_least": 0}, "It is never below 0."),
        ({"at_most": 100}, "It is never above 100."),
        (
            {"round": {"decimals": 1, "mode": "half-up"}},
            "It is rounded to 1 decimal, halves away from zero.",
        ),
        # gates
        (
            {"gates": ({"when": LEAST, "at_most": 2, "because": "Safety first."},)},
            "No higher than 2 (Growing) while all the answers are 3 or more: Safety first.",
        ),
        (
            {"gates": ({"when": LEAST, "at_most": Decimal("2.5"), "because": "Safety first."},)},
            "No higher than 2.5 while all the answers are 3 or more: Safety first.",
        ),
    ],
)
def test_a_feature_of_a_roll_up_has_its_sentence(fields: dict[str, Any], sentence: str) -> None:
    """One feature at a time, the rest as usual."""
    assert sentence in said(**fields)


@pytest.mark.parametrize("method", ["table", "ladder"])
def test_decisions_say_nothing_of_gaps(method: str) -> None:
    """Their conditions say what a missing answer does."""
    fields: dict[str, dict[str, Any]] = {
        "table": {"rows": ({"then": 1},)},
        "ladder": {"ladder": {"along": "principle", "reached": LEAST}},
    }
    assert "missing answer" not in said(method=method, **fields[method])


@pytest.mark.parametrize(
    ("fields", "clause"),
    [
        ({"is": (1, 2)}, "all the answers are 1 or 2"),
        ({"at_least": 2, "at_most": 3}, "all the answers are 2 or more and 3 or less"),
        ({"at_least": {"AA1": 2}}, "all the answers are at or above their own minimum"),
        ({"need": "any", **LEAST}, "any of the answers are 3 or more"),
        ({"need": "none", **LEAST}, "none of the answers are 3 or more"),
        ({"need": {"count": 2}, **LEAST}, "at least 2 of the answers are 3 or more"),
        (
            {"need": {"share": Decimal("0.5")}, **LEAST},
            "at least 50 % of the answers are 3 or more",
        ),
        ({"of": "domain", **LEAST}, "all the scores of domain are 3 or more"),
        ({"across": "return", **LEAST}, "all the answers in the whole return are 3 or more"),
        ({"items": ("AA1", "BB1"), **LEAST}, "all the answers to AA1, BB1 are 3 or more"),
        ({"where": {"domain": "AA"}, **LEAST}, "all the answers for domain AA are 3 or more"),
        (
            {"all_of": ({"is": (1,)}, {"is": (2,)})},
            "all the answers are 1 and all the answers are 2",
        ),
        (
            {"any_of": ({"is": (1,)}, {"is": (2,)})},
            "either all the answers are 1 or all the answers are 2",
        ),
        ({"not": {"is": (1,)}}, "not (all the answers are 1)"),
        ({}, "all the answers are given"),
    ],
)
def test_a_condition_has_its_clause(fields: dict[str, Any], clause: str) -> None:
    """Every kind of test, need and selection."""
    assert condition_in_words(Condition.model_validate(fields)) == clause
