"""Returns that URLs name: found by the rules for folders, fetched where they are scored."""

from __future__ import annotations

import importlib
import os
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fsspec
import pytest

from maturity import find_files, load_rubric, score_files
from maturity.batch import FileOutcome, OutcomeStatus, PassedOver
from maturity.batch.remote import RemoteFile
from maturity.issues import IssueCode
from maturity.rubric import Rubric

RETURNS = ("972-thornwick-bay.xlsx", "975-wexmoor.xlsx")


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Give the shipped rubric."""
    return load_rubric("local-partnership")


@pytest.fixture
def local(tmp_path: Path, root: Path) -> Path:
    """Make a folder of returns and of things that are none."""
    returns = sorted((root / "examples" / "returns").glob("*.xlsx"))[:2]
    folder = tmp_path / "returns"
    (folder / "late").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "b.xlsx").write_bytes(returns[0].read_bytes())
    (folder / "late" / "a.xlsx").write_bytes(returns[1].read_bytes())
    for name in ("~$b.xlsx", ".b.xlsx", "letter.docx", "all.zip", ".hidden/c.xlsx"):
        (folder / name).write_bytes(b"not a return")
    return folder


@pytest.fixture
def memory(local: Path) -> Iterator[str]:
    """Put the same into fsspec's memory, and give its URL."""
    system = fsspec.filesystem("memory")
    system.put(str(local), "/returns", recursive=True)
    yield "memory://returns"
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def without_place(outcomes: Iterator[FileOutcome]) -> list[object]:
    """Give what outcomes say, but not from where."""
    return [
        (
            each.status,
            each.reason,
            each.digest,
            [str(issue) for issue in each.issues],
            None if each.result is None else each.result.records(),
        )
        for each in outcomes
    ]


@pytest.mark.parametrize("ending", ["", "/"])
def test_a_folder_at_a_url_has_the_rules_of_a_local_one(
    rubric: Rubric, local: Path, memory: str, ending: str
) -> None:
    """The same files, in the same order, with the same results; in memory, and by `file://`."""
    expected = without_place(score_files(find_files([local]), rubric))
    assert [each[1] for each in expected if isinstance(each, tuple)] == [
        PassedOver.HIDDEN,
        PassedOver.HIDDEN,
        PassedOver.ARCHIVE,
        None,
        PassedOver.NOT_A_WORKBOOK,
        PassedOver.LOCK,
        None,
    ]
    for url in (memory + ending, local.as_uri() + ending):
        assert without_place(score_files(find_files([url]), rubric)) == expected, url


def test_patterns_in_urls_are_followed(rubric: Rubric, local: Path, memory: str) -> None:
    """Files in order of their names, each with a URL of its own; two ways to one file are one."""
    for url in (memory, local.as_uri()):
        found = list(find_files([f"{url}/**/*.xlsx", f"{url}/b.xlsx"]))
        names = [(Path(str(file.source)).name, file.reason) for file in found]
        assert ("a.xlsx", None) in names
        assert names[-1] == ("b.xlsx", PassedOver.REPEATED)
        scored = [outcome for outcome in score_files(found, rubric) if outcome.result]
        assert [outcome.number for outcome in scored] == [
            number for number, (name, _) in enumerate(names, 1) if name in {"a.xlsx", "b.xlsx"}
        ][:2]


def test_links_behind_a_url_are_passed_over(tmp_path: Path) -> None:
    """They may lead out of the folder."""
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.xlsx").touch()
    try:
        (tmp_path / "in" / "file.xlsx").symlink_to(tmp_path / "out" / "a.xlsx")
        (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
    except OSError:
        pytest.skip("this system makes no links")
    found = find_files([(tmp_path / "in").as_uri()])
    assert [file.reason for file in found] == [PassedOver.LINK] * 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_behind_a_url_is_never_opened(rubric: Rubric, tmp_path: Path) -> None:
    """Opening one would wait for ever, found or named."""
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert [file.reason for file in find_files([tmp_path.as_uri()])] == [PassedOver.NOT_A_FILE]
    (outcome,) = score_files([(tmp_path / "pipe.xlsx").as_uri()], rubric)
    assert [issue.code for issue in outcome.issues] == [IssueCode.FILE_MISSING]


def test_a_url_is_scored_in_every_way_as_its_file_is(
    rubric: Rubric, local: Path, memory: str
) -> None:
    """Here, in workers and in threads; what only this process has is fetched by it."""
    paths = [local / "b.xlsx", local / "late" / "a.xlsx"]
    expected = without_place(score_files(paths, rubric, keep_workbook=False))
    for base in (memory, local.as_uri()):
        urls = [f"{base}/b.xlsx", f"{base}/late/a.xlsx"]
        here = list(score_files(urls, rubric, keep_workbook=False))
        assert [outcome.source for outcome in here] == urls
        assert without_place(iter(here)) == expected
        there = score_files(urls, rubric, workers=2, keep_workbook=False)
        assert without_place(there) == expected
        with ThreadPoolExecutor(2) as threads:
            assert without_place(score_files(urls, rubric, executor=threads)) == expected


def test_a_chain_of_file_systems_is_one_url(rubric: Rubric, local: Path, tmp_path: Path) -> None:
    """A zip file behind a URL is looked into, as far as fsspec can."""
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(local / "b.xlsx", "b.xlsx")
        archive.write(local / "late" / "a.xlsx", "late/a.xlsx")
        archive.write(local / "letter.docx", "letter.docx")
    place = (tmp_path / "all.zip").as_uri()
    found = list(find_files([f"zip://::{place}"]))
    assert [(str(file.source), file.reason) for file in found] == [
        (f"zip://b.xlsx::{place}", None),
        (f"zip://letter.docx::{place}", PassedOver.NOT_A_WORKBOOK),
        (f"zip://late/a.xlsx::{place}", None),
    ]
    outcomes = list(score_files(found, rubric))
    assert [outcome.digest for outcome in outcomes if outcome.result is not None] == [
        outcome.digest for outcome in score_files([local / "b.xlsx", local / "late/a.xlsx"], rubric)
    ]
    again = f"simplecache::{local.as_uri()}/*.xlsx"
    assert [(str(file.source), file.reason) for file in find_files([again])] == [
        (f"simplecache::{local.as_uri()}/.b.xlsx", PassedOver.HIDDEN),
        (f"simplecache::{local.as_uri()}/b.xlsx", None),
        (f"simplecache::{local.as_uri()}/~$b.xlsx", PassedOver.LOCK),
    ]


MISSING = [
    ("memory://nowhere/a.xlsx", IssueCode.FILE_MISSING, "FileNotFoundError"),
    ("memory://nowhere/*.xlsx", IssueCode.FILE_MISSING, "FileNotFoundError"),
    ("memory://nowhere", IssueCode.FILE_MISSING, "FileNotFoundError"),
    ("no-such-system://a.xlsx", IssueCode.FILE_MISSING, "no-such-system"),
    ("file:///", IssueCode.FILE_MISSING, "a folder or something else"),
]


@pytest.mark.parametrize(("url", "code", "words"), MISSING)
def test_a_url_that_leads_nowhere_is_refused(
    rubric: Rubric, url: str, code: IssueCode, words: str
) -> None:
    """It is an outcome like any other, and says what the file system said."""
    (outcome,) = score_files([url], rubric)
    assert outcome.status is OutcomeStatus.REFUSED
    (issue,) = outcome.issues
    assert issue.code is code
    assert words in issue.message
    if url != "file:///":
        (found,) = find_files([url])
        assert (str(found.source), found.reason) == (url, None)


def test_a_large_file_is_not_fetched_whole(rubric: Rubric) -> None:
    """One byte more than may be read says that it is too large."""
    system = fsspec.filesystem("memory")
    system.pipe_file("/large.xlsx", b"PK\3\4" + bytes(60_000_000))
    try:
        assert len(RemoteFile("memory://large.xlsx").read(1000)) == 1001
        (outcome,) = score_files(["memory://large.xlsx"], rubric)
        assert [issue.code for issue in outcome.issues] == [IssueCode.FILE_TOO_LARGE]
    finally:
        system.store.clear()


SECRETS = [
    ("https://host/a.xlsx?sig=secret", "https://host/a.xlsx?…", "a.xlsx"),
    ("HTTPS://host/a.xlsx?sig=secret", "HTTPS://host/a.xlsx?…", "a.xlsx"),
    ("https://host/a.xlsx#token=secret", "https://host/a.xlsx?…", "a.xlsx"),
    ("https://secret@host/a.xlsx", "https://***@host/a.xlsx", "a.xlsx"),
    ("https://me:secret@host", "https://me:***@host", "me:***@host"),
    ("ftp://me:secret@host/a.xlsx", "ftp://me:***@host/a.xlsx", "a.xlsx"),
    ("ftp://me:secret@secret@host/a.xlsx", "ftp://me:***@host/a.xlsx", "a.xlsx"),
    ("abfs://box@account.host/a.xlsx?sig=secret", "abfs://box@account.host/a.xlsx?…", "a.xlsx"),
    ("zip://in/b.xlsx::https://host/a.zip?sig=secret", "zip://in/b.xlsx::https://", "b.xlsx"),
    ("abfs://box@account.host/a.xlsx", "abfs://box@account.host/a.xlsx", "a.xlsx"),
    ("s3://bucket/what?.xlsx", "s3://bucket/what?.xlsx", "what?.xlsx"),
]


@pytest.mark.parametrize(("url", "start", "name"), SECRETS)
def test_keys_in_urls_are_not_shown(url: str, start: str, name: str) -> None:
    """Neither in outcomes and results nor in tracebacks."""
    file = RemoteFile(url)
    for text in (str(file), repr(file), file.name):
        assert "secret" not in text
    assert str(file).startswith(start)
    assert file.name == name


def test_urls_with_other_queries_are_other_files(memory: str) -> None:
    """A download by number has its number there; so many still look different."""
    urls = [f"https://host/download?id={number}" for number in range(20_000)]
    assert len({str(RemoteFile(url)) for url in urls}) == len(urls)
    assert [file.reason for file in find_files([f"{memory}/b.xlsx?", f"{memory}/b.xlsx?v=1"])] == [
        None,
        None,
    ]


def test_errors_of_file_systems_show_no_keys(rubric: Rubric) -> None:
    """Some quote the URL that they were given."""
    (outcome,) = score_files(["no-such-system://me:secret@host/a.xlsx?"], rubric)
    assert "secret" not in "".join(map(str, outcome.issues))


def test_without_fsspec_a_url_says_what_to_install(
    rubric: Rubric, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is named; other files of the run are not touched."""
    monkeypatch.setitem(sys.modules, "fsspec", None)
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    (found,) = find_files(["s3://bucket/*.xlsx"])
    (outcome,) = score_files([found], rubric)
    assert [issue.code for issue in outcome.issues] == [IssueCode.FILE_READER_MISSING]
    assert "maturity[remote]" in outcome.issues[0].remedy


def test_a_kind_of_url_whose_package_is_missing_says_so(rubric: Rubric) -> None:
    """What fsspec asks for is passed on."""
    if importlib.util.find_spec("s3fs") is not None:
        pytest.skip("s3fs is installed")
    (outcome,) = score_files(["s3://bucket/a.xlsx"], rubric)
    (issue,) = outcome.issues
    assert issue.code is IssueCode.FILE_READER_MISSING
    assert "s3fs" in issue.message


def test_options_of_file_systems_go_with_what_is_found(local: Path, rubric: Rubric) -> None:
    """Also into other processes."""
    place = (local / "late").as_uri()
    options = {"auto_mkdir": False}
    found = list(find_files([place], storage_options=options))
    assert [file.source.options for file in found if isinstance(file.source, RemoteFile)] == [
        options
    ]
    (outcome,) = score_files(found, rubric, workers=1)
    assert outcome.result is not None


def test_only_a_sure_sign_makes_a_url_count_as_unchanged(local: Path, memory: str) -> None:
    """A file system that says nothing but the size is asked for the file again."""
    path = local / "b.xlsx"
    file = RemoteFile(path.as_uri())
    mark = file.mark()
    assert mark is not None
    assert file.is_unchanged("sha256:0", mark)
    assert not file.is_unchanged(None, mark)  # it could not be fetched then
    os.utime(path, (1, 1))
    assert not file.is_unchanged("sha256:0", mark)
    silent = RemoteFile(f"{memory}/b.xlsx")
    assert silent.mark() is None
    assert not silent.is_unchanged("sha256:0", None)
    assert RemoteFile("memory://nowhere").mark() is None
