"""Carry out `maturity score`: find the returns, score them, write and show the results."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from maturity.batch import FileOutcome, FoundFile, find_files, score_files
from maturity.command_line.misuse import Misuse, existing_paths, rubric_named
from maturity.command_line.output_folder import OutputFolder
from maturity.command_line.score_json import JsonReport
from maturity.command_line.score_report import TextReport
from maturity.command_line.tally import ExitCode, Refusal
from maturity.command_line.terminal import console_for, shown, with_progress
from maturity.errors import WriteError
from maturity.rubric import Rubric

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["ScoreOptions", "score_returns"]


class ScoreOptions(NamedTuple):
    """What was asked for on the command line; `maturity.cli` says what each option does."""

    returns: Sequence[str]
    rubric: str
    output: Path | None
    created: datetime.datetime
    as_json: bool = False
    with_all_issues: bool = False
    with_workbooks: bool = True


def score_returns(options: ScoreOptions) -> int:
    """Score returns, write their results and show them.

    Args:
        options: what was asked for.

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
    folder = None if options.output is None else _open_folder(options.output, to_score, options)
    console, progress_console = console_for(sys.stdout), console_for(sys.stderr)
    report = _report_for(options, console, rubric, is_single=len(to_score) == 1)
    if console.is_terminal:
        # One console for both keeps the bar below the lines; into JSON it must not be drawn.
        progress_console = console if not options.as_json else None
    outcomes = with_progress(score_files(found, rubric), len(found), progress_console)
    return _run(report, outcomes, folder, total=len(found))


def _report_for(
    options: ScoreOptions, console: Console, rubric: Rubric, *, is_single: bool
) -> TextReport | JsonReport:
    if options.as_json:
        return JsonReport(sys.stdout, rubric, created=options.created)
    all_issues = options.with_all_issues
    return TextReport(console, rubric, is_single=is_single, with_all_issues=all_issues)


def _run(
    report: TextReport | JsonReport,
    outcomes: Iterator[FileOutcome],
    folder: OutputFolder | None,
    *,
    total: int,
) -> int:
    output = None if folder is None else folder.folder
    report.begin()
    try:
        for outcome in outcomes:
            report.add(outcome, *_written(outcome, folder))
    except KeyboardInterrupt:
        report.end(output, is_complete=False)
        sys.stdout.flush()
        kept = "" if output is None else f" What is in {shown(output)} is whole."
        print(  # noqa: T201 - the command line talks
            f"Stopped after {report.tally.files} of {total} files.{kept}"
            " Run the same command again for the rest.",
            file=sys.stderr,
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


def _open_folder(output: Path, sources: Sequence[Path], options: ScoreOptions) -> OutputFolder:
    if output.exists() and not output.is_dir():
        raise Misuse(f'"{output}" is a file. Give a folder for the results, such as -o results.')
    try:
        return OutputFolder(
            output, sources, created=options.created, with_workbooks=options.with_workbooks
        )
    except OSError as error:
        reason = error.strerror or str(error)
        raise Misuse(
            f'Results cannot be written to "{output}": {reason}. Choose another folder with -o.'
        ) from error


def _nothing_to_score(returns: Sequence[str], found: Sequence[FoundFile]) -> str:
    reasons = sorted({file.reason.value for file in found if file.reason is not None})
    passed = f" Passed over: {', '.join(reasons)}." if reasons else ""
    return f'There is no workbook to score in "{", ".join(returns)}".{passed}'
