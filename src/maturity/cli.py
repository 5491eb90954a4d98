"""Turn a command line into one call, and what it found into an exit code.

0 is clean, 1 issues were found, 2 misuse, 3 a file could not be used, 130 stopped by Ctrl-C. Each
command is declared in `maturity.command_line`, in a module that loads nothing else; what it does is
loaded when it is called.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.main import get_command

import maturity
from maturity.command_line.cohort_call import cohort
from maturity.command_line.compare_call import compare
from maturity.command_line.diff_call import diff
from maturity.command_line.endings import ExitCode, Misuse, UnusableError
from maturity.command_line.options import Call as _Call
from maturity.command_line.program import program_name
from maturity.command_line.reconcile_call import reconcile
from maturity.command_line.rubric_calls import lint, rubrics, template
from maturity.command_line.safe_text import complain, forgiving_streams, say
from maturity.command_line.score_call import score
from maturity.command_line.workbook_calls import draft, inspect

__all__ = ["main"]

_app = typer.Typer(
    name="maturity",
    add_completion=False,
    rich_markup_mode=None,  # plain help: it starts faster, and any terminal and pipe can show it
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)

# What a full disk, a quota or a limit says to whoever prints into a file there.
_OUTPUT_FAILS = {errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)}
# What typer ends with after Ctrl-C: newer ones as a shell would, older ones as for any other end.
_STOPPED = {ExitCode.INTERRUPTED, 1}


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
            if error.errno in _OUTPUT_FAILS:  # files of ours are said by their writers
                complain(f"The output could not be written: {error.strerror}. Make room for it.")
                return ExitCode.UNUSABLE
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


for _command in (
    score,
    cohort,
    compare,
    reconcile,
    lint,
    diff,
    template,
    inspect,
    draft,
    rubrics,
):
    _app.command()(_command)
