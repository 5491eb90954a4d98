"""Score many returns: here, in worker processes, or through an executor.

Nothing is held: every outcome is handed over as soon as it is known, and every file that goes in
comes out as exactly one outcome, whether it was scored, refused, passed over or failed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterable
from concurrent.futures import Executor
from contextlib import closing

from maturity.batch.archives import close_archives
from maturity.batch.one_file import Job, Setup, Then, fetched, jobs_of, score_one
from maturity.batch.outcomes import FileOutcome, FileSource, FoundFile, OutcomeStatus
from maturity.batch.packing import Answer, Failure, pack_setup, unpack_answer
from maturity.batch.window import in_order as ordered
from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.reading.limits import DEFAULT_LIMITS, Limits
from maturity.rubric import Rubric

__all__ = ["available_cores", "score_files"]

_PLACES_PER_WORKER = 32
_PLACES_OF_AN_EXECUTOR = 256
_MOST_WORKERS = 60  # Windows waits for no more than 63 things at once


def score_files(  # noqa: PLR0913 - each is a choice of its own, and named
    files: Iterable[FileSource | FoundFile],
    rubric: Rubric,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    timeout: float | None = 30.0,
    memory: int | None = 1 << 30,
    then: Then | None = None,
    keep_workbook: bool = True,
    limits: Limits = DEFAULT_LIMITS,
    in_order: bool = True,
    window: int | None = None,
) -> Generator[FileOutcome]:
    """Score many returns under one rubric, and let no bad file stop the others.

    Without `workers` and `executor` files are scored here, one after another, each when its outcome
    is asked for; a fault of this library then stops the run. With either, a file that crashes its
    process, hangs or runs into a fault ends as `failed` and the others go on.

    Args:
        files: paths, URLs, bytes, open binary files, or what [find_files][] found. Not folders.
        rubric: the rubric under which all of them are scored.
        workers: how many processes of our own score at the same time, each one file at a time.
        executor: any executor of `concurrent.futures`, in place of `workers`. It is not shut down.
            If it breaks, workers of our own finish the run.
        timeout: seconds that one file may take in a worker of our own; None for any.
        memory: bytes that a worker of our own may take, where the system can limit that (not on
            Windows, and not reliably on macOS); None for any.
        then: done with every outcome of a file that was tried, in the process that tried it, such
            as writing its results. What it returns becomes the outcome's `product` and must be
            picklable; the result itself stays there. For other processes it must be importable.
        keep_workbook: whether results keep the workbook as it was found, which a result workbook
            shows and which makes most of what comes back from another process.
        limits: how large and how deep a file may be, as for [read_assessment][].
        in_order: whether outcomes come in the order of the files, or as soon as each is known.
        window: how far ahead of the first unfinished file another may be begun, and so how many
            outcomes may wait for an earlier one; 32 for each worker when left out.

    Yields:
        One outcome for each file.

    Raises:
        ValueError: for both `workers` and `executor`, or for less than one worker.
        TypeError: when `then` cannot be sent to another process.
        RuntimeError: when no worker can be started.
    """
    if workers is not None and (executor is not None or workers < 1):
        raise ValueError("give workers, of which there is at least one, or an executor")
    setup = Setup(rubric, then, keep_workbook, limits)
    if workers is None and executor is None:
        return _here(files, setup)
    done = _elsewhere(
        files,
        setup,
        workers=workers,
        executor=executor,
        timeout=timeout,
        memory=memory,
        window=window,
    )
    return _outcomes(done, setup, in_order=in_order)


def available_cores() -> int:
    """Count the cores on which this process may run."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _here(files: Iterable[FileSource | FoundFile], setup: Setup) -> Generator[FileOutcome]:
    try:
        for item in jobs_of(files):
            yield score_one(item, setup) if isinstance(item, Job) else item
    finally:
        close_archives()


def _elsewhere(
    files: Iterable[FileSource | FoundFile],
    setup: Setup,
    *,
    workers: int | None,
    executor: Executor | None,
    timeout: float | None,
    memory: int | None,
    window: int | None,
) -> Generator[FileOutcome | Answer]:
    # The browser has neither processes nor threads, and loads none of this.
    from maturity.batch.executors import executor_answers  # noqa: PLC0415 - said above
    from maturity.batch.pool import PoolOptions, pool_answers  # noqa: PLC0415 - likewise

    packed = pack_setup(setup)
    count = min(workers or available_cores(), _MOST_WORKERS if sys.platform == "win32" else 1000)
    options = PoolOptions(count, timeout, memory, window or _PLACES_PER_WORKER * count)
    items = (_ready(item, setup) for item in jobs_of(files))
    if executor is None:
        return pool_answers(items, packed, options)
    return executor_answers(
        items,
        packed,
        executor,
        window=window or _PLACES_OF_AN_EXECUTOR,
        instead=lambda rest: pool_answers(rest, packed, options),
    )


def _ready(item: Job | FileOutcome, setup: Setup) -> Job | FileOutcome:
    if not isinstance(item, Job):
        return item
    try:
        return fetched(item, setup.limits)
    except (OSError, ValueError):  # reading it here says in the usual words what is wrong
        return score_one(item, setup)


def _outcomes(
    done: Generator[FileOutcome | Answer], setup: Setup, *, in_order: bool
) -> Generator[FileOutcome]:
    with closing(done):  # so that workers end when this is stopped, not at some later time
        for each in ordered(done) if in_order else done:
            if isinstance(each, FileOutcome):
                yield each
                continue
            content = unpack_answer(each, setup)
            yield _failed(each.job, content) if isinstance(content, Failure) else content


_SENTENCES = {
    IssueCode.WORKER_CRASHED: (
        "The process that read the file came to a sudden end ({detail}).",
        "Do not trust the file before you know its sender; a copy saved by Excel may be readable.",
    ),
    IssueCode.WORKER_TIMEOUT: (
        "The file took longer than it may ({detail}), so its process was ended.",
        "Score it on its own with more time, or have a copy saved by Excel.",
    ),
    IssueCode.WORKER_MEMORY: (
        "The file takes more memory than it may.",
        "Score it on its own with more memory, or delete pictures and unused sheets from it.",
    ),
    IssueCode.WORKER_FAULT: (
        "Reading the file met a fault in this library ({detail}).",
        "Please report it, with the file if you may share it; nothing is wrong on your side.",
    ),
}


def _failed(job: Job, failure: Failure) -> FileOutcome:
    message, remedy = _SENTENCES[failure.code]
    issue = Issue(
        failure.code,
        Severity.ERROR,
        message.format(detail=failure.detail),
        remedy,
        CellLocation(job.label),
    )
    return FileOutcome(job.name, OutcomeStatus.FAILED, None, (issue,), number=job.number)
