"""How fast workbooks are read, as ratios within one run.

    python benchmarks/read_speed.py FILE [FILE ...] [--rounds 100]

The yardstick is what any reader of an `.xlsx` has to do at least: open the container, inflate the
shared texts and every sheet, and let expat parse them without handlers. The ways of reading take
turns, and what counts is the processor time of this process, so that other work on the machine
changes little.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

import openpyxl
import pandas

from maturity.reading.grid import Want, read_workbook

__all__ = ["measure", "ways"]


def _least(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet") or name == "xl/sharedStrings.xml":
                expat.ParserCreate().Parse(package.read(name), True)


def _ours(path: Path) -> None:
    read_workbook(path)


def _ours_with_extras(path: Path) -> None:
    read_workbook(path, want=tuple(Want))


def _calamine(path: Path) -> None:
    pandas.read_excel(path, engine="calamine", sheet_name=None)


def _openpyxl(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of extensions that it does not read
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            for _ in sheet.iter_rows(values_only=True):
                pass
        book.close()


ways: dict[str, Callable[[Path], None]] = {
    "inflate + expat without handlers": _least,
    "maturity": _ours,
    "maturity, all extras": _ours_with_extras,
    "pandas + calamine": _calamine,
    "openpyxl, read only": _openpyxl,
}


def measure(path: Path, rounds: int) -> dict[str, float]:
    """Give the median processor time of each way of reading, in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, read in ways.items():
            before = time.process_time()
            read(path)
            times[name].append(time.process_time() - before)
    return {name: statistics.median(taken) * 1000 for name, taken in times.items()}


def main() -> int:
    """Print a table for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=100)
    arguments = parser.parse_args()
    for path in arguments.files:
        found = measure(path, arguments.rounds)
        least = found["inflate + expat without handlers"]
        print(f"{path.name}, median of {arguments.rounds}")
        for name, milliseconds in found.items():
            print(f"  {name:<34}{milliseconds:>9.2f} ms{milliseconds / least:>8.2f} x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
