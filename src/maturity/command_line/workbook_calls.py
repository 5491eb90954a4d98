"""Declare the commands about others' workbooks, `inspect` and `draft`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from maturity.command_line.options import Format, FormatOption

__all__ = ["draft", "inspect"]


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
    show_as: FormatOption = Format.TEXT.value,
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
