"""Declare `maturity cohort`: its arguments, its help and the call they make."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from maturity.command_line.options import (
    CreatedOption,
    ReturnsArgument,
    RubricOption,
    WorkersOption,
    dated,
    one_of,
)
from maturity.command_line.program import DEFAULT_RUBRIC

if TYPE_CHECKING:
    from maturity.cohort.publication import Show
    from maturity.cohort.standing import Duplicates
    from maturity.writing.table_files import TableFormat

__all__ = ["cohort"]


def cohort(  # noqa: PLR0913, PLR0917 - each is an option
    context: typer.Context,
    returns: ReturnsArgument,
    rubric: RubricOption = DEFAULT_RUBRIC,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The cohort's workbook to write."),
    ] = None,
    tables: Annotated[
        Path | None,
        typer.Option("--tables", metavar="FOLDER", help="Write tidy tables into this folder."),
    ] = None,
    table_format: Annotated[
        str,
        typer.Option(
            metavar="[csv|parquet]",
            callback=one_of("csv", "parquet"),
            help="How tables are written; parquet needs maturity[frames].",
        ),
    ] = "csv",
    publish: Annotated[
        bool,
        typer.Option(
            "--publish",
            help="Write what may be shown to anyone: no area's own figures, none about few areas.",
        ),
    ] = False,
    suppress_below: Annotated[
        int | None,
        typer.Option(
            metavar="AREAS",
            help="The fewest areas about which a figure is published; 5 with --publish alone."
            " Giving it publishes.",
        ),
    ] = None,
    show: Annotated[
        str,
        typer.Option(
            metavar="[bands|levels|quartiles]",
            callback=one_of("bands", "levels", "quartiles"),
            help="What is published. Publish one: together they would give away small counts.",
        ),
    ] = "bands",
    before: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RETURN_OR_FOLDER", help="Earlier returns, to show what moved. May be repeated."
        ),
    ] = None,
    duplicates: Annotated[
        str,
        typer.Option(
            metavar="[latest|all]",
            callback=one_of("latest", "all"),
            help="Which returns of an area count: the latest by its date, or all.",
        ),
    ] = "latest",
    workers: WorkersOption = None,
    created: CreatedOption = None,
) -> None:
    """Score many returns and look at their areas beside one another.

    The workbook shows each area's own figures, for the people who may see them; with --publish it
    shows what may be shown to anyone.

    \b
    Examples:
      maturity cohort returns/ -o cohort.xlsx
      maturity cohort returns/ -o public.xlsx --publish
      maturity cohort spring/ --before autumn/ -o cohort.xlsx --tables tables

    \b
    Exit codes: 0 clean or notes alone, 1 errors or queries in a return, 2 misuse,
    3 a file could not be used.
    """  # noqa: D301 - \b keeps the lines below it as they are
    from maturity.command_line.cohort_command import CohortOptions, make_cohort  # noqa: PLC0415 - starts faster

    options = CohortOptions(
        returns=returns,
        rubric=rubric,
        output=output,
        tables=tables,
        table_format=cast("TableFormat", table_format),
        publish=publish,
        suppress_below=suppress_below,
        show=cast("Show", show),
        before=before or (),
        duplicates=cast("Duplicates", duplicates),
        workers=workers,
    )
    context.obj.append(dated(partial(make_cohort, options), created))
