"""Score a folder of returns from Python, and compare the areas in a data frame.

    python examples/compare_areas.py [FOLDER]

Needs pandas (`pip install 'maturity[frames]'`). Nothing is written; the tables are printed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

import maturity


def main(folder: Path) -> None:
    """Print the areas' domain scores, how complete they are, and the commonest problems."""
    rubric = maturity.load_rubric("local-partnership")
    scores: list[dict[str, object]] = []
    issues: list[dict[str, object]] = []
    for outcome in maturity.score_files(sorted(folder.glob("*.xlsx")), rubric):
        issues += [{"file": outcome.source, **issue.record()} for issue in outcome.issues]
        if outcome.result is not None:
            area = outcome.result.assessment.area_name or str(outcome.source)
            scores += [{"area": area, **row} for row in outcome.result.records()]
    table = pd.DataFrame(scores)
    domains = table[table["score"] == "domain"]
    print(f"{rubric.title}\n")
    print("Domain scores (blank: not scored)")
    print(domains.pivot_table(index="area", columns="id", values="value", sort=False).round(2))
    print("\nShare of answers that could be used")
    print(domains.pivot_table(index="area", columns="id", values="coverage", sort=False))
    print("\nWhat has to be mended most often")
    problems = pd.DataFrame(issues)
    print(problems[problems["severity"] == "error"]["code"].value_counts().head(5).to_string())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "returns")
