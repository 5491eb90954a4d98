"""Answer rules: against an implementation of their own, and what they say of themselves."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from random_rules import Answer, answers, return_of, rubrics

from maturity.assessment import Assessment, MetadataValue, Response, State
from maturity.reading.rubric_file import load_rubric
from maturity.result import Result
from maturity.rubric import Rubric, Scoring
from maturity.rules import AnswerRule, Condition, RollUp
from maturity.scoring.engine import score

CRITERIA = ("P1", "P2", "P3", "L1", "L2", "L3", "G1", "G2", "G3")
RUBRIC = load_rubric(
    b"""
rubric: rules
version: "1"
title: Follow-ups, implied answers and scope
status: draft
levels: [{value: 0, label: None}, {value: 1, label: Partly}, {value: 2, label: Largely}, {value: 3, label: Fully}]
facets: {profile: {title: Profile, members: {ig1: {title: IG1}, ig2: {title: IG2}, ig3: {title: IG3}}}}
ratings: {now: {title: Now, scored: true}, aim: {title: Aim, target_for: now}}
domains:
  - {id: P, title: Follow-ups, criteria: [P1, P2, P3]}
  - {id: L, title: Implied, criteria: [L1, L2, L3]}
  - id: G
    title: Scope
    criteria:
      - {id: G1, title: G1, facets: {profile: ig1}}
      - {id: G2, title: G2, facets: {profile: ig2}}
      - {id: G3, title: G3, facets: {profile: ig3}}
scoring:
  answer_rules:
    - {items: [P2], when: {items: [P1], at_most: 0}, then: not_applicable, because: P2 asks how P1 is done.}
    - {items: [P3], when: {not: {items: [P1, P2], at_least: 2, need: any}}, then: not_applicable, because: P3 asks for more.}
    - {items: [L2], when: {items: [L3], at_least: 2}, then: {answer: 2}, because: L3 needs L2.}
    - {items: [L1], when: {items: [L2], at_least: 1}, then: {answer: 1}, because: L2 needs L1.}
    - {where: {profile: [ig2, ig3]}, when: {metadata: {scope: [IG1]}}, then: not_applicable, because: Out of scope.}
    - {where: {profile: ig3}, when: {metadata: {scope: [IG2]}}, then: not_applicable, because: Out of scope.}
  rollups:
    - {score: domain, method: mean}
    - {score: aim, by: [domain], ratings: [aim], method: mean}
"""
)
Levels = Mapping[str, int | None]


def returned(given_: Mapping[str, Levels], scope: str = "") -> Assessment:
    """Make a return: rating → criterion → level, with None for a blank."""
    responses = tuple(
        Response(criterion, rating, State.BLANK)
        if given_[rating].get(criterion) is None
        else Response(criterion, rating, State.ANSWERED, given_[rating][criterion], "", "S", "B2")
        for criterion in RUBRIC.criteria
        for rating in RUBRIC.ratings
    )
    cover = {"scope": MetadataValue("scope", scope, scope, "Cover", "B1")} if scope else {}
    return Assessment(RUBRIC, "random", "sha256:0", None, responses, metadata=cover)


def by_hand(given_: Levels, scope: str) -> dict[str, Fraction | None]:
    """Work out the three domain means without the language: an answer, None, or "out"."""
    found: dict[str, int | str | None] = dict(given_)
    if found["P1"] == 0:
        found["P2"] = "out"
    if not any(isinstance(found[k], int) and int(found[k] or 0) >= 2 for k in ("P1", "P2")):
        found["P3"] = "out"
    if isinstance(found["L3"], int) and found["L3"] >= 2:
        found["L2"] = max(2, int(found["L2"] or 0))
    if isinstance(found["L2"], int) and found["L2"] >= 1:
        found["L1"] = max(1, int(found["L1"] or 0))
    out = {"IG1": ("G2", "G3"), "IG2": ("G3",)}.get(scope, ())
    found |= dict.fromkeys(out, "out")
    means: dict[str, Fraction | None] = {}
    for domain in "PLG":
        levels = [v for k, v in found.items() if k[0] == domain and isinstance(v, int)]
        means[domain] = Fraction(sum(levels), len(levels)) if levels else None
    return means


LEVELS = st.fixed_dictionaries({name: st.sampled_from([None, 0, 1, 2, 3]) for name in CRITERIA})


@settings(max_examples=1000)
@given(LEVELS, LEVELS, st.sampled_from(("", "IG1", "IG2", "IG3")))
def test_follow_ups_implied_answers_and_scope_are_those_worked_out_by_hand(
    now: dict[str, int | None], aim: dict[str, int | None], scope: str
) -> None:
    """Rules in order, each rating by itself, as a few lines of Python do it."""
    result = score(returned({"now": now, "aim": aim}, scope))
    for name, levels in (("domain", now), ("aim", aim)):
        found = {key: each.exact for key, each in result.by_rollup[name].items()}
        assert found == by_hand(levels, scope)


@settings(max_examples=200)
@given(rubrics(rules=0), answers())
def test_a_rule_that_never_holds_changes_nothing(
    rubric: Rubric, given_: tuple[Answer, ...]
) -> None:
    """With such a rule every score is what it is without any."""
    rule = AnswerRule(
        when=Condition(metadata={"scope": ("elsewhere",)}), then="not_applicable", because="Never."
    )
    scoring = rubric.scoring.model_copy(update={"answer_rules": (rule,)})
    ruled = rubric.model_copy(update={"scoring": scoring})
    plain = score(return_of(rubric, given_))
    assert score(return_of(ruled, given_)).records() == plain.records()


@settings(max_examples=200)
@given(
    answers(ratings=2), st.sampled_from(("mean", "min", "max", "median", "sum", "weighted-mean"))
)
def test_the_quick_way_and_the_way_with_rules_agree(
    given_: tuple[Answer, ...], method: str
) -> None:
    """Plain roll-ups keep their values, bounds and coverage when a rule without effect is added."""
    weights = "criterion" if method == "weighted-mean" else None
    rollup = RollUp.model_validate({"score": "domain", "method": method, "weights": weights})
    domains = [
        {"id": d, "title": d, "criteria": [{"id": f"{d}{n}", "weight": int(n)} for n in "12"]}
        for d in "AB"
    ]
    base = RUBRIC.model_dump(by_alias=True) | {"domains": domains, "facets": {}}
    levels = base["levels"][:3]
    found = []
    never = Condition(metadata={"scope": ("elsewhere",)})
    for rules in ((), (AnswerRule(when=never, then="missing", because="Never."),)):
        scoring = Scoring(answer_rules=rules, rollups=(rollup,))
        made = Rubric.model_validate(base | {"levels": levels, "scoring": scoring}, strict=False)
        found.append(score(return_of(made, given_)).records())
    assert found[0] == found[1]


def _result() -> Result:
    now = {"P1": 0, "P2": 3, "P3": 1, "L1": 0, "L2": None, "L3": 2, "G1": 3, "G2": 1, "G3": 1}
    return score(returned({"now": now, "aim": dict.fromkeys(CRITERIA, 3)}, "IG1"))


def test_contributions_say_which_rule_made_what_of_an_answer() -> None:
    """The treatment carries the rule's sentence; the return itself is as it was sent."""
    result = _result()
    parts = {part.id: part for each in result.domains.values() for part in each.contributions}
    assert parts["P1"].treatment == "counted"
    assert parts["P2"].treatment == "not applicable: P2 asks how P1 is done."
    assert (parts["P2"].value, parts["P2"].applies, parts["P2"].cell) == (None, False, "B2")
    assert parts["L1"].treatment == "counted as 1: L2 needs L1."
    assert (parts["L2"].treatment, parts["L2"].value) == ("counted as 2: L3 needs L2.", 2)
    assert parts["L2"].state is State.ANSWERED
    assert result.assessment.response("P2", "now").level == 3
    assert result.assessment.response("L2", "now").state is State.BLANK
    copy = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own object
    assert copy.scores[0].contributions == result.scores[0].contributions


def test_findings_leave_out_what_does_not_apply_and_take_what_is_implied() -> None:
    """Gaps and priorities are about the answers as they count."""
    result = _result()
    levels = {gap.criterion: gap.level for gap in result.gaps}
    assert levels == {"P1": 0, "L1": 1, "L2": 2, "L3": 2, "G1": 3}
    assert [each.criterion for each in result.priorities] == ["P1", "L1", "L2", "L3"]


def test_a_score_of_which_nothing_is_left_says_so() -> None:
    """Where rules take everything away there is no score, and it is said that rules did it."""
    text = """
rubric: nothing
version: "1"
title: Nothing left
status: draft
levels: [{value: 0, label: None}, {value: 1, label: Some}]
ratings: {now: {title: Now, scored: true}}
domains:
  - {id: A, title: A, criteria: [A1]}
  - {id: B, title: B, criteria: [B1]}
scoring:
  answer_rules: [{items: [B1], when: {items: [A1], at_most: 0, missing: passes}, then: not_applicable, because: No.}]
  rollups: [{score: domain, method: mean}]
"""
    rubric = load_rubric(text.encode())
    pairs = (Response("A1", "now", State.BLANK), Response("B1", "now", State.ANSWERED, 1))
    found = score(Assessment(rubric, "made", "sha256:0", None, pairs)).domains["B"]
    assert (
        found.reason
        == 'Nothing here applies: every answer is "not applicable", given or by a rule.'
    )
    # A1 may turn out to be 1, and then B1 counts.
    assert (found.value, found.coverage, found.low, found.high) == (None, None, 1, 1)


ODD = """
rubric: odd
version: "1"
title: Odd
status: draft
levels: [{value: 0, label: None}, {value: 1, label: Some}]
ratings: {now: {title: Now, scored: true}}
domains:
  - {id: A, title: A, criteria: [A1]}
  - {id: B, title: B, criteria: [B1]}
scoring:
  answer_rules: [{items: [B1], when: {items: [A1]}, then: not_applicable, because: No.}]
  rollups:
    - {score: domain, method: mean}
    - {score: harmonic, by: [domain], method: power-mean, power: -1}
    - {score: geometric, by: [domain], method: geometric-mean}
    - score: found
      by: []
      of: domain
      method: table
      rows: [{when: {of: domain, items: [A], at_least: 1}, then: 1}]
    - {score: last, by: [], of: found, method: mean, missing: lowest}
"""


def test_what_cannot_be_counted_is_not_made_up() -> None:
    """No row holds, nothing applies, and a mean of powers of zero is zero."""
    rubric = load_rubric(ODD.encode())
    pairs = (Response("A1", "now", State.ANSWERED, 0), Response("B1", "now", State.BLANK))
    result = score(Assessment(rubric, "made", "sha256:0", None, pairs))
    assert result.by_rollup["harmonic"]["A"].value == 0
    assert result.by_rollup["geometric"]["A"].value == 0
    assert result.domains["B"].low is None
    last = result.by_rollup["last"]["last"]
    assert (last.value, last.low) == (None, None)
    assert last.contributions[0].treatment == "left out"
    blank = score(
        Assessment(rubric, "made", "sha256:0", None, (pairs[1]._replace(criterion="A1"), pairs[1]))
    )
    # As it stands B1 applies, because A1 is not given; once A1 is, it never does.
    assert (blank.domains["B"].value, blank.domains["B"].low) == (None, None)


def test_a_date_on_the_cover_is_compared_as_year_month_and_day() -> None:
    """Dates are written 2026-01-31 in a condition; texts differ in case and spaces only."""
    rule = RollUp.model_validate(
        {
            "score": "domain",
            "method": "table",
            "rows": (
                {"when": {"metadata": {"date": ("2026-01-31",), "scope": (2,)}}, "then": 1},
                {"then": 0},
            ),
        }
    )
    rubric = RUBRIC.model_copy(update={"scoring": Scoring(rollups=(rule,))})
    base = returned({"now": {}, "aim": {}}, "2")
    date = MetadataValue("date", datetime.date(2026, 1, 31), "46053", "Cover", "B2")
    for cover, value in (({**base.metadata, "date": date}, 1), (base.metadata, 0)):
        whole = Assessment(rubric, "made", "sha256:0", None, base.responses, metadata=cover)
        assert {found.value for found in score(whole).scores} == {value}
