"""Check that each criterion has one place in the form, and that every word offered is an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from maturity.assessment import State
from maturity.issues import Issue, IssueCode, Severity
from maturity.normalise import fold_answer
from maturity.reading.answers import AnswerKey
from maturity.reading.candidates import Place
from maturity.reading.cell_ranges import cells_of
from maturity.reading.trial import Trial
from maturity.sheets import Cell, CellState, DropDown
from maturity.wording import listed, quoted

__all__ = ["check_answers"]

_MOST_NAMED = 8


def check_answers(trial: Trial) -> Iterator[Issue]:
    """Yield what is wrong with the places of answers and with the words offered there."""
    yield from _once(trial)
    yield from _meanings(trial)
    without = trial.lists.without_list(trial.rubric.criteria)
    if without:
        yield Issue(
            IssueCode.ANSWER_LIST_UNKNOWN,
            Severity.ERROR,
            f"The workbook's table of items gives no answer list to {listed(without, 'and', 8)}.",
            'Correct "answers_by_item" in the layout, or the table.',
            trial.in_layout(("answers_by_item",), is_key=True),
        )
    yield from _drop_downs(trial)


def _once(trial: Trial) -> Iterator[Issue]:
    """Yield criteria that have no cell, or several, under a rating that the form asks for."""
    asked = {rating for _, rating in trial.places}
    for rating in trial.rubric.ratings:
        if rating not in asked:
            continue
        missing = [c for c in trial.rubric.criteria if (c, rating) not in trial.places]
        if missing:
            title = trial.rubric.ratings[rating].title
            yield Issue(
                IssueCode.CRITERION_MISSING,
                Severity.ERROR,
                f"{title}: the form has no cell for {len(missing)} of"
                f" {len(trial.rubric.criteria)} criteria: {listed(missing, 'and', _MOST_NAMED)}.",
                "Put their rows into the form, or correct their ids in the layout.",
                trial.at(),
                rating=rating,
            )
    for (criterion, rating), places in trial.places.items():
        own = _not_repeating(places)
        if len(own) > 1:
            first, *others = own
            where = listed((f"{p.sheet.name}!{p.name}" for p in others), "and", _MOST_NAMED)
            yield Issue(
                IssueCode.CRITERION_REPEATED,
                Severity.QUERY,
                f"The form asks for {criterion} ({trial.rubric.ratings[rating].title}) in"
                f" {len(own)} cells: also in {where}.",
                'Take the others away, or say with "duplicates" or "sheets" in the layout which'
                " of them counts.",
                trial.at(first.sheet, first.row, first.column),
                criterion=criterion,
                rating=rating,
            )


def _not_repeating(places: Sequence[Place]) -> list[Place]:
    """Leave out cells in tables that repeat the answers by formulas."""
    typed = [place for place in places if not place.cell.is_formula]
    blocks = {place.block for place in typed}
    return [place for place in places if not typed or place.block in blocks]


def _meanings(trial: Trial) -> Iterator[Issue]:
    """Yield words of the workbook's own lists whose value is no level of the scale."""
    told: set[int] = set()
    for (criterion, rating), places in trial.places.items():
        for place in places:
            key = trial.lists.key_for(criterion, rating, place)
            if key.off_scale and id(key) not in told:
                told.add(id(key))
                levels = [level.value for level in trial.rubric.levels_for(criterion, rating)]
                yield Issue(
                    IssueCode.LEVEL_OFF_SCALE,
                    Severity.ERROR,
                    f"The list of answers for this cell gives"
                    f" {listed(map(quoted, key.off_scale), 'and', _MOST_NAMED)} a value that is no"
                    f" level of the scale: {listed(levels, 'and')}.",
                    "Add the value to the rubric's levels or answer set, or correct the list.",
                    trial.at(place.sheet, place.row, place.column),
                    criterion=criterion,
                    rating=rating,
                )


class _Offer(NamedTuple):
    """A drop-down list, the answer cells that have it, and how these are read.

    Attributes:
        drop_down: the list.
        key: how the cells are read.
        places: criterion, rating and cell.
    """

    drop_down: DropDown
    key: AnswerKey
    places: list[tuple[str, str, Place]]


def _drop_downs(trial: Trial) -> Iterator[Issue]:
    for offer in _offers(trial):
        criterion, rating, place = offer.places[0]
        told = _about(trial, offer)
        if told is not None:
            code, severity, message, remedy = told
            others = len(offer.places) - 1
            cells = "cell" if others == 1 else "cells"
            also = f" The same list is on {others} more answer {cells}." if others else ""
            yield Issue(
                code,
                severity,
                f"The drop-down list on this cell {message}.{also}",
                remedy,
                trial.at(place.sheet, place.row, place.column),
                criterion=criterion,
                rating=rating,
            )


def _about(trial: Trial, offer: _Offer) -> tuple[IssueCode, Severity, str, str] | None:
    """Say what is wrong with a drop-down list; None when every word in it is an answer."""
    criterion, rating, place = offer.places[0]
    words = _words(trial, offer.drop_down, place)
    if isinstance(words, str):
        return (
            IssueCode.DROP_DOWN_UNREAD,
            Severity.NOTE,
            f"takes its words from {quoted(offer.drop_down.source)}, which were not checked,"
            f" because that {words}",
            "Check by hand that its words are answers of the rubric.",
        )
    readings = [(cell, offer.key.read(cell)) for cell in words]
    unknown = [cell.raw for cell, reading in readings if reading.state is State.UNREADABLE]
    if unknown:
        named = listed(map(quoted, unknown), "and", _MOST_NAMED)
        which = "is no answer" if len(unknown) == 1 else "are no answers"
        return (
            IssueCode.DROP_DOWN_UNKNOWN,
            Severity.ERROR,
            f"offers {named}, which {which} to {criterion}",
            'Say what it means under "words" in the layout or as an alias in the rubric, or mend'
            " the list.",
        )
    offered = {reading.level for _, reading in readings}
    levels = trial.rubric.levels_for(criterion, rating)
    absent = [f"{each.value} ({each.label})" for each in levels if each.value not in offered]
    if not absent:
        return None
    return (
        IssueCode.DROP_DOWN_SHORT,
        Severity.NOTE,
        f"offers no word for {listed(absent, 'and', _MOST_NAMED)}",
        "Add the word, if that level may be chosen.",
    )


def _offers(trial: Trial) -> list[_Offer]:
    """Bring together the answer cells that have the same list and are read in the same way."""
    found: dict[tuple[object, ...], _Offer] = {}
    for (criterion, rating), places in trial.places.items():
        for place in places:
            drop_down = place.sheet.drop_down_at(place.row, place.column)
            if drop_down is None:
                continue
            key = trial.lists.key_for(criterion, rating, place)
            same = (place.sheet.name, drop_down.source, drop_down.words, id(key))
            offer = found.setdefault(same, _Offer(drop_down, key, []))
            offer.places.append((criterion, rating, place))
    return list(found.values())


def _words(trial: Trial, drop_down: DropDown, place: Place) -> Sequence[Cell] | str:
    """Give the words that a list offers; a sentence's end that says why they are not known."""
    if drop_down.words:
        return [Cell(CellState.TEXT, word, word) for word in drop_down.words]
    found = cells_of(trial.workbook, drop_down.source, place.sheet)
    if isinstance(found, str):
        return found
    return [cell for _, _, cell in found.cells() if fold_answer(cell.raw)]
