"""Turn what was typed on the command line into things that exist, or say why that fails."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from maturity.batch.urls import is_url
from maturity.command_line.endings import Misuse, UnusableError
from maturity.errors import RubricError
from maturity.issues import Issue, IssueCode
from maturity.reading.rubric_file import load_rubric
from maturity.rubric import Rubric

__all__ = ["existing_paths", "is_absent", "rubric_named", "sources_named"]


def rubric_named(name: str) -> Rubric:
    """Load a rubric for a command.

    Raises:
        Misuse: when there is no such rubric.
        UnusableError: when it is there and wrong.
    """
    try:
        return load_rubric(name)
    except RubricError as error:
        if is_absent(error.issues):
            raise Misuse(str(error)) from error
        reasons = "\n".join(f"  {issue}" for issue in error.issues)
        raise UnusableError(f"The rubric {name} cannot be used:\n{reasons}") from error


def is_absent(issues: Sequence[Issue]) -> bool:
    """Say whether issues mean that there is no such file or rubric."""
    codes = {IssueCode.RUBRIC_NOT_FOUND, IssueCode.FILE_MISSING}
    return bool(issues) and all(issue.code in codes for issue in issues)


def sources_named(names: Iterable[str]) -> Iterator[Path | str]:
    """Turn what was typed into paths that exist, and URLs, which are only looked at later.

    Args:
        names: paths, patterns and URLs.

    Raises:
        Misuse: when a path or pattern names nothing.
    """
    for name in names:
        if is_url(name):
            yield name
        else:
            yield from existing_paths([name])


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
        # Unlike this, Path.glob takes no pattern that starts at the root of a drive.
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - as said above
        if not matches:
            raise Misuse(_nothing_named(path))
        yield from map(Path, matches)


def _nothing_named(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f'There is no file or folder "{path}": the folder "{folder}" does not exist.'
    near = get_close_matches(path.name, sorted(each.name for each in folder.iterdir()), 1)
    hint = f' Did you mean "{folder / near[0]}"?' if near else " Check the name and the folder."
    return f'There is no file or folder "{path}".{hint}'
