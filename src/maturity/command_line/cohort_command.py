"""Carry out `maturity cohort`: score many returns, and look at their areas beside one another."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from maturity.batch import FileOutcome, FoundFile, OutcomeStatus, find_files, score_files
from maturity.cohort.cohort import Cohort
from maturity.cohort.gather import gather_cohort
from maturity.cohort.publication import Show
from maturity.cohort.returns import Failure
from maturity.cohort.standing import Duplicates
from maturity.command_line.arguments import rubric_named, sources_named
from maturity.command_line.endings import ExitCode, Misuse, UnusableError
from maturity.command_line.figures import number_of
from maturity.command_line.safe_text import shown, wrapped
from maturity.command_line.score_run import workers_for
from maturity.command_line.tally import found_so_far
from maturity.command_line.terminal import console_for, with_progress
from maturity.errors import WriteError
from maturity.issues import Issue, Severity
from maturity.movement import compare_cohorts
from maturity.rubric import Rubric
from maturity.suppression import DEFAULT_THRESHOLD
from maturity.writing.cohort_workbook import write_cohort
from maturity.writing.table_files import TableFormat
from maturity.writing.table_writer import RowPacker, TableWriter
from maturity.writing.tables import mixed_tables, write_tables

__all__ = ["CohortOptions", "make_cohort"]

_MOST_NAMED = 20
_FAILURES = {OutcomeStatus.REFUSED, OutcomeStatus.FAILED}


class CohortOptions(NamedTuple):
    """What was asked for on the command line; each option is explained in `cohort_call`."""

    returns: Sequence[str]
    rubric: str
    output: Path | None = None
    tables: Path | None = None
    table_format: TableFormat = "csv"
    publish: bool = False
    suppress_below: int | None = None
    show: Show = "bands"
    before: Sequence[str] = ()
    duplicates: Duplicates = "latest"
    workers: int | None = None

    @property
    def threshold(self) -> int | None:
        """The fewest areas about which a figure is published; None where nothing is."""
        if self.suppress_below is not None:
            return self.suppress_below
        return DEFAULT_THRESHOLD if self.publish else None


def make_cohort(options: CohortOptions, *, created: datetime.datetime) -> ExitCode:
    """Score returns, gather them and write the cohort's workbook and tables.

    Args:
        options: what was asked for.
        created: the date to write into the workbook.

    Returns:
        The exit code: 3 when a file could not be used, 1 when returns have errors or queries.

    Raises:
        Misuse: when the command cannot be carried out as it was given.
        UnusableError: when the workbook or a table cannot be written.
    """
    _check(options)
    rubric = rubric_named(options.rubric)
    console = console_for(sys.stdout)
    try:
        made = _made(options, rubric, console, created)
    except WriteError as error:
        raise UnusableError(str(error)) from error
    for line in _report(made, options):
        console.print(wrapped(line, console.width, indent="  "), soft_wrap=True)
    return _exit_code(made)


class _Made(NamedTuple):
    """What a cohort came to, whether it was held or only written."""

    areas: int
    returns: int
    failures: Sequence[Failure]
    issues: Sequence[Issue]
    is_clean: bool


def _made(
    options: CohortOptions, rubric: Rubric, console: Console, created: datetime.datetime
) -> _Made:
    tables = options.tables
    if tables is not None:
        try:
            tables.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Misuse(f'"{tables}" cannot be made: {error.strerror or error}.') from error
        if options.output is None and options.threshold is None and not options.before:
            return _only_tables(options, tables, rubric, console)
    cohort = _gathered(options, options.returns, rubric, console)
    earlier = _gathered(options, options.before, rubric, console) if options.before else None
    movement = None if earlier is None else compare_cohorts(earlier, cohort)
    threshold, show = options.threshold, options.show
    if options.output is not None:
        write_cohort(
            cohort,
            options.output,
            suppress_below=threshold,
            show=show,
            movement=movement,
            created=created,
        )
    if tables is not None:
        write_tables(
            cohort,
            tables,
            format=options.table_format,
            suppress_below=threshold,
            show=show,
            movement=movement,
        )
    issues = [issue for each in cohort.returns for issue in each.issues]
    is_clean = all(issue.severity is Severity.NOTE for issue in issues)
    return _Made(len(cohort.areas), len(cohort.returns), cohort.failures, cohort.issues, is_clean)


def _only_tables(options: CohortOptions, folder: Path, rubric: Rubric, console: Console) -> _Made:
    """Write the tables as returns are scored, so that any number takes the same memory."""
    with TableWriter(
        folder, rubric, format=options.table_format, duplicates=options.duplicates
    ) as tables:
        with _outcomes(options, options.returns, rubric, console, then=tables.packer) as outcomes:
            for outcome in outcomes:
                tables.add(outcome)
        returns, issues = tables.returns, tables.issues
    areas = len({each.key for each in returns})
    return _Made(areas, len(returns), tables.failures, issues, tables.is_clean)


def _check(options: CohortOptions) -> None:
    if options.output is None and options.tables is None:
        raise Misuse("Nothing would be written. Add -o cohort.xlsx, or --tables FOLDER.")
    if options.output is not None and options.output.is_dir():
        raise Misuse(f'"{options.output}" is a folder. Name the workbook too, such as cohort.xlsx.')
    if options.output is not None and not options.output.parent.is_dir():
        folder, name = options.output.parent, options.output.name
        raise Misuse(f'There is no folder "{folder}" for "{name}". Make it first.')
    if options.output is not None and options.output.suffix.casefold() != ".xlsx":
        raise Misuse(f'"{options.output}" is no name for a workbook. Let it end in .xlsx.')
    if options.threshold is not None and options.threshold < 2:
        raise Misuse("--suppress-below is a number of areas, 2 or more.")
    if options.threshold is not None and options.before:
        raise Misuse("Movement shows areas' own figures, so --before is not for publication.")
    if options.tables is not None:
        mixed = mixed_tables(options.tables, is_published=options.threshold is not None)
        if mixed is not None:  # said before all is scored, not when it is to be written
            raise Misuse(str(mixed))


def _gathered(
    options: CohortOptions, names: Sequence[str], rubric: Rubric, console: Console
) -> Cohort:
    with _outcomes(options, names, rubric, console) as outcomes:
        return gather_cohort(outcomes, rubric, duplicates=options.duplicates)


def _outcomes(
    options: CohortOptions,
    names: Sequence[str],
    rubric: Rubric,
    console: Console,
    then: RowPacker | None = None,
) -> closing[Generator[FileOutcome]]:
    """Find and score returns; what is given takes the progress bar away when it is closed."""
    found = list(find_files(sources_named(names)))
    _refuse_to_overwrite(options.output, found)
    if not any(file.reason is None for file in found):
        raise Misuse(f'There is no workbook to score in "{", ".join(names)}".')
    workers = workers_for(found, options.workers)
    outcomes = score_files(found, rubric, workers=workers, then=then, keep_workbook=False)
    progress = console if console.is_terminal else console_for(sys.stderr)
    seen = _Seen()
    watched = with_progress(seen.passed_on(outcomes), len(found), progress, say=seen.so_far)
    return closing(watched)


@dataclass
class _Seen:
    """What was found so far, for who watches a long run."""

    to_mend: int = 0
    failed: int = 0

    def passed_on(self, outcomes: Generator[FileOutcome]) -> Generator[FileOutcome]:
        """Count outcomes on their way."""
        with closing(outcomes):
            for outcome in outcomes:
                if outcome.status in _FAILURES:
                    self.failed += 1
                else:
                    self.to_mend += sum(
                        issue.severity is not Severity.NOTE for issue in outcome.issues
                    )
                yield outcome

    def so_far(self) -> str:
        """Say it as `maturity score` does."""
        return found_so_far(self.to_mend, self.failed)


def _refuse_to_overwrite(output: Path | None, found: Sequence[FoundFile]) -> None:
    """Stop where the workbook would take the place of a return, or of a zip file of them."""
    if output is None or not output.exists():
        return
    places = {each if isinstance(each, Path) else each.holder for each, _ in found}
    if any(place is not None and place.exists() and output.samefile(place) for place in places):
        raise Misuse(f'"{output}" is among the returns. Choose another name for the workbook.')


def _report(made: _Made, options: CohortOptions) -> Iterator[str]:
    files = len({failure.source for failure in made.failures})
    yield (
        f"{number_of(made.areas, 'area')} from {number_of(made.returns, 'return')}; "
        f"{number_of(files, 'file')} could not be used."
    )
    for failure in made.failures[:_MOST_NAMED]:
        for issue in failure.issues:
            yield f"{failure.source}: {issue.message} {issue.remedy} [{issue.code.value}]"
    for issue in made.issues[:_MOST_NAMED]:
        yield f"{issue.message} {issue.remedy} [{issue.code.value}]"
    more = max(0, len(made.failures) - _MOST_NAMED) + max(0, len(made.issues) - _MOST_NAMED)
    if more:
        yield f"And {more:,} more{_where_all_are(options)}."
    written = [shown(path) for path in (options.output, options.tables) if path is not None]
    audience = (
        "It shows areas' own figures and is not for publication; --publish writes what may be shown"
        " to anyone."
        if options.threshold is None
        else f"Figures about fewer than {options.threshold} areas are withheld."
    )
    yield f"Written: {' and '.join(written)}. {audience}"


def _where_all_are(options: CohortOptions) -> str:
    """Say where files that could not be used are listed; what is for anyone lists none."""
    if options.threshold is not None:
        return "; maturity score lists all of them"
    where = "the tables have" if options.output is None else "the sheet Files has"
    return f"; {where} all of them"


def _exit_code(made: _Made) -> ExitCode:
    if made.failures:
        return ExitCode.UNUSABLE
    is_clean = made.is_clean and all(issue.severity is Severity.NOTE for issue in made.issues)
    return ExitCode.CLEAN if is_clean else ExitCode.ISSUES
