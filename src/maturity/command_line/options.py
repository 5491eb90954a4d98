"""Declare what several commands have in common: their options, and the date that they write."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, TypeAlias

import typer

from maturity.command_line.endings import Misuse

__all__ = [
    "Call",
    "CreatedOption",
    "Format",
    "FormatOption",
    "ReturnsArgument",
    "RubricOption",
    "WorkersOption",
    "dated",
    "one_of",
]

Call: TypeAlias = Callable[[], int]


class Format(StrEnum):
    """How results are shown."""

    TEXT = "text"
    JSON = "json"


def _known_format(value: str) -> str:
    """Refuse a format that is not known, in our own words: typer's differ with its version."""
    known = list(map(str, Format))
    if value not in known:
        raise typer.BadParameter(f'"{value}" is not a format here. Choose {" or ".join(known)}.')
    return value


def one_of(*words: str) -> Callable[[str], str]:
    """Refuse any other word, likewise in our own words."""

    def check(value: str) -> str:
        if value not in words:
            raise typer.BadParameter(f'"{value}" is not known here. Choose {" or ".join(words)}.')
        return value

    return check


ReturnsArgument: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="RETURN_OR_FOLDER",
        show_default=False,
        help="Returned workbooks, folders with them and sub-folders, zip files, or URLs.",
    ),
]
WorkersOption: TypeAlias = Annotated[
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
]
RubricOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--rubric",
        "-r",
        metavar="RUBRIC",
        help="A shipped rubric's name, a rubric file, or a folder with rubric.yaml.",
    ),
]
FormatOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar=f"[{'|'.join(Format)}]",
        callback=_known_format,
        help="For people, or one JSON document for programs.",
    ),
]
CreatedOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="The date to write into files, such as 2026-03-31. Today when left out, or what"
        " SOURCE_DATE_EPOCH says. The same date gives the same bytes.",
    ),
]


def dated(call: Callable[..., int], created: str | None) -> Call:
    """Give a call the date to write into files, once typer is done with the arguments."""
    return lambda: call(created=_date_of(created))


def _date_of(created: str | None) -> datetime.datetime:
    """Choose the date to write into files: the only place where this library looks at a clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if created is not None:
            moment = datetime.datetime.fromisoformat(created)
            return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
        if epoch:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    except (ValueError, OverflowError, OSError) as error:
        told = f'SOURCE_DATE_EPOCH="{epoch}"' if created is None else f'"{created}"'
        raise Misuse(f"{told} is not a date. Write one such as --created 2026-03-31.") from error
    # The day, not the moment, so that a run repeated on one day gives the same bytes.
    today = datetime.datetime.now().astimezone().date()
    return datetime.datetime(today.year, today.month, today.day, tzinfo=datetime.UTC)
