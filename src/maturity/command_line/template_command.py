"""Carry out `maturity template`."""

from __future__ import annotations

import datetime
from pathlib import Path
from shutil import get_terminal_size

from maturity.command_line.arguments import rubric_named
from maturity.command_line.endings import ExitCode, Misuse, UnusableError
from maturity.command_line.figures import title_of
from maturity.command_line.program import program_name, rubric_option
from maturity.command_line.safe_text import say, shown, wrapped
from maturity.errors import WriteError
from maturity.writing.template import write_template

__all__ = ["make_template"]


def make_template(
    rubric: str, output: Path, *, created: datetime.datetime, overwrite: bool
) -> ExitCode:
    """Write the blank workbook to send out.

    Args:
        rubric: a shipped rubric's name, a folder or a file.
        output: the workbook to write.
        created: the date to write into it.
        overwrite: whether a file that is there already may be replaced.

    Returns:
        0.

    Raises:
        Misuse: when there is no such folder, or something of that name is there already.
        UnusableError: when the rubric is wrong, or the workbook cannot be written.
    """
    if output.is_dir():
        raise Misuse(f'"{output}" is a folder. Name the workbook too: -o {output / "blank.xlsx"}.')
    if output.exists() and not overwrite:
        # It may be a return that somebody has filled in.
        raise Misuse(f'"{output}" is there already. Choose another name, or add --overwrite.')
    if not output.parent.is_dir():
        raise Misuse(f'There is no folder "{output.parent}" for "{output.name}". Make it first.')
    loaded = rubric_named(rubric)
    try:
        write_template(loaded, output, created=created)
    except WriteError as error:
        raise UnusableError(str(error)) from error
    width = get_terminal_size().columns
    say(wrapped(f"{output} is written: {title_of(loaded)}.", width, indent="  "))
    if loaded.status_note:
        say(wrapped(loaded.status_note, width))
    option = shown(rubric_option(rubric))
    say(f"When it comes back: {shown(program_name())} score RETURN.xlsx -o results{option}")
    return ExitCode.CLEAN
