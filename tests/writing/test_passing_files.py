"""What a killed process left is removed, and what a living one writes is not disturbed."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from maturity.writing import passing_files
from maturity.writing.files import write_bytes
from maturity.writing.passing_files import passing_file, remove_leftovers

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows; what needs it is skipped there
    fcntl = None  # type: ignore[assignment]  # stands for "no locks here"

NEW = b"new!" * 50_000
_PREFIX = f".maturity-{hashlib.sha256(b'out.bin').hexdigest()[:12]}-"

needs_posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files or locks")


def names(folder: Path) -> list[str]:
    """List what is in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


@needs_posix
def test_a_leftover_is_removed_and_a_file_in_use_is_not(tmp_path: Path) -> None:
    """What a killed process left is taken away; what a living one is writing is not."""
    target = tmp_path / "out.bin"
    for number in (1, 7):
        (tmp_path / f"{_PREFIX}{number}.part").write_bytes(b"half")
    (tmp_path / ".maturity-other-0.part").write_bytes(b"of another target")
    with passing_file(target) as living:
        write_bytes(NEW, target)
        assert set(names(tmp_path)) == {".maturity-other-0.part", living.path.name, "out.bin"}
        living.move(target)
    assert names(tmp_path) == [".maturity-other-0.part", "out.bin"]
    remove_leftovers(tmp_path)
    assert names(tmp_path) == ["out.bin"]


@needs_posix
def test_any_number_of_processes_may_write_one_file(tmp_path: Path) -> None:
    """When the fixed names are taken there are others, and nothing is left of either."""
    target = tmp_path / "out.bin"

    def nested(depth: int) -> None:
        with passing_file(target) as passing:
            if depth:
                nested(depth - 1)
            else:
                assert len(names(tmp_path)) == 11
            passing.move(target)

    nested(10)
    assert names(tmp_path) == ["out.bin"]


@needs_posix
def test_what_is_in_its_place_is_not_removed_by_an_error(tmp_path: Path) -> None:
    """The passing name may belong to another process by then."""
    target = tmp_path / "out.bin"

    def fails_late() -> None:
        with passing_file(target) as passing:
            passing.move(target)
            passing.path.write_bytes(b"of another process")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails_late()
    assert (tmp_path / f"{_PREFIX}0.part").read_bytes() == b"of another process"


@needs_posix
def test_pipes_and_links_are_left_alone(tmp_path: Path) -> None:
    """Somebody may put one where our file would be; it is not waited for, and not followed."""
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / f"{_PREFIX}0.part").symlink_to(tmp_path / "precious")
    os.mkfifo(tmp_path / f"{_PREFIX}1.part")
    write_bytes(NEW, tmp_path / "out.bin")
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert (tmp_path / "out.bin").read_bytes() == NEW
    assert stat.S_ISREG((tmp_path / "out.bin").lstat().st_mode)


def test_without_locks_writing_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and the browser have no such locks."""
    monkeypatch.setattr(passing_files, "fcntl", None)
    write_bytes(b"old", tmp_path / "out.bin")
    (tmp_path / f"{_PREFIX}0.part").write_bytes(b"half")
    write_bytes(NEW, tmp_path / "out.bin")
    assert (tmp_path / "out.bin").read_bytes() == NEW
    with pytest.raises(KeyboardInterrupt), passing_file(tmp_path / "out.bin"):
        raise KeyboardInterrupt
    assert names(tmp_path) == ["out.bin"]


def while_it_locks(
    monkeypatch: pytest.MonkeyPatch, mode: int, happens: Callable[[], object]
) -> None:
    """Let something happen just before the first lock of a kind is taken."""
    waiting = [happens]

    def flock(file: int, asked: int) -> None:
        if asked == mode and waiting:
            waiting.pop()()
        fcntl.flock(file, asked)

    known = {name: getattr(fcntl, name) for name in ("LOCK_EX", "LOCK_NB")}
    monkeypatch.setattr(passing_files, "fcntl", SimpleNamespace(flock=flock, **known))


@needs_posix
def test_a_file_that_is_taken_for_a_leftover_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may see it in the moment between."""
    taken = tmp_path / f"{_PREFIX}0.part"
    while_it_locks(monkeypatch, fcntl.LOCK_EX, taken.unlink)
    write_bytes(NEW, tmp_path / "out.bin")
    assert (tmp_path / "out.bin").read_bytes() == NEW
    assert names(tmp_path) == ["out.bin"]


@needs_posix
def test_a_file_that_went_to_its_target_is_no_leftover_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its passing name may be another process's by now."""
    place = tmp_path / f"{_PREFIX}0.part"
    place.write_bytes(b"whole")

    def moved() -> None:
        place.replace(tmp_path / "out.bin")
        place.write_bytes(b"of another process")

    while_it_locks(monkeypatch, fcntl.LOCK_EX | fcntl.LOCK_NB, moved)
    remove_leftovers(tmp_path)
    assert place.read_bytes() == b"of another process"
    assert (tmp_path / "out.bin").read_bytes() == b"whole"


@needs_posix
def test_writers_of_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Each removes leftovers, and none takes another's file for one, however they interleave."""
    target = tmp_path / "out.bin"
    failed: list[Exception] = []

    def write(letter: bytes) -> None:
        try:
            for _ in range(40):
                write_bytes(letter * 3_000, target)
                remove_leftovers(tmp_path)
        except Exception as error:  # a thread's own is shown by nobody
            failed.append(error)

    threads = [threading.Thread(target=write, args=(letter,)) for letter in (b"a", b"b", b"c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert set(target.read_bytes()) in ({97}, {98}, {99})
    assert names(tmp_path) == ["out.bin"]
