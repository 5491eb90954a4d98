"""Write the layout of a draft: how the form is recognised, and where its answers stand.

A table can be described by its headers, which people may move; by letters, which always work as
long as nobody moves a column; or, when neither finds the items, cell by cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from maturity.inspection import ColumnKind, SeenColumn, SeenLabel, SeenSheet, SeenTable
from maturity.normalise import normalise
from maturity.reading.draft_keys import as_key, unused
from maturity.reading.draft_model import DraftGroup
from maturity.reading.layout_keys import fold_label
from maturity.reading.yaml_writer import Noted, to_yaml
from maturity.sheets import cell_name, column_letters

__all__ = ["Way", "layout_yaml"]

_MOST_METADATA = 12
_MOST_NOTES = 12
_MOST_SHEETS = 60
_LONGEST_VALUE = 100
_MEANT = {
    "area": ("local authority", "council", "organisation", "organization", "area", "school"),
    "date": ("date", "date completed", "assessment date", "interview date", "completed on"),
    "edition": ("edition", "version", "tool version", "form version", "form edition"),
    "role": ("completed by", "role", "assessor", "name of assessor"),
}


class Way(StrEnum):
    """How a table's columns are found."""

    HEADERS = "headers"
    LETTERS = "letters"
    CELLS = "cells"


_WHY = {
    Way.HEADERS: "guessed: columns found by their headers, in whatever place they stand; check",
    Way.LETTERS: "guessed: columns found by their letters, because headers do not tell them apart;"
    " check",
}


def layout_yaml(
    groups: Sequence[tuple[DraftGroup, Way]],
    sheets: Sequence[SeenSheet],
    *,
    name: str,
    title: str,
    ratings: Iterable[str],
) -> str:
    """Write a layout file.

    Args:
        groups: the tables, and how each is described.
        sheets: the sheets of the workbook.
        name: the layout's id.
        title: the layout's title.
        ratings: the ratings that the rubric has; columns of others are carried along as notes.
    """
    kept = frozenset(ratings)
    used = list(dict.fromkeys(table.sheet for group, _ in groups for table in group.tables))
    metadata, edition = _metadata(sheets, frozenset(used))
    fingerprint: dict[str, object] = {"sheets": used[:_MOST_SHEETS]}
    if edition:
        fingerprint["editions"] = [edition]
    data: dict[str, object] = {
        "layout": name,
        "title": title,
        "fingerprint": Noted(
            fingerprint,
            "guessed: a workbook with all of these sheets is taken for this form; check",
        ),
    }
    if metadata:
        data["metadata"] = Noted(metadata, "guessed: labels with a value beside them; check")
    tables = [
        table
        for group, way in groups
        if way is not Way.CELLS
        for table in _tables(group, way, kept)
    ]
    if tables:
        data["tables"] = tables
    cells = [each for group, way in groups if way is Way.CELLS for each in _cells(group, kept)]
    if cells:
        data["answers"] = Noted(
            cells, "guessed: one cell for each answer, because no table was understood; check"
        )
    others = [sheet.name for sheet in sheets if sheet.is_grid and sheet.name not in used]
    if others:
        data["other_sheets"] = Noted(others, "guessed: sheets without answers; check")
    return to_yaml(data, "Where the answers stand. A first draft: check every guess.")


def _cells(group: DraftGroup, kept: frozenset[str]) -> Iterator[Mapping[str, object]]:
    for place in group.places:
        if place.rating in kept:
            sheet = place.sheet.replace("'", "''")
            cell = f"'{sheet}'!{cell_name(place.row, place.column)}"
            yield {"criterion": place.criterion, "rating": place.rating, "cell": cell}


def _tables(group: DraftGroup, way: Way, kept: frozenset[str]) -> Iterator[Noted]:
    if way is Way.HEADERS:
        yield Noted(_by_headers(group, kept), _WHY[way])
        return
    alike: dict[tuple[object, ...], list[int]] = {}
    for number, table in enumerate(group.tables):
        letters = tuple(column.letter for column in table.columns)
        alike.setdefault((letters, table.key_letter), []).append(number)
    for numbers in alike.values():
        yield Noted(_by_letters(group, numbers, kept), _WHY[way])


def _start(group: DraftGroup, tables: Sequence[SeenTable]) -> dict[str, object]:
    """Give what both ways have in common: the sheets, and the parts of ids that come from them."""
    entry: dict[str, object] = {"rows": "criteria", "sheets": [table.sheet for table in tables]}
    parts: dict[str, object] = {}
    if "sheet" in group.parts:
        parts["sheet"] = {"sheet": True, "words": group.parts["sheet"]}
    if "section" in group.parts:
        columns = {table.section_column for table in tables}
        place = (
            {"letter": column_letters(columns.pop())} if len(columns) == 1 else {"pattern": ".+"}
        )
        parts["section"] = {**place, "words": group.parts["section"], "carry": True}
    if parts:
        entry["parts"] = Noted(
            parts, "guessed: numbers start again, so ids are put together of these; check"
        )
    return entry


def _id_entry(group: DraftGroup, place: dict[str, object], *, always: bool) -> dict[str, object]:
    """Say how ids are read in their column.

    Args:
        group: the tables.
        place: where the column is.
        always: whether a pattern is needed to pass over rows that hold something else.
    """
    table = group.tables[0]
    if not any(table.items.values()):
        return {**place, "by": "text"}
    pieces = [f"{{{name}}}" for name in group.parts]
    is_composed = bool(pieces or group.prefix)
    if not (is_composed or table.is_id_in_text or always):
        return place
    pattern = "|".join(dict.fromkeys(each.pattern for each in group.tables))
    end = r"(?:[\s:)\u2013\u2014-]|\.\s)" if table.is_id_in_text else r"[.):]?$"
    # A group's name stands for itself in the id; `id` is what the reader takes as the id.
    name = "number" if is_composed else "id"
    entry = {**place, "pattern": rf"^\(?(?P<{name}>{pattern}){end}"}
    if is_composed:
        entry["compose"] = ".".join([*pieces, f"{group.prefix}{{number}}"])
    return entry


def _by_headers(group: DraftGroup, kept: frozenset[str]) -> dict[str, object]:
    entry = _start(group, group.tables)
    keys = [table.key_column for table in group.tables]
    is_headed = all(column.header for column in keys)
    place: dict[str, object] = (
        {"header": _headers(keys)} if is_headed else {"letter": keys[0].letter}
    )
    entry["id"] = _id_entry(group, place, always=not is_headed)
    taken = {fold_label(word) for word in _headers(keys)} if is_headed else set()
    answers: dict[str, object] = {}
    notes: dict[str, object] = {}
    for rating, columns in group.ratings.items():
        (answers if rating in kept else notes)[rating] = _headed(group.tables[0], columns)
        taken |= {fold_label(word) for word in _headers(columns)}
    entry["answers"] = answers
    _carry_along(entry, group.tables, taken, notes)
    return _with_ids(entry, group)


def _headed(table: SeenTable, columns: Sequence[SeenColumn]) -> dict[str, object]:
    """Say by its header where a column is, and which one where several have the same header."""
    folded = fold_label(columns[0].header)
    same = [each.column for each in table.columns if fold_label(each.header) == folded]
    place: dict[str, object] = {"header": _headers(columns)}
    if len(same) > 1:
        place["nth"] = same.index(columns[0].column) + 1
    return place


def _headers(columns: Sequence[SeenColumn]) -> list[str]:
    """Give the different headers of a column on several sheets."""
    return list({fold_label(column.header): column.header for column in columns}.values())


def _carry_along(
    entry: dict[str, object],
    tables: Sequence[SeenTable],
    taken: set[str],
    notes: dict[str, object],
) -> None:
    """Name the other columns: those to carry along as text, and those that are known only."""
    ignored: list[object] = []
    for column in (each for table in tables for each in table.columns):
        folded = fold_label(column.header)
        if not folded or folded in taken:
            continue
        taken.add(folded)
        if column.kind is ColumnKind.NOTE and len(notes) < _MOST_NOTES:
            notes[unused(as_key(column.header, "note"), notes)] = {"header": [column.header]}
        else:
            ignored.append({"header": [column.header]})
    if notes:
        entry["notes"] = Noted(notes, "guessed: texts that are carried along; check")
    if ignored:
        entry["ignore"] = Noted(ignored, "guessed: columns that hold no answers; check")


def _by_letters(
    group: DraftGroup, numbers: Sequence[int], kept: frozenset[str]
) -> dict[str, object]:
    tables = [group.tables[number] for number in numbers]
    entry = _start(group, tables)
    entry["first_row"] = min(min(table.items) for table in tables)
    entry["id"] = _id_entry(group, {"letter": tables[0].key_letter}, always=True)
    answers: dict[str, object] = {}
    notes: dict[str, object] = {}
    for rating, columns in group.ratings.items():
        place = {"letter": columns[numbers[0]].letter}
        (answers if rating in kept else notes)[rating] = place
    entry["answers"] = answers
    for each in tables[0].of(ColumnKind.NOTE)[:_MOST_NOTES]:
        notes[unused(as_key(each.header or "note", "note"), notes)] = {"letter": each.letter}
    if notes:
        entry["notes"] = Noted(notes, "guessed: texts that are carried along; check")
    return _with_ids(entry, group)


def _with_ids(entry: dict[str, object], group: DraftGroup) -> dict[str, object]:
    if group.ids:
        entry["ids"] = Noted(group.ids, "what the form writes, and the id in the rubric")
    return entry


def _metadata(sheets: Sequence[SeenSheet], tables: frozenset[str]) -> tuple[dict[str, object], str]:
    """Guess what stands on the cover; and the edition that it states."""
    found: dict[str, object] = {}
    labels: set[str] = set()
    edition = ""
    shown = [sheet for sheet in sheets if sheet.visibility == "visible"]
    ordered = sorted(shown, key=lambda sheet: sheet.name not in tables)
    for sheet in ordered:
        counts = Counter(fold_label(label.label) for label in sheet.labels)
        for label in sheet.labels:
            folded = fold_label(label.label)
            is_new = folded and folded not in labels and counts[folded] == 1
            if not is_new or len(found) >= _MOST_METADATA or len(label.value) > _LONGEST_VALUE:
                continue
            labels.add(folded)
            meant = _meaning(folded, found)
            if label.type == "number" and not meant:
                # A number beside a name is a score or a count, seldom what a cover says.
                continue
            key = unused(meant or as_key(label.label, "label"), found)
            if key == "edition":
                edition = label.value
            place: dict[str, object] = {"label": [label.label], "sheets": [sheet.name]}
            found[key] = place if key == "area" else {**place, **_type(label, key)}
    return found, edition


def _type(label: SeenLabel, key: str) -> dict[str, str]:
    return {"type": "date"} if key == "date" or label.type == "date" else {}


def _meaning(folded: str, found: Mapping[str, object]) -> str:
    """Give the key that has a meaning of its own, where a label says so."""
    for key, words in _MEANT.items():
        if key not in found and any(normalise(word) == folded for word in words):
            return key
    for key, words in _MEANT.items():
        if key not in found and folded.startswith(tuple(f"{word} " for word in words)):
            return key
    return ""
