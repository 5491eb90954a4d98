"""Check what spans the fields of a layout; `layout_rubric` then checks it beside its rubric.

The models have checked each field on its own. Here faults are yielded one by one, all of them; the
loader turns them into issues with line numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from maturity.checks.layout_columns import check_pattern
from maturity.checks.layout_lists import check_list_tables
from maturity.checks.layout_rubric import check_against_rubric, check_table_against_rubric
from maturity.checks.layout_tables import check_same_words, check_table
from maturity.checks.layout_words import check_answer_list, check_answer_words
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.layout import Layout, Lookalike, Spot
from maturity.normalise import normalise
from maturity.rubric import Rubric
from maturity.sheets import is_cell_name, parse_place
from maturity.wording import quoted

__all__ = ["check_layout", "check_lookalike"]

_AS_A_PLACE = "Write it as Cover!C4, or 'Cover sheet'!C4 where the name has spaces."


def check_layout(
    layout: Layout, rubric: Rubric | None = None, *, fold: Callable[[str], str] = normalise
) -> Iterator[Fault]:
    """Yield every fault across the fields of a layout.

    Args:
        layout: a layout whose fields are sound one by one.
        rubric: the rubric that it must suit; without it the layout is checked by itself only.
        fold: how the reader folds headers and labels before it compares them.
    """
    for place, table in enumerate(layout.tables):
        path: Path = ("tables", place)
        yield from check_table(table, layout, path, fold)
        if rubric is not None:
            yield from check_table_against_rubric(table, rubric, path)
    labels = [
        (key, ("metadata", key, "label"), cell.label)
        for key, cell in layout.metadata.items()
        if cell.label is not None and not (cell.section or cell.sheets)
    ]
    yield from check_same_words(labels, fold, "values of the metadata")
    for key, cell in layout.metadata.items():
        yield from _spot(cell, ("metadata", key))
        if cell.pattern is not None:
            yield from check_pattern(cell.pattern, ("metadata", key, "pattern"))
    for number, answer in enumerate(layout.answers):
        yield from _spot(answer, ("answers", number))
        yield from check_answer_words(answer, layout, ("answers", number))
    for name, declared in layout.answer_lists.items():
        yield from check_answer_list(name, declared, ("answer_lists", name))
    yield from check_list_tables(layout)
    yield from _fixed_cells(layout)
    yield from _whole(layout, rubric)
    if rubric is not None:
        yield from check_against_rubric(layout, rubric)


def check_lookalike(lookalike: Lookalike) -> Iterator[Fault]:
    """Yield every fault across the fields of a lookalike.

    Args:
        lookalike: a lookalike whose fields are sound one by one.
    """
    fingerprint = lookalike.fingerprint
    if not (fingerprint.sheets or fingerprint.markers):
        yield error(
            IssueCode.KEY_MISSING,
            ("fingerprint",),
            "The fingerprint names neither sheets nor markers, so no workbook is recognised.",
            'Add "sheets: […]" or "markers: […]".',
            is_key=True,
        )
    for key in ("editions", "cells"):
        if getattr(fingerprint, key):
            yield query(
                IssueCode.UNUSED,
                ("fingerprint", key),
                f"{key.capitalize()} have no effect here; another workbook is recognised by sheets"
                " and markers.",
                "Take them away.",
                is_key=True,
            )


def _spot(spot: Spot, path: Path) -> Iterator[Fault]:
    if (spot.label is None) == (spot.cell is None):
        yield error(
            IssueCode.KEY_MISSING if spot.label is None else IssueCode.VALUE_WRONG,
            path,
            "It does not say where the value stands."
            if spot.label is None
            else "It says in two ways where the value stands: by a label and in a cell.",
            'Give either "label: […]" or "cell: Sheet!C4".',
            is_key=spot.label is None,
        )
    is_name = spot.cell is not None and "!" not in spot.cell and not is_cell_name(spot.cell)
    if spot.cell is not None and not is_name and parse_place(spot.cell) is None:
        yield _not_a_place(spot.cell, (*path, "cell"), is_key=False)
    for key in ("at", "section", "sheets"):
        if spot.label is None and getattr(spot, key) not in ("right", None, ()):
            yield query(
                IssueCode.UNUSED,
                (*path, key),
                f'"{key}" has no effect without "label".',
                "Take it away.",
                is_key=True,
            )


def _fixed_cells(layout: Layout) -> Iterator[Fault]:
    """Yield fixed cells that are not written as a cell of a sheet."""
    for place in layout.fingerprint.cells:
        if parse_place(place) is None:
            yield _not_a_place(place, ("fingerprint", "cells", place), is_key=True)
    for number, stated in enumerate(layout.stated):
        for cell in stated.cells:
            if not is_cell_name(cell):
                yield error(
                    IssueCode.VALUE_WRONG,
                    ("stated", number, "cells", cell),
                    f"{quoted(cell)} is not the name of a cell.",
                    "Write it as C14, without the sheet.",
                    is_key=True,
                )


def _not_a_place(text: str, path: Path, *, is_key: bool) -> Fault:
    return error(
        IssueCode.VALUE_WRONG,
        path,
        f"{quoted(text)} is not a cell of a sheet.",
        _AS_A_PLACE,
        is_key=is_key,
    )


def _whole(layout: Layout, rubric: Rubric | None) -> Iterator[Fault]:
    answers = {
        key
        for whole in layout.tables
        for table in whole.expanded
        if table.rows == "criteria"
        for key in table.answers
    }
    answers |= {answer.rating for answer in layout.answers}
    place: Path = ("tables",) if layout.tables else ()
    if not answers:
        yield error(
            IssueCode.VALUE_WRONG,
            place,
            "No table holds criteria, so no workbook fits this layout.",
            'Add a table with "rows: criteria".',
            is_key=True,
        )
    elif rubric is not None and rubric.scored_rating not in answers:
        yield query(
            IssueCode.RATING_SCORED,
            place,
            f"No table has a column for {quoted(rubric.scored_rating)}, the rating that is scored.",
            "Add it to the answers of a table, unless this form does not ask for it.",
            is_key=True,
        )
    if layout.fingerprint.editions and "edition" not in layout.metadata:
        yield query(
            IssueCode.UNUSED,
            ("fingerprint", "editions"),
            "Editions are named, but the metadata does not say where the edition stands.",
            'Add "edition: {label: […]}" to the metadata.',
            is_key=True,
        )
    if layout.needs_fingerprint and layout.fingerprint.is_empty:
        yield error(
            IssueCode.KEY_MISSING,
            (),
            "A table is found by fixed columns alone, which any workbook has, and there is no"
            " fingerprint to say which workbook this layout is for.",
            'Add "fingerprint:" with "sheets", "markers" or "cells".',
            is_key=True,
        )
