"""Time and weigh a batch, as ratios in one run.

    python benchmarks/batch_speed.py [--files 10000] [--side-by-side 200]

Two hundred different returns are made and scored in rotation, and all tidy tables written: scores,
answers, issues and failures. Each line of the first table is a run in a fresh process: the time for
each file once the first is there, beside that of reading and scoring one file alone; the processor
time of all processes for each file, tables and the start of workers included; and the peak memory
of the process that asks. In the second table, plain scripts compute the domain means of the same
files, by the two usual readers.
"""

from __future__ import annotations

import argparse
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
from maturity.batch import FileOutcome
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
    """Score so many files in rotation, write the tables, and say what it took."""
    rubric = maturity.load_rubric(RUBRIC)
    files = islice(cycle(sorted(folder.glob("*.xlsx"))), count)
    moments: list[float] = []
    before = sum(os.times()[:4])
    with tempfile.TemporaryDirectory() as target:
        # Each return counts, so that the tables have rows for all of them.
        with maturity.TableWriter(target, rubric, duplicates="all") as tables:
            for outcome in outcomes(files, rubric, how, tables):
                tables.add(outcome)
                moments.append(time.perf_counter())
        end = time.perf_counter()
    # The first files find workers that are only just starting.
    warm = min(len(moments) // 10, 200)
    seconds = (end - moments[warm]) / (len(moments) - 1 - warm)
    used = os.times()  # what the workers used is counted once they have ended
    processor = sum(used[:4]) - before
    return {"seconds": seconds, "processor": processor / count, "megabytes": peak_megabytes()}


def outcomes(
    files: Iterator[Path], rubric: Rubric, how: str, tables: maturity.TableWriter
) -> Iterator[FileOutcome]:
    """Score files serially, by workers, or by workers that send whole results back."""
    workers = int(how[0]) or None
    if how.endswith("results"):
        return maturity.score_files(files, rubric, workers=workers, keep_workbook=False)
    return maturity.score_files(files, rubric, workers=workers, then=tables.packer)


def alone(folder: Path, count: int) -> dict[str, float]:
    """Read and score one file after another, and do nothing with what that gives."""
    rubric = maturity.load_rubric(RUBRIC)
    seconds, processor = [], []
    for path in islice(cycle(sorted(folder.glob("*.xlsx"))), count):
        start, used = time.perf_counter(), time.process_time()
        maturity.score(maturity.read_assessment(path, rubric))
        seconds.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    return {
        "seconds": statistics.mean(seconds[count // 10 :]),
        "processor": statistics.mean(processor[count // 10 :]),
        "megabytes": peak_megabytes(),
    }


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
        folder, count, how = Path(options.one[0]), int(options.one[1]), options.one[2]
        print(json.dumps(alone(folder, count) if how == "alone" else run(folder, count, how)))
        return
    with tempfile.TemporaryDirectory() as name:
        make_returns(Path(name))
        print_runs(Path(name), options.files)
        print_readers(Path(name), options.side_by_side)


def print_runs(folder: Path, files: int) -> None:
    """Print the first table."""
    head = f"{'run':34} {'files':>7} {'ms a file':>10} {'of one':>7} {'CPU ms':>10} {'of one':>7}"
    print(f"{head} {'peak MB':>8}")
    one = in_a_fresh_process(folder, files // 10, "alone")
    print_line("one file alone", files // 10, one, one)
    for how, title in (
        ("0", "serial"),
        ("1", "1 worker"),
        ("2", "2 workers"),
        ("2 results", "2 workers, results sent back"),
    ):
        for count in (files // 10, files):
            print_line(title, count, in_a_fresh_process(folder, count, how), one)


def print_line(title: str, count: int, got: dict[str, float], one: dict[str, float]) -> None:
    """Print one line of the first table."""
    figures = [
        part
        for key in ("seconds", "processor")
        for part in (f"{got[key] * 1000:10.2f}", f"{got[key] / one[key]:7.2f}")
    ]
    print(f"{title:34} {count:7,} {' '.join(figures)} {got['megabytes']:8.1f}", flush=True)


def print_readers(folder: Path, count: int) -> None:
    """Print the second table."""
    print(f"\n{'domain means of one return':34} {'ms':>18} {'of ours':>10}")
    medians = side_by_side(folder, count)
    for reader, seconds in medians.items():
        ratio = seconds / medians["maturity"]
        title = reader if reader == "maturity" else f"pandas with {reader}"
        print(f"{title:34} {seconds * 1000:18.2f} {ratio:10.2f}")


if __name__ == "__main__":
    main()
