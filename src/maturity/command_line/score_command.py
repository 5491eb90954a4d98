"""Carry out `maturity score`: find the returns, score them, write and show the results."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Generator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from maturity.batch import FoundFile, find_files
from maturity.batch.stored import Place
from maturity.command_line.arguments import rubric_named, sources_named
from maturity.command_line.duplicates import Duplicates
from maturity.command_line.endings import ExitCode, Misuse, UnusableError
from maturity.command_line.folder_lock import InUseError
from maturity.command_line.folder_run import FolderRun
from maturity.command_line.safe_text import complain, shown
from maturity.command_line.score_json import JsonReport
from maturity.command_line.score_report import TextReport
from maturity.command_line.score_run import Reported, RunPlan, run_files
from maturity.command_line.terminal import console_for, with_progress
from maturity.errors import WriteError
from maturity.rubric import Rubric

__all__ = ["ScoreOptions", "score_returns"]


class ScoreOptions(NamedTuple):
    """What was asked for on the command line; `maturity.cli` says what each option does."""

    returns: Sequence[str]
    rubric: str
    output: Path | None
    as_json: bool = False
    with_all_issues: bool = False
    with_workbooks: bool = True
    workers: int | None = None
    duplicates: Duplicates = Duplicates.LATEST
    again: bool = False
    keeps_date: bool = False


def score_returns(options: ScoreOptions, *, created: datetime.datetime) -> ExitCode:
    """Score returns, write their results and show them.

    Args:
        options: what was asked for.
        created: the date to write into the results.

    Returns:
        The exit code.

    Raises:
        Misuse: when the command cannot be carried out as it was given.
    """
    paths = list(sources_named(options.returns))
    rubric = rubric_named(options.rubric)
    found = list(find_files(paths, leave_out=options.output))
    to_score = [file.source for file in found if file.reason is None]
    if not to_score:
        raise Misuse(_nothing_to_score(options.returns, found))
    folder = _open_folder(options, rubric, to_score, created)
    console = console_for(sys.stdout)
    is_single, all_issues = len(to_score) == 1, options.with_all_issues
    report: TextReport | JsonReport
    if options.as_json:
        report = JsonReport(sys.stdout, rubric, created=created, folder=options.output)
    else:
        report = TextReport(
            console, rubric, named=options.rubric, is_single=is_single, with_all_issues=all_issues
        )
    run = _Run(report, folder, found, options.duplicates)
    progress = _console_for_progress(console, as_json=options.as_json)
    watched = partial(with_progress, total=len(found), console=progress, doing="Checking")
    plan = RunPlan(options.workers, is_single, all_issues or options.as_json, watched)
    files = run_files(found, rubric, folder, plan)
    try:
        return run.all(with_progress(files, len(found), progress, say=report.tally.so_far))
    finally:
        if folder is not None:
            folder.close()


def _console_for_progress(console: Console, *, as_json: bool) -> Console | None:
    if not console.is_terminal:
        return console_for(sys.stderr)
    # One console for both keeps the bar below the lines; into JSON it must not be drawn.
    return None if as_json else console


class _Run(NamedTuple):
    report: TextReport | JsonReport
    folder: FolderRun | None
    found: Sequence[FoundFile]
    duplicates: Duplicates

    def all(self, files: Generator[Reported]) -> ExitCode:
        """Report every file, and then what they come to."""
        report, tally = self.report, self.report.tally
        report.begin()
        try:
            try:
                with closing(files):  # also takes the progress bar away before more is said
                    for file in files:
                        tally.kept += file.is_kept
                        report.add(file.outcome, file.record)
            finally:
                tally.settle(self.duplicates)
            self._finish()
        except KeyboardInterrupt:
            self._stopped("")
            return ExitCode.INTERRUPTED
        except WriteError as error:  # what was to be noted about a file could not be
            self._stopped(f" {error}")
            return ExitCode.UNUSABLE
        report.end(None if self.folder is None else self.folder.folder)
        return tally.exit_code

    def _stopped(self, why: str) -> None:
        """Report what was done, and say how to go on."""
        tally, folder = self.report.tally, self.folder
        output = None if folder is None else folder.folder
        self.report.end(output, is_complete=False)
        sys.stdout.flush()
        kept = "" if output is None else f" What is in {shown(output)} is whole."
        complain(
            f"Stopped after {tally.files} of {len(self.found)} files.{why}{kept}"
            " Run the same command again for the rest."
        )

    def _finish(self) -> None:
        """Write down what became of each file, in order."""
        folder = self.folder
        if folder is not None:
            records = (folder.last_record(file) for file in self.found)
            tally = self.report.tally
            tally.left_over = folder.finish(records, tally.standing)


def _open_folder(
    options: ScoreOptions, rubric: Rubric, sources: Sequence[Place], created: datetime.datetime
) -> FolderRun | None:
    output = options.output
    if output is None:
        return None
    if output.exists() and not output.is_dir():
        raise Misuse(f'"{output}" is a file. Give a folder for the results, such as -o results.')
    try:
        return FolderRun(
            output,
            rubric,
            sources,
            created=created,
            keeps_date=options.keeps_date,
            with_workbooks=options.with_workbooks,
            again=options.again,
        )
    except InUseError as error:
        raise UnusableError(
            f'Another run is writing to "{output}" now. Wait until it has ended, or choose another'
            " folder with -o."
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Misuse(
            f'Results cannot be written to "{output}": {reason}. Choose another folder with -o.'
        ) from error


def _nothing_to_score(returns: Sequence[str], found: Sequence[FoundFile]) -> str:
    reasons = sorted({file.reason.value for file in found if file.reason is not None})
    passed = f" Passed over: {', '.join(reasons)}." if reasons else ""
    return f'There is no workbook to score in "{", ".join(returns)}".{passed}'
