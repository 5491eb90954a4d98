"""Where there is no room, every writer says so, keeps what was there and leaves nothing beside it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from cohort_samples import area_result, cohort_of
from little_room import NO_ROOM, contents, little_room, needs_limits
from result_samples import small_rubric, typed_result

from maturity import (
    IssueCode,
    Result,
    WriteError,
    compare_cohorts,
    gather_cohort,
    write_cohort,
    write_json,
    write_tables,
    write_template,
    write_workbook,
)
from maturity.writing.files import open_in_one_step, write_bytes, write_files

pytestmark = needs_limits

Writer = Callable[[Path, datetime.datetime], object]


def _cohort(target: Path, created: datetime.datetime, suppress_below: int | None = None) -> None:
    cohort = cohort_of({f"{number:03} Area": [1, 2, 3, 4, 4] for number in range(6)})
    write_cohort(cohort, target, created=created, suppress_below=suppress_below)


def _parts(target: Path, created: datetime.datetime) -> None:
    with open_in_one_step(target) as file:
        for _ in range(500):
            file.write(str(created).encode())


WRITERS: dict[str, Writer] = {
    "bytes": lambda target, created: write_bytes(str(created).encode() * 5_000, target),
    "parts": _parts,
    "workbook": lambda target, created: write_workbook(typed_result(), target, created=created),
    "json": lambda target, created: write_json(typed_result(), target, created=created),
    "template": lambda target, created: write_template(small_rubric(), target, created=created),
    "cohort": _cohort,
    "published": partial(_cohort, suppress_below=2),
}
FIRST = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
SECOND = datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.999])
@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_that_finds_no_room_stays_as_it_was(
    tmp_path: Path, writer: str, share: float
) -> None:
    """Whether there is room for nothing, or for all but the last byte; then it is written whole."""
    write, target = WRITERS[writer], tmp_path / "target"
    write(target, FIRST)
    before = contents(tmp_path)
    size = int(target.stat().st_size * share)
    with little_room(size), pytest.raises(WriteError, match=NO_ROOM) as stopped:
        write(target, SECOND)
    assert stopped.value.issues[0].code is IssueCode.WRITE_FAILED
    assert contents(tmp_path) == before
    target.unlink()
    with little_room(size), pytest.raises(WriteError, match=NO_ROOM):
        write(target, SECOND)
    assert contents(tmp_path) == {}
    write(target, SECOND)
    assert set(contents(tmp_path)) == {"target"}


def _results(level: int) -> list[Result]:
    return [area_result(f"{number:03} Area", [level] * 5) for number in range(4)]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_that_find_no_room_are_each_as_they_were_or_whole(tmp_path: Path, form: str) -> None:
    """At any size at which one of them fails; nothing is left beside them."""
    before, after = (gather_cohort(_results(level), small_rubric()) for level in (1, 2))
    write = partial(write_tables, format=form)  # type: ignore[arg-type]  # both are formats
    write(before, tmp_path, movement=compare_cohorts(before, after))
    old = contents(tmp_path)
    (other := tmp_path / "other").mkdir()
    write(after, other, movement=compare_cohorts(after, before))
    new = contents(other)
    for size in sorted({0, *(len(content) - 1 for content in new.values())}):
        with little_room(size), pytest.raises(WriteError, match=NO_ROOM):
            write(after, tmp_path, movement=compare_cohorts(after, before))
        found = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
        assert set(found) == set(old)
        assert all(content in (old[name], new[name]) for name, content in found.items())


def test_files_that_belong_together_all_stay_when_one_finds_no_room(tmp_path: Path) -> None:
    """Even when the one without room is written last."""
    write_files({tmp_path / "a": b"old", tmp_path / "b": b"old"})
    with little_room(100), pytest.raises(WriteError, match=NO_ROOM):
        write_files({tmp_path / "a": b"new", tmp_path / "b": b"new" * 100})
    assert contents(tmp_path) == {"a": b"old", "b": b"old"}
