"""Send jobs to other processes and their answers back, as few bytes as will do.

A rubric is as large as an answer, so it goes along once with the [Setup][] and never comes back;
scores are not sent at all, because scoring an answer again costs less than unpacking it.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable
from typing import NamedTuple, TypeAlias, cast

from maturity.batch.one_file import Job, Read, Setup, read_one, scored
from maturity.batch.outcomes import FileOutcome
from maturity.issues import IssueCode
from maturity.rubric import Rubric

__all__ = [
    "Answer",
    "Failure",
    "Packed",
    "ThenError",
    "answer_job",
    "pack_job",
    "pack_setup",
    "unpack_answer",
]

_PROTOCOL = 5


class Failure(NamedTuple):
    """Why a file has no answer: the kind of failure, and what is known of it."""

    code: IssueCode
    detail: str = ""


Packed: TypeAlias = bytes | Failure
"""An answer as it travels, or why there is none."""


class Answer(NamedTuple):
    """What came back for one file."""

    job: Job
    packed: Packed

    @property
    def number(self) -> int:
        """The file's place, from 1."""
        return self.job.number


class ThenError(NamedTuple):
    """An exception of the caller's own function, on its way back to the caller."""

    error: Exception


_Content: TypeAlias = Read | FileOutcome | Failure | ThenError


def pack_setup(setup: Setup) -> bytes:
    """Pack what every worker needs once.

    Raises:
        TypeError: when `then` is not something that another process can import.
    """
    try:
        return pickle.dumps(setup, _PROTOCOL)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise TypeError(
            f"then={setup.then!r} cannot be sent to another process ({error}). Give a function "
            "that stands at the top of a module, or an object of a class that does."
        ) from error


def pack_job(job: Job) -> bytes:
    """Pack one job; what no other process can fetch was [fetched][] before."""
    return pickle.dumps(job, _PROTOCOL)


def answer_job(packed: bytes, setup: Setup) -> tuple[bytes, bool]:
    """Do one job in a worker, and pack whatever comes of it.

    Returns:
        The answer, and whether the process is fit for more: not after it ran out of memory.
    """
    try:
        return _pack(_content(pickle.loads(packed), setup), setup), True  # noqa: S301 - our own parent's
    except MemoryError:
        return _pack(Failure(IssueCode.WORKER_MEMORY), setup), False


def _content(job: Job, setup: Setup) -> _Content:
    try:
        read = read_one(job, setup, keep_workbook=setup.keep_workbook or bool(setup.then))
        if setup.then is None:
            return read
        outcome = scored(read, job)
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours in one file must not cost the others
        return Failure(IssueCode.WORKER_FAULT, f"{type(error).__name__}: {error}")
    return _done(outcome, setup.then)


def _done(outcome: FileOutcome, then: Callable[[FileOutcome], object]) -> _Content:
    try:
        product = then(outcome)
    except MemoryError:
        raise
    except Exception as error:  # the caller's own, which the caller gets
        return ThenError(_sendable(error))
    return FileOutcome(
        outcome.source,
        outcome.status,
        None,
        outcome.issues,
        outcome.reason,
        outcome.number,
        product,
        outcome.digest,
        outcome.mark,
    )


def _sendable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error, _PROTOCOL))  # noqa: S301 - made in this very line
    except Exception:  # there are as many ways to fail as there are exceptions
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def unpack_answer(answer: Answer, setup: Setup) -> FileOutcome | Failure:
    """Turn what came back into an outcome, with this process's own rubric in it.

    Raises:
        Exception: what `then` raised.
    """
    if isinstance(answer.packed, Failure):
        return answer.packed
    content = cast("_Content", _Unpickler(answer.packed, setup.rubric).load())
    if isinstance(content, ThenError):
        raise content.error
    if isinstance(content, FileOutcome | Failure):
        return content
    return scored(content, answer.job)


def _pack(content: _Content, setup: Setup) -> bytes:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, _PROTOCOL)
    # A table for the type costs nothing for other objects; `persistent_id` is called for each.
    pickler.dispatch_table = copyreg.dispatch_table | {
        Rubric: lambda rubric: (_rubric, ()) if rubric is setup.rubric else rubric.__reduce_ex__(5)
    }
    pickler.dump(content)
    return stream.getvalue()


def _rubric() -> Rubric:  # pragma: no cover - only its name travels
    raise LookupError


class _Unpickler(pickle.Unpickler):
    """Puts this process's rubric where the worker's own was."""

    def __init__(self, packed: bytes, rubric: Rubric) -> None:
        super().__init__(io.BytesIO(packed))
        self._own = rubric

    def find_class(self, module: str, name: str) -> object:
        if module == __name__ and name == _rubric.__name__:
            return self._give
        return super().find_class(module, name)

    def _give(self) -> Rubric:
        return self._own
