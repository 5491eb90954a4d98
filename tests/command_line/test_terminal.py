"""Colours, columns and progress: each only where it helps."""

from __future__ import annotations

import io
from collections.abc import Generator
from typing import Literal

import pytest
from rich.console import Console

from maturity.command_line import terminal
from maturity.command_line.terminal import (
    console_for,
    fitted,
    plain_table,
    print_table,
    with_progress,
)

FITTED = [
    ("abc", 5, "abc  "),
    ("abcde", 5, "abcde"),
    ("abcdef", 5, "abcd…"),
    ("漢字漢字", 5, "漢字…"),
    ("漢字", 5, "漢字 "),
    ("a\nb", 5, "a\\nb "),
]


@pytest.mark.parametrize(("text", "width", "expected"), FITTED)
def test_a_column_is_filled_exactly(text: str, width: int, expected: str) -> None:
    """Wide characters count twice, and what is cut says so."""
    assert fitted(text, width) == expected


def test_only_names_are_broken_where_there_is_little_room() -> None:
    """Figures and their headings stay whole."""
    table = plain_table("", "Name", ">score")
    table.add_row("LG", "Leadership and governance", "2.00")
    console = Console(file=io.StringIO(), width=26)
    with console.capture() as capture:
        print_table(console, table)
    lines = capture.get().splitlines()
    assert lines == ["    Name             score", "LG  Leadership and    2.00", "    governance"]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_the_last_column_of_a_table_has_no_blanks_behind_it(is_terminal: bool) -> None:
    """They would be copied along; headings are bold all the same."""
    table = plain_table("", "Name", "band")
    table.add_row("LG", "Leadership", "Low")
    colours: Literal["standard"] | None = "standard" if is_terminal else None
    console = Console(file=io.StringIO(), width=40, color_system=colours)
    with console.capture() as capture:
        print_table(console, table)
    heading, row = capture.get().splitlines()
    assert heading.endswith("band\x1b[0m" if is_terminal else "band")
    assert row.endswith("Low")


def numbers(count: int) -> Generator[int]:
    """Count from one."""
    yield from range(1, count + 1)


def test_nothing_is_drawn_where_nobody_watches() -> None:
    """In a pipe, and without a console, items pass through alone."""
    stream = io.StringIO()
    assert list(with_progress(numbers(2), 2, console_for(stream))) == [1, 2]
    assert list(with_progress(numbers(2), 2, None)) == [1, 2]
    assert stream.getvalue() == ""


@pytest.mark.parametrize(("seconds", "is_drawn"), [(-1.0, True), (60.0, False)])
def test_progress_is_drawn_on_long_work_only(
    seconds: float, is_drawn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts files, and the items pass through unchanged."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(terminal, "_SECONDS_WITHOUT_PROGRESS", seconds)
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=80, color_system=None)
    assert list(with_progress(numbers(3), 3, console, say=lambda: "2 to mend")) == [1, 2, 3]
    assert ("3/3 files" in stream.getvalue()) == is_drawn
    assert ("2 to mend" in stream.getvalue()) == is_drawn


def test_a_closed_pipe_is_left_to_the_caller() -> None:
    """Of itself, rich would end the program with 1, which means "issues found"."""

    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        console_for(Closed()).print("x")
