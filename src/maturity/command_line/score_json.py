"""Show a run of scoring to a program: one JSON document, written as the run goes.

Its keys, in order:

- `schema`: `maturity-run/1`; `maturity`: this library's version; `created`: date and time, ISO.
- `rubric`: `id, version, title, status, status_note, digest`.
- `files`: one for each file, in order: `source, status` (`scored`, `scored_with_issues`, `refused`,
  `passed_over`), `reason` (for those passed over), `area, area_code, date, layout, digest`,
  `answered` and `answerable` (counts of scored answers), `scores` and `issues` (rows as in
  `result.records()` and `issue.record()`), `written` (paths), `not_written` (issues).
- `complete`: false when the run was stopped; `counts`: `files, scored, refused, passed_over,
  errors, queries, notes`; `repeated_areas`: `area, files` for areas with several returns.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import maturity
from maturity.batch import FileOutcome
from maturity.command_line.tally import Refusal, Tally, answered
from maturity.issues import Severity
from maturity.result import Result
from maturity.rubric import Rubric

__all__ = ["JsonReport"]

_SCHEMA = "maturity-run/1"


class JsonReport:
    """Writes a run as it goes, and holds nothing but counts.

    Args:
        stream: where to write; nothing else may be written there.
        rubric: the rubric of the run.
        created: the date of the run.
    """

    def __init__(self, stream: TextIO, rubric: Rubric, *, created: datetime.datetime) -> None:
        self.tally = Tally()
        self._stream = stream
        self._rubric = rubric
        self._created = created
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

    def add(self, outcome: FileOutcome, written: Sequence[Path], failure: Refusal | None) -> None:
        """Write what became of one file.

        Args:
            outcome: what became of it.
            written: the files that were written for it.
            failure: why they could not be written, if so.
        """
        self.tally.add(outcome, written, failure)
        row: dict[str, object] = {
            "source": str(outcome.source),
            "status": outcome.status.value,
            "reason": None if outcome.reason is None else outcome.reason.value,
            **_about(outcome.result),
            "issues": [issue.record() for issue in outcome.issues],
            "written": [str(path) for path in written],
            "not_written": [issue.record() for issue in failure.issues] if failure else [],
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
            "refused": tally.refused,
            "passed_over": tally.passed_over.total(),
            "errors": tally.severities[Severity.ERROR],
            "queries": tally.severities[Severity.QUERY],
            "notes": tally.severities[Severity.NOTE],
        }
        repeated = [
            {"area": returns[0].area, "files": [each.source for each in returns]}
            for returns in tally.repeated_areas
        ]
        tail = {"complete": is_complete, "counts": counts, "repeated_areas": repeated}
        self._stream.write("\n],\n" + json.dumps(tail)[1:] + "\n")


def _about(result: Result | None) -> dict[str, object]:
    """Describe a return and its scores; the same keys, empty, for a file without a result."""
    if result is None:
        keys = ("area", "area_code", "date", "layout", "digest", "answered", "answerable")
        return {**dict.fromkeys(keys), "scores": []}
    assessment = result.assessment
    given, possible = answered(result)
    return {
        "area": assessment.area or assessment.area_name,
        "area_code": assessment.area_code,
        "date": None if assessment.date is None else assessment.date.isoformat(),
        "layout": None if assessment.layout is None else assessment.layout.id,
        "digest": assessment.source_digest,
        "answered": given,
        "answerable": possible,
        "scores": result.records(),
    }
