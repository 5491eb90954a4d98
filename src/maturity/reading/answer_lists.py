"""Find what answers mean by the workbook's own lists, as its layout says where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from maturity.issues import Issue, IssueCode, Severity
from maturity.layout import AnswerColumn, AnswerList, Meaning, SingleAnswer
from maturity.normalise import fold_answer, normalise
from maturity.reading.answers import AnswerKey, answer_key, typed_number
from maturity.reading.candidates import Place
from maturity.reading.cell_ranges import RangeCells, cells_of
from maturity.reading.declared_tables import find_declared_tables
from maturity.reading.layout_keys import LayoutKey, ReadingKey, TableKey
from maturity.reading.notebook import Notebook
from maturity.reading.tables import FoundRow
from maturity.reading.words import SheetWords
from maturity.rubric import Rubric
from maturity.sheets import Cell, CellState, Sheet, Workbook, exact_number

__all__ = ["LEVELS", "AnswerLists"]

LEVELS = "levels"
"""The name of the list that serves where the rubric's own levels are used."""

_EMPTY = frozenset({CellState.BLANK, CellState.EMPTY_TEXT})
_Words = Mapping[str, Meaning]


class AnswerLists:
    """The lists of answers that a workbook and its layout hold, and the keys made of them.

    Args:
        workbook: the workbook.
        sheets: its known words.
        key: its layout.
        vocabulary: every word that the layouts know.
        rubric: the rubric.
        notebook: where issues are written.
    """

    def __init__(
        self,
        workbook: Workbook,
        sheets: Sequence[SheetWords],
        key: LayoutKey,
        vocabulary: ReadingKey,
        rubric: Rubric,
        notebook: Notebook,
    ) -> None:
        self._workbook = workbook
        self._rubric = rubric
        self._notebook = notebook
        self._keys: dict[tuple[object, ...], AnswerKey] = {}
        self._told: set[str] = set()
        answers = rubric.answers
        self._unscored = {fold_answer(word) for word in (*answers.blank, *answers.not_applicable)}
        rows = list(_rows(sheets, key.list_tables, vocabulary))
        self._tables: dict[str, _Words] = {}
        for sheet, row in rows:
            name, pairs = _tabled(sheet, row)
            if name in self._tables:
                pairs += list(self._tables[name].items())
            self._tables[name] = self._once(row.typed or "", pairs)
        self._by_item = {
            row.target: cell.raw.strip()
            for sheet, row in _rows(sheets, key.item_tables, vocabulary)
            if row.target is not None and (cell := _cell(sheet, row, "list")) is not None
        }
        self._lists: dict[str, _Words] = {}
        for name, declared in key.layout.answer_lists.items():
            self._lists[name] = self._list(name, declared)
        self.is_empty = not (self._tables or self._by_item or self._lists)

    def key_for(self, criterion: str, rating: str, place: Place) -> AnswerKey:
        """Give the key by which the answer in a cell is read."""
        answer_set = self._rubric.answer_set_for(criterion, rating)
        own = place.own
        if own is None and self.is_empty:
            return answer_key(self._rubric, answer_set)
        item = self._by_item.get(criterion)
        drop_down = self._drop_down_words(place) if isinstance(own, AnswerColumn) else None
        known = (answer_set, id(own), item, drop_down)
        if known not in self._keys:
            levels = [level.value for level in self._rubric.levels_for(criterion, rating)]
            words = self._words(own, answer_set, item, drop_down, levels)
            self._keys[known] = AnswerKey(self._rubric, answer_set, words, _index(own, levels))
        return self._keys[known]

    def without_list(self, criteria: Iterable[str]) -> tuple[str, ...]:
        """Name the criteria to which the workbook's own table gives no list, if it has one."""
        if not self._by_item:
            return ()
        return tuple(criterion for criterion in criteria if not self._by_item.get(criterion))

    def _words(
        self,
        own: AnswerColumn | SingleAnswer | None,
        answer_set: str | None,
        item: str | None,
        drop_down: tuple[str, ...] | None,
        levels: Sequence[Meaning],
    ) -> _Words:
        """Put the words together: the more closely they belong to the cell, the later."""
        words = dict(self._lists.get(answer_set or LEVELS, {}))
        if item:
            words |= self._named(item)
        if own is not None and own.answer_list is not None:
            words |= self._named(own.answer_list)
        if drop_down and isinstance(own, AnswerColumn) and own.drop_down is not None:
            meanings = levels if own.drop_down == "in-order" else own.drop_down
            words |= self._paired("a drop-down list", drop_down, meanings)
        if own is not None:
            words |= {fold_answer(word): meaning for word, meaning in own.words.items()}
        return words

    def _named(self, name: str) -> _Words:
        if name in self._lists:
            return self._lists[name]
        found = self._tables.get(normalise(name))
        if found is None:
            self._tell(f'The workbook has no answer list "{name}", which an item is said to have.')
            return {}
        return found

    def _list(self, name: str, declared: AnswerList) -> _Words:
        words = {fold_answer(word): meaning for word, meaning in declared.words.items()}
        if declared.cells is None:
            return words
        found = self._cells(name, declared.cells)
        if found is None:
            return words
        texts = [cell.raw for _, _, cell in found.cells()]
        return {**self._paired(name, texts, self._meanings(name, declared, found)), **words}

    def _meanings(
        self, name: str, declared: AnswerList, found: RangeCells
    ) -> Sequence[Meaning | None]:
        values = declared.values
        if isinstance(values, tuple):
            return values
        if values == "beside":
            if found.range.first_column != found.range.last_column:
                self._tell(
                    f'The answer list "{name}" stands in several columns, so there is no one column'
                    " beside it."
                )
                return []
            after = found.range.last_column + 1
            return [_number(found.sheet.cell(row, after)) for row, _, _ in found.cells()]
        if values is None or values == "in-order":
            rubric = self._rubric
            own = rubric.answer_sets.get(name)
            return [level.value for level in (rubric.levels if own is None else own.levels)]
        others = self._cells(name, values)
        return [] if others is None else [_number(cell) for _, _, cell in others.cells()]

    def _cells(self, name: str, text: str) -> RangeCells | None:
        found = cells_of(self._workbook, text)
        if isinstance(found, str):
            self._tell(f'The answer list "{name}" was not found: "{text}" {found}.')
            return None
        return found

    def _paired(
        self, name: str, texts: Sequence[str], meanings: Sequence[Meaning | None]
    ) -> dict[str, Meaning]:
        filled = [text for text in texts if text.strip()]
        # The values beside blank cells belong to no word.
        if len(meanings) == len(texts):
            meanings = [m for text, m in zip(texts, meanings, strict=True) if text.strip()]
        if len(meanings) != len(filled):
            # A scale in order says nothing of the words for "not answered" and "not applicable".
            filled = [text for text in filled if fold_answer(text) not in self._unscored]
        if len(meanings) != len(filled):
            self._tell(
                f'The answer list "{name}" has {len(filled)} words and {len(meanings)} values, so '
                "it is not known which word means what."
            )
            return {}
        pairs = zip(filled, meanings, strict=True)
        known = [(text, meaning) for text, meaning in pairs if meaning is not None]
        return self._once(name, known)

    def _once(self, name: str, pairs: Iterable[tuple[str, Meaning]]) -> dict[str, Meaning]:
        """Fold the words of a list; one that means two things is none of its words."""
        words: dict[str, set[Meaning]] = {}
        for text, meaning in pairs:
            words.setdefault(fold_answer(text), set()).add(meaning)
        for word, meanings in words.items():
            if len(meanings) > 1:
                self._tell(f'The answer list "{name}" says twice what "{word}" means, differently.')
        return {word: next(iter(m)) for word, m in words.items() if len(m) == 1}

    def _drop_down_words(self, place: Place) -> tuple[str, ...] | None:
        """Give the words of the drop-down list on a cell."""
        if not isinstance(place.own, AnswerColumn) or place.own.drop_down is None:
            return None
        for drop_down in place.sheet.drop_downs:
            if any(area.covers(place.row, place.column) for area in drop_down.ranges):
                if drop_down.words:
                    return drop_down.words
                found = cells_of(self._workbook, drop_down.source, place.sheet)
                if isinstance(found, str):
                    self._tell(f'The source of a drop-down list, "{drop_down.source}", {found}.')
                    return None
                return tuple(cell.raw for _, _, cell in found.cells() if cell.raw.strip())
        return None

    def _tell(self, message: str) -> None:
        if message not in self._told:
            self._told.add(message)
            self._notebook.write(
                Issue(
                    IssueCode.ANSWER_LIST_UNKNOWN,
                    Severity.ERROR,
                    message,
                    "Put the list back as it was issued, or correct the layout that names it.",
                    self._notebook.location(),
                )
            )


def _index(
    own: AnswerColumn | SingleAnswer | None, levels: Sequence[Meaning]
) -> Sequence[Meaning] | None:
    if not isinstance(own, AnswerColumn) or own.index is None:
        return None
    return levels if own.index == "in-order" else own.index


def _rows(
    sheets: Iterable[SheetWords], tables: Iterable[TableKey], vocabulary: ReadingKey
) -> Iterator[tuple[Sheet, FoundRow]]:
    """Yield the rows of the workbook's tables about answer lists."""
    tables = tuple(tables)
    for words in sheets:
        for table in tables:
            if table.is_on(words.sheet.name):
                for found in find_declared_tables(words, table, vocabulary):
                    yield from ((words.sheet, row) for row in found.rows)


def _tabled(sheet: Sheet, row: FoundRow) -> tuple[str, list[tuple[str, Meaning]]]:
    """Read one answer list that stands in a row: its folded name, and each word's meaning."""
    size = sum(1 for name in row.cells or () if name.startswith("word"))
    places = range(1, size + 1)
    pairs = [(_cell(sheet, row, f"word{n}"), _cell(sheet, row, f"value{n}")) for n in places]
    words = [
        (word.raw, number)
        for word, value in pairs
        if word is not None and value is not None and word.state not in _EMPTY
        if (number := _number(value)) is not None
    ]
    return normalise(row.typed or ""), words


def _cell(sheet: Sheet, row: FoundRow, name: str) -> Cell | None:
    """Give the cell of one of a row's columns; None where it was not found."""
    places = (row.cells or {}).get(name, ())
    return sheet.cell(*places[0]) if places else None


def _number(cell: Cell) -> Meaning | None:
    """Give the number in a cell, typed as text or not."""
    return exact_number(cell) if cell.state is CellState.NUMBER else typed_number(cell.raw)
