"""Check how a layout finds lists of answers in the workbook itself."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.checks.layout_columns import check_column, check_composed
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.layout import Layout, Table
from maturity.rubric import Rubric
from maturity.wording import quoted

__all__ = ["check_list_tables", "check_unused_lists"]

_LEVELS = "levels"


def check_list_tables(layout: Layout) -> Iterator[Fault]:
    """Yield what is wrong with the tables of answer lists, and of the lists that items have.

    Args:
        layout: the layout.
    """
    for number, table in enumerate(layout.answer_tables):
        path: Path = ("answer_tables", number)
        yield from check_column(table.id, (*path, "id"))
        for key, columns in (("words", table.words), ("values", table.values)):
            for place, column in enumerate(columns):
                yield from check_column(column, (*path, key, place))
        if len(table.words) != len(table.values):
            yield error(
                IssueCode.VALUE_WRONG,
                (*path, "values"),
                f"The table has {len(table.words)} columns of words and {len(table.values)} of"
                " values, so it is not known which word means what.",
                "Name one column of values for each column of words, in the same order.",
            )
    for number, items in enumerate(layout.answers_by_item):
        path = ("answers_by_item", number)
        yield from check_column(items.id, (*path, "id"))
        yield from check_composed(Table(rows="criteria", id=items.id), (*path, "id"))
        yield from check_column(items.answer_list, (*path, "answer_list"))


def check_unused_lists(layout: Layout, rubric: Rubric) -> Iterator[Fault]:
    """Yield answer lists that no answer is read by.

    Args:
        layout: the layout.
        rubric: its rubric, which has the answer sets that a list may serve.
    """
    columns = [
        column
        for whole in layout.tables
        for table in whole.expanded
        for column in table.answers.values()
    ]
    used = {column.answer_list for column in columns}
    used |= {answer.answer_list for answer in layout.answers}
    used |= {_LEVELS, *rubric.answer_sets}
    for name in layout.answer_lists:
        # The workbook itself says which list an item has.
        if name not in used and not layout.answers_by_item:
            yield query(
                IssueCode.UNUSED,
                ("answer_lists", name),
                f"No column of answers names the answer list {quoted(name)}, and the rubric has no"
                " answer set of that name.",
                'Add "answer_list:" to a column, or take the list away.',
                is_key=True,
            )
