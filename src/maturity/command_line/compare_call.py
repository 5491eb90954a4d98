"""Declare `maturity compare`: its arguments, its help and the call they make."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from maturity.command_line.options import Format, FormatOption, RubricOption
from maturity.command_line.program import DEFAULT_RUBRIC

__all__ = ["compare"]


def compare(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="The earlier return.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="The later return.")],
    rubric: RubricOption = DEFAULT_RUBRIC,
    show_as: FormatOption = Format.TEXT.value,
) -> None:
    """Say what moved between two returns of one area, what moved it, and what cannot be compared.

    \b
    Example:
      maturity compare autumn.xlsx spring.xlsx

    \b
    Exit codes: 0 all was compared, 1 something was not, or only with care, 2 misuse,
    3 a file could not be used.
    """  # noqa: D301 - \b keeps the lines below it as they are
    from maturity.command_line.compare_command import compare_returns  # noqa: PLC0415 - starts faster

    as_json = show_as == Format.JSON
    context.obj.append(partial(compare_returns, before, after, rubric, as_json=as_json))
