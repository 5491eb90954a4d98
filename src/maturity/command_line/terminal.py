"""Print for people on a terminal: colours, columns and progress, each only where it helps."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from typing import TextIO, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from maturity.command_line.safe_text import shown

__all__ = ["console_for", "fitted", "plain_table", "print_table", "with_progress"]

_Item = TypeVar("_Item")
_SECONDS_WITHOUT_PROGRESS = 1.5


class _Console(Console):
    """A console that leaves it to the caller to end the program when a pipe is closed."""

    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704 - rich calls this while it handles that error


def fitted(text: object, width: int) -> str:
    """Fill a column: the text made safe, and cut or padded to a width in terminal cells."""
    safe = shown(text)
    if cell_len(safe) > width:
        return set_cell_size(safe, width - 1).rstrip() + "…"
    return set_cell_size(safe, width)


def console_for(stream: TextIO) -> Console:
    """Give a console that prints what it is told, in colour only where that is wanted."""
    # With NO_COLOR, rich alone would still write codes for bold and dim.
    has_colour = not os.environ.get("NO_COLOR")
    return _Console(
        file=stream,
        color_system="auto" if has_colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


def plain_table(*headings: str) -> Table:
    """Give a table without lines, in which only names are broken where there is little room.

    Args:
        *headings: short ids, names, then whatever belongs to them; those that start with `>`
            hold figures.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(
            heading.removeprefix(">"),
            justify="right" if heading.startswith(">") else "left",
            no_wrap=place != 1,
        )
    return table


def print_table(console: Console, table: Table) -> None:
    """Print a table without the blanks with which rich fills the last column."""
    for segments in console.render_lines(table, pad=False):
        line = Text.assemble(*((part.text, part.style or "") for part in segments))
        line.rstrip()
        console.print(line, soft_wrap=True)


def with_progress(
    items: Generator[_Item],
    total: int,
    console: Console | None,
    *,
    say: Callable[[], str] = str,
    doing: str = "Scoring",
) -> Generator[_Item]:
    """Hand items on and, when that takes long and a person is watching, show how far it is.

    Args:
        items: what is worked on; closed when this is.
        total: how many there are.
        console: where to show it; nothing is shown unless it is a terminal.
        say: gives a few words on what was found so far, to be shown beside it.
        doing: what is done with them.

    Yields:
        The items, unchanged.
    """
    with closing(items):
        if console is None or not console.is_terminal:
            yield from items
        else:
            yield from _drawn(items, total, console, say, doing)


def _drawn(
    items: Iterable[_Item], total: int, console: Console, say: Callable[[], str], doing: str
) -> Generator[_Item]:
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TextColumn("files"))
    progress = Progress(
        *columns,
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
        console=console,
        transient=True,
        redirect_stdout=False,  # what is printed on the same console stays above the bar
        redirect_stderr=False,
    )
    task = progress.add_task("", total=total)
    start = time.monotonic()
    try:
        for item in items:
            yield item
            progress.update(task, advance=1, description=say())
            if time.monotonic() - start > _SECONDS_WITHOUT_PROGRESS:
                progress.start()
    finally:
        progress.stop()
