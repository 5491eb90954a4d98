"""Carry out `maturity draft`."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path
from shutil import get_terminal_size

from maturity.assessment import State
from maturity.command_line.endings import ExitCode, Misuse, UnusableError
from maturity.command_line.figures import number_of
from maturity.command_line.inspect_command import existing_file
from maturity.command_line.program import program_name
from maturity.command_line.safe_text import say, shown, wrapped
from maturity.errors import MaturityError, WriteError
from maturity.issues import Issue, Severity
from maturity.reading.draft import Draft, draft_rubric
from maturity.reading.lint import lint_rubric
from maturity.writing.files import write_files

__all__ = ["draft"]


def draft(file: str, output: Path, *, title: str, force: bool) -> ExitCode:
    """Write a first rubric and layout for a workbook into a folder.

    Args:
        file: the workbook, blank or filled.
        output: the folder to write; made when it is not there.
        title: the rubric's title; made of the file's name when empty.
        force: whether files that are there already may be replaced.

    Returns:
        0.

    Raises:
        Misuse: when there is no such file, or the folder holds a rubric already.
        UnusableError: when nothing can be drafted from the file, or the folder cannot be written.
    """
    path = existing_file(file)
    _refuse_what_is_there(output, force=force)
    try:
        made = draft_rubric(path, title=title)
        _write(made, path, output)
    except WriteError as error:
        raise UnusableError(str(error)) from error
    except MaturityError as error:
        raise UnusableError(f"No draft was made.\n{error}") from error
    except OSError as error:
        raise UnusableError(f'The folder "{output}" cannot be made ({error.strerror}).') from error
    _report(made, path, output)
    return ExitCode.CLEAN


def _refuse_what_is_there(output: Path, *, force: bool) -> None:
    if output.exists() and not output.is_dir():
        raise Misuse(f'"{output}" is a file. Name a folder for the draft.')
    layouts = output / "layouts"
    there = [output / "rubric.yaml", *sorted(layouts.glob("*.y*ml"))]
    there = [each for each in there if each.exists()]
    if there and not force:
        # It may have been corrected by hand.
        raise Misuse(
            f'"{there[0]}" is there already. Choose another folder, or add --force to replace it.'
        )
    other = [each for each in there if each.name not in ("rubric.yaml", "form.yaml")]
    if other:
        raise Misuse(f'"{other[0]}" belongs to another rubric. Choose another folder.')


def _write(made: Draft, source: Path, output: Path) -> None:
    """Write all files or none, the layout first, so that no rubric stands there without it."""
    (output / "layouts").mkdir(parents=True, exist_ok=True)
    files = {output / name: text.encode() for name, text in reversed(made.files.items())}
    write_files(files, source=source)


def _report(made: Draft, source: Path, output: Path) -> None:
    width = get_terminal_size().columns
    for name in made.files:
        say(wrapped(f"{output / name} is written.", width, indent="  "))
    answers = made.count(State.ANSWERED, State.NOT_APPLICABLE)
    unreadable = made.count(State.UNREADABLE)
    say(
        wrapped(
            f"Read at once: {made.items_read} of {number_of(made.items, 'item')},"
            f" {number_of(answers, 'answer')}; {number_of(unreadable, 'cell')} could not be read.",
            width,
            indent="  ",
        )
    )
    errors = [issue for issue in lint_rubric(output) if issue.severity is Severity.ERROR]
    for issue in errors:
        say(wrapped(f"  {issue}", width, indent="    "))
    for line in _next(made, source, output, errors):
        say(shown(line))


def _next(made: Draft, source: Path, output: Path, errors: Iterable[Issue]) -> list[str]:
    folder, program = shlex.quote(str(output)), program_name()
    guesses = sum(text.count("# guessed:") for text in made.files.values())
    lines = [f"Now check what was guessed: the files say # guessed in {guesses} places."]
    if not any(True for _ in errors):
        lines.append(f"Then: {program} score {shlex.quote(str(source))} --rubric {folder}")
    return lines
