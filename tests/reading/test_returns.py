"""Every answer of the shared returns, compared with the key: same cell, same state, same level."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from maturity.assessment import Assessment, plain
from maturity.errors import MaturityError
from maturity.reading.assessment_workbook import read_assessment
from maturity.reading.rubric_file import load_rubric


def _number(typed: str) -> float | None:
    return float(typed) if typed else None


def _found(assessment: Assessment) -> dict[tuple[str, str], tuple[object, ...]]:
    rows = assessment.records()
    return {
        (str(row["criterion"]), str(row["rating"])): (
            row["sheet"],
            row["cell"],
            row["state"],
            None if row["level"] is None else float(str(row["level"])),
        )
        for row in rows
        if row["cell"] is not None
    }


def test_every_row_of_the_key_comes_out(shared: Path) -> None:
    """All rows of all returns agree, and no answer is found that the key does not have."""
    folder = shared / "annex-a" / "returns"
    rubric = load_rubric("local-partnership")
    wanted: dict[str, dict[tuple[str, str], tuple[object, ...]]] = {}
    with (folder / "key.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            wanted.setdefault(row["file"], {})[row["criterion"], row["rating"]] = (
                row["sheet"],
                row["cell"],
                row["state"],
                _number(row["value"]),
            )
    differences = []
    for name, rows in wanted.items():
        found = _found(read_assessment(folder / name, rubric))
        differences += [
            f"{name} {key}: key {rows.get(key)}, read {found.get(key)}"
            for key in sorted(rows.keys() | found.keys())
            if rows.get(key) != found.get(key)
        ]
    compared = sum(map(len, wanted.values()))
    print(f"{compared} rows of {len(wanted)} returns compared, {len(differences)} differ")  # noqa: T201
    print("\n".join(differences))  # noqa: T201
    assert compared > 2000
    assert not differences


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("child-level-lists.xlsx", "workbook-other"),
        ("document.xlsx", "file-not-workbook"),
        ("empty.xlsx", "file-empty"),
        ("page.xlsx", "file-not-workbook"),
        ("password.xlsx", "file-password"),
        ("some-other-workbook.xlsx", "workbook-unknown"),
        ("text.xlsx", "file-not-workbook"),
        ("truncated.xlsx", "file-damaged"),
        ("~$good.xlsx", "file-lock"),
    ],
)
def test_each_unusable_file_ends_in_its_own_error(shared: Path, name: str, code: str) -> None:
    """The error names the file, says what it is and what to do."""
    with pytest.raises(MaturityError) as caught:
        read_assessment(shared / "annex-a" / "broken" / name, load_rubric("local-partnership"))
    (issue,) = caught.value.issues
    assert issue.code.value == code
    assert str(issue).startswith(name)
    assert issue.remedy


def test_a_number_for_a_data_frame_is_an_int_or_a_float() -> None:
    """Exact decimals become floats at the edge, and whole numbers stay whole."""
    assert plain(Decimal("71.6")) == 71.6
    assert isinstance(plain(3), int)
    assert plain(None) is None
