"""Turn a command line into one call, and what it found into an exit code.

0 is clean, 1 issues were found, 2 misuse, 3 a file could not be used, 130 stopped by Ctrl-C. This
module holds the commands and their help, or takes them from `maturity.command_line`, where what
they do is.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

import maturity
from maturity.command_line.cohort_call import cohort
from maturity.command_line.compare_call import compare
from maturity.command_line.duplicates import Duplicates
from maturity.command_line.endings import ExitCode, Misuse, UnusableError
from maturity.command_line.options import Call as _Call
from maturity.command_line.options import CreatedOption as _CreatedOption
from maturity.command_line.options import Format, ReturnsArgument
from maturity.command_line.options import FormatOption as _FormatOption
from maturity.command_line.options import RubricOption as _RubricOption
from maturity.command_line.options import dated as _dated
from maturity.command_line.program import DEFAULT_RUBRIC, program_name
from maturity.command_line.safe_text import complain, forgiving_streams, say

__all__ = ["main"]

_app = typer.Typer(
    name="maturity",
    add_completion=False,
    rich_markup_mode=None,  # plain help: it starts faster, and any terminal and pipe can show it
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)


# What typer ends with after Ctrl-C: newer ones as a shell would, older ones as for any other end.
_STOPPED = {ExitCode.INTERRUPTED, 1}


def _known_duplicates(value: str) -> str:
    """Refuse a choice that is not known, in our own words, as for the format."""
    known = list(map(str, Duplicates))
    if value not in known:
        raise typer.BadParameter(f'"{value}" is none of {", ".join(known)}.')
    return value


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command.

    Args:
        argv: the arguments after the program's name; those of this process when left out.

    Returns:
        The exit code.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    with forgiving_streams():
        try:
            code = _parse_and_call(arguments)
            sys.stdout.flush()  # a closed pipe shows here, not when the interpreter ends
        except KeyboardInterrupt:
            complain("Stopped. Nothing is half written; run the same command again.")
            return ExitCode.INTERRUPTED
        except BrokenPipeError:
            return ExitCode.PIPE_CLOSED
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                raise
            complain("A file's name is longer than this system allows. Use a shorter one.")
            return ExitCode.MISUSE
    return code


def _parse_and_call(arguments: Sequence[str]) -> int:
    """Let typer find the call and its arguments, then make it outside of typer's own handling."""
    chosen: list[_Call] = []
    try:
        get_command(_app).main(list(arguments) or ["--help"], prog_name=program_name(), obj=chosen)
    except SystemExit as stop:
        if stop.code in _STOPPED:  # Ctrl-C while the command was still being loaded
            raise KeyboardInterrupt from stop
        if stop.code or not chosen:
            is_help = not stop.code and arguments
            return ExitCode.CLEAN if is_help else ExitCode.MISUSE
    try:
        return chosen[0]()
    except Misuse as error:
        complain(str(error))
        return ExitCode.MISUSE
    except UnusableError as error:
        complain(str(error))
        return ExitCode.UNUSABLE


@_app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Turn completed assessment workbooks into scores that people can trust and act on.

    \b
    Score all returns in a folder, and write a result workbook for each:
      maturity score returns/ -o results
    Make the blank workbook to send out:
      maturity template -o blank.xlsx

    \b
    Exit codes: 0 clean, 1 issues found, 2 misuse, 3 a file could not be used.
    """  # noqa: D301 - \b keeps the lines below it as they are
    if version:
        context.obj.append(_show_version)
    elif context.invoked_subcommand is None:
        context.fail(f"Name a command, such as: {program_name()} score returns/ -o results")


def _show_version() -> int:
    say(f"maturity {maturity.__version__}")
    return ExitCode.CLEAN


@_app.command()
def score(  # noqa: PLR0913, PLR0917 - an option each; typer reads them here
    context: typer.Context,
    returns: ReturnsArgument,
    rubric: _RubricOption = DEFAULT_RUBRIC,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="Write for each return a result workbook and JSON into this folder. Results of"
            " an earlier run are replaced, returns never. Nothing is written without it.",
        ),
    ] = None,
    show_as: _FormatOption = Format.TEXT.value,
    issues: Annotated[
        bool, typer.Option("--issues", help="List every issue, with its cell and what to do.")
    ] = False,
    no_workbook: Annotated[
        bool, typer.Option("--no-workbook", help="Write JSON only, which is much faster.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            "-w",
            metavar="N",
            min=0,
            help="Score in N processes, in which no file may take more than 30 seconds or 1 GB. 0"
            " is for none but this one, without limits. All cores when left out, for more than a"
            " few files.",
            show_default=False,
        ),
    ] = None,
    duplicates: Annotated[
        str,
        typer.Option(
            metavar=f"[{'|'.join(Duplicates)}]",
            callback=_known_duplicates,
            help="Of several returns of one area, the latest by its date counts, or all, or none.",
        ),
    ] = Duplicates.LATEST.value,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help="Score also what an earlier run into the same folder has done."
        ),
    ] = False,
    created: _CreatedOption = None,
) -> None:
    """Score returned workbooks and say what to mend in them.

    A folder's lock files, hidden files, links and other kinds of file are passed over. A bad file
    is reported and the others go on. A run that was stopped goes on when the same
    command is given again.

    \b
    Examples:
      maturity score returned.xlsx
      maturity score returns/ -o results
      maturity score returns/ --format json > scores.json

    \b
    Exit codes: 0 clean or notes alone, 1 errors or queries in a return, 2 misuse,
    3 a file could not be used, 130 stopped by Ctrl-C.
    """  # noqa: D301 - \b keeps the lines below it as they are
    from maturity.command_line.score_command import ScoreOptions, score_returns  # noqa: PLC0415 - starts faster

    options = ScoreOptions(
        returns=returns,
        rubric=rubric,
        output=output,
        as_json=show_as == Format.JSON,
        with_all_issues=issues,
        with_workbooks=not no_workbook,
        workers=workers,
        duplicates=Duplicates(duplicates),
        again=again,
        keeps_date=created is None and not os.environ.get("SOURCE_DATE_EPOCH"),
    )
    context.obj.append(_dated(partial(score_returns, options), created))


_app.command()(cohort)
_app.command()(compare)


@_app.command()
def reconcile(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE_OR_FOLDER",
            show_default=False,
            help="Completed workbooks that state scores of their own, or folders with them.",
        ),
    ],
    rubric: _RubricOption = DEFAULT_RUBRIC,
    show_as: _FormatOption = Format.TEXT.value,
    everything: Annotated[
        bool, typer.Option("--all", help="List every score, those that agree too.")
    ] = False,
) -> None:
    """Compare our scores with those that workbooks state themselves, cell by cell.

    Where they differ, the first step at which they do is explained. The workbook's layout says
    which of its cells state scores.

    \b
    Examples:
      maturity reconcile completed.xlsx --rubric my-rubric/
      maturity reconcile returns/ --rubric my-rubric/ --format json > compared.json

    \b
    Exit codes: 0 all agree, 1 some do not or none is stated, 2 misuse,
    3 a file could not be used.
    """  # noqa: D301 - \b keeps the lines below it as they are
    from maturity.command_line.reconcile_command import ReconcileOptions, reconcile_files  # noqa: PLC0415 - starts faster

    options = ReconcileOptions(files, rubric, show_as == Format.JSON, everything)
    context.obj.append(partial(reconcile_files, options))


@_app.command()
def lint(
    context: typer.Context,
    rubric: Annotated[
        str,
        typer.Argument(
            metavar="RUBRIC", help="A rubric file, a folder with rubric.yaml, or a shipped name."
        ),
    ],
    show_as: _FormatOption = Format.TEXT.value,
    against: Annotated[
        list[str] | None,
        typer.Option(
            "--against",
            "-a",
            metavar="WORKBOOK",
            show_default=False,
            help="Check it together with this workbook: whether every criterion, answer and score"
            " is found in it once, and everything in it is known. Can be given several times.",
        ),
    ] = None,
) -> None:
    """Check a rubric and its layouts: every problem with its line and what to do.

    \b
    Examples:
      maturity lint my-rubric/
      maturity lint my-rubric/ --against blank-form.xlsx

    \b
    Exit codes: 0 clean or notes alone, 1 errors or queries, 2 no such rubric
    or workbook, 3 a workbook could not be used.
    """  # noqa: D301 - \b keeps the lines below it as they are
    from maturity.command_line import rubric_commands  # noqa: PLC0415 - starts faster

    as_json = show_as == Format.JSON
    context.obj.append(
        partial(rubric_commands.lint, rubric, as_json=as_json, against=against or ())
    )


@_app.command()
def diff(
    context: typer.Context,
    old: Annotated[
        str, typer.Argument(metavar="OLD", show_default=False, help="The version before.")
    ],
    new: Annotated[
        str,
        typer.Argument(
            metavar="NEW",
            show_default=False,
            help="The version after. Both: a rubric file, a folder with rubric.yaml, or a shipped"
            " name.",
        ),
    ],
    changes: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The change map: what became of each id. Looked for in the folder changes beside"
            " NEW when left out.",
        ),
    ] = None,
    carry: Annotated[
        str | None,
        typer.Option(
            metavar="RETURN",
            help="A return for OLD: say which of its answers can be carried over to NEW.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.json",
            help="With --carry: write the return, scored under NEW, as JSON.",
        ),
    ] = None,
    show_as: _FormatOption = Format.TEXT.value,
    created: _CreatedOption = None,
) -> None:
    """Say what differs between two versions of a rubric, and what can still be compared.

    \b
    Examples:
      maturity diff rubric-2025/ rubric-2026/
      maturity diff rubric-2025/ rubric-2026/ --carry last-year.xlsx -o carried.json

    \b
    Exit codes: 0 no difference, 1 differences, 2 misuse, 3 a file could not be used.
    """  # noqa: D301 - \b keeps the lines below it as they are
    from maturity.command_line import diff_command  # noqa: PLC0415 - starts faster

    options = diff_command.DiffOptions(
        old=old,
        new=new,
        changes=changes,
        carry=carry,
        output=output,
        as_json=show_as == Format.JSON,
    )
    context.obj.append(_dated(partial(diff_command.diff, options), created))


@_app.command()
def template(
    context: typer.Context,
    rubric: Annotated[str, typer.Argument(metavar="[RUBRIC]")] = DEFAULT_RUBRIC,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The workbook to write.")
    ] = Path("blank.xlsx"),
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file if it is there already.")
    ] = False,
    created: _CreatedOption = None,
) -> None:
    """Write the blank workbook to send out.

    \b
    Example:
      maturity template local-partnership -o blank.xlsx
    """  # noqa: D301 - \b keeps the lines below it as they are
    from maturity.command_line.template_command import make_template  # noqa: PLC0415 - starts faster

    call = partial(make_template, rubric, output, overwrite=overwrite)
    context.obj.append(_dated(call, created))


@_app.command()
def inspect(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", show_default=False)],
    rubric: Annotated[
        str | None,
        typer.Option(
            "--rubric",
            "-r",
            metavar="RUBRIC",
            help="A rubric of your own whose layouts are tried too.",
        ),
    ] = None,
    show_as: _FormatOption = Format.TEXT.value,
) -> None:
    """Show what is in a workbook: tables, ids, answers, lists, and why no layout fits.

    Nothing is changed and nothing is scored; everything it says is a guess with its grounds.

    \b
    Examples:
      maturity inspect form.xlsx
      maturity inspect form.xlsx --format json

    \b
    Exit codes: 0 clean, 2 misuse, 3 the file could not be used.
    """  # noqa: D301 - \b keeps the lines below it as they are
    from maturity.command_line import inspect_command  # noqa: PLC0415 - starts faster

    as_json = show_as == Format.JSON
    context.obj.append(partial(inspect_command.inspect, file, rubric, as_json=as_json))


@_app.command()
def draft(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", show_default=False)],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FOLDER", show_default=False, help="The folder to write."
        ),
    ],
    title: Annotated[
        str, typer.Option(metavar="TITLE", show_default=False, help="The rubric's title.")
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Replace a draft that is there already.")
    ] = False,
) -> None:
    """Write a first rubric and layout for a workbook, with a comment on every guess.

    The workbook may be blank or filled. Correct the two files; the workbook can be read with them
    at once.

    \b
    Example:
      maturity draft form.xlsx -o my-rubric

    \b
    Exit codes: 0 clean, 2 misuse, 3 nothing could be drafted from the file.
    """  # noqa: D301 - \b keeps the lines below it as they are
    from maturity.command_line import draft_command  # noqa: PLC0415 - starts faster

    call = partial(draft_command.draft, file, output, title=title, force=force)
    context.obj.append(call)


@_app.command()
def rubrics(context: typer.Context) -> None:
    """List the rubrics that come with this library.

    \b
    Example:
      maturity rubrics
    """  # noqa: D301 - \b keeps the lines below it as they are
    from maturity.command_line.rubric_commands import list_rubrics  # noqa: PLC0415 - starts faster

    context.obj.append(list_rubrics)
