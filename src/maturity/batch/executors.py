"""Run jobs through any executor of `concurrent.futures`, and lose none when it breaks.

An executor that loses a process may take every job with it that it had. Those jobs are given to it
again, one at a time, so that only the file that did it fails; when the executor is broken for good,
workers of our own finish the run.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from functools import lru_cache
from itertools import chain
from typing import TypeAlias, cast

from maturity.batch.one_file import Job, Setup
from maturity.batch.outcomes import FileOutcome
from maturity.batch.packing import Answer, Failure, answer_job, pack_job
from maturity.batch.window import Window
from maturity.issues import IssueCode

__all__ = ["executor_answers"]

_Item: TypeAlias = Job | FileOutcome
_InsteadOfExecutor: TypeAlias = Callable[[Iterator[_Item]], Generator[FileOutcome | Answer]]


def executor_answers(
    items: Iterator[_Item],
    setup: bytes,
    executor: Executor,
    *,
    window: int,
    instead: _InsteadOfExecutor,
) -> Generator[FileOutcome | Answer]:
    """Run jobs through an executor, and give each answer as soon as it is there.

    Args:
        items: jobs; outcomes among them are handed through.
        setup: what every job needs, packed.
        executor: it is not shut down.
        window: how many jobs it has at most at one time, and how far ahead of the first unfinished
            one another may be begun.
        instead: what does the rest when the executor is broken.
    """
    run = _Run(setup, executor, window)
    try:
        yield from run.all(items)
    finally:
        run.cancel()
    if run.is_broken:
        # Closing this generator closes that one too.
        yield from instead(chain(run.left_over(), items))


class _Run:
    def __init__(self, setup: bytes, executor: Executor, window: int) -> None:
        self.is_broken = False
        self.lost: list[Job] = []
        self._setup = setup
        self._executor = executor
        self._window = Window(window)
        self._next: Job | None = None
        self._submitted = 0
        self._under_way: dict[Future[bytes], Job] = {}

    def all(self, items: Iterator[_Item]) -> Iterator[FileOutcome | Answer]:
        """Do all jobs, or those up to the one with which the executor broke."""
        while True:
            yield from self._fill(items)
            if self._under_way:
                yield from self._come_back()
            elif self.is_broken:
                return
            elif self.lost:
                yield from self._again()
            else:  # with nothing under way, any job would have been begun
                return

    def left_over(self) -> list[Job]:
        """Give the jobs that were taken and not done, in order."""
        return sorted([*self.lost, *([self._next] if self._next else [])], key=lambda job: job[0])

    def cancel(self) -> None:
        """Take back what was not begun."""
        for future in self._under_way:
            future.cancel()

    def _fill(self, items: Iterator[_Item]) -> Iterator[FileOutcome]:
        # Once something is lost, nothing more is risked until it is known which file did it.
        while not self.lost and not self.is_broken:
            item = self._next or next(items, None)
            self._next = None
            if item is None:
                return
            if isinstance(item, FileOutcome):
                yield item
            elif self._window.admits(item.number):
                self._begin(item)
            else:
                self._next = item
                return

    def _begin(self, job: Job) -> None:
        future = self._submit(job)
        if future is None:
            self.lost.append(job)
        else:
            self._window.begin(job.number)
            self._under_way[future] = job

    def _submit(self, job: Job) -> Future[bytes] | None:
        # Dask takes a call with the arguments of an earlier one for the same call, and gives what
        # became of that; so no two are alike.
        self._submitted += 1
        try:
            return self._executor.submit(_work, self._setup, pack_job(job), self._submitted)
        except RuntimeError:  # BrokenExecutor is one; so is "cannot schedule after shutdown"
            self.is_broken = True
            return None

    def _come_back(self) -> Iterator[Answer]:
        for future in wait(self._under_way, return_when=FIRST_COMPLETED).done:
            job = self._under_way.pop(future)
            self._window.finish(job.number)
            try:
                answer = Answer(job, future.result())
            except Exception as error:  # whatever an executor says when it loses a job
                self.is_broken |= isinstance(error, BrokenExecutor)
                self.lost.append(job)
            else:
                yield answer

    def _again(self) -> Iterator[Answer]:
        """Give lost jobs to the executor one at a time."""
        self.lost.sort(key=lambda job: job.number)
        while self.lost and not self.is_broken:
            answer = self._alone(self.lost[0])
            if answer is None:
                return
            del self.lost[0]
            yield answer

    def _alone(self, job: Job) -> Answer | None:
        """Do one job with nothing beside it; None when the executor broke."""
        future = self._submit(job)
        if future is None:
            return None
        try:
            return Answer(job, future.result())
        except BrokenExecutor:
            self.is_broken = True
            return None
        except Exception as error:  # it is this very file, or nothing works at all
            detail = f"{type(error).__name__}: {error}"
            return Answer(job, Failure(IssueCode.WORKER_CRASHED, detail))


def _work(setup: bytes, job: bytes, number: int) -> bytes:
    """Do one job where the executor wants it done; the number tells this call from any other."""
    del number
    answer, _ = answer_job(job, _setup_of(setup))
    return answer


@lru_cache(maxsize=4)
def _setup_of(packed: bytes) -> Setup:
    return cast("Setup", pickle.loads(packed))  # noqa: S301 - packed by whoever uses the executor
