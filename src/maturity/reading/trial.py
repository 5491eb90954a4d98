"""Hold a rubric, a layout and a real workbook together while they are checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maturity.faults import Path
from maturity.issues import CellLocation, FileLocation
from maturity.reading.answer_lists import AnswerLists
from maturity.reading.candidates import Place
from maturity.reading.collect import places_of
from maturity.reading.columns import settle_columns
from maturity.reading.layout_keys import ReadingKey, TableKey
from maturity.reading.match import Match
from maturity.reading.notebook import Notebook
from maturity.reading.words import SheetWords
from maturity.reading.yaml_document import YamlDocument
from maturity.rubric import Rubric
from maturity.sheets import Sheet, Workbook, cell_name

__all__ = ["Trial", "trial_of"]


@dataclass(frozen=True, slots=True)
class Trial:
    """A workbook read with the layout that fits it.

    Attributes:
        workbook: the workbook, with its drop-down lists and defined names.
        sheets: its known words.
        vocabulary: every word that the layouts know.
        rubric: the rubric.
        match: the layout, and what was found of it.
        lists: what answers mean by the workbook's own lists.
        places: criterion and rating → the cells that could answer it.
        document: the layout's file; None for the layout of our own template.
    """

    workbook: Workbook
    sheets: Sequence[SheetWords]
    vocabulary: ReadingKey
    rubric: Rubric
    match: Match
    lists: AnswerLists
    places: Mapping[tuple[str, str], list[Place]]
    document: YamlDocument | None

    @property
    def tables(self) -> Iterator[tuple[Path, TableKey]]:
        """Every table of the layout that can be found, groups one by one, with its path."""
        keys = iter(self.match.key.tables)
        for place, whole in enumerate(self.match.key.layout.tables):
            for number, _ in enumerate(whole.expanded):
                group: Path = ("groups", number) if whole.groups else ()
                yield ("tables", place, *group), next(keys)

    def at(
        self, sheet: Sheet | None = None, row: int | None = None, column: int | None = None
    ) -> CellLocation:
        """Name a place in the workbook."""
        name = None if sheet is None else sheet.name
        cell = None if row is None or column is None else cell_name(row, column)
        return CellLocation(self.workbook.name, name, cell)

    def in_layout(self, path: Path, *, is_key: bool = False) -> FileLocation | CellLocation:
        """Name a place in the layout's file; the workbook where the layout is not in one."""
        if self.document is None:
            return self.at()
        return self.document.locate(path, is_key=is_key)


def trial_of(
    workbook: Workbook,
    sheets: Sequence[SheetWords],
    vocabulary: ReadingKey,
    rubric: Rubric,
    match: Match,
    document: YamlDocument | None,
) -> Trial:
    """Find everything of a layout in a workbook; what is odd about it is left to the reader.

    Args:
        workbook: as for [Trial][]; the others likewise.
        sheets: its known words.
        vocabulary: every word that the layouts know.
        rubric: the rubric.
        match: the layout.
        document: its file.
    """
    notebook = Notebook(workbook)
    tables = settle_columns(match.tables, None, notebook)
    match = Match(
        match.key,
        tables,
        match.edition,
        match.is_its_edition,
        match.is_marked,
        match.spots,
        match.misfit,
    )
    lists = AnswerLists(workbook, sheets, match.key, vocabulary, rubric, notebook)
    return Trial(workbook, sheets, vocabulary, rubric, match, lists, places_of(match), document)
