"""Zip files of returns: looked into without unpacking, by the rules for folders."""

from __future__ import annotations

import io
import os
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from maturity import find_files, load_rubric, score_files
from maturity.batch import FoundFile, OutcomeStatus, PassedOver, archives
from maturity.batch.archives import ZipMember
from maturity.issues import IssueCode
from maturity.rubric import Rubric


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Give the shipped rubric."""
    return load_rubric("local-partnership")


@pytest.fixture(scope="module")
def returns(root: Path) -> list[Path]:
    """Give two example returns."""
    return sorted((root / "examples" / "returns").glob("*.xlsx"))[:2]


def zipped(path: Path, *members: tuple[str, bytes]) -> Path:
    """Make a zip file."""
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # about names that stand twice
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_what_is_in_a_zip_file_is_found_as_in_a_folder(tmp_path: Path) -> None:
    """By name, those in folders last; folders themselves are nothing."""
    names = [
        "z.xlsx",
        "sub/a.ods",
        "sub/deep/b.xls",
        "a.XLSX",
        "~$a.xlsx",
        ".a.xlsx",
        "__MACOSX/._a.xlsx",
        ".trash/a.xlsx",
        "letter.docx",
        "more.zip",
        "from windows\\c.xlsx",
        "empty/",
    ]
    path = zipped(tmp_path / "all.ZIP", *((name, b"x") for name in names))
    found = {str(file.source): file.reason for file in find_files([path])}
    assert list(found.items()) == [
        (f"{path}/.a.xlsx", PassedOver.HIDDEN),
        (f"{path}/a.XLSX", None),
        (f"{path}/letter.docx", PassedOver.NOT_A_WORKBOOK),
        (f"{path}/more.zip", PassedOver.ARCHIVE),
        (f"{path}/z.xlsx", None),
        (f"{path}/~$a.xlsx", PassedOver.LOCK),
        (f"{path}/.trash/a.xlsx", PassedOver.HIDDEN),
        (f"{path}/__MACOSX/._a.xlsx", PassedOver.HIDDEN),
        (f"{path}/from windows/c.xlsx", None),
        (f"{path}/sub/a.ods", None),
        (f"{path}/sub/deep/b.xls", None),
    ]


def test_a_return_in_a_zip_file_scores_as_the_file_does(
    rubric: Rubric, returns: list[Path], tmp_path: Path
) -> None:
    """Here and in workers, with its own name in its issues."""
    path = zipped(
        tmp_path / "all.zip", *((f"in/{each.name}", each.read_bytes()) for each in returns)
    )
    expected = list(score_files(returns, rubric))
    for workers in (None, 2):
        outcomes = list(score_files(find_files([path]), rubric, workers=workers))
        assert [each.source for each in outcomes] == [f"{path}/in/{each.name}" for each in returns]
        for found, wanted in zip(outcomes, expected, strict=True):
            assert found.result is not None
            assert wanted.result is not None
            assert found.result.records() == wanted.result.records()
            assert (found.digest, found.issues) == (wanted.digest, wanted.issues)


def test_a_workbook_called_zip_is_a_workbook(
    rubric: Rubric, returns: list[Path], tmp_path: Path
) -> None:
    """Content decides; it is scored, with a note about its name."""
    path = tmp_path / "return.zip"
    path.write_bytes(returns[0].read_bytes())
    assert list(find_files([path])) == [FoundFile(path)]
    (outcome,) = score_files([path], rubric)
    assert IssueCode.FILE_WRONG_NAME in {issue.code for issue in outcome.issues}


def test_a_zip_file_in_a_folder_is_passed_over_with_a_hint(tmp_path: Path) -> None:
    """It is often a second copy of what stands beside it."""
    zipped(tmp_path / "all.zip", ("a.xlsx", b"x"))
    assert [file.reason for file in find_files([tmp_path])] == [PassedOver.ARCHIVE]


NO_ARCHIVES = [b"", b"not a zip file", b"PK\3\4 cut short", b"%PDF-1.7"]


@pytest.mark.parametrize("content", NO_ARCHIVES)
def test_what_is_only_called_zip_is_refused(rubric: Rubric, tmp_path: Path, content: bytes) -> None:
    """The reader says what it is."""
    path = tmp_path / "all.zip"
    path.write_bytes(content)
    assert list(find_files([path])) == [FoundFile(path)]
    (outcome,) = score_files([path], rubric)
    assert outcome.status is OutcomeStatus.REFUSED


def test_an_empty_zip_file_is_not_nothing(rubric: Rubric, tmp_path: Path) -> None:
    """Whoever sent it should hear of it."""
    path = zipped(tmp_path / "all.zip")
    (outcome,) = score_files(find_files([path]), rubric)
    assert (outcome.source, outcome.status) == (path, OutcomeStatus.REFUSED)


def damaged(path: Path, name: str) -> None:
    """Change a byte of a member's content."""
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo(name).header_offset + 30 + len(name) + 2
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(bytes(content))


def test_one_bad_member_costs_no_other(rubric: Rubric, returns: list[Path], tmp_path: Path) -> None:
    """Damaged, twice there, or a link: each has its outcome, under its own name."""
    good = returns[0].read_bytes()
    path = zipped(
        tmp_path / "all.zip",
        ("bad.xlsx", good),
        ("good.xlsx", good),
        ("t.xlsx", good),
        ("t.xlsx", b""),
    )
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("zlink.xlsx")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    damaged(path, "bad.xlsx")
    outcomes = list(score_files(find_files([path]), rubric))
    assert [(Path(str(each.source)).name, each.status) for each in outcomes] == [
        ("bad.xlsx", OutcomeStatus.REFUSED),
        ("good.xlsx", OutcomeStatus.SCORED),
        ("t.xlsx", OutcomeStatus.REFUSED),
        ("zlink.xlsx", OutcomeStatus.PASSED_OVER),
    ]
    (issue,) = outcomes[0].issues
    assert str(issue.location) == "bad.xlsx"
    assert issue.code is IssueCode.FILE_DAMAGED


def test_a_member_that_is_too_large_is_not_inflated(rubric: Rubric, tmp_path: Path) -> None:
    """60 MB of nothing are 60 kB in the zip file."""
    path = zipped(tmp_path / "all.zip", ("large.xlsx", bytes(60_000_000)))
    (outcome,) = score_files(find_files([path]), rubric)
    assert [issue.code for issue in outcome.issues] == [IssueCode.FILE_TOO_LARGE]


def test_a_zip_file_that_would_fill_the_memory_is_not_opened(
    rubric: Rubric, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says to unpack it."""
    path = zipped(tmp_path / "all.zip", ("a.xlsx", os.urandom(2000)))
    monkeypatch.setattr(archives, "_ARCHIVE_BYTES", 1000)
    (found,) = find_files([path])
    assert str(found.source) == str(path)
    (outcome,) = score_files([found], rubric)
    (issue,) = outcome.issues
    assert issue.code is IssueCode.FILE_TOO_LARGE
    assert "Unpack it" in issue.remedy


def test_a_zip_file_that_went_is_said_for_each_member(rubric: Rubric, tmp_path: Path) -> None:
    """Between finding and scoring."""
    path = zipped(tmp_path / "all.zip", ("a.xlsx", b"x"), ("b.xlsx", b"x"))
    found = list(find_files([path]))
    path.unlink()
    for outcome in score_files(found, rubric):
        assert [issue.code for issue in outcome.issues] == [IssueCode.FILE_MISSING]


def test_a_member_is_known_again_by_its_content(tmp_path: Path) -> None:
    """Whatever else changed in the zip file."""
    path = zipped(tmp_path / "all.zip", ("a.xlsx", b"x"))
    member = ZipMember(path, "a.xlsx")
    digest = "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    assert member.is_unchanged(digest, None)
    zipped(path, ("b.xlsx", b"y"), ("a.xlsx", b"x"))
    assert member.is_unchanged(digest, None)
    zipped(path, ("b.xlsx", b"x"), ("a.xlsx", b"yy"))
    assert not member.is_unchanged(digest, None)
    assert not ZipMember(path, "gone.xlsx").is_unchanged(None, None)


def test_a_zip_file_is_never_written_or_unpacked(
    rubric: Rubric, returns: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder holds afterwards what it held before."""
    monkeypatch.chdir(tmp_path)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.write(returns[0], "../../outside.xlsx")
    (tmp_path / "all.zip").write_bytes(stream.getvalue())
    (outcome,) = score_files(find_files(["all.zip"]), rubric)
    assert outcome.result is not None
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]
    assert (tmp_path / "all.zip").read_bytes() == stream.getvalue()


def test_names_that_differ_by_case_are_two_files(
    rubric: Rubric, returns: list[Path], tmp_path: Path
) -> None:
    """Neither is lost, whatever the system on which they are scored."""
    names = ("A.xlsx", "a.xlsx")
    contents = [path.read_bytes() for path in returns]
    path = zipped(tmp_path / "all.zip", *zip(names, contents, strict=True))
    outcomes = list(score_files(find_files([path]), rubric))
    assert [outcome.source for outcome in outcomes] == [f"{path}/{name}" for name in names]
    assert [outcome.digest for outcome in outcomes] == [
        outcome.digest for outcome in score_files(returns, rubric)
    ]


def test_a_zip_file_named_in_two_ways_is_looked_into_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path from here, and one from the root."""
    monkeypatch.chdir(tmp_path)
    path = zipped(tmp_path / "all.zip", ("a.xlsx", b"x"))
    assert [file.reason for file in find_files(["all.zip", path])] == [None, PassedOver.REPEATED]


REFUSALS = [
    (zipfile.ZIP_BZIP2, 0, IssueCode.FILE_DAMAGED, "few programs know"),
    (zipfile.ZIP_STORED, 1, IssueCode.FILE_PASSWORD, "protects it with a password"),
]


@pytest.mark.parametrize(("method", "flag", "code", "words"), REFUSALS)
def test_what_cannot_be_unpacked_is_said_of_the_zip_file(
    rubric: Rubric, tmp_path: Path, method: int, flag: int, code: IssueCode, words: str
) -> None:
    """Saving a workbook again would not help."""
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("a.xlsx", b"x" * 100)
    content = bytearray(path.read_bytes())
    content[content.rfind(b"PK\1\2") + 8] |= flag
    path.write_bytes(content)
    (outcome,) = score_files(find_files([path]), rubric)
    (issue,) = outcome.issues
    assert (issue.code, str(issue.location)) == (code, "a.xlsx")
    assert words in issue.message
    assert "Excel" not in issue.remedy


def test_a_zip_file_of_too_many_files_says_so(
    rubric: Rubric, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not that the workbook has unused sheets."""
    monkeypatch.setattr(archives, "_LIMITS", replace(archives._LIMITS, members=2))
    path = zipped(tmp_path / "all.zip", *((f"{number}.xlsx", b"x") for number in range(3)))
    (outcome,) = score_files(find_files([path]), rubric)
    assert [issue.message for issue in outcome.issues] == ["The zip file holds more than 2 files."]


def test_another_zip_file_in_its_place_is_read(
    rubric: Rubric, returns: list[Path], tmp_path: Path
) -> None:
    """What is gone from it is said to be, and what is damaged now too; nothing old is scored."""
    first, second = (path.read_bytes() for path in returns)
    path = zipped(tmp_path / "all.zip", ("a.xlsx", first), ("b.xlsx", first), ("c.xlsx", first))
    outcomes = score_files(list(find_files([path])), rubric)
    before = next(outcomes).digest
    other = zipped(tmp_path / "other.zip", ("b.xlsx", second))
    other.replace(path)
    changed = next(outcomes)
    assert changed.result is not None
    assert changed.digest != before
    path.write_bytes(b"PK\3\4 cut short")
    damaged = next(outcomes)
    assert [issue.code for issue in damaged.issues] == [IssueCode.FILE_DAMAGED]
    zipped(path, ("b.xlsx", second))
    (gone,) = score_files([FoundFile(ZipMember(path, "c.xlsx"))], rubric)
    assert [issue.code for issue in gone.issues] == [IssueCode.FILE_MISSING]
    assert "no longer in the zip file" in gone.issues[0].message


def test_a_name_with_a_null_character_is_no_file(rubric: Rubric) -> None:
    """It is refused like any other that is not there."""
    for name in ("a\0.xlsx", "a\0.zip", "*\0.xlsx"):
        (outcome,) = score_files(find_files([name]), rubric)
        assert [issue.code for issue in outcome.issues] == [IssueCode.FILE_MISSING]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_called_zip_is_never_opened(rubric: Rubric, tmp_path: Path) -> None:
    """Opening one would wait for ever."""
    os.mkfifo(tmp_path / "all.zip")
    (outcome,) = score_files(find_files([tmp_path / "all.zip"]), rubric)
    assert outcome.status is OutcomeStatus.REFUSED
