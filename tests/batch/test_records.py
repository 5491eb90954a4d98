"""An outcome in short: made where the file was scored, written as a line, and read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from maturity import FileRecord, OutcomeStatus, find_files, load_rubric, record_of, score_files
from maturity.batch.stored import digest_of
from maturity.command_line.tally import Refusal, Tally
from maturity.issues import Issue, IssueCode, Severity


def test_a_record_survives_as_a_line(root: Path, tmp_path: Path) -> None:
    """Scored, refused or passed over: JSON and back is the same."""
    (tmp_path / "bad.xlsx").write_text("not a workbook")
    (tmp_path / "letter.docx").touch()
    found = find_files([root / "examples" / "returns", tmp_path])
    rubric = load_rubric("local-partnership")
    records = [record_of(outcome) for outcome in score_files(found, rubric)]
    assert {record.status for record in records} >= {OutcomeStatus.REFUSED, OutcomeStatus.SCORED}
    for record in records:
        again = FileRecord.from_row(json.loads(json.dumps(record.row())))
        assert again.row() == record.row()
        assert again.why == record.why


def test_what_is_no_file_has_no_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder, or a file that may not be read."""
    assert digest_of(tmp_path) is None
    (tmp_path / "a").touch()
    assert str(digest_of(tmp_path / "a")).startswith("sha256:e3b0c442")

    def denied(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", denied)
    assert digest_of(tmp_path / "a") is None


def test_only_the_first_failures_to_write_are_held() -> None:
    """All of them are counted."""
    issue = Issue(IssueCode.WRITE_FAILED, Severity.ERROR, "It failed.", "Mend it.")
    tally = Tally(load_rubric("local-partnership"))
    for number in range(25):
        tally.add(FileRecord(f"{number}.xlsx", OutcomeStatus.SCORED, not_written=(issue,)))
    assert tally.unwritten_count == 25
    assert len(tally.unwritten) == 20
    assert tally.unwritten[0] == Refusal("0.xlsx", (issue,))
    assert tally.so_far() == "0 to mend, 25 failed"
