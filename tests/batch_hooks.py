"""What tests have done in a worker: functions that another process can import."""

from __future__ import annotations

import ctypes
import os
import threading
import time
from pathlib import Path

from maturity.batch import FileOutcome

__all__ = ["Mark", "OddError", "digest_and_scores", "misbehave", "raise_odd"]


class OddError(Exception):
    """An exception that survives no pickling."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.lock = threading.Lock()


def digest_and_scores(outcome: FileOutcome) -> tuple[object, ...]:
    """Give what a clean run and any other must agree on."""
    if outcome.result is None:
        return str(outcome.source), outcome.status, outcome.issues
    scores = tuple((score.id, score.exact) for score in outcome.result.scores)
    return str(outcome.source), outcome.status, outcome.result.assessment.source_digest, scores


def misbehave(outcome: FileOutcome) -> tuple[object, ...]:
    """Do what a hostile file might: its name says what."""
    name = Path(outcome.source).name
    if "segfault" in name:
        ctypes.string_at(0)
    if "exit" in name:
        os._exit(3)
    if "killed" in name:
        os.kill(os.getpid(), 9)
    if "hang" in name:
        time.sleep(3600)
    if "memory" in name:
        raise MemoryError
    if "greedy" in name:
        return (bytearray(1 << 31),)
    return digest_and_scores(outcome)


def raise_odd(outcome: FileOutcome) -> None:
    """Fail as the caller's own function may."""
    raise OddError(str(outcome.source))


class Mark:
    """Leaves a file in a folder when it is called, and says which process it was."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, outcome: FileOutcome) -> int:
        """Leave the mark."""
        (self._folder / f"{outcome.number}.done").touch()
        return os.getpid()
