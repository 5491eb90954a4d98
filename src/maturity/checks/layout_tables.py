"""Check the tables of a layout: that each of their columns says where it is, in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from maturity.checks.layout_words import check_answer_words
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.layout import Column, IdColumn, Layout, Part, RowTest, StatedColumn, Table
from maturity.patterns import PatternRefused, compile_pattern, fields_in
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_pattern", "check_same_words", "check_table"]

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
    yield from _places(table, path)
    if table.sheet_pattern is not None:
        yield from check_pattern(table.sheet_pattern, (*path, "sheet_pattern"))
    for each, where in _with_groups(table, path):
        groups = each is not table
        yield from check_same_words(_headed(each, where), fold, "columns of one table")
        for column, place in _columns(each, where):
            yield from _column(column, place)
        yield from _required(each, path)
        yield from _composed(each, where)
        for key, answer in each.answers.items():
            yield from check_answer_words(answer, layout, (*where, "answers", key))
        if not each.answers and not each.stated:
            yield error(
                IssueCode.KEY_MISSING,
                (*where, "answers") if groups else path,
                "The table does not say where its answers stand.",
                'Add "answers: {…}", with a column for each rating.',
                is_key=True,
            )
    if table.rows != "criteria":
        yield from _figures(table, path)


def _with_groups(table: Table, path: Path) -> Iterator[tuple[Table, Path]]:
    """Yield the table as it stands for each of its groups, and where the group's keys are."""
    if not table.groups:
        yield table, path
    for number, each in enumerate(table.expanded if table.groups else ()):
        yield each, (*path, "groups", number)


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


def _columns(table: Table, path: Path) -> Iterator[tuple[Column, Path]]:
    yield table.id, (*path, "id")
    if table.title is not None:
        yield table.title, (*path, "title")
    mappings: Mapping[str, Mapping[str, Column]] = {
        "parts": table.parts,
        "answers": table.answers,
        "notes": table.notes,
    }
    for group, columns in mappings.items():
        for key, column in columns.items():
            yield column, (*path, group, key)
    lists: Mapping[str, tuple[Column, ...]] = {
        "only": table.only,
        "ignore": table.ignore,
        "stated": table.stated,
    }
    for group, several in lists.items():
        for place, column in enumerate(several):
            yield column, (*path, group, place)


def _column(column: Column, path: Path) -> Iterator[Fault]:
    """Yield what is wrong with how one column says where it stands."""
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
    if isinstance(column, Part | RowTest | IdColumn) and column.label is not None:
        # Labels are looked for in an item's rows, which are not known before its id is.
        yield error(
            IssueCode.VALUE_WRONG,
            (*path, "label"),
            "What tells the items apart cannot be found by a label.",
            'Write "header: […]" or "letter: F", or a "pattern" for any cell of the row.',
            is_key=True,
        )
    may_be_nowhere = (isinstance(column, IdColumn) and column.compose is not None) or (
        isinstance(column, Part | RowTest) and (pattern is not None or _is_said(column))
    )
    if not ways and not may_be_nowhere:
        yield error(
            IssueCode.KEY_MISSING,
            path,
            "It does not say where the column stands.",
            f"Add {_WAYS}.",
            is_key=True,
        )
    for key, needs in (("under", "header"), ("nth", "header")):
        if getattr(column, key) is not None and getattr(column, needs) is None:
            yield query(
                IssueCode.UNUSED,
                (*path, key),
                f'"{key}" has no effect without "{needs}".',
                "Take it away.",
                is_key=True,
            )


def _is_said(column: Column) -> bool:
    """Say whether whole words tell which cell of a row is meant."""
    if isinstance(column, Part):
        return bool(column.words)
    return isinstance(column, RowTest) and column.is_ is not None


def _headed(table: Table, path: Path) -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    """Yield each column that its header alone must tell from others: name, path and words."""
    for column, place in _columns(table, path):
        may_share = isinstance(column, Part | RowTest | StatedColumn)
        if column.header is not None and column.is_plain and not may_share:
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


def _composed(table: Table, path: Path) -> Iterator[Fault]:
    """Yield names in braces that no part and no group of a pattern has."""
    patterns = (table.id.pattern, table.sheet_pattern)
    if any(pattern is not None and _is_refused(pattern) for pattern in patterns):
        # What a pattern that is refused would have found is not known.
        return
    known = {*table.parts, *(name for pattern in patterns for name in _groups(pattern))}
    templates = [((*path, "id", "compose"), table.id.compose)]
    templates += [((*path, "stated", n, "id"), each.id) for n, each in enumerate(table.stated)]
    for place, template in templates:
        if template is None:
            continue
        for name in fields_in(template):
            if name not in known:
                yield error(
                    IssueCode.VALUE_WRONG,
                    place,
                    f"{quoted(template)} names the part {quoted(name)}, which the table does not"
                    " have.",
                    f"{did_you_mean(name, known)} Its parts are {listed(sorted(known), 'and')}."
                    if known
                    else 'Declare it under "parts".',
                )


def _groups(pattern: str | None) -> tuple[str, ...]:
    return () if pattern is None else tuple(compile_pattern(pattern).groupindex)


def _is_refused(pattern: str) -> bool:
    try:
        compile_pattern(pattern)
    except PatternRefused:
        return True
    return False


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
