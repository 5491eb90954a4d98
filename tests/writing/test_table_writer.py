"""Tables written as a batch goes are those that are written of a cohort, byte for byte."""

from __future__ import annotations

import datetime
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from cohort_samples import area_result, odd_issue
from result_samples import small_rubric

import maturity
from maturity import TableWriter, WriteError, gather_cohort, write_tables
from maturity.batch import FileOutcome, OutcomeStatus, PassedOver
from maturity.cohort.standing import Duplicates
from maturity.issues import Issue, IssueCode, Severity
from maturity.writing import table_files
from maturity.writing.table_files import TableFormat
from maturity.writing.tables_schema import AREA_TABLES

NASTY = '=HYPERLINK("http://example.org")\x00\ud800'
DAY = datetime.date(2026, 3, 2)


def outcomes() -> Iterator[FileOutcome]:
    """Give outcomes of every kind: areas out of order, one of them thrice, and files that failed."""
    results = [
        area_result("981 Beta", [1, 2, 3], date=DAY),
        area_result("980 Alpha", [2, 2], issues=(odd_issue(NASTY),)),
        area_result(NASTY, [1], date=DAY),
        area_result("981 Beta", [4, 4, 4, 4, 4], date=DAY.replace(year=2025)),
        area_result("981 Beta", [1, 2, 3], date=DAY),
        area_result("", []),
    ]
    for number, result in enumerate(results, start=1):
        status = OutcomeStatus.SCORED
        source = Path("in") / result.assessment.source
        yield FileOutcome(source, status, result, result.assessment.issues, number=number)
    why = (Issue(IssueCode.FILE_EMPTY, Severity.ERROR, "It is empty.", "Send it again."),)
    yield FileOutcome(Path("empty.xlsx"), OutcomeStatus.REFUSED, None, why, number=7)
    yield FileOutcome(Path("~$a.xlsx"), OutcomeStatus.PASSED_OVER, reason=PassedOver.LOCK, number=8)


def contents(folder: Path) -> dict[str, bytes]:
    """Give all that a folder holds."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("duplicates", get_args(Duplicates))
@pytest.mark.parametrize("form", get_args(TableFormat))
@pytest.mark.parametrize("rows_at_once", [1, 7, 50_000])
def test_the_tables_of_a_batch_are_those_of_its_cohort(
    form: TableFormat,
    duplicates: Duplicates,
    rows_at_once: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whichever returns count, and however many rows are written at a time."""
    monkeypatch.setattr(table_files, "_ROWS_AT_ONCE", rows_at_once)
    (of_cohort := tmp_path / "cohort").mkdir()
    (of_batch := tmp_path / "batch").mkdir()
    cohort = gather_cohort(outcomes(), small_rubric(), duplicates=duplicates)
    write_tables(cohort, of_cohort, format=form)
    with TableWriter(of_batch, small_rubric(), format=form, duplicates=duplicates) as tables:
        for outcome in outcomes():
            tables.add(outcome)
    assert contents(of_batch) == contents(of_cohort)
    assert set(contents(of_batch)) == {
        f"{name}.{form}" for name in AREA_TABLES if name != "movement"
    }
    assert [each.source for each in tables.returns] == [each.source for each in cohort.returns]
    assert (tuple(tables.failures), tables.issues) == (cohort.failures, cohort.issues)
    assert not tables.is_clean


def test_rows_packed_by_workers_are_the_same(root: Path, tmp_path: Path) -> None:
    """Where each return was scored, so that little is left to do here."""
    rubric = maturity.load_rubric("local-partnership")
    files = [*sorted((root / "examples" / "returns").glob("*.xlsx")), tmp_path / "missing.xlsx"]
    for name, workers in (("here", None), ("there", 2)):
        (tmp_path / name).mkdir()
        with TableWriter(tmp_path / name, rubric) as tables:
            then = tables.packer if workers else None
            for outcome in maturity.score_files(files, rubric, workers=workers, then=then):
                tables.add(outcome)
        assert [failure.source for failure in tables.failures] == ["missing.xlsx"]
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_nothing_is_written_when_the_batch_stops(tmp_path: Path) -> None:
    """What was there stays, and nothing is left beside it."""
    (tmp_path / "scores.csv").write_bytes(b"before")

    def stopped() -> None:
        with TableWriter(tmp_path, small_rubric()) as tables:
            tables.add(next(outcomes()))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert contents(tmp_path) == {"scores.csv": b"before"}


def test_what_cannot_be_written_is_said_before_anything_is_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing folder, tables for anyone in it, a wrong word, or pyarrow not there."""
    with pytest.raises(WriteError):
        TableWriter(tmp_path / "none", small_rubric())
    with pytest.raises(ValueError, match="format"):
        TableWriter(tmp_path, small_rubric(), format="xlsx")  # type: ignore[arg-type] # the test
    with pytest.raises(ValueError, match="duplicates"):
        TableWriter(tmp_path, small_rubric(), duplicates="none")  # type: ignore[arg-type] # likewise
    (tmp_path / "published.csv").touch()
    with pytest.raises(WriteError, match="write-mixed"):
        TableWriter(tmp_path, small_rubric())
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(WriteError, match=r"maturity\[frames\]"):
        TableWriter(tmp_path, small_rubric(), format="parquet")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder with an open file")
def test_a_folder_that_goes_during_the_batch_is_said(tmp_path: Path) -> None:
    """The tables are written at the end, and the folder may be gone by then."""
    (folder := tmp_path / "tables").mkdir()
    tables = TableWriter(folder, small_rubric())
    tables.add(next(outcomes()))
    shutil.rmtree(folder)
    with pytest.raises(WriteError):
        tables.__exit__(None, None, None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
@pytest.mark.parametrize("room", [100, 3_000, 20_000])
def test_a_disk_that_is_full_is_said_and_keeps_what_was_there(tmp_path: Path, room: int) -> None:
    """While rows are put aside, when the last of them are, and when a table is written."""
    import resource
    import signal

    (tmp_path / "scores.csv").write_bytes(b"before")
    many = [outcome for outcome in outcomes() if outcome.result is not None] * 3

    def write() -> None:
        with TableWriter(tmp_path, small_rubric(), duplicates="all") as tables:
            for outcome in many:
                tables.add(outcome)

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        with pytest.raises(WriteError, match="could not be written"):
            write()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert contents(tmp_path) == {"scores.csv": b"before"}
