"""The example returns are what their script makes, and show what their README says."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
import xlsxwriter

from maturity import Assessment, IssueCode, Severity, State, load_rubric, read_assessment
from maturity.reading.grid import read_workbook

_REMEDY = "the rubric or the template changed; run python examples/make_returns.py"


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    """Give the script that makes them."""
    path = root / "examples" / "make_returns.py"
    spec = importlib.util.spec_from_file_location("make_returns", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Its data classes look themselves up among the modules.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(__import__("sys").modules, "make_returns", module)
        spec.loader.exec_module(module)
        return module


@pytest.fixture(scope="module")
def made(script: ModuleType) -> dict[str, bytes]:
    """Give the returns as the script makes them now."""
    returns: dict[str, bytes] = script.make_returns()
    return returns


@pytest.fixture(scope="module")
def read(root: Path) -> dict[str, Assessment]:
    """Give the committed returns, read: code → assessment."""
    rubric = load_rubric("local-partnership")
    files = sorted((root / "examples" / "returns").glob("*.xlsx"))
    return {file.name[:3]: read_assessment(file, rubric) for file in files}


def test_committed_files_hold_what_the_script_makes(root: Path, made: dict[str, bytes]) -> None:
    """Cell by cell, whichever version of XlsxWriter is installed."""
    folder = root / "examples" / "returns"
    assert sorted(file.name for file in folder.iterdir()) == sorted(made)
    for name, content in made.items():
        same = read_workbook(folder / name).sheets == read_workbook(content, name=name).sheets
        assert same, f"{name}: {_REMEDY}"


def test_committed_files_are_the_same_bytes(
    root: Path, script: ModuleType, made: dict[str, bytes]
) -> None:
    """With the version of XlsxWriter that made them, byte by byte."""
    if xlsxwriter.__version__ != script.MADE_WITH:
        pytest.skip(f"made with XlsxWriter {script.MADE_WITH}, this is {xlsxwriter.__version__}")
    for name, content in made.items():
        same = (root / "examples" / "returns" / name).read_bytes() == content
        assert same, f"{name}: {_REMEDY}"


def test_files_are_small(made: dict[str, bytes]) -> None:
    """They travel with the repository."""
    assert all(len(content) < 60_000 for content in made.values())
    assert sum(map(len, made.values())) < 600_000


def test_areas_are_invented(made: dict[str, bytes]) -> None:
    """No local authority has a code from 970 to 979."""
    assert [int(name[:3]) for name in made] == list(range(970, 980))


def test_readme_describes_every_return(root: Path, made: dict[str, bytes]) -> None:
    """A file that is not described, or described but gone, is a slip."""
    text = (root / "examples" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in made)
    assert text.count(".xlsx`") == len(made)


def test_script_writes_into_a_folder(script: ModuleType, tmp_path: Path) -> None:
    """Anybody can make them anew."""
    script.main(tmp_path / "new")
    assert len(list((tmp_path / "new").iterdir())) == 10


def test_clean_return_raises_no_question(read: dict[str, Assessment]) -> None:
    """One area filled in everything, as asked."""
    assert read["970"].issues == ()
    assert {response.state for response in read["970"].responses} == {State.ANSWERED}


@pytest.mark.parametrize("code", ["971", "974"])
def test_untidy_returns_lose_nothing(read: dict[str, Assessment], code: str) -> None:
    """Levels typed in many ways, and tables that moved, are read in full."""
    assert {response.state for response in read[code].responses} == {State.ANSWERED}
    assert [issue for issue in read[code].issues if issue.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("972", {IssueCode.ANSWER_MISSING, IssueCode.NOT_APPLICABLE_NOT_ALLOWED}),
        ("973", {IssueCode.LEVEL_BETWEEN, IssueCode.LEVEL_UNKNOWN, IssueCode.ANSWER_ERROR}),
        ("975", {IssueCode.ANSWER_MERGED, IssueCode.SHEET_HIDDEN, IssueCode.CELLS_HIDDEN}),
        ("976", {IssueCode.ANSWER_UNCALCULATED, IssueCode.ANSWER_ERROR}),
        ("977", {IssueCode.ANSWER_CONFLICT, IssueCode.ROW_UNKNOWN, IssueCode.CRITERION_MISSING}),
        ("978", {IssueCode.DOMAIN_MISSING, IssueCode.ANSWER_MISSING}),
        ("979", {IssueCode.AREA_MISSING, IssueCode.METADATA_UNREADABLE}),
    ],
)
def test_each_return_shows_its_mess(
    read: dict[str, Assessment], code: str, expected: set[IssueCode]
) -> None:
    """What the README says is wrong is found."""
    assert expected <= {issue.code for issue in read[code].issues}


def test_answers_are_spread_as_in_life(read: dict[str, Assessment]) -> None:
    """All levels occur, partners differ now and then, and targets are never below."""
    clean = read["970"]
    assert len(Counter(response.level for response in clean.responses)) == 4
    for criterion in clean.rubric.criteria:
        agreed, target = (clean.response(criterion, key).level for key in ("agreed", "target"))
        assert agreed is not None
        assert target is not None
        assert agreed <= target
    views = [
        {clean.response(criterion, partner).level for partner in clean.rubric.partner_ratings}
        for criterion in clean.rubric.criteria
    ]
    assert 5 < sum(len(levels) > 1 for levels in views) < 30
