"""Time and weigh reading, scoring and writing returns of growing size.

    python benchmarks/write_large.py [--criteria 125 250 500 1000] [--ratings 8]

Each line is a return under a rubric of so many criteria, in domains of 25, in a process of its own:
the processor time of each step, and the most memory that the process ever had after it. A step that
takes more for each answer when there are more of them would show here.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TypeVar

from batch_speed import peak_megabytes

import maturity
from maturity.rubric import Criterion, Domain, Level, Principle, Rating, RollUp, Rubric, Scoring
from maturity.testing import completed_template

LEVELS = ("Emerging", "Developing", "Maturing", "Embedded")
IN_A_DOMAIN = 25
STEPS = ("read", "score", "write")

T = TypeVar("T")


def large_rubric(criteria: int, ratings: int) -> Rubric:
    """Make a rubric of so many criteria and ratings, with the usual roll-ups."""
    return Rubric(
        id="large",
        version="1",
        title="Large rubric",
        status="draft",
        levels=tuple(Level(value=n, label=label) for n, label in enumerate(LEVELS, start=1)),
        principles={key: Principle(title=key.capitalize()) for key in ("early", "fair", "local")},
        ratings={
            f"rating{n}": Rating(title=f"Rating {n}", scored=n == 1, partner=n > 1)
            for n in range(1, ratings + 1)
        },
        domains=tuple(
            Domain(
                id=f"D{first // IN_A_DOMAIN + 1}",
                title=f"Domain {first // IN_A_DOMAIN + 1}",
                criteria=tuple(
                    _criterion(n) for n in range(first, min(first + IN_A_DOMAIN, criteria))
                ),
            )
            for first in range(0, criteria, IN_A_DOMAIN)
        ),
        scoring=Scoring(
            rollups=(
                RollUp(score="domain", method="mean"),
                RollUp(score="principle", method="weighted-mean", weights="principle"),
                RollUp(score="matrix", by=("domain", "principle"), method="mean"),
                RollUp(
                    score="partner",
                    by=("rating", "domain"),
                    ratings=tuple(f"rating{n}" for n in range(2, ratings + 1)),
                    method="mean",
                ),
            ),
            overall="none",
        ),
    )


def _criterion(number: int) -> Criterion:
    return Criterion(
        id=f"C{number + 1}",
        title=f"What criterion {number + 1} asks of a partnership",
        levels={
            value: f"At this level, practice of kind {number + 1} is {label.lower()} in the area."
            for value, label in enumerate(LEVELS, start=1)
        },
        principles={("early", "fair", "local")[number % 3]: 1},
    )


def make_return(rubric: Rubric, path: Path) -> None:
    """Fill in the rubric's template."""
    answers = {
        (criterion, rating): 1 + (row + column) % len(LEVELS)
        for row, criterion in enumerate(rubric.criteria)
        for column, rating in enumerate(rubric.ratings)
    }
    path.write_bytes(completed_template(rubric, answers, metadata={"area": "100 Area"}))


def run(path: Path, criteria: int, ratings: int) -> dict[str, float]:
    """Do every step once, and say what it took."""
    rubric = large_rubric(criteria, ratings)
    found: dict[str, float] = {"before MB": peak_megabytes()}
    target = io.BytesIO()
    start = time.process_time()

    def done(step: str, value: T) -> T:
        nonlocal start
        found[step] = time.process_time() - start
        found[f"{step} MB"] = peak_megabytes()
        start = time.process_time()
        return value

    assessment = done("read", maturity.read_assessment(path, rubric))
    result = done("score", maturity.score(assessment))
    maturity.write_workbook(result, target)
    done("write", None)
    found["file MB"] = len(target.getvalue()) / 1_000_000
    return found


def in_a_fresh_process(path: Path, criteria: int, ratings: int) -> dict[str, float]:
    """Run this script for one line of the table."""
    command = [sys.executable, __file__, "--one", str(path), str(criteria), str(ratings)]
    done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - this very script
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criteria", type=int, nargs="+", default=[125, 250, 500, 1000])
    parser.add_argument("--ratings", type=int, default=8)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        path, criteria, ratings = options.one
        print(json.dumps(run(Path(path), int(criteria), int(ratings))))
        return
    titles = [f"{step} s" for step in STEPS] + [f"{step} µs an answer" for step in STEPS]
    print(f"{'answers':>8}", *(f"{title:>18}" for title in titles), "  peak MB after each, file MB")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "return.xlsx"
        for criteria in options.criteria:
            make_return(large_rubric(criteria, options.ratings), path)
            got = in_a_fresh_process(path, criteria, options.ratings)
            answers = criteria * options.ratings
            taken = [f"{got[step]:18.2f}" for step in STEPS]
            each = [f"{got[step] / answers * 1_000_000:18.0f}" for step in STEPS]
            weights = [f"{got[key]:8.1f}" for key in ("before MB", *(f"{s} MB" for s in STEPS))]
            print(f"{answers:8,}", *taken, *each, *weights, f"{got['file MB']:6.2f}", flush=True)


if __name__ == "__main__":
    main()
