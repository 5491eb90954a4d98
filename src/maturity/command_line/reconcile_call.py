"""Declare `maturity reconcile`: its arguments, its help and the call they make."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from maturity.command_line.options import Format, FormatOption, RubricOption
from maturity.command_line.program import DEFAULT_RUBRIC

__all__ = ["reconcile"]


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
    rubric: RubricOption = DEFAULT_RUBRIC,
    show_as: FormatOption = Format.TEXT.value,
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
