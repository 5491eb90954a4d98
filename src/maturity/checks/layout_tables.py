"""Check the tables of a layout: that each of their columns says where it is, in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from maturity.checks.layout_columns import (
    check_column,
    check_composed,
    check_names,
    check_pattern,
)
from maturity.checks.layout_words import check_answer_words
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.layout import Column, Group, Layout, Part, RowTest, StatedColumn, Table
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_same_words", "check_table"]

_FIGURE = "value"


def check_table(
    table: Table, layout: Layout, path: Path, fold: Callable[[str], str]
) -> Iterator[Fault]:
    """Yield every fault of a table by itself.

    Args:
        table: the table, with its groups.
        layout: the layout that it is part of.
        path: where it stands.
        fold: how the reader folds headers before it compares them.
    """
    # What groups share is looked at with each of them, and told once.
    yield from dict.fromkeys(_faults(table, layout, path, fold))


def _faults(
    table: Table, layout: Layout, path: Path, fold: Callable[[str], str]
) -> Iterator[Fault]:
    yield from _places(table, path)
    if table.sheet_pattern is not None:
        yield from check_pattern(table.sheet_pattern, (*path, "sheet_pattern"))
    where = _paths(table, path)
    for each in table.expanded:
        yield from check_same_words(_headed(each, where), fold, "columns of one table")
        for column in each.columns:
            yield from check_column(column, where[id(column)])
        yield from _required(each, path)
        yield from check_composed(each, where[id(each.id)])
        yield from _stated(each, where)
        for answer in each.answers.values():
            yield from check_answer_words(answer, layout, where[id(answer)])
    yield from _answers(table, path)
    if table.rows != "criteria":
        yield from _figures(table, path)


def _answers(table: Table, path: Path) -> Iterator[Fault]:
    """Yield a table, or groups of one, in which nothing is to be read."""
    for number, each in enumerate(table.expanded):
        if not each.answers and not each.stated:
            yield error(
                IssueCode.KEY_MISSING,
                (*path, "groups", number) if table.groups else path,
                "The table does not say where its answers stand.",
                'Add "answers: {…}", with a column for each rating.',
                is_key=True,
            )


def _places(table: Table, path: Path) -> Iterator[Fault]:
    first, last = table.first_row, table.last_row
    if first is not None and last is not None and last < first:
        yield error(
            IssueCode.VALUE_WRONG,
            (*path, "last_row"),
            f"The last row, {last}, comes before the first row, {first}.",
            "Exchange them.",
        )
    if table.header_rows and max(table.header_rows) - min(table.header_rows) > 9:
        yield error(
            IssueCode.VALUE_WRONG,
            (*path, "header_rows"),
            "The rows of the header are more than ten rows apart.",
            "Name the rows of one header; a table of its own describes another.",
        )
    if table.header_rows and not any(column.header for column in table.columns):
        yield query(
            IssueCode.UNUSED,
            (*path, "header_rows"),
            "No column is found by its header, so the rows of the header have no effect.",
            "Take them away, or name columns by their headers.",
            is_key=True,
        )


def _paths(table: Table, path: Path) -> Mapping[int, Path]:
    """Each column of a table, by its identity → where it stands; those of its groups, too."""
    found = {id(column): place for column, place in _columns(table, path)}
    for number, group in enumerate(table.groups):
        found |= {id(c): place for c, place in _columns(group, (*path, "groups", number))}
    return found


def _columns(holder: Table | Group, path: Path) -> Iterator[tuple[Column, Path]]:
    if holder.id is not None:
        yield holder.id, (*path, "id")
    mappings: dict[str, Mapping[str, Column]] = {
        "parts": holder.parts,
        "answers": holder.answers,
        "notes": holder.notes,
    }
    lists: dict[str, tuple[Column, ...]] = {"stated": holder.stated}
    if isinstance(holder, Table):
        lists |= {"only": holder.only, "ignore": holder.ignore}
        if holder.title is not None:
            yield holder.title, (*path, "title")
    for group, columns in mappings.items():
        for key, column in columns.items():
            yield column, (*path, group, key)
    for group, several in lists.items():
        for place, column in enumerate(several):
            yield column, (*path, group, place)


def _headed(table: Table, where: Mapping[int, Path]) -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    """Yield each column that its header alone must tell from others: name, path and words."""
    own = {id(column): column for column in table.columns}
    for known, place in where.items():
        column = own.get(known)
        if column is None or isinstance(column, Part | RowTest | StatedColumn):
            continue
        if column.header is not None and column.is_plain:
            ignored = place[-2] == "ignore" and isinstance(place[-1], int)
            name = f"ignored column {int(place[-1]) + 1}" if ignored else str(place[-1])
            yield name, (*place, "header"), column.header


def check_same_words(
    groups: Iterable[tuple[str, Path, tuple[str, ...]]], fold: Callable[[str], str], what: str
) -> Iterator[Fault]:
    """Yield words that name two things which only words tell apart.

    Args:
        groups: what each thing is called, where its words stand, and the words.
        fold: how the reader folds words before it compares them.
        what: a plural noun for the message.
    """
    taken: dict[str, tuple[str, Path]] = {}
    for owner, path, words in groups:
        for place, word in enumerate(words):
            folded = fold(word)
            holder, holder_path = taken.setdefault(folded, (owner, path))
            if not folded:
                yield error(
                    IssueCode.VALUE_WRONG,
                    (*path, place),
                    f"Nothing is left of {quoted(word)} when spaces and punctuation are left out.",
                    "Write the words as the form shows them.",
                )
            elif holder_path != path:
                yield error(
                    IssueCode.LAYOUT_AMBIGUOUS,
                    (*path, place),
                    f"{quoted(word)} names two {what}: {quoted(holder)} and {quoted(owner)}. Case,"
                    " spaces and a remark in brackets make no difference.",
                    "Leave it to one of them.",
                )


def _required(table: Table, path: Path) -> Iterator[Fault]:
    for place, rating in enumerate(table.required):
        if rating not in table.answers:
            yield error(
                IssueCode.RATING_UNKNOWN,
                (*path, "required", place),
                f"The column {quoted(rating)} is required but is not among the answers.",
                f"{did_you_mean(rating, table.answers)} It can be {listed(table.answers)}.".strip(),
            )


def _stated(table: Table, where: Mapping[int, Path]) -> Iterator[Fault]:
    for column in table.stated:
        if column.id is not None:
            yield from check_names(table, column.id, (*where[id(column)], "id"))
        if column.score == "criterion" and column.rating is None and len(table.answers) > 1:
            yield error(
                IssueCode.KEY_MISSING,
                where[id(column)],
                "The table has several ratings, and the column does not say whose answers it"
                " counts.",
                f'Add "rating:" with {listed(table.answers)}.',
                is_key=True,
            )


def _figures(table: Table, path: Path) -> Iterator[Fault]:
    for key in table.answers:
        if key != _FIGURE:
            yield error(
                IssueCode.VALUE_WRONG,
                (*path, "answers", key),
                f"A table of {table.rows} holds one figure in a row, not {quoted(key)}.",
                'Write "answers: {value: {header: […]}}".',
                is_key=True,
            )
    if table.rows == "scores" and table.score is None:
        yield error(
            IssueCode.KEY_MISSING,
            path,
            "A table of scores does not say which scores they are.",
            'Add "score:" with the name of a roll-up.',
            is_key=True,
        )
