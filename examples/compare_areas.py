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
    """Print the areas' domain scores, how they are spread, and what to look at first."""
    rubric = maturity.load_rubric("local-partnership")
    outcomes = maturity.score_files(sorted(folder.glob("*.xlsx")), rubric)
    cohort = maturity.gather_cohort(outcomes, rubric)
    table = pd.DataFrame(cohort.score_records())
    domains = table[table["score"] == "domain"]
    print(f"{rubric.title}\n")
    print("Domain scores (blank: not scored)")
    print(domains.pivot_table(index="area", columns="id", values="value", sort=False).round(2))
    print("\nShare of answers that could be used")
    print(domains.pivot_table(index="area", columns="id", values="coverage", sort=False))
    print("\nCriteria where most areas are low")
    for each in cohort.low_criteria[:5]:
        title = rubric.criteria[each.criterion].title
        print(f"{each.criterion}  {each.low} of {each.answered}  {title}")
    print("\nWhat has to be mended most often")
    for count in cohort.issue_counts:
        if count.severity is maturity.Severity.ERROR:
            print(f"{count.code}  in {count.areas} returns, {count.issues} times")
    print("\nWhat may be published: areas in each band, with small numbers withheld")
    published = pd.DataFrame(cohort.published().records())
    bands = published[published["score"] == "domain"]
    print(bands[["id", "figure", "value", "withheld"]].to_string(index=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "returns")
