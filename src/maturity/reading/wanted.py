"""Say which extras of a workbook its layouts ask for, so that no other reading pays for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maturity.layout import Layout
from maturity.reading.cell_ranges import is_range
from maturity.reading.limits import Want

__all__ = ["wanted_extras"]


def wanted_extras(layouts: Iterable[Layout]) -> frozenset[Want]:
    """Give the extras that any of these layouts needs."""
    return frozenset(want for layout in layouts for want in _wanted(layout))


def _wanted(layout: Layout) -> Iterator[Want]:
    columns = [
        column
        for whole in layout.tables
        for table in whole.expanded
        for column in table.answers.values()
    ]
    if any(column.drop_down is not None for column in columns):
        # A list's source may be a name.
        yield Want.DROP_DOWNS
        yield Want.DEFINED_NAMES
    spots = (*layout.metadata.values(), *layout.answers)
    places = [spot.cell for spot in spots]
    for answer_list in layout.answer_lists.values():
        places.append(answer_list.cells)
        if isinstance(answer_list.values, str) and answer_list.values not in ("in-order", "beside"):
            places.append(answer_list.values)
    if any(place is not None and not is_range(place) for place in places):
        yield Want.DEFINED_NAMES
