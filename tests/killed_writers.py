"""Kill writers again and again at random moments, and look at what they leave.

    python tests/killed_writers.py WRITER FOLDER KILLS SEED

It prints what it found as JSON. All is loaded once, and each writer is a copy of this process, so
that a kill costs milliseconds. Every write is a copy's; this process only looks.
"""

from __future__ import annotations

import datetime
import json
import mmap
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from cohort_samples import cohort_of
from little_room import contents
from result_samples import small_rubric, typed_result

from maturity import write_cohort, write_json, write_tables, write_template, write_workbook
from maturity.batch import FileOutcome, OutcomeStatus
from maturity.batch.records import record_of
from maturity.command_line.journal import Journal
from maturity.writing.files import open_in_one_step, write_bytes, write_files

__all__ = ["WRITERS", "kill_again_and_again"]

Writer = Callable[[Path, int], object]

_RUBRIC = small_rubric()
_RESULT = typed_result()
_COHORTS = [
    cohort_of({f"{number:03} Area": [level] * 5 for number in range(6)}) for level in (1, 2)
]
_LONGEST_WAIT = 20.0


def _day(variant: int) -> datetime.datetime:
    return datetime.datetime(2026, 3, 1 + variant, tzinfo=datetime.UTC)


def _parts(folder: Path, variant: int) -> None:
    with open_in_one_step(folder / "target") as file:
        for _ in range(20):
            file.write(b"%d" % variant * 10_000)


def _pair(folder: Path, variant: int) -> None:
    write_files({folder / name: b"%d" % variant * 100_000 for name in ("one", "two")})


def _outcomes(folder: Path, variant: int) -> None:
    journal = Journal(folder, _RUBRIC)
    sources = [f"{number:03}.xlsx" for number in range(20)]
    try:
        for source in sources:
            outcome = FileOutcome(Path(source), OutcomeStatus.SCORED, _RESULT)
            journal.add(record_of(outcome).with_files((), (), _day(variant)))
        journal.finish(sources, {})
    finally:
        journal.close()


WRITERS: dict[str, Writer] = {
    "bytes": lambda folder, variant: write_bytes(b"%d" % variant * 200_000, folder / "target"),
    "parts": _parts,
    "pair": _pair,
    "json": lambda folder, variant: write_json(_RESULT, folder / "target", created=_day(variant)),
    "workbook": lambda folder, variant: write_workbook(
        _RESULT, folder / "target", created=_day(variant)
    ),
    "template": lambda folder, variant: write_template(
        _RUBRIC, folder / "target", created=_day(variant)
    ),
    "cohort": lambda folder, variant: write_cohort(_COHORTS[variant], folder / "target"),
    "csv": lambda folder, variant: write_tables(_COHORTS[variant], folder),
    "parquet": lambda folder, variant: write_tables(_COHORTS[variant], folder, format="parquet"),
    "outcomes": _outcomes,
    # As nobody should: this one must be found out.
    "careless": lambda folder, variant: (folder / "target").write_bytes(b"%d" % variant * 900_000),
}


class _Signs:
    """Where a copy shows what it is doing, for this process to see."""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, 2)

    def clear(self) -> None:
        self._shared[:] = b"\0\0"

    def watch(self) -> None:
        """Show from now on that a file is about to be opened for writing."""

        def hook(event: str, details: tuple[object, ...]) -> None:
            if event == "open" and details[1] in {"w", "x"}:
                self._shared[1] = 1

        sys.addaudithook(hook)

    def write(self, writer: Writer, folder: Path, variant: int) -> None:
        self._shared[:] = b"\1\0"
        writer(folder, variant)
        self._shared[0] = 0

    @property
    def is_writing(self) -> bool:
        return bool(self._shared[0])

    @property
    def has_opened(self) -> bool:
        return bool(self._shared[1])


def _forked(work: Callable[[], object]) -> int:
    """Do something in a copy of this process, and give its id."""
    copy = os.fork()
    if copy:
        return copy
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def _whole(writer: Writer, folder: Path, variant: int) -> dict[str, bytes]:
    """Let a copy write without a kill, and give what is there then."""
    folder.mkdir(exist_ok=True)
    _, status = os.waitpid(_forked(lambda: writer(folder, variant)), 0)
    if status:
        raise RuntimeError(f"the writer failed with {status}")
    return contents(folder)


def kill_again_and_again(
    writer: Writer, folder: Path, kills: int, chance: random.Random
) -> dict[str, object]:
    """Kill copies that write one variant after the other, and count what they leave.

    Args:
        writer: writes one of two variants into a folder.
        folder: an empty folder.
        kills: how many.
        chance: what decides on the moments.

    Returns:
        How many kills fell into a write and left a passing file; in what state files were found;
        and what was wrong.
    """
    wanted = [_whole(writer, folder / f"variant {variant}", variant) for variant in (0, 1)]
    began = time.monotonic()
    _whole(writer, folder / "variant 1", 1)
    usual = time.monotonic() - began
    (room := folder / "room").mkdir()
    signs, counts = _Signs(), Counter[str]()
    counts.update(dict.fromkeys(("absent", "as before", "new", "wrong"), 0))
    wrong: list[str] = []
    for number in range(kills):
        if chance.random() < 0.3:
            for path in room.iterdir():
                path.unlink()
        before = contents(room)
        variant = number % 2
        _kill_one(signs, writer, room, variant, usual, chance)
        after = contents(room)
        counts["inside"] += signs.is_writing
        counts["leftovers"] += any(name.endswith(".part") for name in after)
        for name in wanted[0]:
            state = _state(name, before, after, wanted)
            counts[state] += 1
            if state == "wrong":
                wrong.append(f"kill {number}: {name}")
        if chance.random() < 0.4:
            counts["looked after"] += 1
            if _whole(writer, room, variant) != wanted[variant]:
                wrong.append(f"after kill {number}: {sorted(contents(room))}")
    if _whole(writer, room, 0) != wanted[0]:
        wrong.append(f"at the end: {sorted(contents(room))}")
    return {**counts, "files": len(wanted[0]), "wrong": wrong}


def _kill_one(
    signs: _Signs, writer: Writer, room: Path, variant: int, usual: float, chance: random.Random
) -> None:
    def endless() -> None:
        signs.watch()
        while True:
            signs.write(writer, room, variant)
            signs.write(writer, room, 1 - variant)

    signs.clear()
    copy = _forked(endless)
    try:
        _wait_for_the_moment(signs, usual, chance)
    finally:
        os.kill(copy, signal.SIGKILL)
        _, status = os.waitpid(copy, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the writer ended by itself, with {status}")


def _wait_for_the_moment(signs: _Signs, usual: float, chance: random.Random) -> None:
    """Wait until any moment of a write, or one soon after it has opened its file."""
    is_any = chance.random() < 0.3
    give_up = time.monotonic() + _LONGEST_WAIT
    while not (signs.is_writing if is_any else signs.has_opened):
        if time.monotonic() > give_up:
            raise TimeoutError("the writer writes nothing")
        time.sleep(0.0001)
    # Most passing files are gone after a few milliseconds, so most of these kills come earlier.
    time.sleep(chance.random() * usual * 2 if is_any else chance.random() ** 3 * 0.003)


def _state(
    name: str, before: dict[str, bytes], after: dict[str, bytes], wanted: list[dict[str, bytes]]
) -> str:
    if name not in after:
        return "wrong" if name in before else "absent"
    if after[name] not in [variant[name] for variant in wanted]:
        return "wrong"
    return "as before" if after[name] == before.get(name) else "new"


if __name__ == "__main__":
    name, where, how_many, seed = sys.argv[1:]
    if name == "parquet":
        # Or else every copy would load both by itself.
        import pandas as pd  # noqa: F401 - pyarrow does, when it is there
        import pyarrow.parquet  # noqa: F401 - what is written with
    found = kill_again_and_again(
        WRITERS[name], Path(where), int(how_many), random.Random(int(seed))
    )
    sys.stdout.write(json.dumps(found))
