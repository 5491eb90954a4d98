"""Time reading and scoring returns, as ratios in one run.

    python benchmarks/score_speed.py [RETURN ...] [--rounds 200]

The unit is the floor of the file: opening its zip file, inflating its sheets and strings, and
parsing that XML with expat and no handlers. Beside it stand our reading and scoring, and what a
data frame library takes to read the same file. The runs take turns, so that a slow moment of the
machine meets all of them, and what counts is the processor time of this process; the medians are
compared, and so are the least times.
"""

from __future__ import annotations

import argparse
import zipfile
from pathlib import Path
from xml.parsers import expat

from turns import print_turns

import maturity
from maturity.reading.grid import read_workbook
from maturity.rubric import Rubric

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


def compare(path: Path, rubric: Rubric, rounds: int) -> None:
    """Print the table of one return."""
    workbook = read_workbook(path)
    assessment = maturity.read_assessment(path, rubric)
    issues = len(assessment.issues)
    print(f"\n{path.name}: {len(workbook.sheets)} sheets, {issues} issues; {rounds} rounds")
    print_turns(
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
        rounds,
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = ROOT / "examples" / "returns"
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    rubric = maturity.load_rubric("local-partnership")
    for path in options.paths or sorted(default.glob("*.xlsx"))[:1]:
        compare(path, rubric, options.rounds)


if __name__ == "__main__":
    main()
