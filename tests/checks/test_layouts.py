"""What one field of a layout alone cannot show, as changes to a small layout and what is said.

Each case shows the code and the beginning of the text to which the problem points.
"""

from __future__ import annotations

import pytest

from maturity.checks.layouts import check_layout
from maturity.issues import FileLocation
from maturity.reading.layout_file import check_layout_source, load_layout
from maturity.reading.rubric_file import load_rubric
from maturity.rubric import Rubric

RUBRIC = b"""\
rubric: small
version: "1"
title: Small
status: final
levels: [{value: 1, label: Low}, {value: 2, label: High}]
ratings: {agreed: {title: Agreed, scored: true}, target: {title: Target, target_for: agreed}}
domains: [{id: LG, title: L, criteria: [{id: LG1, title: V, levels: {1: a, 2: b}}]}]
metrics: {M1: {title: Plans, unit: percent}}
scoring: {rollups: [{score: domain, method: mean}]}
"""
LAYOUT = """\
layout: form
title: Form
fingerprint: {editions: ["1.0"]}
metadata:
  area: {label: [Area, Name of area]}
  edition: {label: [Version]}
tables:
  - rows: criteria
    id: {header: [Ref]}
    title: {header: [Title]}
    answers: {agreed: {header: [Agreed]}, target: {header: [Target]}}
    required: [agreed]
    notes: {owner: {header: [Owner]}}
    ignore: [{header: [Level 1]}]
    ids: {Q1: LG1}
    titles: {Vision: LG1}
  - rows: metrics
    id: {header: [Ref]}
    answers: {value: {header: [Value]}}
"""
LOOKALIKE = """\
lookalike: list
title: a list of children
remedy: Send the workbook.
fingerprint: {sheets: [List 1]}
"""


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Give a rubric of one criterion."""
    return load_rubric(RUBRIC)


def shown(text: str, rubric: Rubric | None) -> list[str]:
    """Check a layout; give each issue as its code and the text that it points to."""
    lines = text.split("\n")
    found = []
    for issue in check_layout_source(text.encode(), rubric)[1]:
        place = issue.location
        assert isinstance(place, FileLocation)
        assert place.line is not None
        assert place.column is not None
        assert issue.remedy.endswith(".")
        there = lines[place.line - 1][place.column - 1 :]
        found.append(f"{issue.code.value} @ {there[:12].strip()}")
    return found


def test_small_layouts_are_sound(rubric: Rubric) -> None:
    """What the tables below change has nothing wrong with it."""
    assert shown(LAYOUT, rubric) == shown(LOOKALIKE, rubric) == []
    assert list(check_layout(load_layout(LAYOUT.encode()))) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[Agreed]", "[Agreed, 'target (in a year):']", ["layout-ambiguous @ Target]}}"]),
        ("[Owner]", "[REF]", ["layout-ambiguous @ REF]}}"]),
        ("[Level 1]", "[' title ']", ["layout-ambiguous @ ' title ']}]"]),
        ("[Owner]", "[Owner, owner]", []),
        ("[Owner]", "[':']", ["value-wrong @ ':']}}"]),
        ("[Version]", "['Name of  Area']", ["layout-ambiguous @ 'Name of  Ar"]),
        ("required: [agreed]", "required: [agred]", ["rating-unknown @ agred]"]),
        ("target: {header", "targt: {header", ["rating-unknown @ targt: {head"]),
        ("{Q1: LG1}", "{Q1: LG9}", ["criterion-unknown @ LG9}"]),
        ("{Vision: LG1}", "{Vision: M1}", ["criterion-unknown @ M1}"]),
        ("answers: {value:", "answers: {figure:", ["value-wrong @ figure: {hea"]),
        (
            "{header: [Value]}}",
            "{header: [Value]}}\n    ids: {A: LG1}",
            ["criterion-unknown @ LG1}"],
        ),
        ("  edition: {label: [Version]}\n", "", ['unused @ editions: ["']),
        (
            LAYOUT[LAYOUT.index("  - rows: criteria") : LAYOUT.index("  - rows: metrics")],
            "",
            ["value-wrong @ tables:"],
        ),
        (
            "{agreed: {header: [Agreed]}, target",
            "{target",
            ["rating-scored @ tables:", "rating-unknown @ agreed]"],
        ),
    ],
)
def test_layouts(rubric: Rubric, old: str, new: str, expected: list[str]) -> None:
    """Columns can be told apart, and all that is named exists."""
    assert old in LAYOUT
    assert shown(LAYOUT.replace(old, new), rubric) == expected


def test_a_table_of_metrics_needs_metrics() -> None:
    """Where the rubric has none, the table is never found."""
    bare = load_rubric(RUBRIC.replace(b"metrics: {M1: {title: Plans, unit: percent}}\n", b""))
    assert shown(LAYOUT, bare) == ["unused @ metrics"]


@pytest.mark.parametrize(
    ("fingerprint", "expected"),
    [
        ("{}", ["key-missing @ fingerprint:"]),
        ("{markers: [x], editions: ['1']}", ["unused @ editions: ['"]),
    ],
)
def test_lookalikes(fingerprint: str, expected: list[str]) -> None:
    """Another workbook is recognised by sheets or markers, and by nothing else."""
    assert shown(LOOKALIKE.replace("{sheets: [List 1]}", fingerprint), None) == expected
