"""What a change map may not say, by itself and of the versions that it stands between.

Each case shows the code and the beginning of the text to which the problem points.
"""

from __future__ import annotations

import pytest

from maturity.issues import FileLocation
from maturity.reading.changes_file import check_changes_source
from maturity.reading.rubric_file import load_rubric

RUBRIC = """\
rubric: small
version: "{version}"
title: Small
status: final
levels: [{{value: 1, label: Low}}, {{value: 2, label: High}}]
answer_sets: {{yes_no: {{levels: [{{value: 0, label: "No"}}, {{value: 1, label: "Yes"}}]}}}}
principles: {{early: {{title: Early}}, fair: {{title: Fair}}}}
ratings: {{agreed: {{title: Agreed, scored: true}}, sure: {{title: Sure, answers: yes_no}}}}
domains: [{{id: D, title: One, criteria: [{criteria}]}}, {{id: E, title: Two, criteria: [Z1]}}]
metrics: {{{metric}: {{title: Plans, unit: percent}}}}
scoring: {{rollups: [{{score: domain, method: mean}}]}}
"""
OLD = load_rubric(RUBRIC.format(version="1", criteria="A1, A2, A3", metric="M1").encode())
NEW = load_rubric(RUBRIC.format(version="2", criteria="A1, B2, B3", metric="N1").encode())
HEAD = 'changes: {from: "1", to: "2"}\n'
WHOLE = "renamed: {A2: B2, M1: N1}\nretired: [A3]\nadded: [B3]\n"

# What the map says | the problems: code, place and what stands there.
CASES = [
    (HEAD + WHOLE, []),
    (HEAD + "merged: {B2: [A2, A3]}\nrenamed: {M1: N1}\nadded: [B3]\n", []),
    (HEAD + "split: {A2: [B2, B3]}\nrenamed: {M1: N1}\nretired: [A3]\n", []),
    (HEAD + WHOLE + "reworded: [A1]\n", []),
    (HEAD + WHOLE + "clarified: [A1, B2]\n", []),
    (HEAD + WHOLE + "levels: {1: 1, 2: 2}\nanswer_sets: {yes_no: {0: 1}}\n", []),
    ("renamed: {A2: B2}\n", ["key-missing 1:1"]),
    (HEAD + "renames: {A2: B2}\n", ["key-unknown 2:1"]),
    (HEAD + "split: {A2: [B2]}\n", ["value-wrong 2:13"]),
    ('changes: {from: 1, to: "2"}\n' + WHOLE, ["type-wrong 1:17"]),
    ('changes: {from: "0", to: "3"}\n' + WHOLE, ["changes-version 1:17", "changes-version 1:26"]),
    (HEAD + WHOLE + "reworded: [A2]\n", ["criterion-unknown 5:12", "changes-conflict 5:12"]),
    (
        HEAD + "renamed: {A2: B2, A3: B2, M1: N1}\nadded: [B3]\n",
        ["changes-conflict 2:23"],
    ),
    (HEAD + WHOLE + "clarified: [B3]\n", ["changes-conflict 5:13"]),
    (HEAD + WHOLE + "clarified: [X9]\n", ["criterion-unknown 5:13"]),
    (
        HEAD + "renamed: {A9: B2, M1: N9}\n",
        ["changes-incomplete 1:1"] * 2 + ["criterion-unknown 2:11", "criterion-unknown 2:23"],
    ),
    (
        HEAD + "renamed: {A2: N1, M1: B2}\nretired: [A3]\nadded: [B3]\n",
        ["changes-conflict 2:15", "changes-conflict 2:23"],
    ),
    (
        HEAD + "merged: {N1: [M1, A2]}\nretired: [A3]\nadded: [B2, B3]\n",
        ["changes-conflict 2:10", "changes-conflict 2:15"],
    ),
    (
        HEAD + "split: {M1: [N1, B3]}\nrenamed: {A2: B2}\nretired: [A3]\n",
        ["changes-conflict 2:9", "changes-conflict 2:14"],
    ),
    (HEAD + WHOLE.replace("[A3]", "[A3, A1]"), ["changes-incomplete 1:1", "changes-conflict 3:15"]),
    (HEAD + WHOLE.replace("[B3]", "[B3, A1]"), ["changes-incomplete 1:1", "changes-conflict 4:13"]),
    (HEAD + WHOLE.replace("[A3]", "[A3, A1]").replace("[B3]", "[B3, A1]"), []),
    (HEAD + "renamed: {M1: N1, A2: B2}\n", ["changes-incomplete 1:1"] * 2),
    (HEAD + WHOLE + "ratings: {agred: agreed}\n", ["rating-unknown 5:11"]),
    (HEAD + WHOLE + "ratings: {agreed: agred}\n", ["rating-unknown 5:19"]),
    (HEAD + WHOLE + "ratings: {agreed: sure, sure: sure}\n", ["changes-conflict 5:31"]),
    (HEAD + WHOLE + "domains: {X: D, D: X}\n", ["facet-unknown 5:11", "facet-unknown 5:20"]),
    (
        HEAD + WHOLE + "principles: {x: early, fair: z}\n",
        ["principle-unknown 5:14", "principle-unknown 5:30"],
    ),
    (HEAD + WHOLE + "levels: {3: 1, 2: 5}\n", ["value-wrong 5:10", "value-wrong 5:19"]),
    (
        HEAD + WHOLE + "answer_sets: {yes_no: {2: 1, 1: 2}, other: {1: 1}}\n",
        ["value-wrong 5:24", "value-wrong 5:33", "changes-conflict 5:37"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_every_fault_of_a_change_map_is_told_with_its_place(text: str, expected: list[str]) -> None:
    """All of them at once, each where it stands in the file."""
    made, issues = check_changes_source(text.encode(), old=OLD, new=NEW)
    found = []
    for issue in issues:
        assert isinstance(issue.location, FileLocation)
        assert issue.remedy
        found.append(f"{issue.code} {issue.location.line}:{issue.location.column}")
    assert sorted(found) == sorted(expected)
    assert (made is None) == any(issue.severity == "error" for issue in issues)


def test_without_the_versions_a_map_is_checked_by_itself() -> None:
    """Names are then taken as they are, and what is said twice is told all the same."""
    made, issues = check_changes_source((HEAD + "renamed: {Q1: Q2}\n").encode())
    assert made is not None
    assert issues == ()
    _, issues = check_changes_source((HEAD + "retired: [Q1, Q1]\n").encode())
    assert [issue.code for issue in issues] == ["changes-conflict"]


def test_a_near_miss_is_suggested() -> None:
    """And what is known is named."""
    _, issues = check_changes_source((HEAD + WHOLE + "ratings: {agred: sure}\n").encode(), old=OLD)
    assert [issue.remedy for issue in issues] == [
        'Did you mean "agreed"? The ratings are agreed and sure.'
    ]
