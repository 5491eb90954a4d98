"""Find the files of a rubric: one that comes with this library, or one on this machine."""

from __future__ import annotations

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from maturity.errors import RubricError
from maturity.issues import Issue, IssueCode, Severity
from maturity.reading.yaml_text import name_of
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["RubricFiles", "RubricSource", "find_rubric", "shipped_names"]

RubricSource = str | os.PathLike[str] | bytes | BinaryIO

_RUBRIC_FILE = "rubric.yaml"
_LAYOUT_FOLDER = "layouts"
_CHANGES_FOLDER = "changes"
_YAML_ENDINGS = (".yaml", ".yml")


class RubricFiles(NamedTuple):
    """Where a rubric and what lies beside it are read from, each with its name in messages."""

    rubric: tuple[str, RubricSource]
    layouts: tuple[tuple[str, RubricSource], ...]
    changes: tuple[tuple[str, RubricSource], ...] = ()


def find_rubric(source: RubricSource) -> RubricFiles:
    """Find a rubric, and the layouts and change maps beside it.

    Args:
        source: the name of a shipped rubric, a folder that holds `rubric.yaml`, the path of a
            YAML file, the file's bytes, or a file opened for reading bytes. A text is taken for
            the name of a shipped rubric first.

    Raises:
        RubricError: when there is no such rubric.
    """
    if isinstance(source, str) and source in shipped_names():
        return _files_in(_shipped_root() / source, source)
    if not isinstance(source, (str, os.PathLike)):
        return RubricFiles((name_of(source, "rubric"), source), ())
    path = Path(source)
    if path.is_dir():
        return _files_in(path, os.fspath(source))
    if isinstance(source, str) and not path.exists() and _is_bare_name(source):
        raise _unknown_name(source)
    return _files_beside((os.fspath(source), path), path.parent, os.fspath(path.parent))


def shipped_names() -> tuple[str, ...]:
    """List the names of the rubrics that come with this library."""
    root = _shipped_root()
    if not root.is_dir():
        return ()
    return tuple(sorted(each.name for each in root.iterdir() if (each / _RUBRIC_FILE).is_file()))


def _shipped_root() -> Traversable:
    package = files("maturity")
    inside = package / "rubrics"
    if inside.is_dir():
        return inside
    # In a checkout the package lies in src/, beside the folder that a wheel takes the rubrics from.
    return Path(str(package)).parent.parent / "rubrics"


def _files_in(folder: Traversable, name: str) -> RubricFiles:
    rubric = f"{name}/{_RUBRIC_FILE}", _readable(folder / _RUBRIC_FILE)
    return _files_beside(rubric, folder, name)


def _files_beside(rubric: tuple[str, RubricSource], folder: Traversable, name: str) -> RubricFiles:
    layouts, changes = (
        _yaml_in(folder / inner, f"{name}/{inner}") for inner in (_LAYOUT_FOLDER, _CHANGES_FOLDER)
    )
    return RubricFiles(rubric, layouts, changes)


def _yaml_in(folder: Traversable, name: str) -> tuple[tuple[str, RubricSource], ...]:
    if not folder.is_dir():
        return ()
    found = [each for each in folder.iterdir() if each.name.endswith(_YAML_ENDINGS)]
    return tuple(
        (f"{name}/{each.name}", _readable(each))
        for each in sorted(found, key=lambda each: each.name)
    )


def _readable(file: Traversable) -> RubricSource:
    # Inside a zip archive there are no paths; what was packed with the library is small.
    return file if isinstance(file, Path) else file.read_bytes()


def _is_bare_name(source: str) -> bool:
    return not source.endswith(_YAML_ENDINGS) and "/" not in source and "\\" not in source


def _unknown_name(name: str) -> RubricError:
    names = shipped_names()
    known = listed(names, "and") or "none"
    remedy = f"The rubrics that come with it are {known}; a file or folder of your"
    return RubricError(
        Issue(
            IssueCode.RUBRIC_NOT_FOUND,
            Severity.ERROR,
            f"There is no rubric named {quoted(name)}, and no such file or folder.",
            f"{did_you_mean(name, names)} {remedy} own is named by its path.".strip(),
        )
    )
