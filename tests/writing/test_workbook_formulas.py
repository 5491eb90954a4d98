"""An office suite that recalculates a result workbook gets our numbers, before and after edits."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from office import recalculated
from result_samples import (
    Answer,
    all_methods_rubric,
    assessment_of,
    nothing_applies_result,
    result_of,
    shipped_rubric,
    small_rubric,
)

from maturity import read_assessment, score, write_workbook
from maturity.assessment import Assessment, State
from maturity.result import Result
from maturity.rubric import RollUp, Rubric
from maturity.writing.book import Book
from maturity.writing.workbook_places import ANSWERS_HEADER, Places
from maturity.writing.workbook_words import NONE, NOT_SCORED, STATE_WORDS

RETURNS = (
    "980-northvale-clean",
    "983-wexbridge-gaps",
    "984-oldcastle-between",
    "985-kingsmoor-merged",
)
STATES = (State.BLANK, State.NOT_APPLICABLE, State.UNREADABLE)

pytestmark = pytest.mark.libreoffice


def random_answers(rubric: Rubric, seed: int) -> Mapping[str, Mapping[str, Answer]]:
    """Give answers of every state, some returns nearly full and some nearly empty."""
    chance = random.Random(seed)
    fullness = chance.choice((0.0, 0.3, 0.6, 0.9, 1.0))
    return {
        criterion: {
            rating: chance.choice(rubric.levels).value
            if chance.random() < fullness
            else chance.choice(STATES)
            for rating in rubric.ratings
        }
        for criterion in rubric.criteria
    }


def shown(sheet: object, cell: str) -> float | str:
    """Give what a cell shows; an empty one is an empty text."""
    value = sheet[cell].value  # type: ignore[index]  # openpyxl's sheet
    return "" if value is None else value


def workings(result: Result, file: Path) -> Iterator[tuple[str, object, object]]:
    """Yield each score's name, what the file holds for it and what our engine says."""
    book = openpyxl.load_workbook(file, data_only=True)
    places = Places(result, Book("", ""))
    for item in result.scores:
        row = places.score_rows(item.score, item.id).row
        columns = {
            "H": NOT_SCORED if item.value is None else item.value,
            "I": NONE if item.low is None else item.low,
            "J": NONE if item.high is None else item.high,
            "K": NONE if item.coverage is None else item.coverage,
            "L": item.band or "",
        }
        for column, expected in columns.items():
            found = shown(book["Workings"], f"{column}{row}")
            yield f"{file.name} {item.score} {item.id} {column}", found, expected


def differences(pairs: Iterable[tuple[str, object, object]]) -> list[str]:
    """List what differs: numbers by more than 1e-9, words at all."""
    wrong = []
    for name, found, expected in pairs:
        if isinstance(expected, float | int) and isinstance(found, float | int):
            if abs(found - expected) > 1e-9:
                wrong.append(f"{name}: {found} is not {expected}")
        elif found != expected:
            wrong.append(f"{name}: {found!r} is not {expected!r}")
    return wrong


def all_formulas(written: Path, again: Path) -> Iterator[tuple[str, object, object]]:
    """Yield for every formula of a file what it held and what it holds recalculated."""
    formulas = openpyxl.load_workbook(written)
    before = openpyxl.load_workbook(written, data_only=True)
    after = openpyxl.load_workbook(again, data_only=True)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    name = f"{written.name} {sheet.title}!{cell.coordinate}"
                    old = shown(before[sheet.title], cell.coordinate)
                    yield name, shown(after[sheet.title], cell.coordinate), old


def results(shared: Path) -> dict[str, Result]:
    """Give results of real-looking returns and of a rubric with every method."""
    found = {
        name: score(read_assessment(shared / f"annex-a/returns/{name}.xlsx", shipped_rubric()))
        for name in RETURNS
    }
    found["empty"] = score(assessment_of(shipped_rubric(), {}))
    for seed in range(6):
        rubric = all_methods_rubric()
        found[f"methods-{seed}"] = result_of(rubric, random_answers(rubric, seed))
    found["nothing-applies"] = nothing_applies_result()
    cut = {"AA1": {"agreed": 3}, "AA2": {"agreed": 2}, "AA3": {"agreed": 1}}
    found["on-a-cut"] = result_of(small_rubric(), cut)
    weighted = RollUp(score="principle", method="weighted-mean", weights="principle")
    found["tenths"] = result_of(small_rubric(weighted), {"AA2": {"agreed": Decimal(4)}})
    return found


def test_a_recalculation_gives_our_numbers(shared: Path, soffice: str, tmp_path: Path) -> None:
    """Every formula of every sheet, for every kind of roll-up, to 1e-9; bands word for word."""
    made = results(shared)
    files = []
    for name, result in made.items():
        files.append(tmp_path / f"{name}.xlsx")
        write_workbook(result, files[-1])
    again = recalculated(soffice, files, tmp_path / "office")
    wrong: list[str] = []
    for result, file, new in zip(made.values(), files, again, strict=True):
        wrong += differences(workings(result, file))
        wrong += differences(workings(result, new))
        wrong += differences(all_formulas(file, new))
    assert wrong == []


def changed(assessment: Assessment, seed: int) -> Assessment:
    """Change some answers at random, as a person would on the sheet Answers."""
    chance = random.Random(seed)
    responses = list(assessment.responses)
    for place in chance.sample(range(len(responses)), len(responses) // 3):
        level = chance.choice([None, *assessment.rubric.levels])
        state = chance.choice(STATES) if level is None else State.ANSWERED
        value = None if level is None else level.value
        responses[place] = responses[place]._replace(state=state, level=value)
    return replace(assessment, responses=tuple(responses))


def edit(file: Path, target: Path, assessment: Assessment) -> None:
    """Put an assessment's answers into the level cells of a written workbook."""
    book = openpyxl.load_workbook(file)
    ratings = list(assessment.rubric.ratings)
    for place, response in enumerate(assessment.responses):
        row = ANSWERS_HEADER + 1 + place // len(ratings)
        column = 5 + 3 * (place % len(ratings))
        level = response.level
        book["Answers"].cell(row, column).value = (
            STATE_WORDS[response.state] if level is None else float(level)
        )
    book.save(target)


def test_changed_levels_change_the_scores_as_our_engine_does(
    shared: Path, soffice: str, tmp_path: Path
) -> None:
    """A person who changes levels sees the scores that a new scoring would give."""
    made = results(shared)
    edited, files = [], []
    for seed, (name, result) in enumerate(made.items()):
        write_workbook(result, tmp_path / "written.xlsx")
        assessment = changed(result.assessment, seed)
        files.append(tmp_path / f"{name}-edited.xlsx")
        edit(tmp_path / "written.xlsx", files[-1], assessment)
        edited.append(score(assessment))
    again = recalculated(soffice, files, tmp_path / "office")
    wrong: list[str] = []
    moved = 0
    for result, before, file in zip(edited, made.values(), again, strict=True):
        wrong += differences(workings(result, file))
        moved += sum(
            new.value != old.value for new, old in zip(result.scores, before.scores, strict=True)
        )
    assert wrong == []
    assert moved > 100


def test_a_workbook_survives_being_opened_and_saved(soffice: str, tmp_path: Path) -> None:
    """LibreOffice opens the file and keeps its sheets; nothing needs repair."""
    file = tmp_path / "result.xlsx"
    created = datetime.datetime(2026, 3, 7, tzinfo=datetime.UTC)
    write_workbook(result_of(small_rubric(), {}), file, created=created)
    [again] = recalculated(soffice, [file], tmp_path / "office")
    assert openpyxl.load_workbook(again).sheetnames == openpyxl.load_workbook(file).sheetnames
