"""Time and weigh a batch, as ratios in one run.

    python benchmarks/batch_speed.py [--files 10000] [--side-by-side 200]

Two hundred different returns are made and scored in rotation, and their scores written as a table.
Each line of the first table is a run in a fresh process: the time for each file once the first is
there, beside that of the serial run; the processor time of all processes for each file; and the
peak memory of the process that asks. In the second table, plain scripts compute the domain means of
the same files, by the two usual readers.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import maturity
from maturity.batch.records import FileRecord, record_of
from maturity.rubric import Rubric

DIFFERENT = 200
RUBRIC = "local-partnership"


def make_returns(folder: Path, count: int = DIFFERENT) -> None:
    """Make the returns: every criterion answered, at random from a seed."""
    from maturity.testing import completed_template  # noqa: PLC0415 - the runs do not need it

    rubric = maturity.load_rubric(RUBRIC)
    chance = random.Random(4)
    for number in range(count):
        answers = {
            (criterion, rating): chance.randint(1, 4)
            for criterion in rubric.criteria
            for rating in rubric.ratings
        }
        metadata = {"area": f"{100 + number} Area {number}", "date": "2026-03-31"}
        content = completed_template(rubric, answers, metadata=metadata)
        (folder / f"{number:03}.xlsx").write_bytes(content)


def run(folder: Path, count: int, how: str) -> dict[str, float]:
    """Score so many files in rotation, write the table, and say what it took."""
    rubric = maturity.load_rubric(RUBRIC)
    files = islice(cycle(sorted(folder.glob("*.xlsx"))), count)
    moments: list[float] = []
    before = sum(os.times()[:4])
    with (folder / f"table-{how}.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        for record in records(files, rubric, how):
            for score in record.scores:
                table.writerow([record.source, score["score"], score["id"], score["value"]])
            moments.append(time.perf_counter())
    # The first files find workers that are only just starting.
    warm = min(len(moments) // 10, 200)
    seconds = (moments[-1] - moments[warm]) / (len(moments) - 1 - warm)
    used = os.times()  # what the workers used is counted once they have ended
    processor = sum(used[:4]) - before
    return {"seconds": seconds, "processor": processor / count, "megabytes": peak_megabytes()}


def records(files: Iterator[Path], rubric: Rubric, how: str) -> Iterator[FileRecord]:
    """Score files serially, by workers, or by workers that send whole results back."""
    workers = int(how[0]) or None
    if how.endswith("results"):
        for outcome in maturity.score_files(files, rubric, workers=workers, keep_workbook=False):
            yield record_of(outcome)
        return
    for outcome in maturity.score_files(files, rubric, workers=workers, then=record_of):
        if isinstance(outcome.product, FileRecord):
            yield outcome.product


def peak_megabytes() -> float:
    """Give the most memory that this process ever had; not a number where that is not told."""
    status = Path("/proc/self/status")
    if status.exists():  # elsewhere on Linux, a process starts with the peak of its parent
        line = next(each for each in status.read_text().splitlines() if "VmHWM" in each)
        return int(line.split()[1]) * 1024 / 1_000_000
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return float("nan")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000


def ours(path: Path, rubric: Rubric) -> dict[str, float | None]:
    """Give the domain scores of one return."""
    result = maturity.score(maturity.read_assessment(path, rubric))
    return {domain: score.value for domain, score in result.domains.items()}


def plain(path: Path, rubric: Rubric, engine: str) -> dict[str, float | None]:
    """Give the domain means of one return, as a short script would: no checks and no reasons."""
    import pandas as pd  # noqa: PLC0415 - only this needs it

    sheets = pd.read_excel(path, sheet_name=None, header=None, engine=engine)
    means: dict[str, float | None] = {}
    for domain in rubric.domains:
        frame = next(frame for name, frame in sheets.items() if name.startswith(domain.id))
        top = frame.index[frame.eq("Agreed level").any(axis=1)][0]
        column = frame.columns[frame.loc[top].eq("Agreed level")][0]
        rows = frame[frame[0].isin({criterion.id for criterion in domain.criteria})]
        means[domain.id] = float(pd.to_numeric(rows[column]).mean())
    return means


def side_by_side(folder: Path, count: int) -> dict[str, float]:
    """Let all readers take turns on the same files, and give the median seconds of each."""
    rubric = maturity.load_rubric(RUBRIC)
    taken: dict[str, list[float]] = {"maturity": [], "calamine": [], "openpyxl": []}
    for path in islice(cycle(sorted(folder.glob("*.xlsx"))), count):
        found = {}
        for name, seconds in taken.items():
            start = time.perf_counter()
            found[name] = ours(path, rubric) if name == "maturity" else plain(path, rubric, name)
            seconds.append(time.perf_counter() - start)
        if not found["maturity"] == found["calamine"] == found["openpyxl"]:
            raise SystemExit(f"{path}: {found}")
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def in_a_fresh_process(folder: Path, count: int, how: str) -> dict[str, float]:
    """Run this script for one line of the table."""
    command = [sys.executable, __file__, "--one", str(folder), str(count), how]
    done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - this very script
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--side-by-side", type=int, default=200)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        folder, count, how = options.one
        print(json.dumps(run(Path(folder), int(count), how)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_returns(folder)
        few, many = options.files // 10, options.files
        serial = in_a_fresh_process(folder, few, "0")
        head = f"{'run':34} {'files':>7} {'ms a file':>10} {'of serial':>10}"
        print(f"{head} {'CPU ms':>7} {'peak MB':>8}")
        for how, title in (
            ("0", "serial"),
            ("1", "1 worker"),
            ("2", "2 workers"),
            ("2 results", "2 workers, results sent back"),
        ):
            for count in (few, many):
                got = (
                    serial if (how, count) == ("0", few) else in_a_fresh_process(folder, count, how)
                )
                ratio = got["seconds"] / serial["seconds"]
                milliseconds, peak = got["seconds"] * 1000, got["megabytes"]
                processor = got["processor"] * 1000
                line = f"{title:34} {count:7,} {milliseconds:10.2f} {ratio:10.2f}"
                print(f"{line} {processor:7.2f} {peak:8.1f}", flush=True)
        print(f"\n{'domain means of one return':34} {'ms':>18} {'of ours':>10}")
        medians = side_by_side(folder, options.side_by_side)
        for reader, seconds in medians.items():
            ratio = seconds / medians["maturity"]
            title = reader if reader == "maturity" else f"pandas with {reader}"
            print(f"{title:34} {seconds * 1000:18.2f} {ratio:10.2f}")


if __name__ == "__main__":
    main()
