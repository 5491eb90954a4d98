"""Declare `maturity diff`: its arguments, its help and the call they make."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from maturity.command_line.options import CreatedOption, Format, FormatOption, dated

__all__ = ["diff"]


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
    show_as: FormatOption = Format.TEXT.value,
    created: CreatedOption = None,
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
    context.obj.append(dated(partial(diff_command.diff, options), created))
