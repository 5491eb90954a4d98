"""The cohort's workbook shows every table, says who may see it, and gives nothing away."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from cohort_samples import area_result, cohort_of, odd_issue
from result_samples import all_methods_rubric, small_rubric

from maturity import (
    Cohort,
    CohortMovement,
    Severity,
    compare_cohorts,
    gather_cohort,
    known_areas,
    write_cohort,
)
from maturity.batch import FileOutcome, OutcomeStatus
from maturity.cohort.publication import Show
from maturity.rubric import Overall, RollUp
from maturity.rules import Scale
from maturity.writing.cohort_pages import two_decimals

DAY = datetime.datetime(2026, 3, 31, tzinfo=datetime.UTC)
AREAS = [each for each in known_areas().values() if each.region in ("London", "North East")]


def term(*, shift: int = 0, issues: bool = False) -> Cohort:
    """Gather thirty areas, some of which left answers out, and a file that failed."""
    rubric = small_rubric()

    def outcomes() -> Iterator[FileOutcome]:
        for place, area in enumerate(AREAS[:30]):
            level = 1 + (place + shift) % 4
            result = area_result(
                f"{area.code} {area.name}",
                [level, 2, 3] if place % 10 == 9 else [level, level, 1 + place % 2, level, 2],
                date=datetime.date(2026, 3, 1 + shift),
                views={"AA1": (1, 1 + place % 4)},
                issues=(odd_issue(),) if issues and place % 3 == 0 else (),
            )
            yield FileOutcome(f"{area.code}.xlsx", OutcomeStatus.SCORED, result)
        yield FileOutcome("bad.xlsx", OutcomeStatus.REFUSED, issues=(odd_issue("nothing"),))

    return gather_cohort(outcomes(), rubric)


def written(
    cohort: Cohort,
    *,
    suppress_below: int | None = None,
    show: Show = "bands",
    movement: CohortMovement | None = None,
) -> bytes:
    """Write a workbook into memory."""
    stream = io.BytesIO()
    write_cohort(
        cohort,
        stream,
        suppress_below=suppress_below,
        show=show,
        movement=movement,
        created=DAY,
    )
    return stream.getvalue()


def cells(content: bytes) -> dict[str, list[list[object]]]:
    """Read a workbook back: sheet → rows of values."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def texts(content: bytes) -> str:
    """Give every text of a workbook."""
    sheets = cells(content).values()
    return "\n".join(str(v) for rows in sheets for row in rows for v in row if v is not None)


def test_the_teams_workbook_has_every_sheet() -> None:
    """Summary, heat maps, distributions, criteria, partners, movement, issues, files, method."""
    cohort = term(issues=True)
    content = written(cohort, movement=compare_cohorts(term(shift=1), cohort))
    assert list(cells(content)) == [
        "Summary",
        "Domains",
        "principle",
        "Distributions",
        "Criteria",
        "Partners",
        "Movement",
        "Movement by area",
        "Issues",
        "Files",
        "Method",
    ]
    text = texts(content)
    assert "Not for publication" in text
    assert "bad.xlsx" in text
    assert "QUARTILE.INC" in text
    assert "ofsted-send-scrape-tool" in text
    assert "most areas low" in text
    assert "31 March 2026" in text


def test_heat_maps_say_figure_and_band_and_why_some_are_missing() -> None:
    """Colour is never alone: each cell's format ends in the band's name; gaps have reasons."""
    cohort = term()
    book = openpyxl.load_workbook(io.BytesIO(written(cohort)))
    sheet = book["Domains"]
    area = cohort.returns[0]
    row = next(line for line in sheet.iter_rows() if line[0].value == area.area)
    figure = area.scores["domain", "AA"]
    assert row[1].value == area.region
    assert row[2].value == pytest.approx(float(figure.value or 0))
    assert f'"{" "}{figure.band}"' in str(row[2].number_format).replace("\\", "")
    assert sheet.conditional_formatting
    text = "\n".join(str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value)
    assert "not scored" in text
    assert "Missing: BB1 (blank)" in text
    assert "Median of the areas" in text


def test_text_of_respondents_is_never_a_formula_or_link() -> None:
    """An area called =1+1 and a file called @SUM stay text."""
    result = area_result("=1+1", [1, 2, 3, 4, 4], issues=(odd_issue("=2/3"),))
    outcomes = [
        FileOutcome("@SUM(A1).xlsx", OutcomeStatus.SCORED, result),
        FileOutcome("=bad.xlsx", OutcomeStatus.REFUSED, issues=(odd_issue("+1"),)),
    ]
    content = written(gather_cohort(outcomes, small_rubric()))
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f", cell.coordinate
                assert cell.hyperlink is None


def test_the_same_cohort_gives_the_same_bytes() -> None:
    """No clock and no randomness."""
    assert written(term()) == written(term())


def test_movement_names_what_moved_each_score_and_who_is_missing() -> None:
    """What moved it stands beside the movement, with its effect; areas in one term are named."""
    before = cohort_of({"980 A": [1, 1, 1, 1, 1], "982 C": [1] * 5, "984 E": [1, 2]})
    after = cohort_of({"980 A": [4, 3, 2, 1], "983 D": [1] * 5, "984 E": [1, 2, 3, 4, 4]})
    text = texts(written(after, movement=compare_cohorts(before, after)))
    assert "AA1 from 1 to 4 (+1.00); AA2 from 1 to 3 (+0.67); AA3 from 1 to 2 (+0.33)" in text
    assert "982 C sent no later return" in text
    assert "983 D sent no earlier return" in text
    assert "other answers are counted (+0.50)" in text  # from (1 + 2) / 2 to (1 + 2 + 3) / 3


@pytest.mark.parametrize("show", ["bands", "levels", "quartiles"])
def test_what_is_published_names_no_area_and_says_what_is_withheld(show: Show) -> None:
    """No area, file or issue of one return is in it; withheld figures say so, with a reason."""
    content = written(term(issues=True), suppress_below=5, show=show)
    text = texts(content)
    assert not any(area.name in text for area in AREAS if area.name != area.region)
    assert "bad.xlsx" not in text
    assert "withheld" in text
    assert "fewer than 5 areas" in text
    assert "Not for publication" not in text
    with ZipFile(io.BytesIO(content)) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist())
    assert AREAS[3].name.encode() not in everything


def test_movement_is_never_published() -> None:
    """It would show areas' own figures."""
    cohort = term()
    with pytest.raises(ValueError, match="movement"):
        written(cohort, suppress_below=5, movement=compare_cohorts(cohort, cohort))


def test_an_empty_cohort_gives_a_workbook_that_says_so() -> None:
    """Nothing scored is a state, not a crash."""
    rubric = small_rubric()
    empty = gather_cohort([], rubric)
    text = texts(written(empty))
    assert "No return could be scored" in text
    assert "Every file counts." in text
    assert texts(written(empty, suppress_below=5))


def test_rubrics_of_every_method_and_scale_are_written() -> None:
    """Without domains the first roll-up gets the heat map; a scale of its own is shaded by it."""
    cohort = cohort_of({"980 A": [1, 2, 3, 1, 2], "981 B": [4] * 5}, rubric=all_methods_rubric())
    assert "Overall" in texts(written(cohort))
    other = small_rubric(RollUp(score="strand", by=("domain",), method="mean"))
    assert "strand" in cells(written(cohort_of({"980 A": [1] * 5}, rubric=other)))
    scaled = small_rubric(
        RollUp(score="domain", method="mean", scale=Scale(times=10), bands=()),
        overall=Overall(of="domain", method="mean"),
    )
    text = texts(written(cohort_of({"980 A": [1] * 5, "981 B": [2] * 5}, rubric=scaled)))
    assert "Areas by domain" in text


def test_a_score_that_nobody_has_is_left_open() -> None:
    """Where no area answered a domain its median is a dash and its share is not 0."""
    cohort = gather_cohort(
        [area_result("980 A", [1, 2, 3], issues=(odd_issue("1", Severity.NOTE),))] * 2,
        small_rubric(),
    )
    sheets = cells(written(cohort))
    row = next(line for line in sheets["Distributions"] if line[0] == "BB Second domain")
    assert row[2:5] == [0, 1, "–"]
    assert any("nobody answered" in line for line in sheets["Criteria"])
    assert any("same content" in line for line in sheets["Files"])


# Exact value | what is shown.
DECIMALS = [
    (Fraction(2675, 1000), "2.68"),
    (Fraction(-1, 3), "-0.33"),
    (Fraction(-1, 1000), "0.00"),
    (Fraction(3), "3.00"),
]


@pytest.mark.parametrize(("value", "shown"), DECIMALS)
def test_two_decimals_round_halves_up(value: Fraction, shown: str) -> None:
    """As spreadsheet programs show the same figure."""
    assert two_decimals(value) == shown


def test_a_workbook_is_written_to_a_path(tmp_path: Path) -> None:
    """In one step, like every other file."""
    write_cohort(term(), tmp_path / "cohort.xlsx", created=DAY)
    assert [path.name for path in tmp_path.iterdir()] == ["cohort.xlsx"]


def test_areas_that_answered_nothing_are_shown_as_such() -> None:
    """No score means no median and no chart, and no area in both terms means no movement."""
    nobody = cohort_of({"980 A": [], "981 B": []})
    stream = io.BytesIO()
    write_cohort(nobody, stream, movement=compare_cohorts(cohort_of({"982 C": [1]}), nobody))
    sheets = cells(stream.getvalue())
    assert sheets["Domains"][-1][2] != 0
    assert any(row[:3] == ["Median of the areas", None, "–"] for row in sheets["Domains"])
    assert not any("Made on" in row for row in sheets["Method"])
    with ZipFile(stream) as parts:
        assert not [name for name in parts.namelist() if "chart" in name]
