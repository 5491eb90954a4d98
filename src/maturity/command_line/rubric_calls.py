"""Declare the commands about rubrics, `lint`, `template` and `rubrics`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from maturity.command_line.options import CreatedOption, Format, FormatOption, dated
from maturity.command_line.program import DEFAULT_RUBRIC

__all__ = ["lint", "rubrics", "template"]


def lint(
    context: typer.Context,
    rubric: Annotated[
        str,
        typer.Argument(
            metavar="RUBRIC", help="A rubric file, a folder with rubric.yaml, or a shipped name."
        ),
    ],
    show_as: FormatOption = Format.TEXT.value,
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


def template(
    context: typer.Context,
    rubric: Annotated[str, typer.Argument(metavar="[RUBRIC]")] = DEFAULT_RUBRIC,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The workbook to write.")
    ] = Path("blank.xlsx"),
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file if it is there already.")
    ] = False,
    created: CreatedOption = None,
) -> None:
    """Write the blank workbook to send out.

    \b
    Example:
      maturity template local-partnership -o blank.xlsx
    """  # noqa: D301 - \b keeps the lines below it as they are
    from maturity.command_line.template_command import make_template  # noqa: PLC0415 - starts faster

    call = partial(make_template, rubric, output, overwrite=overwrite)
    context.obj.append(dated(call, created))


def rubrics(context: typer.Context) -> None:
    """List the rubrics that come with this library.

    \b
    Example:
      maturity rubrics
    """  # noqa: D301 - \b keeps the lines below it as they are
    from maturity.command_line.rubric_commands import list_rubrics  # noqa: PLC0415 - starts faster

    context.obj.append(list_rubrics)
