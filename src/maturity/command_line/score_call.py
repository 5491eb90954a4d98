"""Declare `maturity score`: its arguments, its help and the call they make."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from maturity.command_line.duplicates import Duplicates
from maturity.command_line.options import (
    CreatedOption,
    Format,
    FormatOption,
    ReturnsArgument,
    RubricOption,
    WorkersOption,
    dated,
)
from maturity.command_line.program import DEFAULT_RUBRIC

__all__ = ["score"]


def _known_duplicates(value: str) -> str:
    """Refuse a choice that is not known, in our own words, as for the format."""
    known = list(map(str, Duplicates))
    if value not in known:
        raise typer.BadParameter(f'"{value}" is none of {", ".join(known)}.')
    return value


def score(  # noqa: PLR0913, PLR0917 - an option each; typer reads them here
    context: typer.Context,
    returns: ReturnsArgument,
    rubric: RubricOption = DEFAULT_RUBRIC,
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
    show_as: FormatOption = Format.TEXT.value,
    issues: Annotated[
        bool, typer.Option("--issues", help="List every issue, with its cell and what to do.")
    ] = False,
    no_workbook: Annotated[
        bool, typer.Option("--no-workbook", help="Write JSON only, which is much faster.")
    ] = False,
    workers: WorkersOption = None,
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
    created: CreatedOption = None,
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
    context.obj.append(dated(partial(score_returns, options), created))
