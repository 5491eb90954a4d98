"""File systems that do odd things: each file still ends in one outcome, and costs no other."""

from __future__ import annotations

import importlib
import io
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import fsspec
import pytest
from fsspec.spec import AbstractFileSystem

from maturity import find_files, load_rubric, score_files
from maturity.batch import OutcomeStatus, PassedOver
from maturity.batch.remote import RemoteFile
from maturity.issues import IssueCode
from maturity.rubric import Rubric


class OddError(Exception):
    """Knows a secret, and says it."""

    def __str__(self) -> str:
        """Say the URL as it was typed, and the key."""
        return "no entry to odd://me:hush@box/x?sig=hush with key hush-hush"


class Slow(io.BytesIO):
    """Gives a few bytes at a time, as what comes over a network does."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Give at most a thousand bytes."""
        return super().read(1000 if size is None or size < 0 else min(size, 1000))


class OddSystem(AbstractFileSystem):  # type: ignore[misc] # fsspec has no types
    """A file system with a file of each odd kind; the name says which."""

    protocol = "odd"
    content: ClassVar[bytes] = b""
    folders: ClassVar[dict[str, list[dict[str, object]]]] = {}
    state: ClassVar[dict[str, object]] = {}

    def ls(self, path: str, detail: bool = True, **_: object) -> list[object]:
        """List a folder."""
        path = self._strip_protocol(path).strip("/")
        if "closed" in path:
            raise OddError
        if "endless" in path:
            return [{"name": f"{path}/endless", "type": "directory"}]
        return list(self.folders[path])

    def info(self, path: str, **_: object) -> dict[str, object]:
        """Say what is there."""
        path = self._strip_protocol(path).strip("/")
        if path in self.folders or "endless" in path or path.endswith("closed"):
            return {"name": path, "type": "directory", "size": 0}
        if "secret" in path:
            raise OddError
        return {"name": path, "size": 1, **self.state}  # a wrong size, and no type

    def _open(self, path: str, *_: object, **__: object) -> object:
        if "text" in path:
            return io.StringIO("text")
        if "memory" in path:
            raise MemoryError
        return Slow(self.content)


class WebSystem(OddSystem):
    """Has whole addresses for paths, as that of the web has."""

    protocol = "https"

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return path


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Give the shipped rubric."""
    return load_rubric("local-partnership")


@pytest.fixture
def odd(root: Path) -> Iterator[type[OddSystem]]:
    """Register the odd file system."""
    fsspec.register_implementation("odd", OddSystem, clobber=True)
    returns = sorted((root / "examples" / "returns").glob("*.xlsx"))
    OddSystem.content = returns[0].read_bytes()
    OddSystem.folders = {}
    OddSystem.state = {}
    yield OddSystem
    OddSystem.clear_instance_cache()


def entry(name: str, kind: str = "file") -> dict[str, object]:
    """Describe a file, or something else."""
    return {"name": name, "type": kind, "size": 1}


def test_what_comes_in_pieces_is_put_together(odd: type[OddSystem], rubric: Rubric) -> None:
    """A server that does not know the length sends so; the size that is told is not believed."""
    (outcome,) = score_files(["odd://a.xlsx"], rubric)
    assert outcome.result is not None
    assert len(RemoteFile("odd://a.xlsx").read(1500)) == 1501
    assert RemoteFile("odd://a.xlsx").read(10**9) == odd.content


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize("name", ["secret.xlsx", "text.xlsx", "closed"])
def test_odd_exceptions_are_outcomes_that_tell_no_secrets(rubric: Rubric, name: str) -> None:
    """Whatever they are and say."""
    (found,) = find_files([f"odd://{name}"], storage_options={"key": "hush-hush"})
    (outcome,) = score_files([found], rubric)
    (issue,) = outcome.issues
    assert issue.code is IssueCode.FILE_MISSING
    assert "could not be fetched" in issue.message
    assert "hush" not in repr((outcome, found))


@pytest.mark.usefixtures("odd")
def test_running_out_of_memory_is_no_outcome_here(rubric: Rubric) -> None:
    """Nothing that this process does afterwards could be relied on."""
    with pytest.raises(MemoryError):
        list(score_files(["odd://memory.xlsx"], rubric))


def test_a_folder_that_cannot_be_listed_costs_no_other(
    odd: type[OddSystem], rubric: Rubric
) -> None:
    """It is refused with what its file system said, as a local one is."""
    odd.folders = {
        "in": [entry("in/closed", "directory"), entry("in/a.xlsx"), entry("in/d", "directory")],
        "in/d": [entry("in/d/b.xlsx")],
    }
    outcomes = list(score_files(find_files(["odd://in"]), rubric))
    assert [(outcome.source, outcome.status) for outcome in outcomes] == [
        ("odd://in/a.xlsx", OutcomeStatus.SCORED),
        ("odd://in/closed", OutcomeStatus.REFUSED),
        ("odd://in/d/b.xlsx", OutcomeStatus.SCORED),
    ]
    assert "OddError" in outcomes[1].issues[0].message


@pytest.mark.usefixtures("odd")
def test_a_folder_without_an_end_has_one(rubric: Rubric) -> None:
    """It is in itself, under ever new names."""
    (outcome,) = score_files(find_files(["odd://endless"]), rubric)
    assert outcome.status is OutcomeStatus.REFUSED


def test_a_file_and_a_folder_of_one_name_are_two(odd: type[OddSystem]) -> None:
    """Stores that only know keys have such; the folder itself, listed in it, is nothing."""
    odd.folders = {
        "in": [
            entry("in", "directory"),
            entry("in/", "file"),
            entry("in/a.xlsx"),
            entry("in/a.xlsx", "directory"),
            entry("in/a.xlsx/", "directory"),
        ],
        "in/a.xlsx": [entry("in/a.xlsx/b.xlsx"), entry("in", "directory")],
    }
    assert [str(file.source) for file in find_files(["odd://in"])] == [
        "odd://in/a.xlsx",
        "odd://in/a.xlsx/b.xlsx",
    ]


def test_any_name_that_was_found_can_be_fetched(odd: type[OddSystem], rubric: Rubric) -> None:
    """Also one that means something else in a URL."""
    names = ["in/a::b.xlsx", "in/what?.xlsx", "in/a#b.xlsx", "in/[1]*.xlsx", "in/%20 .xlsx"]
    odd.folders = {"in": [entry(name) for name in names]}
    outcomes = list(score_files(find_files(["odd://in"]), rubric))
    assert sorted(str(outcome.source) for outcome in outcomes) == sorted(
        f"odd://{name}" for name in names
    )
    assert [outcome.source for outcome in outcomes if outcome.result is None] == []


def test_a_folder_on_the_web_ends_in_a_slash(
    odd: type[OddSystem], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before its query; names are told from the queries behind them."""
    found = [entry("https://host/in/a.xlsx?v=1"), entry("https://host/in/b.txt")]
    odd.folders = {"https://host/in": found, "https://host/in/?key=1": found}
    monkeypatch.setitem(importlib.import_module("fsspec.registry")._registry, "https", WebSystem)
    for url in ("https://host/in/", "https://host/in/?key=1"):
        assert [file.reason for file in find_files([url])] == [None, PassedOver.NOT_A_WORKBOOK]
    assert [str(file.source) for file in find_files(["https://host/in"])] == ["https://host/in"]


def test_a_state_that_is_empty_says_nothing(odd: type[OddSystem]) -> None:
    """Every file would look unchanged."""
    odd.state = {"ETag": None, "mtime": ""}
    assert RemoteFile("odd://a.xlsx").mark() is None
    odd.state = {"ETag": "1", "mtime": ""}
    assert RemoteFile("odd://a.xlsx").mark() is not None


def test_what_is_new_is_found_by_the_same_process() -> None:
    """File systems remember what they listed, and are themselves remembered."""
    system = fsspec.filesystem("listed")
    system.names = ["a.xlsx"]
    assert [str(file.source) for file in find_files(["listed://in"])] == ["listed://in/a.xlsx"]
    system.names = ["a.xlsx", "b.xlsx"]
    assert len(list(find_files(["listed://in"]))) == 2


class ListedSystem(AbstractFileSystem):  # type: ignore[misc] # fsspec has no types
    """Remembers what it listed."""

    protocol = "listed"
    names: ClassVar[list[str]] = []

    def ls(self, path: str, detail: bool = True, **_: object) -> list[object]:
        """List the only folder."""
        if path not in self.dircache:
            self.dircache[path] = [entry(f"in/{name}") for name in self.names]
        return list(self.dircache[path])

    def info(self, path: str, **_: object) -> dict[str, object]:
        """Say that all is a folder."""
        return entry(path, "directory")

    def invalidate_cache(self, path: str | None = None) -> None:
        """Forget what was listed."""
        self.dircache.clear()


fsspec.register_implementation("listed", ListedSystem, clobber=True)


def test_a_server_that_never_answers_costs_only_its_file(rubric: Rubric, root: Path) -> None:
    """In a worker, fetching counts towards the time that a file may take."""
    good = sorted((root / "examples" / "returns").glob("*.xlsx"))[0]
    with socket.create_server(("127.0.0.1", 0)) as server:  # the system takes calls, nobody answers
        url = f"ftp://127.0.0.1:{server.getsockname()[1]}/a.xlsx"
        outcomes = list(score_files([url, good], rubric, workers=1, timeout=2))
    assert outcomes[1].result is not None
    assert [issue.code for issue in outcomes[0].issues] == [IssueCode.WORKER_TIMEOUT]


def test_results_behind_a_url_of_this_computer_are_left_out(tmp_path: Path) -> None:
    """As they are in a local folder; and two ways to one file are one."""
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "a-scored.xlsx").touch()
    (tmp_path / "a.xlsx").touch()
    found = find_files(
        [tmp_path.as_uri(), tmp_path, tmp_path / "a.xlsx"], leave_out=tmp_path / "results"
    )
    assert [file.reason for file in found] == [
        None,
        PassedOver.LEFT_OUT,
        PassedOver.REPEATED,
        PassedOver.LEFT_OUT,
        PassedOver.REPEATED,
    ]
