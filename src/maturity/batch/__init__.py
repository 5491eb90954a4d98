"""Score many returns, so that one bad file costs only itself."""

from __future__ import annotations

from maturity.batch.folders import find_files
from maturity.batch.outcomes import FileOutcome, FoundFile, OutcomeStatus, PassedOver
from maturity.batch.run import available_cores, score_files

__all__ = [
    "FileOutcome",
    "FoundFile",
    "OutcomeStatus",
    "PassedOver",
    "available_cores",
    "find_files",
    "score_files",
]
