"""A file is written wholly or not at all, and never over the return it was made from."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from pathlib import Path
from typing import IO

import pytest

from maturity.errors import WriteError
from maturity.issues import IssueCode
from maturity.writing.files import open_in_one_step, write_bytes, write_files

OLD = b"old " * 50_000
NEW = b"new!" * 50_000


class FullDisk(io.BytesIO):
    """A stream that takes some bytes and then no more."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, data: object, /) -> int:
        """Take what there is room for; a full disk raises."""
        taken = min(self.room, len(bytes(data)))  # type: ignore[call-overload]  # any buffer
        if not taken:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.room -= taken
        return super().write(bytes(data)[:taken])  # type: ignore[call-overload]  # any buffer


def names(folder: Path) -> list[str]:
    """List what is in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    """Give what is in a folder, hidden files too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_new_file_holds_what_was_written(tmp_path: Path) -> None:
    """The content is there, and nothing else."""
    write_bytes(NEW, tmp_path / "out.bin")
    assert (tmp_path / "out.bin").read_bytes() == NEW
    assert names(tmp_path) == ["out.bin"]


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    """A path may be given as text, and a file that is there is replaced."""
    target = tmp_path / "out.bin"
    target.write_bytes(OLD)
    write_bytes(NEW, str(target))
    assert target.read_bytes() == NEW


def test_a_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    """Folders are not made."""
    with pytest.raises(WriteError, match="No such file or directory") as caught:
        write_bytes(NEW, tmp_path / "missing" / "out.bin")
    assert caught.value.issues[0].code is IssueCode.WRITE_FAILED
    assert caught.value.issues[0].remedy


def test_a_folder_in_place_of_the_target_is_a_clear_error(tmp_path: Path) -> None:
    """A folder is never replaced by a file, and no passing file is left."""
    (tmp_path / "out").mkdir()
    with pytest.raises(WriteError):
        write_bytes(NEW, tmp_path / "out", source_digest="sha256:0")
    assert names(tmp_path) == ["out"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions on folders")
def test_a_read_only_folder_is_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there stays there. The administrator may write anywhere, so opening is refused."""
    target = tmp_path / "out.bin"
    target.write_bytes(OLD)
    if os.geteuid() == 0:

        def refuse(*_: object, **__: object) -> IO[bytes]:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    else:
        tmp_path.chmod(0o500)
    with pytest.raises(WriteError, match="Permission denied"):
        write_bytes(NEW, target)
    monkeypatch.undo()
    tmp_path.chmod(0o700)
    assert target.read_bytes() == OLD


def test_a_full_disk_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full the old file stays and the half-written one is taken away."""
    target = tmp_path / "out.bin"
    target.write_bytes(OLD)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="No space left"):
        write_bytes(NEW, target)
    assert target.read_bytes() == OLD
    assert names(tmp_path) == ["out.bin"]


def test_an_interruption_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C is passed on, after tidying up."""

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(NEW, tmp_path / "out.bin")
    assert names(tmp_path) == []


def test_the_source_is_never_overwritten(tmp_path: Path) -> None:
    """Not by its path, and not by another name for the same file."""
    source = tmp_path / "return.xlsx"
    source.write_bytes(OLD)
    other_name = tmp_path / "other.xlsx"
    other_name.hardlink_to(source)
    for target in (source, other_name):
        with pytest.raises(WriteError, match="is the return itself") as caught:
            write_bytes(NEW, target, source=source)
        assert caught.value.issues[0].code is IssueCode.WRITE_OVER_SOURCE
    assert source.read_bytes() == OLD


def test_the_source_is_known_by_its_digest(tmp_path: Path) -> None:
    """A caller who passes no path is still kept from overwriting the return."""
    source = tmp_path / "return.xlsx"
    source.write_bytes(OLD)
    digest = "sha256:" + hashlib.sha256(OLD).hexdigest()
    with pytest.raises(WriteError, match="is the return itself"):
        write_bytes(NEW, source, source_digest=digest)
    write_bytes(NEW, tmp_path / "result.xlsx", source=source, source_digest=digest)
    write_bytes(NEW, tmp_path / "result.xlsx", source=tmp_path / "gone", source_digest=digest)
    assert source.read_bytes() == OLD


def test_a_stream_gets_everything() -> None:
    """A stream that takes a little at a time, or does not say how much, gets all of it."""

    class Slow(io.BytesIO):
        def write(self, data: object, /) -> int:
            return super().write(bytes(data)[:7])  # type: ignore[call-overload]  # any buffer

    class Silent:
        content = b""

        def write(self, data: bytes, /) -> None:
            self.content += data

    slow, silent = Slow(), Silent()
    write_bytes(b"twenty bytes of text", slow)
    write_bytes(b"twenty bytes of text", silent)
    assert slow.getvalue() == silent.content == b"twenty bytes of text"


def test_a_failing_stream_is_a_clear_error() -> None:
    """A full disk behind a stream, or a stream that takes nothing, ends in the same error."""
    with pytest.raises(WriteError, match="No space left"):
        write_bytes(NEW, FullDisk(room=100))

    class Closed:
        name = "pipe"

        def write(self, _: bytes, /) -> int:
            return 0

    with pytest.raises(WriteError, match="takes no more bytes"):
        write_bytes(NEW, Closed())


def test_a_text_stream_is_refused() -> None:
    """Bytes cannot go where text is expected."""
    with pytest.raises(TypeError, match="'wb'"):
        write_bytes(NEW, io.StringIO())  # type: ignore[arg-type]  # the mistake under test


def test_files_that_belong_together_are_written_together(tmp_path: Path) -> None:
    """All are there, and nothing else."""
    write_files({tmp_path / "a": OLD, tmp_path / "b": NEW})
    assert contents(tmp_path) == {"a": OLD, "b": NEW}


@pytest.mark.parametrize("failing", ["missing/c", "folder", "source"])
def test_when_one_of_several_cannot_be_written_none_is(tmp_path: Path, failing: str) -> None:
    """For want of a folder, for a folder in its place, or because it is the return itself."""
    source = tmp_path / "source"
    source.write_bytes(OLD)
    (tmp_path / "a").write_bytes(OLD)
    (tmp_path / "folder").mkdir()
    with pytest.raises(WriteError):
        write_files({tmp_path / failing: NEW, tmp_path / "a": NEW}, source=source)
    (tmp_path / "folder").rmdir()
    assert contents(tmp_path) == {"a": OLD, "source": OLD}


def test_a_block_that_fails_keeps_the_old_file(tmp_path: Path) -> None:
    """What is written in parts takes its place only when all parts are written."""
    target = tmp_path / "out.bin"
    target.write_bytes(OLD)

    def interrupted() -> None:
        with open_in_one_step(target) as file:
            file.write(NEW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert contents(tmp_path) == {"out.bin": OLD}
    with open_in_one_step(str(target)) as file:
        file.write(NEW)
        assert target.read_bytes() == OLD
    assert contents(tmp_path) == {"out.bin": NEW}
