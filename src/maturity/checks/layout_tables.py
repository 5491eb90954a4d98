"""Check the tables of a layout: that each of their columns says where it is, in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from maturity.checks.layout_words import check_answer_words
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.layout import Column, Group, IdColumn, Layout, Part, RowTest, StatedColumn, Table
from maturity.patterns import PatternRefused, compile_pattern, fields_in
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_column", "check_composed", "check_pattern", "check_same_words", "check_table"]

_FIGURE = "value"
_WAYS = '"header: […]", "letter: F" or "label: […]"'


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


def check_column(column: Column, path: Path) -> Iterator[Fault]:
    """Yield what is wrong with how one column says where it stands.

    Args:
        column: the column.
        path: where it stands in the layout.
    """
    pattern = column.pattern if isinstance(column, IdColumn | Part | RowTest) else None
    if pattern is not None:
        yield from check_pattern(pattern, (*path, "pattern"))
    ways = [key for key in ("header", "letter", "label") if getattr(column, key) is not None]
    if isinstance(column, Part):
        ways += [key for key, is_used in (("is", column.is_), ("sheet", column.sheet)) if is_used]
    if len(ways) > 1:
        yield error(
            IssueCode.VALUE_WRONG,
            path,
            f"The column says in {len(ways)} ways where it stands: {listed(ways, 'and')}.",
            "Keep one of them.",
        )
    may_be_nowhere = (isinstance(column, IdColumn) and column.compose is not None) or (
        isinstance(column, Part) and pattern is not None
    )
    if not ways and not may_be_nowhere:
        yield error(
            IssueCode.KEY_MISSING,
            path,
            "It does not say where the column stands.",
            f"Add {_WAYS}.",
            is_key=True,
        )
    yield from _without_effect(column, path)


def _without_effect(column: Column, path: Path) -> Iterator[Fault]:
    is_labelled = column.label is not None
    for key, is_given, has_effect, needs in (
        ("under", column.under is not None, column.header is not None, 'without "header"'),
        ("nth", column.nth is not None, column.header is not None, 'without "header"'),
        ("at", column.at != "right", is_labelled, 'without "label"'),
        ("down", column.down > 0, not is_labelled, 'with "label"'),
    ):
        if is_given and not has_effect:
            yield query(
                IssueCode.UNUSED,
                (*path, key),
                f'"{key}" has no effect {needs}.',
                "Take it away.",
                is_key=True,
            )


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


def check_composed(table: Table, path: Path) -> Iterator[Fault]:
    """Yield what does not fit in an id that is put together.

    Args:
        table: the table, without groups.
        path: where its id column stands.
    """
    if table.id.compose is not None:
        yield from _names(table, table.id.compose, (*path, "compose"))
    elif table.parts and not any(column.id for column in table.stated):
        yield query(
            IssueCode.UNUSED,
            path,
            "The table has parts, and no id is put together of them.",
            'Add "compose: …" with the parts in braces, or take the parts away.',
        )


def _stated(table: Table, where: Mapping[int, Path]) -> Iterator[Fault]:
    for column in table.stated:
        if column.id is not None:
            yield from _names(table, column.id, (*where[id(column)], "id"))
        if column.score == "criterion" and column.rating is None and len(table.answers) > 1:
            yield error(
                IssueCode.KEY_MISSING,
                where[id(column)],
                "The table has several ratings, and the column does not say whose answers it"
                " counts.",
                f'Add "rating:" with {listed(table.answers)}.',
                is_key=True,
            )


def _names(table: Table, template: str, path: Path) -> Iterator[Fault]:
    """Yield names in braces that no part and no group of a pattern has."""
    known = {*table.parts, *_groups(table.id.pattern), *_groups(table.sheet_pattern)}
    for name in fields_in(template):
        if name not in known:
            remedy = 'Declare it under "parts".'
            if known:
                parts = f"Its parts are {listed(sorted(known), 'and')}."
                remedy = f"{did_you_mean(name, known)} {parts}".strip()
            yield error(
                IssueCode.VALUE_WRONG,
                path,
                f"{quoted(template)} names the part {quoted(name)}, which the table does not have.",
                remedy,
            )


def _groups(pattern: str | None) -> tuple[str, ...]:
    if pattern is None:
        return ()
    try:
        return tuple(compile_pattern(pattern).groupindex)
    except PatternRefused:
        return ()


def check_pattern(pattern: str, path: Path) -> Iterator[Fault]:
    """Yield why a pattern cannot be used, if it cannot."""
    try:
        compile_pattern(pattern)
    except PatternRefused as refusal:
        yield error(
            IssueCode.VALUE_WRONG,
            path,
            f"The pattern {quoted(pattern)} {refusal}.",
            'Write a plain pattern, such as "^([A-Z]+[0-9]+)" for an id that begins the text.',
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
