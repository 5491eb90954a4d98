"""Check how a layout's columns say where they stand, and how ids are put together."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.layout import Column, IdColumn, Part, RowTest, Table
from maturity.patterns import PatternRefused, compile_pattern, fields_in
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_column", "check_composed", "check_names", "check_pattern"]

_WAYS = '"header: […]", "letter: F" or "label: […]"'


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
    yield from _without_effect(column, path)


def _is_said(column: Column) -> bool:
    """Say whether whole words tell which cell of a row is meant."""
    if isinstance(column, Part):
        return bool(column.words)
    return isinstance(column, RowTest) and column.is_ is not None


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


def check_composed(table: Table, path: Path) -> Iterator[Fault]:
    """Yield what does not fit in an id that is put together.

    Args:
        table: the table, without groups.
        path: where its id column stands.
    """
    if table.id.compose is not None:
        yield from check_names(table, table.id.compose, (*path, "compose"))
    elif table.parts and not any(column.id for column in table.stated):
        yield query(
            IssueCode.UNUSED,
            path,
            "The table has parts, and no id is put together of them.",
            'Add "compose: …" with the parts in braces, or take the parts away.',
        )


def check_names(table: Table, template: str, path: Path) -> Iterator[Fault]:
    """Yield names in braces that no part and no group of a pattern has.

    Args:
        table: the table, without groups.
        template: the id that is put together.
        path: where it stands.
    """
    found = [_groups(pattern) for pattern in (table.id.pattern, table.sheet_pattern)]
    if None in found:
        return  # what a pattern that is refused would have found is not known
    known = {*table.parts, *(name for names in found for name in names or ())}
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


def _groups(pattern: str | None) -> tuple[str, ...] | None:
    """Name the groups of a pattern; None when it is refused."""
    if pattern is None:
        return ()
    try:
        return tuple(compile_pattern(pattern).groupindex)
    except PatternRefused:
        return None


def check_pattern(pattern: str, path: Path) -> Iterator[Fault]:
    """Yield why a pattern cannot be used, if it cannot.

    Args:
        pattern: the pattern.
        path: where it stands.
    """
    try:
        compile_pattern(pattern)
    except PatternRefused as refusal:
        yield error(
            IssueCode.VALUE_WRONG,
            path,
            f"The pattern {quoted(pattern)} {refusal}.",
            'Write a plain pattern, such as "^([A-Z]+[0-9]+)" for an id that begins the text.',
        )
