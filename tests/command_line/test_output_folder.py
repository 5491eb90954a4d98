"""Names of results: safe on every system, never a return's own, and the same each time."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from maturity.batch import FileOutcome, OutcomeStatus
from maturity.command_line import output_folder
from maturity.command_line.output_folder import OutputFolder, safe_stem

CREATED = datetime.datetime(2026, 3, 31, tzinfo=datetime.UTC)

STEMS = [
    ("980-northvale", "980-northvale"),
    ("Llŷn 2026", "Llŷn 2026"),
    ("Lly\u0302n", "Llŷn"),
    ('a<b>:"/\\|?*c', "a_b________c"),
    ("tab\there\x00", "tab_here_"),
    ("half \udce9", "half _"),
    ("ends. .", "ends"),
    ("...", "_"),
    ("", "_"),
    ("CON", "_CON"),
    ("lpt1.2026", "_lpt1.2026"),
    ("console", "console"),
]


@pytest.mark.parametrize(("stem", "expected"), STEMS)
def test_names_are_safe_on_every_system(stem: str, expected: str) -> None:
    """What Windows, macOS or Linux refuses is replaced."""
    assert safe_stem(stem) == expected


@pytest.mark.parametrize("stem", ["x" * 300, "ŷ" * 200, "漢" * 100, "😀" * 80])
def test_names_are_short_enough_and_whole_characters(stem: str) -> None:
    """255 bytes with the longest ending, cut between characters."""
    safe = safe_stem(stem)
    assert stem.startswith(safe)
    assert len(f"{safe}-scored.xlsx".encode()) <= 255


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the names that would be written."""
    written: list[str] = []

    def note(_: object, target: Path, **__: object) -> None:
        written.append(target.name)

    monkeypatch.setattr(output_folder, "write_workbook", note)
    monkeypatch.setattr(output_folder, "write_json", note)
    return written


def write(folder: OutputFolder, *sources: Path | str) -> None:
    """Write results for these sources; what they scored makes no difference to the names."""
    for source in sources:
        folder.write(FileOutcome(source, OutcomeStatus.SCORED), None)  # type: ignore[arg-type]  # see above


def test_two_returns_of_one_name_get_two_names(tmp_path: Path, names: list[str]) -> None:
    """Compared without case, as many systems do, and numbered in the order of the run."""
    folder = OutputFolder(tmp_path / "results", [], created=CREATED)
    write(folder, Path("x/a.xlsx"), Path("y/A.xlsx"), Path("z/a.ods"), "a")
    assert names == [
        "a-scored.xlsx",
        "a.json",
        "A-2-scored.xlsx",
        "A-2.json",
        "a-3-scored.xlsx",
        "a-3.json",
        "a-4-scored.xlsx",
        "a-4.json",
    ]


def test_long_names_that_collide_stay_short(tmp_path: Path, names: list[str]) -> None:
    """The number fits in too."""
    folder = OutputFolder(tmp_path, [], created=CREATED)
    write(folder, "x" * 300, "x" * 301)
    assert len(set(names)) == 4
    assert max(len(name.encode()) for name in names) <= 255


def test_a_return_is_never_overwritten(tmp_path: Path, names: list[str]) -> None:
    """A return that has the name of another's result keeps it."""
    sources = [tmp_path / "a.xlsx", tmp_path / "a-scored.xlsx", tmp_path / "sub" / "b-scored.xlsx"]
    folder = OutputFolder(tmp_path, sources, created=CREATED, with_workbooks=False)
    write(folder, *sources)
    assert names == ["a-2.json", "a-scored.json", "b-scored.json"]


def test_a_folder_that_cannot_be_used_is_told_at_once(tmp_path: Path) -> None:
    """Not after the first file."""
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        OutputFolder(tmp_path / "file" / "results", [], created=CREATED)
