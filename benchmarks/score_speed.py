"""Time reading and scoring one return, as ratios in one run.

    python benchmarks/score_speed.py [RETURN] [--rounds 200]

The unit is the floor of the file: opening its zip file, inflating its sheets and strings, and
parsing that XML with expat and no handlers. Beside it stand our reading and scoring, and what a
data frame library takes to read the same file. The runs take turns, so that a slow moment of the
machine meets all of them; the medians are compared.
"""

from __future__ import annotations

import argparse
import statistics
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

import maturity
from maturity.reading.grid import read_workbook

ROOT = Path(__file__).resolve().parent.parent


def floor(path: Path) -> None:
    """Unzip the sheets and strings and parse them, doing nothing with them."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet") or name == "xl/sharedStrings.xml":
                expat.ParserCreate().Parse(archive.read(name), True)


def data_frame(path: Path) -> None:
    """Read every sheet into a data frame, by the fastest engine that pandas has."""
    import pandas as pd  # noqa: PLC0415 - only this line of the table needs it

    pd.read_excel(path, engine="calamine", sheet_name=None)


def medians(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Run the works in turn and give the median seconds of each."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = ROOT / "examples" / "returns"
    parser.add_argument("path", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    path = options.path or sorted(default.glob("*.xlsx"))[0]
    rubric = maturity.load_rubric("local-partnership")
    workbook = read_workbook(path)
    assessment = maturity.read_assessment(path, rubric)
    taken = medians(
        {
            "unzip and expat, no handlers": lambda: floor(path),
            "read_workbook": lambda: read_workbook(path),
            "read_assessment": lambda: maturity.read_assessment(path, rubric),
            "score": lambda: maturity.score(assessment),
            "read_assessment and score": lambda: maturity.score(
                maturity.read_assessment(path, rubric)
            ),
            "pandas.read_excel, calamine": lambda: data_frame(path),
        },
        options.rounds,
    )
    unit = taken["unzip and expat, no handlers"]
    print(f"{path.name}: {len(workbook.sheets)} sheets, {options.rounds} rounds, medians")
    for name, seconds in taken.items():
        print(f"{name:32} {seconds * 1000:8.2f} ms {seconds / unit:8.2f} x")


if __name__ == "__main__":
    main()
