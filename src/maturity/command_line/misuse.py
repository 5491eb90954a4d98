"""Tell people that they asked for something that cannot be done, in one sentence."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.errors import MaturityError, RubricError
from maturity.issues import IssueCode

if TYPE_CHECKING:
    from maturity.rubric import Rubric

__all__ = ["Misuse", "UnusableError", "existing_paths", "rubric_named"]


class Misuse(Exception):  # noqa: N818 - it is not an error in a file, and reads better so
    """The command cannot be carried out as it was given; the message says why and what to do."""


class UnusableError(Exception):
    """A file that the whole command needs cannot be used; the message says why."""


def rubric_named(name: str) -> Rubric:
    """Load a rubric for a command.

    Raises:
        Misuse: when there is no such rubric.
        UnusableError: when it is there and wrong.
    """
    from maturity.reading.rubric_file import load_rubric

    try:
        return load_rubric(name)
    except RubricError as error:
        if is_absent(error):
            raise Misuse(str(error)) from error
        reasons = "\n".join(f"  {issue}" for issue in error.issues)
        raise UnusableError(f"The rubric {name} cannot be used:\n{reasons}") from error


def is_absent(error: MaturityError) -> bool:
    """Say whether an error means that there is no such file or rubric."""
    codes = {IssueCode.RUBRIC_NOT_FOUND, IssueCode.FILE_MISSING}
    return all(issue.code in codes for issue in error.issues)


def existing_paths(names: Iterable[str]) -> Iterator[Path]:
    """Turn what was typed into paths that exist.

    Patterns such as `*.xlsx` are followed here, since not every shell does.

    Args:
        names: paths and patterns.

    Raises:
        Misuse: when one of them names nothing.
    """
    for name in names:
        path = Path(name)
        if path.exists() or path.is_symlink():
            yield path
            continue
        matches = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []
        if not matches:
            raise Misuse(_nothing_named(path))
        yield from map(Path, matches)


def _nothing_named(path: Path) -> str:
    from difflib import get_close_matches

    folder = path.parent
    if not folder.is_dir():
        return f'There is no file or folder "{path}": the folder "{folder}" does not exist.'
    near = get_close_matches(path.name, sorted(each.name for each in folder.iterdir()), 1)
    hint = f' Did you mean "{folder / near[0]}"?' if near else " Check the name and the folder."
    return f'There is no file or folder "{path}".{hint}'
