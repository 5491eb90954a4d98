"""Turn the tables that were seen in a workbook into criteria, ratings and places of answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from maturity.inspection import ColumnKind, SeenColumn, SeenTable
from maturity.normalise import normalise, tidy
from maturity.reading.draft_keys import as_id, as_key, unused
from maturity.reading.draft_model import (
    DraftCriterion,
    DraftGroup,
    DraftPlace,
    DraftRating,
    Model,
)
from maturity.reading.layout_keys import fold_id, fold_label
from maturity.reading.seen_kinds import level_header
from maturity.sheets import Sheet, Workbook

__all__ = ["add_group", "grouped", "tables_to_draft"]

Listed = Mapping[str, Mapping[tuple[int, int], tuple[str, ...]]]
_LONGEST_TITLE = 80
_LONGEST_PROMPT = 3_000
_TARGET = re.compile(r"\b(?:targets?|ambition|aim|goal|desired|to-be)\b")


def tables_to_draft(
    tables: Sequence[SeenTable], hidden: frozenset[str], listed: Listed
) -> list[SeenTable]:
    """Choose the tables that hold answers: those with drop-down lists, where there are any.

    Args:
        tables: the tables of all sheets.
        hidden: the names of hidden sheets, which hold lists and workings rather than answers.
        listed: for each sheet, its cells with a drop-down list.
    """
    answered = [table for table in tables if table.of(ColumnKind.ANSWER)]
    offered = [table for table in answered if _has_lists(table, listed)]
    with_ids = [table for table in offered if any(table.items.values())]
    shown = [table for table in answered if table.sheet not in hidden]
    return with_ids or offered or shown or answered


def _has_lists(table: SeenTable, listed: Listed) -> bool:
    cells = listed.get(table.sheet, {})
    answers = table.of(ColumnKind.ANSWER)
    return any((row, column.column) in cells for row in table.items for column in answers)


def grouped(tables: Sequence[SeenTable]) -> list[list[SeenTable]]:
    """Put tables together that have the same columns, as forms with a sheet for each domain do."""
    groups: dict[tuple[object, ...], list[SeenTable]] = {}
    for table in tables:
        headers = tuple(
            (fold_label(column.header), fold_label(column.under))
            for column in table.of(ColumnKind.ANSWER)
        )
        ids = tuple(fold_label(column.header) for column in table.of(ColumnKind.ID))
        key = (table.is_id_in_text, ids, headers, any(table.items.values()))
        same = groups.setdefault(key, [])
        if any(other.sheet == table.sheet or _is_same(other, table) for other in same):
            # Side by side on one sheet, or the same items once more on another.
            groups[(*key, table.sheet, id(table))] = [table]
        else:
            same.append(table)
    return list(groups.values())


def _is_same(one: SeenTable, other: SeenTable) -> bool:
    """Say whether two tables are about the same items, by their ids and texts."""
    known = {(id_, one.texts.get(row)) for row, id_ in one.items.items() if id_}
    same = sum((id_, other.texts.get(row)) in known for row, id_ in other.items.items())
    return same > len(other.items) / 2


def add_group(
    model: Model,
    tables: Sequence[SeenTable],
    workbook: Workbook,
    listed: Listed,
    crowded: Collection[str],
) -> None:
    """Add the criteria, ratings and places of tables of one kind to a draft.

    Args:
        model: the draft, which is added to.
        tables: the tables.
        workbook: the workbook.
        listed: for each sheet, its cells with a drop-down list.
        crowded: the sheets with several tables.
    """
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    parts = _parts(tables)
    if not parts and _clash(model, tables):
        taken = sum(len(group.tables) for group in model.groups)
        parts = {"sheet": {table.sheet: f"S{n}" for n, table in enumerate(tables, start=taken + 1)}}
    prefix = "" if parts else _prefix(tables)
    ids: dict[str, str] = {}
    rows: list[tuple[SeenTable, int, str]] = []
    for table in tables:
        for row, typed in table.items.items():
            text = _composed(table, row, typed, parts, prefix)
            criterion = _criterion_id(model, table, row, text, ids)
            if criterion not in model.criteria:
                model.criteria[criterion] = _criterion(criterion, table, row, sheets[table.sheet])
            rows.append((table, row, criterion))
    ratings = _ratings(model, tables, {criterion for _, _, criterion in rows})
    places = tuple(_places(tables, ratings, rows, listed))
    is_beside = any(table.sheet in crowded for table in tables)
    model.groups.append(DraftGroup(tuple(tables), ratings, parts, ids, prefix, places, is_beside))


def _ratings(
    model: Model, tables: Sequence[SeenTable], criteria: set[str]
) -> dict[str, tuple[SeenColumn, ...]]:
    """Give each column of answers a rating that these criteria do not have yet."""
    used = {(place.criterion, place.rating) for group in model.groups for place in group.places}
    ratings: dict[str, tuple[SeenColumn, ...]] = {}
    for place in range(len(tables[0].of(ColumnKind.ANSWER))):
        columns = tuple(table.of(ColumnKind.ANSWER)[place] for table in tables)
        ratings[_rating(model, columns, tables[0], criteria, used)] = columns
    return ratings


def _parts(tables: Sequence[SeenTable]) -> dict[str, dict[str, str]]:
    """Say which pieces of id must come from the sheet or the section, because numbers repeat."""
    parts: dict[str, dict[str, str]] = {}
    if not any(tables[0].items.values()):
        return parts
    seen: dict[str, set[tuple[str, str]]] = {}
    inside = across = False
    for table in tables:
        here: dict[str, str] = {}
        for row, typed in table.items.items():
            key, text = fold_id(typed), normalise(table.texts.get(row, ""))
            others = {sheet for sheet, said in seen.get(key, ()) if said != text}
            across = across or bool(others - {table.sheet})
            inside = inside or (key in here and here[key] != text)
            here[key] = text
            seen.setdefault(key, set()).add((table.sheet, text))
    if across:
        parts["sheet"] = {table.sheet: f"S{n}" for n, table in enumerate(tables, start=1)}
    if inside and all(table.sections for table in tables):
        titles = dict.fromkeys(text for table in tables for text in table.sections.values())
        parts["section"] = {text: f"D{n}" for n, text in enumerate(titles, start=1)}
    return parts


def _clash(model: Model, tables: Sequence[SeenTable]) -> bool:
    """Say whether ids of these tables stand for other items in the tables before."""
    prefix = _prefix(tables)
    for table in tables:
        for row, typed in table.items.items():
            is_number = typed and not any(character.isalpha() for character in typed)
            known = model.criteria.get(as_id(f"{prefix}{typed}")) if is_number else None
            said = tidy(table.texts.get(row, ""))
            if known is not None and said and said not in (known.title, known.prompt):
                return True
    return False


def _prefix(tables: Sequence[SeenTable]) -> str:
    ids = [typed for table in tables for typed in table.items.values()]
    return "C" if any(typed[:1].isdigit() for typed in ids) else ""


def _composed(
    table: SeenTable, row: int, typed: str, parts: Mapping[str, Mapping[str, str]], prefix: str
) -> str:
    """Put an id together as the reader will, from the same pieces."""
    if not typed:
        return ""
    pieces = []
    if "sheet" in parts:
        pieces.append(parts["sheet"][table.sheet])
    if "section" in parts:
        pieces.append(parts["section"][table.sections[row]])
    return ".".join([*pieces, f"{prefix}{typed}"])


def _criterion_id(model: Model, table: SeenTable, row: int, text: str, ids: dict[str, str]) -> str:
    if not text:
        return unused(f"Q{len(model.criteria) + 1}", model.criteria)
    if text in ids:
        return ids[text]
    made = as_id(text)
    if fold_id(model.origins.get(made, text)) != fold_id(text):
        made = unused(made, model.criteria)
    model.origins.setdefault(made, text)
    if fold_id(made) != fold_id(text):
        ids[text] = made
    return made


def _criterion(id_: str, table: SeenTable, row: int, sheet: Sheet) -> DraftCriterion:
    texts = [
        tidy(sheet.cell(row, column.column).raw)
        for column in table.of(ColumnKind.TEXT)
        if sheet.cell(row, column.column).raw.strip()
    ]
    whole = tidy(table.texts.get(row, ""))[:_LONGEST_PROMPT]
    shortest = min(texts, key=len, default=whole)
    title = shortest if len(shortest) <= _LONGEST_TITLE else _cut(shortest)
    levels = {}
    for column in table.of(ColumnKind.LEVEL):
        named, text = level_header(column.header), tidy(sheet.cell(row, column.column).raw)
        if named is not None and text:
            levels[named[0]] = text[:_LONGEST_PROMPT]
    return DraftCriterion(
        id=id_,
        title=title or id_,
        prompt=whole if whole != title else "",
        domain=_domain(table, row),
        levels=levels,
    )


def _cut(text: str) -> str:
    return text[:_LONGEST_TITLE].rpartition(" ")[0].rstrip(",;:") + " …"


def _domain(table: SeenTable, row: int) -> str:
    section = table.sections.get(row, "")
    return f"{table.sheet}\n{section}"


def _rating(
    model: Model,
    columns: Sequence[SeenColumn],
    table: SeenTable,
    criteria: set[str],
    used: set[tuple[str, str]],
) -> str:
    """Give the key of a rating; add the rating where it is new."""
    title = tidy(columns[0].header) or "Answer"
    headers = [fold_label(column.header) for column in table.of(ColumnKind.ANSWER)]
    if headers.count(fold_label(columns[0].header)) > 1 and columns[0].under:
        title = f"{tidy(columns[0].under)}: {title}"
    known = {normalise(rating.title): key for key, rating in model.ratings.items()}
    here = known.get(normalise(title))
    if here is not None and any((criterion, here) in used for criterion in criteria):
        title, here = f"{title} ({table.sheet.strip()})", None
        here = known.get(normalise(title))
    if here is not None and not any((criterion, here) in used for criterion in criteria):
        used.update((criterion, here) for criterion in criteria)
        return here
    key = unused(as_key(title, "rating"), model.ratings)
    model.ratings[key] = DraftRating(key, title, _TARGET.search(normalise(title)) is not None)
    used.update((criterion, key) for criterion in criteria)
    return key


def _places(
    tables: Sequence[SeenTable],
    ratings: Mapping[str, tuple[SeenColumn, ...]],
    rows: Sequence[tuple[SeenTable, int, str]],
    listed: Listed,
) -> Iterator[DraftPlace]:
    done: set[tuple[str, str]] = set()
    for table, row, criterion in rows:
        index = next(n for n, each in enumerate(tables) if each is table)
        for rating, columns in ratings.items():
            if (criterion, rating) in done:
                continue
            done.add((criterion, rating))
            column = columns[index].column
            words = listed.get(table.sheet, {}).get((row, column), ())
            yield DraftPlace(criterion, rating, table.sheet, row, column, words)
