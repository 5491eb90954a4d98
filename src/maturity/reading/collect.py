"""Bring together every cell that answers one thing, and decide what it says.

Several cells may answer one criterion and rating: a row copied, a column repeated, a sheet twice.
Cells that agree are one answer; cells that disagree are none. A merged range holds one
value, and only for the cell in its corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from maturity.assessment import Response, State
from maturity.issues import Issue, IssueCode, Severity
from maturity.reading.answer_issues import answer_issue, quoted
from maturity.reading.answer_lists import AnswerLists
from maturity.reading.answers import Reading, answer_key
from maturity.reading.candidates import Place, gather, meant, named_beside
from maturity.reading.match import Match
from maturity.reading.notebook import Notebook
from maturity.rubric import Rubric
from maturity.sheets import cell_name

__all__ = ["collect_responses", "places_of"]


def places_of(match: Match) -> dict[tuple[str, str], list[Place]]:
    """Gather the cells that could answer each criterion and rating, in tables and outside."""
    places = gather(match.of("criteria"))
    for number, (answer, spot) in enumerate(match.single_answers):
        # Each stands for itself: a filled one beside a blank one in a table is a contradiction.
        place = Place(spot.sheet, spot.row, spot.column, spot.cell, -1 - number)
        if answer.has_own_words:
            place = place._replace(own=answer)
        places.setdefault((answer.criterion, answer.rating), []).append(place)
    return places


def collect_responses(
    places: Mapping[tuple[str, str], list[Place]],
    rubric: Rubric,
    lists: AnswerLists,
    notebook: Notebook,
) -> tuple[Response, ...]:
    """Read every answer.

    Args:
        places: criterion and rating → the cells that could answer it.
        rubric: the rubric.
        lists: what answers mean by the workbook's own lists.
        notebook: where issues are written.

    Returns:
        One response for each criterion and rating, in the rubric's order.
    """
    read = answer_key(rubric).read
    is_one_scale = not rubric.answer_sets and lists.is_empty
    # Equal cells share one object, so each is read once, and its identity is the quickest key.
    readings: dict[int, Reading] = {}
    responses = []
    for criterion in rubric.criteria:
        for rating in rubric.ratings:
            here = places.get((criterion, rating))
            if here is None:
                responses.append(Response(criterion, rating, State.BLANK))
                continue
            sheet, row, column, cell, _, _, covered, own, *_ = here[0]
            if len(here) == 1 and covered is None:
                if is_one_scale and own is None:
                    reading = readings.get(id(cell))
                    if reading is None:
                        reading = readings[id(cell)] = read(cell)
                else:
                    reading = lists.key_for(criterion, rating, here[0]).read(cell)
                if reading.state is not State.ANSWERED:
                    _note_answer(reading, here[0], rubric, notebook, criterion, rating)
                responses.append(
                    Response(
                        criterion,
                        rating,
                        reading.state,
                        reading.level,
                        cell.raw,
                        sheet.name,
                        cell_name(row, column),
                    )
                )
            else:
                candidates = [
                    (place, lists.key_for(criterion, rating, place).read(place.cell))
                    for place in meant(here)
                ]
                responses.append(_decide(candidates, rubric, notebook, criterion, rating))
    return tuple(responses)


def _note_answer(
    reading: Reading,
    place: Place,
    rubric: Rubric,
    notebook: Notebook,
    criterion: str,
    rating: str,
) -> None:
    location = notebook.location(place.sheet, place.row, place.column)
    issue = answer_issue(reading, place.cell, rubric, location, criterion=criterion, rating=rating)
    if issue is not None:
        notebook.write(issue, place.sheet, place.row, place.column)


def _decide(
    candidates: list[tuple[Place, Reading]],
    rubric: Rubric,
    notebook: Notebook,
    criterion: str,
    rating: str,
) -> Response:
    """Decide what several cells, or a cell under a merged range, say together."""
    name = f"{criterion} ({rubric.ratings[rating].title})"

    def tell(code: IssueCode, severity: Severity, place: Place, message: str, remedy: str) -> None:
        where = (place.sheet, place.row, place.column)
        location = notebook.location(*where)
        raw = place.cell.raw
        issue = Issue(code, severity, message, remedy, location, raw, criterion, rating)
        notebook.write(issue, *where)

    covered = next((place for place, _ in candidates if place.covered is not None), None)
    if covered is not None:
        tell(
            IssueCode.ANSWER_MERGED,
            Severity.ERROR,
            covered,
            f"This cell is part of the merged cells {covered.covered}, which hold one value, so it "
            f"is not known whether that value is meant for {name} as well.",
            "Unmerge the cells and enter a level in each.",
        )
        return _response(covered, Reading(State.UNREADABLE), criterion, rating)
    filled = [pair for pair in candidates if pair[1].state is not State.BLANK]
    place, reading = (filled or candidates)[0]
    contradicting = _contradicting_blanks(candidates, [place for place, _ in filled])
    if len(candidates) > 1 and candidates[0][0].is_alone:
        tell(
            IssueCode.ANSWER_CONFLICT,
            Severity.ERROR,
            candidates[0][0],
            f"{name} stands more than once, and the form allows it once: "
            f"{_listed((place for place, _ in candidates), candidates[0][0])}.",
            "Keep the row that was agreed and take the other away.",
        )
        return _response(candidates[0][0], Reading(State.UNREADABLE), criterion, rating)
    if contradicting or len({(read.state, read.level) for _, read in filled}) > 1:
        first = candidates[0][0] if contradicting else place
        told = _listed([*contradicting, *(place for place, _ in filled)], first)
        tell(
            IssueCode.ANSWER_CONFLICT,
            Severity.ERROR,
            first,
            f"{name} is answered more than once, and differently: {told}.",
            "Keep the answer that was agreed and clear the other.",
        )
        return _response(first, Reading(State.UNREADABLE), criterion, rating)
    if len(filled) > 1:
        where = ", ".join(named_beside(other, place) for other, _ in filled)
        tell(
            IssueCode.ANSWER_REPEATED,
            Severity.NOTE,
            place,
            f"{name} is answered more than once, always the same: {where}.",
            "Keep one of these, so that later changes cannot disagree.",
        )
    if reading.state is not State.ANSWERED:
        _note_answer(reading, place, rubric, notebook, criterion, rating)
    return _response(place, reading, criterion, rating)


def _listed(places: Iterable[Place], beside: Place) -> str:
    """Say what stands in each cell."""
    return ", ".join(
        f"{quoted(place.cell.raw) if place.cell.raw.strip() else 'nothing'} in "
        f"{named_beside(place, beside)}"
        for place in places
    )


def _contradicting_blanks(
    candidates: list[tuple[Place, Reading]], filled: list[Place]
) -> list[Place]:
    """Find empty cells that say otherwise than the filled ones.

    An empty cell in a row added below the answer says nothing. One above it, beside it in another
    column, in another table that is in use, or with a word for "not yet" in it, does: nobody knows
    which of the two is meant. Of columns that a layout puts side by side for the same answer, such
    as one for each level with a cross in one of them, the empty ones say nothing.
    """
    return [
        place
        for place, reading in candidates
        if reading.state is State.BLANK
        and not any(_are_choices(place, other) for other in filled)
        and any(
            place.cell.raw.strip()
            or place.block != other.block
            or (place.row, place.column) < (other.row, other.column)
            or place.row == other.row
            for other in filled
        )
    ]


def _are_choices(place: Place, other: Place) -> bool:
    """Say whether two cells stand in one row in groups of columns for the same answer."""
    return (
        not place.cell.raw.strip()
        and place.whole == other.whole >= 0
        and place.row == other.row
        and place.block != other.block
    )


def _response(place: Place, reading: Reading, criterion: str, rating: str) -> Response:
    return Response(
        criterion,
        rating,
        reading.state,
        reading.level,
        place.cell.raw,
        place.sheet.name,
        place.name,
    )
