"""Tidy tables hold what the cohort holds, are safe to open, and keep to their documented columns."""

from __future__ import annotations

import builtins
import csv
import datetime
import io
from pathlib import Path
from typing import Any, get_args

import pandas as pd
import pytest
from cohort_samples import area_result, cohort_of, odd_issue
from result_samples import small_rubric

from maturity import (
    Cohort,
    IssueCode,
    WriteError,
    compare_cohorts,
    gather_cohort,
    write_tables,
)
from maturity.writing.table_files import TableFormat, safe_csv_text
from maturity.writing.tables_schema import AREA_TABLES, TABLES

NASTY = '=HYPERLINK("http://example.org")'


def nasty_cohort(text: str = NASTY) -> Cohort:
    """Gather a return with a text wherever one can come from a respondent."""
    result = area_result(text, [1, 2], date=datetime.date(2026, 3, 2), issues=(odd_issue(text),))
    return gather_cohort([result, result], small_rubric())


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a CSV table."""
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_each_table_has_its_documented_columns(tmp_path: Path) -> None:
    """The columns of every file are those of the schema, in order, in both formats."""
    cohort = nasty_cohort()
    movement = compare_cohorts(cohort, cohort)
    (public := tmp_path / "public").mkdir()
    written = [
        *write_tables(cohort, tmp_path, movement=movement),
        *write_tables(cohort, tmp_path, format="parquet", movement=movement),
        *write_tables(cohort, public, suppress_below=5),
        *write_tables(cohort, public, format="parquet", suppress_below=5),
    ]
    assert {path.name for path in written} == {
        f"{name}.{ending}" for name in TABLES for ending in ("csv", "parquet")
    }
    for path in written:
        is_csv = path.suffix == ".csv"
        table = pd.read_csv(path) if is_csv else pd.read_parquet(path)
        assert list(table.columns) == [column.name for column in TABLES[path.stem].columns]


def test_what_is_published_shows_no_area(tmp_path: Path) -> None:
    """The one table for anyone names no area and no file; the others are for those who may see."""
    cohort = cohort_of({f"{n:03} Area {n}": [1] * 5 for n in range(8)})
    (path,) = write_tables(cohort, tmp_path, suppress_below=5)
    assert "Area 1" not in path.read_text(encoding="utf-8")
    assert set(TABLES) - set(AREA_TABLES) == {"published"}


@pytest.mark.parametrize(("before", "after"), [(None, 5), (5, None)])
@pytest.mark.parametrize("form", get_args(TableFormat))
def test_tables_for_anyone_and_areas_own_are_kept_apart(
    before: int | None, after: int | None, form: TableFormat, tmp_path: Path
) -> None:
    """Whichever kind a folder holds, in either format, the other is refused and nothing changes."""
    cohort = nasty_cohort()
    written = write_tables(cohort, tmp_path, format=form, suppress_below=before)
    with pytest.raises(WriteError, match=rf"\.{form}.*\[write-mixed\]") as stopped:
        write_tables(cohort, tmp_path, suppress_below=after)
    assert stopped.value.issues[0].code is IssueCode.WRITE_MIXED
    assert sorted(tmp_path.iterdir()) == sorted(written)
    assert write_tables(cohort, tmp_path, format=form, suppress_below=before) == written


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@a", " =1", "\t=1", "\r=1", "\n=1", "＝1"])
def test_no_text_starts_as_a_formula_does(start: str, tmp_path: Path) -> None:
    """Whatever a cover or cell says, its CSV cell begins with an apostrophe then."""
    for path in write_tables(nasty_cohort(start), tmp_path):
        for row in rows_of(path):
            for column in TABLES[path.stem].columns:
                cell = row[column.name]
                assert column.kind == "number" or cell[:1] not in tuple("=+-@\t\r\n＝＋－＠")
                assert not cell.strip().startswith("=")


def test_parquet_keeps_text_and_types(tmp_path: Path) -> None:
    """Parquet is data, so text is unchanged, dates are dates and numbers are numbers."""
    write_tables(nasty_cohort(), tmp_path, format="parquet")
    scores = pd.read_parquet(tmp_path / "scores.parquet")
    assert scores["area"][0] == NASTY
    assert scores["value"].dtype == "float64"
    assert scores["date"][0] == datetime.date(2026, 3, 2)
    assert pd.read_parquet(tmp_path / "failures.parquet")["status"].tolist() == ["superseded"]


def test_csv_opens_in_excel_and_gives_the_same_numbers(tmp_path: Path) -> None:
    """It starts with the byte order mark, ends rows as RFC 4180 does, and keeps every digit."""
    cohort = cohort_of({"980 Nørthvale": [1, 1, 2]})
    write_tables(cohort, tmp_path)
    content = (tmp_path / "scores.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfcode,area,")
    assert content.count(b"\r\n") == content.count(b"\n")
    first = rows_of(tmp_path / "scores.csv")[0]
    assert float(first["value"]) == 4 / 3
    assert first["area"] == "980 Nørthvale"


def test_any_unicode_is_written(tmp_path: Path) -> None:
    """Control characters and halves of characters become pictures; nothing fails."""
    cohort = nasty_cohort("a\x00b\ud800c\x1b")
    for form in get_args(TableFormat):
        paths = write_tables(cohort, tmp_path, format=form)
        assert all(path.stat().st_size for path in paths)
    assert rows_of(tmp_path / "scores.csv")[0]["area"] == "a␀b�c␛"


def test_a_text_without_risk_is_unchanged() -> None:
    """Only what could be a formula gets the apostrophe."""
    assert safe_csv_text("2 - Developing") == "2 - Developing"


def test_the_same_cohort_gives_the_same_bytes(tmp_path: Path) -> None:
    """No clock and no randomness."""
    for form in get_args(TableFormat):
        before, after = (
            [path.read_bytes() for path in write_tables(nasty_cohort(), tmp_path, format=form)]
            for _ in range(2)
        )
        assert before == after


def test_parquet_without_its_library_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is named, and nothing is written."""
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "pyarrow":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(WriteError) as stopped:
        write_tables(nasty_cohort(), tmp_path, format="parquet")
    assert stopped.value.issues[0].code is IssueCode.WRITER_MISSING
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    """A writer makes no folders."""
    with pytest.raises(WriteError):
        write_tables(nasty_cohort(), tmp_path / "none")


def test_unfitting_choices_are_refused(tmp_path: Path) -> None:
    """Movement is never published, and a misspelt format is no default."""
    cohort = nasty_cohort()
    with pytest.raises(ValueError, match="movement"):
        write_tables(cohort, tmp_path, suppress_below=5, movement=compare_cohorts(cohort, cohort))
    with pytest.raises(ValueError, match="format"):
        write_tables(cohort, tmp_path, format="xlsx")  # type: ignore[arg-type] # the test
