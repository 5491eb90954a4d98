"""Score the files of a run and hand them on in order, those of an earlier run among them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

from maturity.batch import FileOutcome, FoundFile, available_cores, score_files
from maturity.batch.archives import close_archives
from maturity.batch.outcomes import source_of
from maturity.batch.records import FileRecord, record_of
from maturity.command_line.folder_run import FolderRun
from maturity.rubric import Rubric

__all__ = ["Reported", "RunPlan", "run_files", "workers_for"]

# So many files are done here before workers would have started.
_HANDFUL = 16
# One file may hold up the reporting of so many, but not the work on them.
_WINDOW = 5_000


def _unwatched(checks: Generator[bool]) -> Generator[bool]:
    return checks


class Reported(NamedTuple):
    """One file, ready to be reported: what became of it, the same in short, and from when."""

    outcome: FileOutcome
    record: FileRecord
    is_kept: bool = False


class RunPlan(NamedTuple):
    """How the files are scored.

    Attributes:
        workers: how many processes; 0 for this one alone; None to choose.
        is_single: whether there is one file only, whose result is wanted as a whole.
        with_issues: whether the issues of files that are not done again are wanted.
        watched: shows how far the look at what is there already has come.
    """

    workers: int | None = None
    is_single: bool = False
    with_issues: bool = False
    watched: Callable[[Generator[bool]], Generator[bool]] = _unwatched


def run_files(
    found: Sequence[FoundFile], rubric: Rubric, folder: FolderRun | None, plan: RunPlan
) -> Generator[Reported]:
    """Score what is not done yet.

    Args:
        found: the files, in order.
        rubric: the rubric of the run.
        folder: where results are written and what is done is known; None for neither.
        plan: how.

    Yields:
        Every file in order. What is done is noted in the folder as soon as that is known, though it
        may be handed on later.
    """
    with closing(plan.watched(_is_done(file, folder, plan) for file in found)) as checked:
        is_done = list(checked)
    close_archives()  # scoring is for other processes, as a rule
    places = [place for place, done in enumerate(is_done) if not done]
    scored = _scored([found[place] for place in places], rubric, folder, plan)
    waiting: dict[int, Reported] = {}
    with closing(scored):
        for place, file in enumerate(found):
            if is_done[place] and folder is not None:
                yield _kept(file, folder, plan)
                continue
            while place not in waiting:
                each = next(scored)
                waiting[places[each.outcome.number - 1]] = each
            yield waiting.pop(place)


def _is_done(file: FoundFile, folder: FolderRun | None, plan: RunPlan) -> bool:
    may_be = folder is not None and file.reason is None and not plan.is_single
    return may_be and folder is not None and folder.done(file.source) is not None


def _kept(file: FoundFile, folder: FolderRun, plan: RunPlan) -> Reported:
    record = folder.record(file.source)
    issues = folder.issues_of(record) if plan.with_issues else record.why
    return Reported(FileOutcome(source_of(file), record.status, None, issues), record, is_kept=True)


def _scored(
    files: Sequence[FoundFile], rubric: Rubric, folder: FolderRun | None, plan: RunPlan
) -> Generator[Reported]:
    shorten = record_of if folder is None else folder.writer
    outcomes = score_files(
        files,
        rubric,
        workers=workers_for(files, plan.workers),
        then=None if plan.is_single else shorten,
        in_order=False,
        window=_WINDOW,
    )
    with closing(outcomes):
        for outcome in outcomes:
            product = outcome.product
            record = product if isinstance(product, FileRecord) else shorten(outcome)
            if folder is not None and files[outcome.number - 1].reason is None:
                folder.note(record)
            yield Reported(replace(outcome, product=None), record)


def workers_for(files: Sequence[FoundFile], wanted: int | None = None) -> int | None:
    """Choose how many processes score some files.

    Args:
        files: the files; those that are passed over take none.
        wanted: how many are wanted; 0 for this process alone; None to choose.

    Returns:
        How many; None for this process alone.
    """
    count = sum(file.reason is None for file in files)
    if wanted is None and count > _HANDFUL:
        return min(available_cores(), count)
    return min(wanted or 0, count) or None
