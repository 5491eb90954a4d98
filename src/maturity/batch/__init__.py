"""Score many returns, so that one bad file costs only itself."""

from __future__ import annotations

from maturity.batch.finding import find_files
from maturity.batch.outcomes import FileOutcome, FoundFile, OutcomeStatus, PassedOver
from maturity.batch.records import FileRecord, record_of
from maturity.batch.run import available_cores, score_files

__all__ = [
    "FileOutcome",
    "FileRecord",
    "FoundFile",
    "OutcomeStatus",
    "PassedOver",
    "available_cores",
    "find_files",
    "record_of",
    "score_files",
]
