"""Many files: each ends in one outcome, and no bad one stops the others."""

from __future__ import annotations

import io
import os
import stat
import types
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from maturity import load_rubric, score_files, write_template
from maturity.batch import FoundFile, OutcomeStatus, PassedOver, find_files, one_file
from maturity.batch.folders import files_in_folder
from maturity.rubric import Rubric


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Give the shipped rubric."""
    return load_rubric("local-partnership")


@pytest.fixture(scope="module")
def blank(rubric: Rubric, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the blank workbook, which is a return with nothing in it."""
    path = tmp_path_factory.mktemp("template") / "blank.xlsx"
    write_template(rubric, path)
    return path


@pytest.fixture(scope="module")
def complete(rubric: Rubric, blank: Path) -> Path:
    """Make a return in which everything is Developing."""
    workbook = openpyxl.load_workbook(blank)
    cover = {"Area code": "901 Testshire", "Date completed": "2026-03-31"}
    for label, entry in ((row[0], row[1]) for row in workbook["Cover"].iter_rows(max_col=2)):
        for words, value in cover.items():
            if str(label.value).startswith(words):
                entry.value = value
    for domain in rubric.domains:
        sheet = next(sheet for sheet in workbook if sheet.title.startswith(domain.id))
        cells = [cell for row in sheet.iter_rows() for cell in row]
        heading = next(cell for cell in cells if cell.value == "Agreed level")
        for place in range(1, len(domain.criteria) + 1):
            heading.offset(row=place).value = 2
    path = blank.with_name("complete.xlsx")
    workbook.save(path)
    return path


def test_each_file_ends_in_one_outcome_in_order(
    rubric: Rubric, blank: Path, tmp_path: Path
) -> None:
    """Files in, as many outcomes out, whatever they are."""
    text = tmp_path / "text.xlsx"
    text.write_text("not a workbook")
    missing = tmp_path / "missing.xlsx"
    passed = FoundFile(tmp_path / "notes.docx", PassedOver.NOT_A_WORKBOOK)
    outcomes = list(score_files([text, blank, passed, FoundFile(missing)], rubric))
    assert [(outcome.source, outcome.status) for outcome in outcomes] == [
        (text, OutcomeStatus.REFUSED),
        (blank, OutcomeStatus.SCORED_WITH_ISSUES),
        (passed.source, OutcomeStatus.PASSED_OVER),
        (missing, OutcomeStatus.REFUSED),
    ]
    assert [outcome.result is None for outcome in outcomes] == [True, False, True, True]
    assert [bool(outcome.issues) for outcome in outcomes] == [True, True, False, True]


def test_notes_alone_leave_a_return_clean(rubric: Rubric, complete: Path) -> None:
    """A return without errors and queries is `scored`, and 2 everywhere scores 2."""
    (outcome,) = score_files([complete], rubric)
    assert outcome.status is OutcomeStatus.SCORED, outcome.issues
    assert outcome.result is not None
    assert {score.value for score in outcome.result.domains.values()} == {2.0}


def test_bytes_and_open_files_are_scored_under_a_name(rubric: Rubric, blank: Path) -> None:
    """What has no path is named after the open file, or by its place."""
    content = blank.read_bytes()
    with blank.open("rb") as file:
        outcomes = list(score_files([content, file, io.BytesIO(content)], rubric))
    assert [outcome.source for outcome in outcomes] == ["file 1", "blank.xlsx", "file 3"]
    assert all(outcome.result is not None for outcome in outcomes)


def test_files_are_read_only_when_their_outcome_is_asked_for(rubric: Rubric, blank: Path) -> None:
    """Nothing runs ahead and nothing is held."""
    asked: list[Path] = []

    def files() -> Iterator[Path]:
        for _ in range(3):
            asked.append(blank)
            yield blank

    outcomes = score_files(files(), rubric)
    assert asked == []
    next(outcomes)
    assert asked == [blank]


def test_a_bug_stops_the_run(rubric: Rubric, blank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only inputs that cannot be used are caught."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(one_file, "score", broken)
    with pytest.raises(ZeroDivisionError):
        list(score_files([blank], rubric))


def test_a_lock_file_that_is_named_is_passed_over(rubric: Rubric, shared: Path) -> None:
    """Excel's lock file is not a broken return, even when it is asked for."""
    (outcome,) = score_files([shared / "annex-a" / "broken" / "~$good.xlsx"], rubric)
    assert (outcome.status, outcome.reason) == (OutcomeStatus.PASSED_OVER, PassedOver.LOCK)
    assert outcome.issues


def test_the_shared_broken_files_end_as_they_should(rubric: Rubric, shared: Path) -> None:
    """One is fine, one is a lock file, and each of the others is refused."""
    found = find_files([shared / "annex-a" / "broken"])
    statuses = Counter(outcome.status for outcome in score_files(found, rubric))
    assert statuses == {
        OutcomeStatus.SCORED: 1,
        OutcomeStatus.PASSED_OVER: 1,
        OutcomeStatus.REFUSED: 8,
    }


# --- finding files --------------------------------------------------------------------------------

IN_A_FOLDER = [
    ("a.xlsx", None),
    ("B.XLSX", None),
    ("c.xlsm", None),
    ("d.xls", None),
    ("e.xlsb", None),
    ("f.ods", None),
    ("~$a.xlsx", PassedOver.LOCK),
    ("._a.xlsx", PassedOver.HIDDEN),
    (".hidden.xlsx", PassedOver.HIDDEN),
    ("Thumbs.db", PassedOver.HIDDEN),
    ("desktop.ini", PassedOver.HIDDEN),
    ("letter.docx", PassedOver.NOT_A_WORKBOOK),
    ("list.csv", PassedOver.NOT_A_WORKBOOK),
    ("README", PassedOver.NOT_A_WORKBOOK),
]


@pytest.mark.parametrize(("name", "reason"), IN_A_FOLDER)
def test_what_is_tried_in_a_folder(tmp_path: Path, name: str, reason: PassedOver | None) -> None:
    """Workbooks are tried; the litter of office programs and other files are passed over."""
    (tmp_path / name).touch()
    assert list(find_files([tmp_path])) == [FoundFile(tmp_path / name, reason)]


@pytest.mark.parametrize("name", [name for name, _ in IN_A_FOLDER])
def test_a_named_file_is_always_tried(tmp_path: Path, name: str) -> None:
    """Whoever names a file means it."""
    (tmp_path / name).touch()
    assert list(find_files([tmp_path / name])) == [FoundFile(tmp_path / name)]


def test_sub_folders_come_after_the_files_in_order(tmp_path: Path) -> None:
    """The order depends on names alone, and hidden folders are not looked into."""
    for name in ("b/2.xlsx", "b/1.xlsx", "a/x/3.xlsx", "a/y.xlsx", "z.xlsx", ".git/q.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [
        Path(str(file.source)).relative_to(tmp_path).as_posix() for file in find_files([tmp_path])
    ]
    assert found == [".git", "z.xlsx", "a/y.xlsx", "a/x/3.xlsx", "b/1.xlsx", "b/2.xlsx"]


def test_a_file_found_twice_is_scored_once(tmp_path: Path) -> None:
    """Naming a folder and a file in it, in two ways, gives the file once."""
    file = tmp_path / "a.xlsx"
    file.touch()
    again = tmp_path / "x" / ".." / "a.xlsx"
    (tmp_path / "x").mkdir()
    assert [found.reason for found in find_files([tmp_path, file, again])] == [
        None,
        PassedOver.REPEATED,
        PassedOver.REPEATED,
    ]


def test_links_in_a_folder_lead_nowhere(tmp_path: Path) -> None:
    """A folder from elsewhere cannot make us read other files; a link that is named is meant."""
    outside = tmp_path / "outside"
    folder = tmp_path / "returns"
    for path in (outside, folder):
        path.mkdir()
    (outside / "secret.xlsx").touch()
    try:
        (folder / "file.xlsx").symlink_to(outside / "secret.xlsx")
        (folder / "folder").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    assert [file.reason for file in find_files([folder])] == [PassedOver.LINK] * 2
    assert [file.reason for file in find_files([folder / "file.xlsx"])] == [None]


def test_something_that_is_no_file_is_passed_over(tmp_path: Path) -> None:
    """Opening a pipe would wait for ever."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert [file.reason for file in find_files([tmp_path])] == [PassedOver.NOT_A_FILE]


def test_the_folder_of_results_is_left_out(tmp_path: Path) -> None:
    """The results of an earlier run are not taken for returns."""
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "a-scored.xlsx").touch()
    found = list(find_files([tmp_path], leave_out=tmp_path / "results"))
    assert found == [FoundFile(tmp_path / "results", PassedOver.LEFT_OUT)]


def test_a_folder_that_cannot_be_opened_is_refused(
    rubric: Rubric, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Returns that we may not see are said, not left out."""

    def denied(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", denied)
    (outcome,) = score_files(find_files([tmp_path]), rubric)
    assert (outcome.source, outcome.status) == (tmp_path, OutcomeStatus.REFUSED)


PATTERNS = [
    ("*.xlsx", ["a.xlsx", "b.xlsx"]),
    ("**/*.xlsx", ["a.xlsx", "b.xlsx", "in/c.xlsx"]),
    ("i*", ["in/c.xlsx"]),
    ("[ab].xlsx", ["a.xlsx", "b.xlsx"]),
    ("[a].xls", ["[a].xls"]),
    ("*.ods", ["*.ods"]),
]


@pytest.mark.parametrize(("pattern", "names"), PATTERNS)
def test_patterns_are_followed(pattern: str, names: list[str], tmp_path: Path) -> None:
    """To files and folders; what exists by that very name is it, and one that fits nothing stays."""
    (tmp_path / "in").mkdir()
    for name in ("b.xlsx", "a.xlsx", "in/c.xlsx", "[a].xls", "a.xls", ".c.xlsx"):
        (tmp_path / name).touch()
    found = list(find_files([tmp_path / pattern]))
    assert all(isinstance(file.source, Path) and file.reason is None for file in found)
    assert [Path(str(file.source)).relative_to(tmp_path).as_posix() for file in found] == names


def test_what_windows_hides_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so in an attribute, whatever the name."""

    class Entry:
        """What Windows says of a hidden file."""

        name = "a.xlsx"

        def stat(self, **_: object) -> types.SimpleNamespace:
            """Give its attributes."""
            return types.SimpleNamespace(st_file_attributes=stat.FILE_ATTRIBUTE_HIDDEN)

    monkeypatch.setattr(os, "scandir", lambda _: [Entry()])
    found = list(files_in_folder(tmp_path))
    assert found == [FoundFile(tmp_path / "a.xlsx", PassedOver.HIDDEN)]
