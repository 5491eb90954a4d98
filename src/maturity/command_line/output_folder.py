"""Write the results of a run into one folder, under names that are safe everywhere.

Names follow the returns' own. They never overwrite a return, and two returns of one name get two.
"""

from __future__ import annotations

import datetime
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from maturity.batch import FileOutcome
from maturity.result import Result
from maturity.writing.data import write_json
from maturity.writing.workbook import write_workbook

__all__ = ["OutputFolder", "safe_stem"]

_LONGEST_NAME = 255  # bytes, the limit of common file systems
_RESERVED_CHARACTERS = re.compile(r'[<>:"/\\|?*]')
_RESERVED_NAMES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.ASCII)
_WORKBOOK_ENDING = "-scored.xlsx"
_JSON_ENDING = ".json"


class OutputFolder:
    """The folder that the results go to.

    Args:
        folder: where it is; it is made when it does not exist.
        sources: the files that are scored, so that none of them is overwritten.
        created: the date to write into the results.
        with_workbooks: whether each return gets a result workbook beside its JSON.

    Raises:
        OSError: when the folder cannot be made or written to.
    """

    def __init__(
        self,
        folder: Path,
        sources: Iterable[Path],
        *,
        created: datetime.datetime,
        with_workbooks: bool = True,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass  # only a try shows whether it can be written to
        self.folder = folder
        self._created = created
        self._with_workbooks = with_workbooks
        here = os.path.realpath(folder)
        # Names are compared without case, as two file systems in three do.
        self._taken = {
            _folded(source.name) for source in sources if os.path.realpath(source.parent) == here
        }

    def write(self, outcome: FileOutcome, result: Result) -> tuple[Path, ...]:
        """Write one return's results.

        Args:
            outcome: the file they came from.
            result: what it scored.

        Returns:
            The files that were written: the workbook, if wanted, and the JSON.

        Raises:
            WriteError: when one of them cannot be written.
        """
        stem = self._free_stem(outcome.source)
        source = outcome.source if isinstance(outcome.source, Path) else None
        written: list[Path] = []
        if self._with_workbooks:
            target = self.folder / (stem + _WORKBOOK_ENDING)
            write_workbook(result, target, created=self._created, source=source)
            written.append(target)
        target = self.folder / (stem + _JSON_ENDING)
        write_json(result, target, created=self._created, source=source)
        return (*written, target)

    def _free_stem(self, source: Path | str) -> str:
        wanted = safe_stem(Path(source).stem)
        number = 1
        stem = wanted
        while not self._taken.isdisjoint(names := _names(stem)):
            number += 1
            stem = _shortened(wanted, f"-{number}")
        self._taken |= names
        return stem


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
