"""Write the results of a run into one folder, under names that are safe everywhere.

Names follow the returns' own. They never overwrite a return, and two returns of one name get two.
"""

from __future__ import annotations

import datetime
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maturity.batch import FileOutcome
from maturity.batch.records import FileRecord, WrittenFile, record_of
from maturity.batch.stored import Place, digest_of
from maturity.batch.urls import base_name
from maturity.errors import WriteError
from maturity.result import Result
from maturity.writing.data import write_json
from maturity.writing.data_schema import SCHEMA_NAME
from maturity.writing.workbook import write_workbook

__all__ = ["ResultWriter", "left_over", "names_within", "output_stems", "safe_stem"]

_LONGEST_NAME = 255  # bytes, the limit of common file systems
_RESERVED_CHARACTERS = re.compile(r'[<>:"/\\|?*]')
_RESERVED_NAMES = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE
)
_WORKBOOK_ENDING = "-scored.xlsx"
_JSON_ENDING = ".json"
_RESULT_SCHEMA = SCHEMA_NAME.encode()
_BEGINNING = 200  # bytes, within which a result says its schema


@dataclass(frozen=True, slots=True)
class ResultWriter:
    """Writes the results of one return after another, in whatever process it is called.

    Attributes:
        folder: where the results go; it exists.
        created: the date to write into them.
        with_workbooks: whether each return gets a result workbook beside its JSON.
        other_stems: source → the beginning of its results' names, for those sources whose own name
            is not free.
    """

    folder: Path
    created: datetime.datetime
    with_workbooks: bool = True
    other_stems: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, outcome: FileOutcome) -> FileRecord:
        """Write one return's results, and put in short what became of it."""
        record = record_of(outcome)
        if outcome.result is None:
            return record.with_files((), (), self.created)
        written: list[WrittenFile] = []
        try:
            for name in self.names(str(outcome.source)):
                self._write(outcome.result, self.folder / name, outcome.source)
                written.append(WrittenFile(name, digest_of(self.folder / name) or ""))
        except WriteError as error:
            return record.with_files(tuple(written), error.issues, self.created)
        return record.with_files(tuple(written), (), self.created)

    def names(self, source: str) -> tuple[str, ...]:
        """Name the files that a return gets: the workbook, if wanted, and the JSON."""
        stem = self.other_stems.get(source) or _own_stem(source)
        endings = (_WORKBOOK_ENDING, _JSON_ENDING) if self.with_workbooks else (_JSON_ENDING,)
        return tuple(stem + ending for ending in endings)

    def _write(self, result: Result, target: Path, source: Path | str) -> None:
        own = source if isinstance(source, Path) else None
        write = write_json if target.name.endswith(_JSON_ENDING) else write_workbook
        write(result, target, created=self.created, source=own)


def output_stems(folder: Path, sources: Iterable[Place]) -> dict[str, str]:
    """Choose names for the results of all returns, before any is scored.

    So they do not depend on what becomes of the returns, nor on when.

    Args:
        folder: where the results go. A return that is there keeps its name.
        sources: the returns, in the order of the run.

    Returns:
        Source → the beginning of its results' names, where that is not simply its own.
    """
    sources = list(sources)
    # Names are compared without case, as two file systems in three do.
    taken = {_folded(name) for name in names_within(folder, sources)}
    others: dict[str, str] = {}
    for source in sources:
        wanted = stem = _own_stem(str(source))
        number = 1
        while not taken.isdisjoint(names := _names(stem)):
            number += 1
            stem = _shortened(wanted, f"-{number}")
        taken |= names
        if stem != wanted:
            others[str(source)] = stem
    return others


def _own_stem(source: str) -> str:
    return safe_stem(Path(base_name(source)).stem)


def names_within(folder: Path, sources: Iterable[Place]) -> frozenset[str]:
    """Name the returns that are in the folder of the results themselves."""
    here = os.path.realpath(folder)
    held = {source if isinstance(source, Path) else source.holder for source in sources}
    return frozenset(
        path.name for path in held if path is not None and os.path.realpath(path.parent) == here
    )


def left_over(folder: Path, names: frozenset[str]) -> tuple[str, ...]:
    """Find results in a folder that are none of these, such as those of a return that is gone.

    They are told by their names and, as many programs write JSON, by what they begin with.

    Args:
        folder: where results go.
        names: the names of files that are known.
    """
    return tuple(
        sorted(
            path.name
            for path in folder.iterdir()
            if path.name not in names and path.is_file() and _is_result(path)
        )
    )


def _is_result(path: Path) -> bool:
    if path.name.endswith(_WORKBOOK_ENDING):
        return True
    if not path.name.endswith(_JSON_ENDING):
        return False
    try:
        with path.open("rb") as file:
            return _RESULT_SCHEMA in file.read(_BEGINNING)
    except OSError:
        return False


def safe_stem(stem: str) -> str:
    """Turn the stem of a file's name into one that every common system can store.

    Args:
        stem: the name without its ending, in whatever characters it came.

    Returns:
        The same with `_` in place of what some system refuses, and short enough for every ending.
    """
    stem = unicodedata.normalize("NFC", stem)
    stem = "".join(c if c.isprintable() or c == "\u200d" else "_" for c in stem)
    stem = _RESERVED_CHARACTERS.sub("_", stem).rstrip(". ") or "_"
    if _RESERVED_NAMES.fullmatch(stem):
        stem = "_" + stem
    return _shortened(stem, "")


def _shortened(stem: str, ending: str) -> str:
    room = _LONGEST_NAME - len(_WORKBOOK_ENDING) - len(ending)
    return stem.encode()[:room].decode(errors="ignore") + ending


def _names(stem: str) -> set[str]:
    return {_folded(stem + _WORKBOOK_ENDING), _folded(stem + _JSON_ENDING)}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
