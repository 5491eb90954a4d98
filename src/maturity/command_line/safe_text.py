"""Make text safe to print: no terminal, pipe or code page is upset by it.

What a respondent or a file name says is shown, never obeyed.
"""

from __future__ import annotations

import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from shutil import get_terminal_size

__all__ = ["complain", "forgiving_streams", "say", "shown", "wrapped"]


def shown(text: object) -> str:
    r"""Spell out what could steer a terminal, break a line or not be written at all.

    Args:
        text: any text, or a path.

    Returns:
        The same on one line, with escapes such as `\x1b` in place of control characters, of marks
        that turn the reading direction, and of halves of characters.
    """
    return "".join(map(_shown_character, str(text)))


def _shown_character(character: str) -> str:
    if character.isprintable():
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape").decode("ascii")


def wrapped(text: str, width: int, *, indent: str = "") -> str:
    """Break a sentence into lines; those after the first are indented."""
    return textwrap.fill(
        shown(text), width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def say(text: str = "") -> None:
    """Print a line on standard output."""
    print(text)  # noqa: T201 - the command line talks


def complain(sentence: str) -> None:
    """Print a sentence, or several lines, on standard error."""
    lines: Iterable[str] = map(shown, f"maturity: {sentence}".split("\n"))
    if sys.stderr.isatty():
        lines = (wrapped(line, get_terminal_size().columns, indent="  ") for line in lines)
    print("\n".join(lines), file=sys.stderr)  # noqa: T201 - the command line talks


@contextmanager
def forgiving_streams() -> Iterator[None]:
    """Spell out, for a while, the characters that the code page of the output does not have."""
    before: list[tuple[Callable[..., None], str]] = []
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            before.append((reconfigure, stream.errors or "strict"))
            reconfigure(errors="backslashreplace")
    try:
        yield
    finally:
        for reconfigure, errors in before:
            with suppress(OSError):  # the other end of a pipe may be gone
                reconfigure(errors=errors)
