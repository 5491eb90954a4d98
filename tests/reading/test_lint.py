"""What an author is told about a rubric before it is sent out."""

from __future__ import annotations

from pathlib import Path

import pytest

from maturity.issues import Severity
from maturity.reading.lint import lint_rubric
from maturity.reading.shipped import shipped_names

RUBRIC = """\
rubric: small
version: "1"
title: Small
status: final
levels: [{value: 1, label: Low}, {value: 2, label: Mid}, {value: 3, label: High}]
ratings: {agreed: {title: Agreed, scored: true}}
domains:
  - id: LG
    title: Leadership
    criteria:
      - {id: LG1, title: Vision, prompt: Is it?, levels: {1: a, 2: b, 3: c}}
      - {id: LG2, title: Money, prompt: Is it?, levels: {1: a, 2: b, 3: c}}
scoring: {rollups: [{score: domain, method: mean}]}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Small", "Small", []),
        (
            "{1: a, 2: b, 3: c}}\n      - ",
            "{1: a, 2: ' A', 3: c}}\n      - ",
            ["11:68 note style-hint"],
        ),
        (
            "{1: a, 2: b, 3: c}}\n      - ",
            "{1: a, 2: a, 3: a}}\n      - ",
            ["11:68 note style-hint"],
        ),
        ("title: Vision, prompt: Is it?", "title: Vision", ["11:9 note style-hint"]),
        ("title: Money", "title: VISION", ["12:26 note style-hint"]),
        (
            "title: Vision, prompt: Is it?",
            "title: Vision, promt: Is it?",
            ["11:34 error key-unknown"],
        ),
        (
            "title: Money",
            "weight: 2, title: Vision",
            ["12:27 query weight-pointless", "12:37 note style-hint"],
        ),
        ("rubric", "a: b: c", ["1:5 error yaml-syntax"]),
    ],
)
def test_hints(old: str, new: str, expected: list[str]) -> None:
    """Errors alone; when there are none, hints on style as well, in the order of the file."""
    issues = lint_rubric(RUBRIC.replace(old, new).encode())
    assert [
        f"{str(issue).split(':')[1]}:{str(issue).split(':')[2]} {issue.severity} {issue.code}"
        for issue in issues
    ] == expected


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_rubrics_have_nothing_to_mend(name: str) -> None:
    """No error, no query and no hint on what we ship ourselves."""
    assert lint_rubric(name) == ()


def test_layouts_are_linted_too(tmp_path: Path) -> None:
    """A layout's problems come after the rubric's, with its file."""
    (tmp_path / "layouts").mkdir()
    (tmp_path / "rubric.yaml").write_text(RUBRIC.replace("Money", "Vision"), encoding="utf-8")
    (tmp_path / "layouts" / "a.yaml").write_text(
        "lookalike: x\ntitle: x\nremedy: x\nfingerprint: {markers: [x], editions: [x]}\n",
        encoding="utf-8",
    )
    issues = lint_rubric(tmp_path)
    assert [issue.severity for issue in issues] == [Severity.NOTE, Severity.QUERY]
    assert "a.yaml:4:29" in str(issues[1])


def test_an_unknown_rubric_is_one_problem() -> None:
    """Lint reports; it does not raise."""
    assert [issue.code.value for issue in lint_rubric("nowhere")] == ["rubric-not-found"]
