"""Carry out `maturity score`: find the returns, score them, write and show the results."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console

from maturity.batch import FileOutcome, FoundFile, find_files, score_files
from maturity.command_line.arguments import existing_paths, rubric_named
from maturity.command_line.endings import ExitCode, Misuse
from maturity.command_line.safe_text import complain, shown
from maturity.command_line.score_json import JsonReport
from maturity.command_line.score_report import TextReport
from maturity.command_line.tally import Refusal
from maturity.command_line.terminal import console_for, with_progress
from maturity.errors import WriteError

if TYPE_CHECKING:
    from maturity.command_line.output_folder import OutputFolder

__all__ = ["ScoreOptions", "score_returns"]


class ScoreOptions(NamedTuple):
    """What was asked for on the command line; `maturity.cli` says what each option does."""

    returns: Sequence[str]
    rubric: str
    output: Path | None
    as_json: bool = False
    with_all_issues: bool = False
    with_workbooks: bool = True


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
    paths = list(existing_paths(options.returns))
    rubric = rubric_named(options.rubric)
    found = list(find_files(paths, leave_out=options.output))
    to_score = [file.path for file in found if file.reason is None]
    if not to_score:
        raise Misuse(_nothing_to_score(options.returns, found))
    folder = _open_folder(options, to_score, created)
    console = console_for(sys.stdout)
    report: TextReport | JsonReport
    if options.as_json:
        report = JsonReport(sys.stdout, rubric, created=created)
    else:
        is_single, all_issues = len(to_score) == 1, options.with_all_issues
        report = TextReport(console, rubric, is_single=is_single, with_all_issues=all_issues)
    progress = _console_for_progress(console, as_json=options.as_json)
    outcomes = with_progress(score_files(found, rubric), len(found), progress)
    return _run(report, outcomes, folder, total=len(found))


def _console_for_progress(console: Console, *, as_json: bool) -> Console | None:
    if not console.is_terminal:
        return console_for(sys.stderr)
    # One console for both keeps the bar below the lines; into JSON it must not be drawn.
    return None if as_json else console


def _run(
    report: TextReport | JsonReport,
    outcomes: Generator[FileOutcome],
    folder: OutputFolder | None,
    *,
    total: int,
) -> ExitCode:
    output = None if folder is None else folder.folder
    report.begin()
    try:
        with closing(outcomes):  # also takes the progress bar away before anything else is said
            for outcome in outcomes:
                report.add(outcome, *_written(outcome, folder))
    except KeyboardInterrupt:
        report.end(output, is_complete=False)
        sys.stdout.flush()
        kept = "" if output is None else f" What is in {shown(output)} is whole."
        complain(
            f"Stopped after {report.tally.files} of {total} files.{kept}"
            " Run the same command again for the rest."
        )
        return ExitCode.INTERRUPTED
    report.end(output)
    return report.tally.exit_code


def _written(
    outcome: FileOutcome, folder: OutputFolder | None
) -> tuple[tuple[Path, ...], Refusal | None]:
    """Write one file's results: the paths, or why that was not possible."""
    if folder is None or outcome.result is None:
        return (), None
    try:
        return folder.write(outcome, outcome.result), None
    except WriteError as error:
        return (), Refusal(outcome.source, error.issues)


def _open_folder(
    options: ScoreOptions, sources: Sequence[Path], created: datetime.datetime
) -> OutputFolder | None:
    output = options.output
    if output is None:
        return None
    if output.exists() and not output.is_dir():
        raise Misuse(f'"{output}" is a file. Give a folder for the results, such as -o results.')
    # Without -o no writer is needed, and none is loaded.
    from maturity.command_line.output_folder import OutputFolder  # noqa: PLC0415 - said above

    try:
        with_workbooks = options.with_workbooks
        return OutputFolder(output, sources, created=created, with_workbooks=with_workbooks)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Misuse(
            f'Results cannot be written to "{output}": {reason}. Choose another folder with -o.'
        ) from error


def _nothing_to_score(returns: Sequence[str], found: Sequence[FoundFile]) -> str:
    reasons = sorted({file.reason.value for file in found if file.reason is not None})
    passed = f" Passed over: {', '.join(reasons)}." if reasons else ""
    return f'There is no workbook to score in "{", ".join(returns)}".{passed}'
