"""Our scores beside those that a workbook states: what agrees, what differs, and where first.

The workbook of each test is a table; `stated_workbooks` has the rubric, the layout and the start.
"""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import replace

import pytest
from stated_workbooks import ANSWERS, LAYOUT, RUBRIC, result_of, rubric_of, with_score
from written_sheets import sheet_of, workbook_of

from maturity import Agreement, Reconciliation, reconcile, score
from maturity.reading.assessment_workbook import assessment_of
from maturity.reading.layout_file import load_layout
from maturity.result import Result


def found_in(answers: str = ANSWERS, scores: list[str] | None = None) -> Reconciliation:
    """Reconcile a workbook of two sheets."""
    return result_of(answers, scores).reconciliation


def test_what_the_workbook_states_agrees_when_it_is_the_same() -> None:
    """Four answers, two domains and the whole."""
    found = found_in()
    assert found.agrees
    assert found.by_score == {
        "criterion": {Agreement.AGREES: 4},
        "domain": {Agreement.AGREES: 2},
        "whole": {Agreement.AGREES: 1},
    }
    assert found.first_steps == found.differing == ()


def test_a_result_carries_its_reconciliation_and_survives_pickling() -> None:
    """The same is given by the result, by the function, and after a copy between processes."""
    result = result_of(scores=with_score(0, "3"))
    copy = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own bytes
    assert result.reconciliation == reconcile(result) == copy.reconciliation


def test_nothing_stated_is_nothing_compared_and_no_agreement() -> None:
    """A layout without declared cells gives an empty reconciliation."""
    layout = LAYOUT.split(b"    stated:", maxsplit=1)[0]
    found = result_of(layout=layout).reconciliation
    assert found == Reconciliation()
    assert not found.agrees
    assert found.counts == {}


TYPED = [
    ("2.5", Agreement.AGREES, ""),
    ("2.5000000001", Agreement.AGREES, ""),
    ("2.500001", Agreement.DIFFERS, "The workbook says 2.500001; ours is 2.5 (Late), the mean of"),
    ("Late", Agreement.AGREES, ""),
    (
        "Early",
        Agreement.DIFFERS,
        'The workbook says "Early"; ours is 2.5 (Late), the mean of LG1 2',
    ),
    ('"2,5"', Agreement.AGREES, ""),
    ("250%", Agreement.AGREES, ""),
    ("250", Agreement.DIFFERS, "The workbook's number is 100 times ours: one of the two is a perc"),
    ("0.025", Agreement.DIFFERS, "The workbook's number is a hundredth of ours"),
    ("3", Agreement.DIFFERS, 'rounded to whole numbers; if it does, say "decimals: 0"'),
    ("2", Agreement.DIFFERS, "The workbook says 2; ours is 2.5 (Late), the mean of LG1 2, LG2 3."),
    ("", Agreement.NOT_STATED, "The workbook says nothing; ours is 2.5 (Late)"),
    ('""', Agreement.NOT_STATED, "The workbook says nothing"),
    ("#DIV/0!", Agreement.UNREADABLE, "The workbook's cell shows #DIV/0!; ours is 2.5"),
    ("=?", Agreement.UNREADABLE, "The workbook's cell shows a formula whose result was not saved"),
    ("TRUE", Agreement.UNREADABLE, "The workbook's cell shows TRUE"),
]


@pytest.mark.parametrize(("typed", "agreement", "sentence"), TYPED)
def test_every_kind_of_cell_is_compared_for_what_it_is(
    typed: str, agreement: Agreement, sentence: str
) -> None:
    """Numbers to one part in 1,000 million, texts by the band; what cannot be read says so."""
    found = found_in(scores=with_score(0, typed))
    (each,) = [each for each in found.compared if (each.score, each.id) == ("domain", "LG")]
    assert each.agreement is agreement
    assert sentence in each.explanation
    assert found.first_steps == (() if agreement is Agreement.AGREES else (each,))


NOTHING = ANSWERS.replace("LG1 | 2      | 2", "LG1 | {} |").replace(
    "LG2 | 3      | 3", "LG2 | {} |"
)
WITHOUT_OURS = [
    ("", Agreement.AGREES, ""),
    ("TBC", Agreement.AGREES, ""),
    ("n/a", Agreement.AGREES, ""),
    (
        "0",
        Agreement.NOT_SCORED,
        "The workbook says 0; we give no score, because nothing can be used",
    ),
    ("Early", Agreement.NOT_SCORED, 'The workbook says "Early"; we give no score'),
    ("#DIV/0!", Agreement.UNREADABLE, "shows #DIV/0!; we give no score, because"),
]


@pytest.mark.parametrize(("typed", "agreement", "sentence"), WITHOUT_OURS)
def test_where_we_give_no_score_a_word_for_that_agrees_and_a_number_does_not(
    typed: str, agreement: Agreement, sentence: str
) -> None:
    """Both answers are blank, so there is no score of ours to agree with."""
    found = found_in(NOTHING.format("", ""), with_score(0, typed))
    (each,) = [each for each in found.compared if (each.score, each.id) == ("domain", "LG")]
    assert (each.agreement, each.ours) == (agreement, None)
    assert sentence in each.explanation


def test_a_number_where_the_answer_is_not_understood_says_so() -> None:
    """The workbook counts an answer that the rubric does not know."""
    found = found_in(ANSWERS.replace("LG1 | 2      | 2", "LG1 | Maybe | 2"))
    (step,) = found.first_steps[:1]
    assert step.agreement is Agreement.NOT_SCORED
    assert step.explanation == (
        "The workbook says 2; we give no score, because the answer is unreadable."
    )


def test_rounding_that_the_layout_declares_is_done_before_comparing() -> None:
    """2.5 kept to whole numbers is 3, and -2.5 would be -3."""
    layout = LAYOUT.replace(b"B2: CV}", b"B2: CV}, decimals: 0")
    found = result_of(scores=["LG | 3", "CV | 3", "All | 2.5"], layout=layout).reconciliation
    assert found.agrees
    assert [each.decimals for each in found.compared] == [None] * 4 + [0, 0, None]


def test_one_wrong_domain_is_the_first_step_when_all_above_and_below_agree() -> None:
    """Only the cell that was overtyped is named."""
    (step,) = found_in(scores=with_score(0, "2")).differing
    assert (step.sheet, step.cell, step.is_first_step) == ("Scores", "B1", True)


def test_what_follows_from_a_score_below_is_no_first_step() -> None:
    """LG is 3 in the workbook, and its whole is (3 + 2.5) / 2 = 2.75, as it must be then."""
    found = found_in(scores=["LG | 3", "CV | 2.5", "All | 2.75"])
    assert [(each.id, each.is_first_step) for each in found.differing] == [
        ("LG", True),
        ("whole", False),
    ]
    assert "It follows from what the workbook says of domain LG in 'Scores'!B1." in (
        found.differing[1].explanation
    )


def test_what_does_not_follow_from_the_score_below_is_a_first_step_too() -> None:
    """From 3 and 2.5 comes 2.75; the workbook says 4."""
    found = found_in(scores=["LG | 3", "CV | 2.5", "All | 4"])
    assert [each.id for each in found.first_steps] == ["LG", "whole"]
    assert "It does not follow from what the workbook says of domain LG" in (
        found.first_steps[1].explanation
    )


def test_a_changed_answer_is_explained_at_the_answer_and_all_else_follows() -> None:
    """LG1 was changed to 4 and nothing was calculated again."""
    found = found_in(ANSWERS.replace("LG1 | 2 ", "LG1 | 4 "))
    assert [each.id for each in found.differing] == ["LG1", "LG", "whole"]
    (step,) = found.first_steps
    assert step.explanation == (
        "The workbook says 2; ours is 4, for \"4\" in 'Answers'!B2. The answer may have been "
        "changed after the workbook was last calculated."
    )


def test_steps_that_are_not_stated_are_looked_through() -> None:
    """No domain is stated, so the whole rests on the answers directly."""
    layout = LAYOUT.replace(b"  - {score: domain, sheet: Scores, cells: {B1: LG, B2: CV}}\n", b"")
    answers = ANSWERS.replace("LG1 | 2 ", "LG1 | 4 ")
    found = result_of(answers, layout=layout).reconciliation
    assert [(each.id, each.is_first_step) for each in found.differing] == [
        ("LG1", True),
        ("whole", False),
    ]
    assert "follows from what the workbook says of LG1 (agreed) in 'Answers'!C2" in (
        found.differing[1].explanation
    )


def test_a_score_stated_twice_says_where_the_workbook_agrees_with_us() -> None:
    """The domain LG is right in B4 and wrong in B1; the whole does not rest on that."""
    layout = LAYOUT.replace(
        b"stated:\n  - {score: domain",
        b"stated:\n  - {score: domain, sheet: Copy, cells: {B1: LG}}\n  - {score: domain",
    )
    made = rubric_of()
    sheets = (
        sheet_of(ANSWERS, "Answers"),
        sheet_of("\n".join(with_score(0, "2")), "Scores"),
        sheet_of("LG | 2.5", "Copy"),
    )
    rubric = made.with_layouts((load_layout(layout, rubric=made),))
    (step,) = score(assessment_of(workbook_of(*sheets), rubric)).reconciliation.differing
    assert step.is_first_step
    assert step.explanation.endswith("Elsewhere the workbook says the same as we do: 'Copy'!B1.")


def test_a_score_below_that_is_no_number_does_not_make_the_one_above_a_first_step() -> None:
    """The whole differs, and LG below it shows an error, so nothing can be worked out."""
    found = found_in(scores=["LG | #REF!", "CV | 2.5", "All | 1"])
    assert [(each.id, each.is_first_step) for each in found.differing] == [
        ("LG", True),
        ("whole", False),
    ]


def test_an_error_above_an_error_follows_from_it() -> None:
    """What shows no number is taken to follow from what differs below it."""
    found = found_in(scores=["LG | #REF!", "CV | 2.5", "All | #REF!"])
    assert [each.id for each in found.first_steps] == ["LG"]


def test_a_rule_that_is_more_than_a_mean_is_not_worked_out_again() -> None:
    """A ceiling of 2 holds the whole down, so from other parts nothing can be concluded."""
    rubric = RUBRIC.replace(b"by: [], method: mean", b"by: [], method: mean, at_most: 2")
    found = result_of(scores=["LG | 3", "CV | 2.5", "All | 4"], rubric=rubric).reconciliation
    assert [(each.id, each.is_first_step) for each in found.differing] == [
        ("LG", True),
        ("whole", False),
    ]


@pytest.mark.parametrize(("stated", "words"), [("3", "left out"), ("1.5", "counted as 0")])
def test_another_rule_for_what_is_missing_is_named_when_it_would_agree(
    stated: str, words: str
) -> None:
    """LG1 is blank and counts as 1: (1 + 3) / 2 = 2. Left out it gives 3, as 0 it gives 1.5."""
    rubric = RUBRIC.replace(b"domain, method: mean", b"domain, method: mean, missing: lowest")
    answers = ANSWERS.replace("LG1 | 2      | 2", "LG1 | |")
    found = result_of(answers, with_score(0, stated), rubric=rubric).reconciliation
    (step,) = [each for each in found.first_steps if each.id == "LG"]
    assert step.ours == 2
    assert f"It would agree if what is missing were {words}." in step.explanation


def test_a_score_that_the_rubric_does_not_make_is_unknown() -> None:
    """The layout names a domain that is not there."""
    assessment = result_of().assessment
    stated = [each._replace(id="XX") if each.id == "CV" else each for each in assessment.stated]
    found = reconcile(score(dataclasses.replace(assessment, stated=tuple(stated))))
    (each,) = found.differing
    assert each.agreement is Agreement.UNKNOWN
    assert each.explanation == 'The rubric makes no score "domain" for XX.'


def test_a_rating_without_cells_says_that_the_return_has_none() -> None:
    """The table of scores states what the answer counts, and the answer is nowhere."""
    layout = LAYOUT + b"  - {score: criterion, rating: target, sheet: Scores, cells: {B1: LG1}}\n"
    found = result_of(layout=layout).reconciliation
    (each,) = found.differing
    assert (each.id, each.rating) == ("LG1", "target")
    assert "we give no score, because the answer is blank" in each.explanation


def test_a_gate_that_holds_a_score_down_is_named() -> None:
    """The reason that stands beside a score belongs to its explanation."""
    gate = b"gates: [{when: {at_most: 2, need: any}, at_most: 2, because: One answer is low.}]"
    rubric = RUBRIC.replace(b"domain, method: mean", b"domain, method: mean, " + gate)
    found = result_of(rubric=rubric).reconciliation
    (step,) = [each for each in found.first_steps if each.id == "LG"]
    assert step.explanation.startswith("The workbook says 2.5; ours is 2 (Early), the mean of LG1")
    assert "One answer is low." in step.explanation


def test_more_parts_than_can_be_read_are_counted() -> None:
    """Of nine answers, eight are named."""
    names = [f"LG{number}" for number in range(1, 10)]
    rubric = RUBRIC.replace(b"[LG1, LG2]", f"[{', '.join(names)}]".encode())
    rows = "\n".join(f"{name} | 2 | 2" for name in names)
    answers = f"Ref | Agreed | Counts\n{rows}\nCV1 | 4 | 4\nCV2 | 1 | 1"
    found = result_of(answers, ["LG | 1", "CV | 2.5", "All | 2.25"], rubric=rubric).reconciliation
    (step,) = found.first_steps
    assert "LG8 2 and 1 more." in step.explanation


BESIDE = LAYOUT.replace(b"    stated: [{", b"    stated: [{score: domain, header: [Domain]}, {")


def test_a_score_in_a_criterion_s_row_is_that_of_its_group() -> None:
    """The layout gives no id: LG1 belongs to LG alone, so its row states the score of LG."""
    answers = """
        Ref | Agreed | Counts | Domain
        LG1 | 2      | 2      | 2.5
        LG2 | 3      | 3      |
        CV1 | 4      | 4      | 3
        CV2 | 1      | 1      |
    """
    found = result_of(answers, layout=BESIDE).reconciliation
    (step,) = found.differing
    assert (step.score, step.id, step.cell) == ("domain", "CV", "D4")


def test_a_row_in_several_groups_of_a_roll_up_states_none_of_them() -> None:
    """Each rating has a domain of its own, and the column is for no one rating."""
    rubric = RUBRIC.replace(
        b"{score: domain, method: mean}",
        b"{score: domain, by: [domain, rating], ratings: [agreed, target], method: mean}",
    )
    layout = BESIDE.replace(
        b"answers: {agreed: {header: [Agreed]}}",
        b"answers: {agreed: {header: [Agreed]}, target: {header: [Target]}}",
    ).replace(b"{score: criterion,", b"{score: criterion, rating: agreed,")
    layout = layout.replace(b"B1: LG", b"B1: LG/agreed").replace(b"B2: CV", b"B2: CV/agreed")
    answers = """
        Ref | Agreed | Target | Counts | Domain
        LG1 | 2      | 3      | 2      | 2.5
        LG2 | 3      | 3      | 3      |
    """
    found = result_of(answers, layout=layout, rubric=rubric).reconciliation
    (unknown,) = [each for each in found.compared if each.sheet == "Answers" and each.cell == "E2"]
    assert unknown.agreement is Agreement.UNKNOWN
    one_rating = layout.replace(b"header: [Domain]}", b"rating: agreed, header: [Domain]}")
    found = result_of(answers, layout=one_rating, rubric=rubric).reconciliation
    (agreed,) = [each for each in found.compared if each.sheet == "Answers" and each.cell == "E2"]
    assert (agreed.agreement, agreed.id) == (Agreement.AGREES, "LG/agreed")


def test_what_the_rubric_counts_for_an_answer_that_has_no_cell_says_so() -> None:
    """Nobody is asked for the target, it counts 1, and the workbook counts 2."""
    rubric = RUBRIC.replace(
        b"    - {score: whole",
        b"    - {score: aim, by: [domain], ratings: [target], method: mean, missing: {count_as: 1}}\n"
        b"    - {score: whole",
    )
    layout = LAYOUT + b"  - {score: criterion, rating: target, sheet: Scores, cells: {B1: LG1}}\n"
    found = result_of(layout=layout, rubric=rubric).reconciliation
    (step,) = [each for each in found.first_steps if each.rating == "target"]
    assert step.explanation == (
        "The workbook says 2.5; ours is 1, because the return has no cell with that answer."
    )


def test_no_other_rule_is_tried_where_a_median_has_gaps() -> None:
    """Only means and sums are worked out in another way."""
    rubric = RUBRIC.replace(b"domain, method: mean", b"domain, method: median")
    answers = ANSWERS.replace("LG1 | 2      | 2", "LG1 | |")
    found = result_of(answers, with_score(0, "1.75"), rubric=rubric).reconciliation
    (step,) = [each for each in found.first_steps if each.id == "LG"]
    assert step.explanation.endswith("the median of LG1 left out, LG2 3.")


def test_a_sum_follows_from_its_parts() -> None:
    """The workbook's 3 and 2.5 make 5.5; ours are 2.5 and 2.5, which make 5."""
    rubric = RUBRIC.replace(b"by: [], method: mean", b"by: [], method: sum")
    found = result_of(scores=["LG | 3", "CV | 2.5", "All | 5.5"], rubric=rubric).reconciliation
    assert [(each.id, each.is_first_step) for each in found.differing] == [
        ("LG", True),
        ("whole", False),
    ]


def test_an_answer_under_a_rating_that_is_not_there_is_unknown() -> None:
    """Only a layout that was never checked against the rubric can name one."""
    made = result_of()
    stated = made.assessment.stated[0]._replace(rating="nobody")
    found = reconcile(replace(made, assessment=replace(made.assessment, stated=(stated,))))
    (each,) = found.compared
    assert each.agreement is Agreement.UNKNOWN
    assert each.explanation == 'The rubric makes no score "criterion" for LG1.'


def test_a_result_made_by_hand_compares_nothing() -> None:
    """Only the engine knows how to reconcile."""
    made = result_of()
    assert Result(made.assessment, (), (), (), ()).reconciliation == Reconciliation()


def test_records_are_plain_rows() -> None:
    """One row for each stated score, ready for a data frame."""
    rows = found_in(scores=with_score(0, "Early")).records()
    assert len(rows) == 4 + 2 + 1
    assert rows[4] == {
        "score": "domain",
        "id": "LG",
        "rating": "",
        "agreement": "differs",
        "ours": 2.5,
        "stated": None,
        "raw": "Early",
        "sheet": "Scores",
        "cell": "B1",
        "decimals": None,
        "is_first_step": True,
        "explanation": rows[4]["explanation"],
    }
