"""What `maturity lint` says about issues that stand in no YAML file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from maturity.command_line import rubric_commands
from maturity.command_line.endings import Misuse
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


LAYOUT = b"# How it looks\nlayout: form\ntitle: Form\n"
OTHER_KINDS = [
    (
        "set/layouts/form.yaml",
        LAYOUT,
        "this is a layout; lint the folder of its rubric: maturity lint set",
    ),
    ("set/layouts/not.yaml", b"lookalike: other\n", "rubric: maturity lint set"),
    ("layouts/form.yaml", LAYOUT, "this is a layout; lint the folder of its rubric."),
    ("form.yaml", LAYOUT, "this is a layout; lint the folder of its rubric."),
    (
        "a b.xlsx",
        b"PK\x03\x04...",
        "this is a workbook, not a rubric. Lint the rubric it is scored",
    ),
    ("a b.xlsx", b"PK\x03\x04...", "maturity score --issues 'a b.xlsx'"),
    ("old.xls", b"\xd0\xcf\x11\xe0...", "this is a workbook, not a rubric."),
]


@pytest.mark.parametrize(("name", "content", "sentence"), OTHER_KINDS)
def test_what_is_plainly_no_rubric_is_named_for_what_it_is(
    name: str, content: bytes, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence that helps, in place of a fault for each key."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "rubric.yaml").touch()
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Misuse) as told:
        rubric_commands.lint(name, as_json=False)
    assert sentence in str(told.value)


def test_a_rubric_with_a_key_of_layouts_is_still_a_rubric(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The key that is too many is told with its line."""
    path = tmp_path / "rubric.yaml"
    path.write_bytes(b"rubric: x\n" + LAYOUT)
    assert rubric_commands.lint(str(path), as_json=False) == 1
    assert "[key-unknown]" in capsys.readouterr().out


def test_lint_breaks_lines_on_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between words, so that 80 columns are enough."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    (tmp_path / "bad.yaml").write_text("rubric: x\nversion: 1.10\n")
    rubric_commands.lint("bad.yaml", as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("  ") for line in lines)
