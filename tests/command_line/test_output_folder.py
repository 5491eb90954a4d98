"""Names of results: safe on every system, never a return's own, and the same each time."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from maturity.batch.archives import ZipMember
from maturity.batch.remote import RemoteFile
from maturity.batch.stored import Place
from maturity.command_line.output_folder import ResultWriter, names_within, output_stems, safe_stem

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
    ("COM¹", "_COM¹"),
    ("conout$", "_conout$"),
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


def names(folder: Path, *sources: Path, with_workbooks: bool = True) -> list[str]:
    """Name what would be written for these sources."""
    stems = output_stems(folder, sources)
    writer = ResultWriter(folder, CREATED, with_workbooks, stems)
    return [name for source in sources for name in writer.names(str(source))]


def test_two_returns_of_one_name_get_two_names(tmp_path: Path) -> None:
    """Compared without case, as many systems do, and numbered in the order of the run."""
    sources = (Path("x/a.xlsx"), Path("y/A.xlsx"), Path("z/a.ods"), Path("a"))
    assert names(tmp_path / "results", *sources) == [
        "a-scored.xlsx",
        "a.json",
        "A-2-scored.xlsx",
        "A-2.json",
        "a-3-scored.xlsx",
        "a-3.json",
        "a-4-scored.xlsx",
        "a-4.json",
    ]


def test_long_names_that_collide_stay_short(tmp_path: Path) -> None:
    """The number fits in too."""
    found = names(tmp_path, Path("x" * 300), Path("x" * 301))
    assert len(set(found)) == 4
    assert max(len(name.encode()) for name in found) <= 255


def test_a_return_is_never_overwritten(tmp_path: Path) -> None:
    """A return that has the name of another's result keeps it."""
    sources = [tmp_path / "a.xlsx", tmp_path / "a-scored.xlsx", tmp_path / "sub" / "b-scored.xlsx"]
    found = names(tmp_path, *sources, with_workbooks=False)
    assert found == ["a-2.json", "a-scored.json", "b-scored.json"]


def test_a_return_that_a_url_names_keeps_its_name(tmp_path: Path) -> None:
    """A result beside it is not written over it, nor over a zip file."""
    returns = [RemoteFile((tmp_path / name).as_uri()) for name in ("a.xlsx", "a-scored.xlsx")]
    sources: list[Place] = [*returns, ZipMember(tmp_path / "b.json", "b.xlsx")]
    assert list(output_stems(tmp_path, sources).values()) == ["a-2", "b-2"]
    assert output_stems(tmp_path / "results", sources) == {}
    assert names_within(tmp_path, [RemoteFile("s3://bucket/a.xlsx")]) == frozenset()
