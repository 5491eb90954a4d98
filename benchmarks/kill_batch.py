"""Kill a batch run from outside again and again, and prove that it ends as one that nobody touched.

    python benchmarks/kill_batch.py [--kills 100] [--returns 40] [--seed 1]

The examples, returns made at random and some files that are no returns are scored into a folder by
`maturity score FOLDER -o OUT --workers 2`. The command is killed by SIGKILL at a random moment and
given again, until a run comes to its end; then its folder is compared, byte for byte, with that of
an undisturbed run, and the next round begins in an empty folder. After each kill it is noted which
files the journal says are done, and later seen whether their results were left alone.
Not on Windows, which has no such signal.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from batch_speed import RUBRIC, make_returns

from maturity.command_line.journal import JOURNAL_NAME, OUTCOMES_NAME

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "returns"
WAIT_FOR_WORKERS = 20.0  # seconds in which workers must have noticed that they are not needed


class Mark(NamedTuple):
    """What tells a file that was left alone from one that was written again."""

    inode: int
    moment: int


class Disturbed:
    """A batch that is killed and given again, and what was seen of it.

    Args:
        returns: the folder of the returns.
        out: the folder of the results.
        clean: what an undisturbed run writes there.
    """

    def __init__(self, returns: Path, out: Path, clean: dict[str, bytes]) -> None:
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._command = command(returns, out)
        self._out = out
        self._clean = clean
        self._done: dict[str, dict[str, Mark]] = {}
        self._written: dict[str, Mark] = {}

    def start(self, seconds: float) -> bool:
        """Start the command and kill it after so many seconds; say whether it had ended before."""
        with subprocess.Popen(self._command, stdout=subprocess.DEVNULL) as run:  # noqa: S603 - our own program
            try:
                run.wait(seconds)
            except subprocess.TimeoutExpired:
                workers = children(run.pid)
                run.send_signal(signal.SIGKILL)
                run.wait()
                self._look(workers)
                return False
        if run.returncode != 3:  # as the files that are no returns demand
            self.wrong.append(f"a run ended with {run.returncode}")
        self._compare()
        return True

    def _look(self, workers: list[int]) -> None:
        """See what the kill left."""
        self.counts["kills"] += 1
        if not all_ended(workers):
            self.wrong.append("workers lived on")
        marks = marks_in(self._out)
        names = set(marks)
        if JOURNAL_NAME in names:
            self.counts["during work"] += 1
        elif OUTCOMES_NAME in names:
            self.counts["after work"] += 1
        else:
            self.counts["before work"] += 1
        self.counts["passing files left"] += sum(name.endswith(".part") for name in names)
        self._check_kept(marks)
        for name in names - {JOURNAL_NAME} - set(self._clean):
            if not name.endswith(".part"):
                self.wrong.append(f"a stray file: {name}")
        for name in names & set(self._clean):
            if (self._out / name).read_bytes() != self._clean[name]:
                self.wrong.append(f"a result that is not whole: {name}")
        self._done = self._noted(marks)
        self._written = {name: marks[name] for name in names & set(self._clean)}

    def _noted(self, marks: dict[str, Mark]) -> dict[str, dict[str, Mark]]:
        """Give source → its results, for all that the journal or the outcomes say are done."""
        found = {}
        for name in (OUTCOMES_NAME, JOURNAL_NAME):
            if name in marks:
                for line in (self._out / name).read_bytes().split(b"\n")[:-1]:
                    row = json.loads(line)
                    names = [each["name"] for each in row["written"]]
                    found[row["source"]] = {each: marks[each] for each in names}
        return found

    def _check_kept(self, marks: dict[str, Mark]) -> None:
        """See whether what was done was left alone, and count what was written twice."""
        noted: set[str] = set()
        for source, results in self._done.items():
            noted |= set(results)
            if any(marks.get(name) != mark for name, mark in results.items()):
                self.wrong.append(f"done again though it was noted: {source}")
        again = {name for name, mark in self._written.items() if marks.get(name) != mark}
        self.counts["results written again"] += len(again - noted - {OUTCOMES_NAME})

    def _compare(self) -> None:
        self.counts["whole runs"] += 1
        self._check_kept(marks_in(self._out))
        found = contents(self._out)
        if found != self._clean:
            names = {
                name for name in {*found, *self._clean} if found.get(name) != self._clean.get(name)
            }
            self.wrong.append(f"the folder differs in the end: {sorted(names)}")
        for path in self._out.iterdir():
            path.unlink()
        self._done, self._written = {}, {}


def command(returns: Path, out: Path) -> list[str]:
    """Give the command, with a date, since a run may cross midnight."""
    return [
        sys.executable, "-m", "maturity", "score", str(returns), "-o", str(out),
        "--rubric", RUBRIC, "--workers", "2", "--created", "2026-03-31",
    ]  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    """Give all that a folder holds."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def marks_in(folder: Path) -> dict[str, Mark]:
    """Tell the files of a folder; there may be no folder yet."""
    if not folder.is_dir():
        return {}
    found = {path.name: path.stat() for path in folder.iterdir()}
    return {name: Mark(each.st_ino, each.st_mtime_ns) for name, each in found.items()}


def children(process: int) -> list[int]:
    """Give the ids of a process's children; none where the system does not list them so."""
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(each) for each in listed.split()]


def all_ended(processes: list[int]) -> bool:
    """Wait until processes have ended by themselves, and say whether they have in time."""
    give_up = time.monotonic() + WAIT_FOR_WORKERS
    while time.monotonic() < give_up:
        if not any(is_alive(process) for process in processes):
            return True
        time.sleep(0.005)
    return False


def is_alive(process: int) -> bool:
    """Say whether a process is there and does something still."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def make_folder(folder: Path, count: int) -> None:
    """Put returns into a folder: the examples, some made at random, and some that are none."""
    folder.mkdir()
    for path in sorted(EXAMPLES.glob("*.xlsx")):
        (folder / path.name).write_bytes(path.read_bytes())
    make_returns(folder, count)
    (folder / "empty.xlsx").touch()
    (folder / "text.xlsx").write_text("no workbook", encoding="utf-8")
    (folder / "half.xlsx").write_bytes((folder / "000.xlsx").read_bytes()[:9_000])


def main() -> int:
    """Kill, compare and print what was seen."""
    parser = argparse.ArgumentParser(description="Kill a batch run from outside again and again.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--returns", type=int, default=40, help="how many are made at random")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_folder(folder / "returns", arguments.returns)
        began = time.monotonic()
        subprocess.run(  # noqa: S603 - our own program
            command(folder / "returns", folder / "out"), check=False, stdout=subprocess.DEVNULL
        )
        whole = time.monotonic() - began
        clean = contents(folder / "out")
        for path in (folder / "out").iterdir():
            path.unlink()
        disturbed = Disturbed(folder / "returns", folder / "out", clean)
        while disturbed.counts["kills"] < arguments.kills:
            # Half of the kills come early in a run, so that few files are done between two.
            disturbed.start(chance.uniform(0.2, whole * chance.choice((0.4, 1.0))))
        while not disturbed.start(whole * 20):
            pass
    return report(disturbed, files=arguments.returns + 13, results=len(clean) - 1, seconds=whole)


def report(disturbed: Disturbed, *, files: int, results: int, seconds: float) -> int:
    """Print the table, and everything that was wrong."""
    rows = {
        "files, and results of an undisturbed run": f"{files}, {results}",
        "seconds of an undisturbed run": f"{seconds:.1f}",
        "kills": disturbed.counts["kills"],
        "kills before any work": disturbed.counts["before work"],
        "kills during work": disturbed.counts["during work"],
        "kills after the outcomes were written": disturbed.counts["after work"],
        "passing files left by kills": disturbed.counts["passing files left"],
        "runs that came to their end, each the same byte for byte": disturbed.counts["whole runs"],
        "results written again, which no line had noted": disturbed.counts["results written again"],
        "anything wrong": len(disturbed.wrong),
    }
    for title, value in rows.items():
        print(f"| {title} | {value} |")
    for each in disturbed.wrong:
        print(each)
    return 1 if disturbed.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
