"""Show a run of scoring to a program: one JSON document, written as the run goes.

Its keys, in order:

- `schema`: `maturity-run/1`; `maturity`: this library's version; `created`: date and time, ISO.
- `rubric`: `id, version, title, status, status_note, digest`.
- `files`: one for each file, in order: `source`, `status` (`scored`, `scored_with_issues`,
  `refused`, `passed_over`, `failed`), `reason` (for those passed over), `area, area_code, date,
  layout, digest`,
  `answered` and `answerable` (counts of scored answers), `stated` (what became of the scores that
  the workbook states itself, kind → count), `scores` and `issues` (rows as in
  `result.records()` and `issue.record()`), `written` (paths), `not_written` (issues).
- `complete`: false when the run was stopped; `counts`: `files, scored, refused, failed, superseded,
  passed_over, errors, queries, notes`; `repeated_areas`: `area, files, counting` (the files that
  count as the area's) and `issue`, for areas with several returns; `stated`: in how many `returns`
  scores are stated, in how many they `part` from ours, and the `counts` of all, by kind;
  `left_over`: names of results in the folder that are not of this run.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TextIO

import maturity
from maturity.batch import FileOutcome, OutcomeStatus
from maturity.batch.records import FileRecord
from maturity.command_line.tally import Tally
from maturity.issues import Severity
from maturity.reconciliation import Agreement
from maturity.rubric import Rubric

__all__ = ["JsonReport"]

_SCHEMA = "maturity-run/1"


class JsonReport:
    """Writes a run as it goes, and holds nothing but counts.

    Args:
        stream: where to write; nothing else may be written there.
        rubric: the rubric of the run.
        created: the date of the run.
        folder: the folder of the results, if there is one.
    """

    def __init__(
        self,
        stream: TextIO,
        rubric: Rubric,
        *,
        created: datetime.datetime,
        folder: Path | None = None,
    ) -> None:
        self.tally = Tally(rubric)
        self._stream = stream
        self._rubric = rubric
        self._created = created
        self._folder = folder or Path()
        self._separator = "\n"

    def begin(self) -> None:
        """Open the document: what everything is scored with."""
        rubric = self._rubric
        head = {
            "schema": _SCHEMA,
            "maturity": maturity.__version__,
            "created": self._created.isoformat(),
            "rubric": {
                "id": rubric.id,
                "version": rubric.version,
                "title": rubric.title,
                "status": rubric.status,
                "status_note": rubric.status_note,
                "digest": rubric.digest,
            },
        }
        self._stream.write(json.dumps(head)[:-1] + ',\n"files": [')

    def add(self, outcome: FileOutcome, record: FileRecord) -> None:
        """Write what became of one file.

        Args:
            outcome: what became of it.
            record: the same in short, with what was written for it.
        """
        self.tally.add(record)
        row: dict[str, object] = {
            "source": record.source,
            "status": record.status.value,
            "reason": None if record.reason is None else record.reason.value,
            **_about(record),
            "issues": [issue.record() for issue in outcome.issues],
            "written": [str(self._folder / file.name) for file in record.written],
            "not_written": [issue.record() for issue in record.not_written],
        }
        # Escapes in place of other characters survive every code page and half characters.
        self._stream.write(self._separator + json.dumps(row))
        self._separator = ",\n"

    def end(self, output: Path | None, *, is_complete: bool = True) -> None:
        """Close the document.

        Args:
            output: not used; each file says what was written for it.
            is_complete: whether every file had its turn.
        """
        tally = self.tally
        counts = {
            "files": tally.files,
            "scored": tally.scored,
            "refused": tally.statuses[OutcomeStatus.REFUSED],
            "failed": tally.statuses[OutcomeStatus.FAILED],
            "superseded": tally.superseded,
            "passed_over": tally.passed_over.total(),
            "errors": tally.severities[Severity.ERROR],
            "queries": tally.severities[Severity.QUERY],
            "notes": tally.severities[Severity.NOTE],
        }
        repeated = [
            {
                "area": repeat.returns[0].area,
                "files": [each.source for each in repeat.returns],
                "counting": [each.source for each in repeat.counting],
                "issue": repeat.issue.record(),
            }
            for repeat in tally.repeats
        ]
        tail = {
            "complete": is_complete,
            "counts": counts,
            "repeated_areas": repeated,
            "stated": {
                "returns": tally.stating,
                "part": tally.parting_count,
                "counts": {kind.value: tally.stated[kind] for kind in Agreement},
            },
            "left_over": tally.left_over,
        }
        self._stream.write("\n],\n" + json.dumps(tail)[1:] + "\n")


def _about(record: FileRecord) -> dict[str, object]:
    """Describe a return and its scores; the same keys, empty, for a file without a result."""
    keys = (
        "area",
        "area_code",
        "date",
        "layout",
        "digest",
        "answered",
        "answerable",
        "stated",
        "scores",
    )
    if not record.is_scored:
        return {**dict.fromkeys(keys), "digest": record.digest, "scores": []}
    row = record.row()
    return {key: row[key] for key in keys}
