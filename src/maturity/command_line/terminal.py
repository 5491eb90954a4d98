"""Print for people: text that no terminal, pipe or code page can be upset by.

Only the command line uses this. What a respondent or a file name says is shown, never obeyed:
control characters are spelled out, and nothing in it is markup.
"""

from __future__ import annotations

import os
import sys
import textwrap
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["console_for", "fitted", "forgiving_streams", "shown", "with_progress", "wrapped"]

_Item = TypeVar("_Item")
_SECONDS_WITHOUT_PROGRESS = 1.5


def shown(text: object) -> str:
    """Spell out what could steer a terminal, break a line or not be written at all.

    Args:
        text: any text, or a path.

    Returns:
        The same on one line, with escapes such as `\\x1b` in place of control characters, of marks
        that turn the reading direction, and of halves of characters.
    """
    return "".join(map(_shown_character, str(text)))


def _shown_character(character: str) -> str:
    if character.isprintable():
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape").decode("ascii")


def fitted(text: object, width: int) -> str:
    """Fill a column: the text made safe, and cut or padded to a width in terminal cells."""
    from rich.cells import cell_len, set_cell_size

    safe = shown(text)
    if cell_len(safe) > width:
        return set_cell_size(safe, width - 1).rstrip() + "…"
    return set_cell_size(safe, width)


def wrapped(text: str, width: int, *, indent: str = "") -> str:
    """Break a sentence into lines; those after the first are indented."""
    return textwrap.fill(
        shown(text), width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def console_for(stream: TextIO) -> Console:
    """Give a console that prints what it is told, in colour only where that is wanted."""
    from rich.console import Console

    # With NO_COLOR, rich alone would still write codes for bold and dim.
    has_colour = not os.environ.get("NO_COLOR")
    return Console(
        file=stream,
        color_system="auto" if has_colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


@contextmanager
def forgiving_streams() -> Iterator[None]:
    """Spell out, for a while, the characters that the code page of the output does not have."""
    before: list[tuple[object, str]] = []
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            before.append((reconfigure, stream.errors or "strict"))
            reconfigure(errors="backslashreplace")
    try:
        yield
    finally:
        for reconfigure, errors in before:
            reconfigure(errors=errors)  # type: ignore[operator]  # found by getattr above


def with_progress(
    items: Iterable[_Item], total: int, console: Console | None
) -> Iterator[_Item]:
    """Hand items on and, when that takes long and a person is watching, show how far it is.

    Args:
        items: what is worked on.
        total: how many there are.
        console: where to show it; nothing is shown unless it is a terminal.

    Yields:
        The items, unchanged.
    """
    if console is None or not console.is_terminal:
        yield from items
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    columns = (TextColumn("Scoring"), BarColumn(), MofNCompleteColumn(), TextColumn("files"))
    progress = Progress(
        *columns,
        TimeLeft(),
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
            progress.advance(task)
            if time.monotonic() - start > _SECONDS_WITHOUT_PROGRESS:
                progress.start()
    finally:
        progress.stop()
