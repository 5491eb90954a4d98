"""Carrying a return over to another version: what goes along, what does not, and what is said.

A return is a table of answers under the old version; a case shows the answers under the new one.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import maturity
from maturity.assessment import Assessment, MetricValue, Remark, Response, State
from maturity.changes import ChangeMap
from maturity.comparing.carry import carry_over
from maturity.errors import RubricError
from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.reading.changes_file import load_changes
from maturity.reading.rubric_file import load_rubric
from maturity.rubric import Rubric

TEXT = """\
rubric: small
version: "1"
title: Small
status: final
levels: [{value: 1, label: Low}, {value: 2, label: Middle}, {value: 3, label: High}]
answers: {not_applicable: [N/A]}
answer_sets: {yes_no: {levels: [{value: 0, label: "No"}, {value: 1, label: "Yes"}]}}
ratings: {agreed: {title: Agreed, scored: true}, target: {title: Target}}
domains:
  - id: D
    title: One
    criteria:
      - {id: A, title: Vision, prompt: Is it shared?, not_applicable: Where there is none.}
      - {id: B, title: Work}
      - {id: C, title: Help, answers: yes_no}
metrics: {M: {title: Plans, unit: percent}}
scoring: {rollups: [{score: domain, method: mean, min_coverage: 0.1}]}
"""
OLD = load_rubric(TEXT.encode())
# The return: criterion and rating → what is in the cell.
TYPED = {("A", "agreed"): "2", ("A", "target"): "3", ("B", "agreed"): "3", ("C", "agreed"): "1"}
CELLS = {"A": 5, "B": 6, "C": 7}


def new_version(*changes: str) -> Rubric:
    """Change the text, each "old => new", and load it as version 2."""
    text = TEXT.replace('version: "1"', 'version: "2"')
    for change in changes:
        before, after = change.split(" => ")
        assert before in text, before
        text = text.replace(before, after)
    return load_rubric(text.encode())


def answer(criterion: str, rating: str, typed: str) -> Response:
    """Give the response that a cell was read as."""
    cell = f"{'K' if rating == 'target' else 'J'}{CELLS[criterion]}"
    if typed.isdigit():
        return Response(criterion, rating, State.ANSWERED, int(typed), typed, "Answers", cell)
    states = {"": State.BLANK, "N/A": State.NOT_APPLICABLE}
    return Response(
        criterion, rating, states.get(typed, State.UNREADABLE), None, typed, "Answers", cell
    )


def returned(**typed: str) -> Assessment:
    """Give a return; `A="1"` types the agreed level of A."""
    answers = TYPED | {(name, "agreed"): value for name, value in typed.items()}
    return Assessment(
        rubric=OLD,
        source="a.xlsx",
        source_digest="sha256:0",
        layout=None,
        responses=tuple(
            answer(criterion, rating, answers.get((criterion, rating), ""))
            for criterion in OLD.criteria
            for rating in OLD.ratings
        ),
        metrics=(MetricValue("M", State.ANSWERED, 71, "71", "Baseline", "B2"),),
        remarks=(Remark("A", "evidence", "Minutes", "Answers", "L5"),),
        issues=(
            Issue(
                IssueCode.ANSWER_MISSING, Severity.QUERY, "B.", "Enter.", None, "", "B", "target"
            ),
            Issue(IssueCode.AREA_MISSING, Severity.QUERY, "No area.", "Enter it."),
        ),
    )


def declared(text: str) -> ChangeMap | None:
    """Load what is declared."""
    head = 'changes: {from: "1", to: "2"}\n'
    return load_changes((head + text).encode()) if text else None


def table(assessment: Assessment) -> str:
    """Give the answers in short: `A 2/3` is level 2 agreed and target 3, `-` blank, `?` unread."""
    marks = {State.BLANK: "-", State.UNREADABLE: "?", State.NOT_APPLICABLE: "n"}
    rows = []
    for criterion in assessment.rubric.criteria:
        cells = [assessment.response(criterion, rating) for rating in assessment.rubric.ratings]
        rows.append(f"{criterion} " + "/".join(str(marks.get(c.state, c.level)) for c in cells))
    return ", ".join(rows)


def codes(assessment: Assessment) -> list[str]:
    """Give the issues of carrying over, without the summary and those of the reading."""
    assert assessment.issues[0].code == "answers-carried"
    names = {IssueCode.ANSWER_MISSING, IssueCode.AREA_MISSING}
    return [
        f"{each.code} {each.severity}" for each in assessment.issues[1:] if each.code not in names
    ]


LEFT, LEFT_NOTE, CARE, NEW = (
    "not-carried query",
    "not-carried note",
    "carried-with-care query",
    "not-asked-before note",
)
# The rubric's changes | what is declared | the answers now (A 2/3, B 3/-, C 1/- before) | issues.
CASES: list[tuple[tuple[str, ...], str, str, list[str]]] = [
    ((), "", "A 2/3, B 3/-, C 1/-", []),
    (("id: A => id: X",), "renamed: {A: X}", "X 2/3, B 3/-, C 1/-", []),
    (("id: A => id: X",), "", "X -/-, B 3/-, C 1/-", [NEW, LEFT, LEFT_NOTE]),
    (
        ("id: A => id: X",),
        "retired: [A]\nadded: [X]",
        "X -/-, B 3/-, C 1/-",
        [NEW, LEFT_NOTE, LEFT_NOTE],
    ),
    (
        ("id: A => id: B", "B, title: Work => A, title: Work"),
        "renamed: {A: B, B: A}",
        "B 2/3, A 3/-, C 1/-",
        [],
    ),
    (("Is it shared? => Is it kept?",), "", "A 2/3, B 3/-, C 1/-", [CARE]),
    (("Is it shared? => Is it kept?",), "clarified: [A]", "A 2/3, B 3/-, C 1/-", []),
    (("Is it shared? => Is it kept?",), "reworded: [A]", "A -/-, B 3/-, C 1/-", [LEFT, LEFT_NOTE]),
    (
        ("      - {id: B, title: Work}\n => ",),
        "merged: {A: [A, B]}",
        "A -/-, C 1/-",
        [LEFT],  # A was answered 2 and 3, B was answered 3 and blank
    ),
    (
        ("id: B, title: Work} => id: X, title: Plans}\n      - {id: W, title: Deeds}",),
        "split: {B: [X, W]}",
        "A 2/3, X -/-, W -/-, C 1/-",
        [LEFT],
    ),
    (
        ("id: B, title: Work} => id: B, title: Work}\n      - {id: W, title: Deeds}",),
        "split: {B: {into: [B, W], carry: all}}",
        "A 2/3, B 3/-, W 3/-, C 1/-",
        [],
    ),
    (("label: High}] => label: Top}]",), "", "A 2/?, B ?/-, C 1/-", [CARE, LEFT, LEFT]),
    (("label: High}] => label: Top}]",), "levels: {1: 1, 2: 2, 3: 3}", "A 2/3, B 3/-, C 1/-", []),
    (
        ("{value: 3, label: High} => {value: 3, label: Good}, {value: 4, label: High}",),
        "levels: {1: 1, 2: 2, 3: 4}",
        "A 2/4, B 4/-, C 1/-",
        [],
    ),
    (("label: Low => label: Lowest",), "levels: {1: 1, 2: 2}", "A 2/?, B ?/-, C 1/-", [LEFT, LEFT]),
    (
        ('"Yes"} => "Yes"}, {value: 2, label: Both}',),
        "answer_sets: {yes_no: {0: 0, 1: 2}}",
        "A 2/3, B 3/-, C 2/-",
        [],
    ),
    (('"Yes"} => "Yes"}, {value: 2, label: Both}',), "", "A 2/3, B 3/-, C 1/-", [CARE]),
    (
        (
            ", answers: yes_no => ",
            'answer_sets: {yes_no: {levels: [{value: 0, label: "No"}, {value: 1, label: "Yes"}]}}\n => ',
        ),
        "",
        "A 2/3, B 3/-, C ?/-",
        [CARE, LEFT],
    ),
    (("agreed: {title => joint: {title",), "ratings: {agreed: joint}", "A 2/3, B 3/-, C 1/-", []),
    (
        ("target: {title: Target} => health: {title: Health}",),
        "",
        "A 2/-, B 3/-, C 1/-",
        [NEW, LEFT],
    ),
    (("M: {title => P: {title",), "renamed: {M: P}", "A 2/3, B 3/-, C 1/-", []),
    (("M: {title => P: {title",), "", "A 2/3, B 3/-, C 1/-", [NEW, LEFT]),
    (
        ("M: {title => P: {title",),
        "retired: [M]\nadded: [P]",
        "A 2/3, B 3/-, C 1/-",
        [NEW, LEFT_NOTE],
    ),
    (("unit: percent => unit: count",), "", "A 2/3, B 3/-, C 1/-", [LEFT]),
    (("title: Plans => title: Visits",), "reworded: [M]", "A 2/3, B 3/-, C 1/-", [LEFT]),
    (("title: Plans => title: Visits",), "", "A 2/3, B 3/-, C 1/-", [CARE]),
]


@pytest.mark.parametrize(("changes", "map_text", "expected", "issues"), CASES)
def test_answers_go_where_the_same_is_asked(
    changes: tuple[str, ...], map_text: str, expected: str, issues: list[str]
) -> None:
    """An answer goes along or an issue says that it did not; nothing is filled in."""
    carried = carry_over(returned(), new_version(*changes), declared(map_text))
    assert table(carried) == expected
    assert codes(carried) == issues
    assert carried.rubric.version == "2"


MERGED = "      - {id: B, title: Work}\n => "
# Typed in A and B | the merged answer | whether something is said.
ALIKE = [
    ("3", "3", "3", False),
    ("3", "2", "-", True),
    ("3", "", "-", True),
    ("", "", "-", False),
    ("N/A", "N/A", "n", False),
    ("2/3", "2/3", "?", False),
]


@pytest.mark.parametrize(("first", "second", "expected", "is_said"), ALIKE)
def test_what_became_one_keeps_an_answer_that_was_the_same(
    first: str, second: str, expected: str, is_said: bool
) -> None:
    """Where parts were answered differently nobody knows what holds for the whole."""
    assessment = returned(A=first, B=second)
    # Neither has a target, so that the agreed level alone decides.
    blank = {Response("A", "target", State.BLANK), Response("B", "target", State.BLANK)}
    responses = tuple(
        next((b for b in blank if (b.criterion, b.rating) == (r.criterion, r.rating)), r)
        for r in assessment.responses
    )
    assessment = maturity.Assessment(OLD, "a.xlsx", "sha256:0", None, responses, assessment.metrics)
    carried = carry_over(assessment, new_version(MERGED), declared("merged: {A: [A, B]}"))
    assert table(carried) == f"A {expected}/-, C 1/-"
    assert codes(carried) == ["not-carried query"] * is_said


def test_every_answer_keeps_its_cell_and_what_was_typed() -> None:
    """So that it can be looked up in the workbook that it came from."""
    carried = carry_over(returned(), new_version("id: A => id: X"), declared("renamed: {A: X}"))
    assert carried.response("X", "agreed") == Response(
        "X", "agreed", State.ANSWERED, 2, "2", "Answers", "J5"
    )


def test_an_answer_with_no_level_any_more_keeps_what_was_typed() -> None:
    """It is unreadable under the new version, and not blank: somebody gave an answer."""
    carried = carry_over(returned(), new_version("label: High}] => label: Top}]"))
    left = carried.response("B", "agreed")
    assert (left.state, left.raw, left.cell) == (State.UNREADABLE, "3", "J6")
    issue = next(each for each in carried.issues if each.criterion == "B")
    assert issue.location == CellLocation("a.xlsx", "Answers", "J6")
    assert issue.message == (
        'B was answered "3", which is not a level any more: they are 1 Low, 2 Middle and 3 Top.'
    )


def test_a_part_is_blank_and_the_old_answer_is_named() -> None:
    """An answer to the whole is none to a part."""
    new = new_version("id: B, title: Work} => id: X, title: Plans}\n      - {id: W, title: Deeds}")
    carried = carry_over(returned(), new, declared("split: {B: [X, W]}"))
    assert carried.response("X", "agreed") == Response("X", "agreed", State.BLANK)
    issue = carried.issues[1]
    assert issue.message == (
        'B is divided into X and W, so the old answer is not carried over: B Agreed "3".'
    )
    assert issue.location == CellLocation("a.xlsx", "Answers", "J6")
    assert issue.criterion == "X"


def test_nothing_is_said_of_what_nobody_answered() -> None:
    """Where no answer was given, none is lost."""
    new = new_version("      - {id: B, title: Work}\n => ")
    carried = carry_over(returned(B=""), new, declared("retired: [B]"))
    assert codes(carried) == []
    assert carried.issues[0].message == (
        'The answers were given to version "1", and 3 of 3 were carried over to version "2".'
    )


UNANSWERED = [
    ("Is it shared? => Is it kept?", ""),
    ("Is it shared? => Is it kept?", "reworded: [A]"),
    ("title: Plans => title: Visits", "reworded: [M]"),
    ("unit: percent => unit: count", ""),
    ("target: {title: Target} => target: {title: Target, target_for: agreed}", ""),
    (
        "ratings: {agreed: {title: Agreed, scored: true}, target: {title: Target}} => ratings: {agreed: {title: Agreed, scored: true}}",
        "",
    ),
]


@pytest.mark.parametrize(("change", "map_text"), UNANSWERED)
def test_nothing_is_said_of_a_blank_return(change: str, map_text: str) -> None:
    """Whatever has changed: there is no answer that could be lost."""
    blank = Assessment(
        OLD,
        "a.xlsx",
        "sha256:0",
        None,
        tuple(answer(key, rating, "") for key in OLD.criteria for rating in OLD.ratings),
        (MetricValue("M", State.BLANK),),
    )
    assert codes(carry_over(blank, new_version(change), declared(map_text))) == []


def test_the_summary_counts_what_was_left() -> None:
    """Three of four answers: A agreed and target, and C."""
    new = new_version("      - {id: B, title: Work}\n => ")
    carried = carry_over(returned(), new, declared("retired: [B]"))
    assert carried.issues[0].severity is Severity.NOTE
    assert "3 of 4 were carried over" in carried.issues[0].message
    assert carried.issues[0].message.endswith("; 1 was not.")


NOT_APPLICABLE = [
    (", not_applicable: Where there is none. => ", ["not-applicable-not-allowed error"]),
    ("Where there is none. => In winter.", []),
]


@pytest.mark.parametrize(("change", "issues"), NOT_APPLICABLE)
def test_not_applicable_is_told_where_it_is_no_fair_answer_any_more(
    change: str, issues: list[str]
) -> None:
    """It stays what it was, and counts as missing there."""
    carried = carry_over(returned(A="N/A"), new_version(change))
    assert table(carried) == "A n/3, B 3/-, C 1/-"
    assert codes(carried) == issues


def test_not_applicable_that_was_never_fair_is_not_told_again() -> None:
    """The reading has told it already."""
    assert codes(carry_over(returned(B="N/A"), new_version())) == []


def test_under_another_rating_it_is_a_query() -> None:
    """As in reading: only the scored answer makes a score impossible."""
    assessment = returned()
    typed = answer("A", "target", "N/A")
    responses = (assessment.responses[0], typed, *assessment.responses[2:])
    assessment = Assessment(OLD, "a.xlsx", "sha256:0", None, responses)
    new = new_version(", not_applicable: Where there is none. => ")
    assert codes(carry_over(assessment, new)) == ["not-applicable-not-allowed query"]


def test_figures_go_along() -> None:
    """Under the metric's new id, with their cell."""
    carried = carry_over(
        returned(), new_version("M: {title => P: {title"), declared("renamed: {M: P}")
    )
    assert carried.metrics == (MetricValue("P", State.ANSWERED, 71, "71", "Baseline", "B2"),)


def test_a_return_without_figures_has_none_afterwards() -> None:
    """A return made by a program may have answers alone."""
    bare = Assessment(OLD, "a.xlsx", "sha256:0", None, returned().responses)
    carried = carry_over(bare, new_version("title: Plans => title: Visits"))
    assert carried.metrics == (MetricValue("M", State.BLANK),)
    assert codes(carried) == []
    gone = new_version("metrics: {M: {title: Plans, unit: percent}}\n => ")
    assert codes(carry_over(bare, gone)) == []


# What is changed | declared | criteria that the evidence beside A stands by now.
TEXTS: list[tuple[tuple[str, ...], str, list[str]]] = [
    (("id: A => id: X",), "renamed: {A: X}", ["X"]),
    ((MERGED,), "merged: {A: [A, B]}", ["A"]),
    (
        ("id: A, => id: X, title: Plans}\n      - {id: W,",),
        "split: {A: {into: [X, W], carry: all}}",
        ["X", "W"],
    ),
    (("id: A, => id: X, title: Plans}\n      - {id: W,",), "split: {A: [X, W]}", []),
    (("Is it shared? => Is it kept?",), "reworded: [A]", []),
]


@pytest.mark.parametrize(("changes", "map_text", "homes"), TEXTS)
def test_texts_beside_answers_go_with_them(
    changes: tuple[str, ...], map_text: str, homes: list[str]
) -> None:
    """What has no place is counted in a note."""
    carried = carry_over(returned(), new_version(*changes), declared(map_text))
    assert [remark.criterion for remark in carried.remarks] == homes
    said = [each.message for each in carried.issues if "stayed with the old return" in each.message]
    assert said == [
        "1 text beside the answers to A (evidence, actions and the like) stayed with the old return."
    ] * (not homes)


def test_issues_of_the_reading_follow_with_new_names() -> None:
    """What is gone or became several is named by its sentence alone."""
    new = new_version("id: B => id: X")
    carried = carry_over(returned(), new, declared("renamed: {B: X}"))
    assert [(each.criterion, each.rating) for each in carried.issues[-2:]] == [
        ("X", "target"),
        (None, None),
    ]
    carried = carry_over(returned(), new)
    assert carried.issues[-2].criterion is None


def test_a_map_for_other_versions_is_refused() -> None:
    """Before anything is carried over."""
    changes = load_changes(b'changes: {from: "7", to: "8"}\n')
    with pytest.raises(RubricError):
        carry_over(returned(), new_version(), changes)


def test_a_carried_return_is_scored_by_the_new_version() -> None:
    """Level 3 of three is 4 of four: (2 + 4 + 1) / 3."""
    new = new_version("{value: 3, label: High} => {value: 3, label: Good}, {value: 4, label: High}")
    carried = carry_over(returned(), new, declared("levels: {1: 1, 2: 2, 3: 4}"))
    assert maturity.score(carried).domains["D"].value == (2 + 4 + 1) / 3


def test_a_real_return_is_carried_scored_and_written(root: Path, tmp_path: Path) -> None:
    """Result workbook and JSON are written as for any return, with the cells of the old one."""
    old = maturity.load_rubric("local-partnership")
    text = (root / "rubrics" / "local-partnership" / "rubric.yaml").read_text(encoding="utf-8")
    text = text.replace('version: "2026.1"', 'version: "2027.1"').replace("id: LG1\n", "id: LX1\n")
    new = load_rubric(text.replace("id: LG2\n", "id: LX2\n").encode())
    changes = load_changes(
        b'changes: {from: "2026.1", to: "2027.1"}\nrenamed: {LG1: LX1}\nretired: [LG2]\nadded: [LX2]\n'
    )
    path = root / "examples" / "returns" / "972-thornwick-bay.xlsx"
    before = maturity.read_assessment(path, old)
    result = maturity.score(carry_over(before, new, changes))
    moved, was = result.assessment.response("LX1", "agreed"), before.response("LG1", "agreed")
    assert moved == was._replace(criterion="LX1")
    created = datetime.datetime(2027, 3, 31, tzinfo=datetime.UTC)
    maturity.write_workbook(result, tmp_path / "out.xlsx", created=created, source=path)
    maturity.write_json(result, tmp_path / "out.json", created=created, source=path)
    assert "answers-carried" in (tmp_path / "out.json").read_text(encoding="utf-8")
