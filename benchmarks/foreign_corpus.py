"""Read every workbook below some folders, and say what became of them.

    python benchmarks/foreign_corpus.py FOLDER [FOLDER ...] [--workers 2] [--list 20] [--ours]

Each different file is read in a process of its own, so that whatever it does is seen: a workbook,
an error with its code, or what nobody should ever see, another exception, a crash or no end. Then
it is read with openpyxl and with python-calamine, in another process, and the cells are compared;
who is right a person has to find out, with `--list`. The last tables are what was slowest and what
took the most memory. With `--ours` the other libraries are left out, which is much faster.

No other library shows the cells of `.ods` and `.xls` better than ours does, so what differs there
says little; a `.xlsx` that differs from both of the others deserves a look.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from foreign_cells import KINDS, ORACLES, differences, our_cells

from maturity.errors import WorkbookError
from maturity.reading.grid import Want, read_workbook

ENDINGS = frozenset(
    (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam", ".xls", ".xlt", ".xla", ".xlsb", ".ods", ".ots")
)
MOST_SECONDS = 20.0


class Outcome(NamedTuple):
    """What became of one file.

    Attributes:
        path: the file.
        said: `read`, the error's code, or what should never be: an exception, a crash, no end.
        why: the error's sentence.
        seconds: processor time of reading it with every extra, in seconds.
        megabytes: memory that it took, beside that of the interpreter.
        differs: oracle → kind of difference → how many cells, and the first of them.
        oracles: oracle → what became of the file there.
    """

    path: Path
    said: str
    why: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0
    differs: Mapping[str, Mapping[str, tuple[int, str]]] = {}
    oracles: Mapping[str, str] = {}


def workbooks(folders: list[Path]) -> Iterator[Path]:
    """Give each different workbook below some folders once."""
    known = set()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in ENDINGS and path.is_file():
                digest = hashlib.sha256(path.read_bytes()).digest()
                if digest not in known:
                    known.add(digest)
                    yield path


def memory() -> float:
    """Give the most memory that this process has held since `forget_memory`, in megabytes."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


def forget_memory() -> None:
    """Let `memory` count from what is held now."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def limit_memory() -> None:
    """Let this process have no more than two gigabytes, where the system can say so."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))


def read_ours(path: Path, target: Connection) -> None:
    """Read a file with every extra, and tell what that took."""
    forget_memory()
    held = memory()
    before = time.process_time()
    said, why = "read", ""
    try:
        read_workbook(path, want=list(Want))
    except WorkbookError as error:
        said, why = error.issues[0].code.value, error.issues[0].message
    except BaseException as error:  # what this script is looking for
        said, why = f"EXCEPTION {type(error).__name__}", traceback.format_exc()
    target.send((said, why, time.process_time() - before, memory() - held))


def compare(path: Path, oracle: str, target: Connection) -> None:
    """Read a file with another library, and tell what differs."""
    limit_memory()
    # What a library says before it aborts is no part of the tables.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        theirs = ORACLES[oracle](path)
    except BaseException as error:
        target.send((f"refused ({type(error).__name__})", {}))
        return
    target.send(("read", differences(our_cells(read_workbook(path)), theirs)))


def alone(work: Callable[..., None], *arguments: object) -> object:
    """Do something in a process of its own; give what it sends, or what became of it."""
    source, target = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=work, args=(*arguments, target))
    process.start()
    target.close()
    try:
        answer = source.recv() if source.poll(MOST_SECONDS) else "NO END"
    except EOFError:
        answer = "CRASH"
    process.kill()
    process.join()
    return answer


def look_at(path: Path, oracles: Iterable[str] = ORACLES) -> Outcome:
    """Read one file, and compare it with what others see in it."""
    answer = alone(read_ours, path)
    if not isinstance(answer, tuple):
        return Outcome(path, str(answer))
    said, why, seconds, megabytes = answer
    if said != "read":
        return Outcome(path, said, why, seconds, megabytes)
    differs, became = {}, {}
    for oracle in oracles:
        other = alone(compare, path, oracle)
        became[oracle], differs[oracle] = other if isinstance(other, tuple) else (str(other), {})
    return Outcome(path, said, why, seconds, megabytes, differs, became)


def tell_outcomes(outcomes: list[Outcome]) -> None:
    """Print what became of the files, by the endings of their names."""
    endings = sorted({each.path.suffix.lower() for each in outcomes})
    print("outcome".ljust(24), *(ending.rjust(7) for ending in endings), "    all")
    for said, count in Counter(each.said for each in outcomes).most_common():
        by = Counter(each.path.suffix.lower() for each in outcomes if each.said == said)
        print(said.ljust(24), *(f"{by[ending]:>7,}" for ending in endings), f"{count:>7,}")
    print("all".ljust(24), " " * (8 * len(endings) - 1), f"{len(outcomes):>7,}")


def tell_differences(outcomes: list[Outcome], listed: int) -> None:
    """Print how many files and cells differ from each other library, by kind."""
    for oracle in ORACLES:
        counts = Counter(each.oracles[oracle] for each in outcomes if oracle in each.oracles)
        print(f"\n{oracle}: " + ", ".join(f"{count:,} {said}" for said, count in counts.items()))
        for kind in KINDS:
            found = [
                (each.path, *each.differs[oracle][kind])
                for each in outcomes
                if kind in each.differs.get(oracle, {})
            ]
            if found:
                cells = sum(count for _, count, _ in found)
                print(f"  {kind:<28}{len(found):>6,} files{cells:>9,} cells")
            for path, count, first in found[:listed]:
                print(f"    {path}: {count:,}: {first}")


def tell_cost(outcomes: list[Outcome]) -> None:
    """Print what was slowest, and what took the most memory."""
    print("\nslowest, in seconds of processor time")
    for each in sorted(outcomes, key=lambda each: -each.seconds)[:5]:
        print(f"  {each.seconds:>8.2f}  {each.said}  {each.path.name}")
    print("\nmost memory, in MB beside that of the interpreter")
    for each in sorted(outcomes, key=lambda each: -each.megabytes)[:5]:
        print(f"  {each.megabytes:>8.1f}  {each.said}  {each.path.name}")


def main() -> int:
    """Read them all; fail when one ends in anything but a workbook or a `WorkbookError`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--list", type=int, default=0)
    parser.add_argument("--ours", action="store_true")
    arguments = parser.parse_args()
    look = partial(look_at, oracles=()) if arguments.ours else look_at
    with ThreadPoolExecutor(arguments.workers) as threads:
        outcomes = list(threads.map(look, workbooks(arguments.folders)))
    tell_outcomes(outcomes)
    if not arguments.ours:
        tell_differences(outcomes, arguments.list)
    tell_cost(outcomes)
    for each in outcomes if arguments.list else ():
        if each.said != "read":
            print(f"\n{each.said}: {each.path}\n  {each.why}")
    return int(any(each.said.isupper() or "EXCEPTION" in each.said for each in outcomes))


if __name__ == "__main__":
    sys.exit(main())
