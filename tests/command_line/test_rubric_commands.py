"""What `maturity lint` says about issues that stand in no YAML file."""

from __future__ import annotations

import json

import pytest

from maturity.command_line import rubric_commands
from maturity.issues import CellLocation, FileLocation, Issue, IssueCode, Severity

PLACES = [
    (FileLocation("a.yaml", 3, 7), ("a.yaml", 3, 7)),
    (CellLocation("a.xlsx", "Cover", "B2"), ("a.xlsx", None, None)),
    (None, (None, None, None)),
]


@pytest.mark.parametrize(("location", "expected"), PLACES)
def test_every_issue_has_the_same_keys_in_json(
    location: FileLocation | CellLocation | None,
    expected: tuple[object, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A place that is not in a text file has no line; notes alone are clean."""
    issue = Issue(IssueCode.WEIGHT_POINTLESS, Severity.NOTE, "Odd.", "Look.", location)
    monkeypatch.setattr(rubric_commands, "lint_rubric", lambda _: (issue,))
    assert rubric_commands.lint("a", as_json=True) == 0
    (row,) = json.loads(capsys.readouterr().out)["issues"]
    assert (row["file"], row["line"], row["column"]) == expected
