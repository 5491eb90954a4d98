"""A file is written wholly or not at all, and never over the return it was made from."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest

from maturity.errors import WriteError
from maturity.issues import IssueCode
from maturity.writing import files
from maturity.writing.files import write_bytes

OLD = b"old " * 50_000
NEW = b"new!" * 50_000

_ENDLESS_WRITER = f"""
import sys
from maturity.writing.files import write_bytes
print("ready", flush=True)
while True:
    write_bytes({NEW[:4]!r} * 50_000, sys.argv[1])
    write_bytes({OLD[:4]!r} * 50_000, sys.argv[1])
"""


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


def test_a_leftover_is_removed_and_a_file_in_use_is_not(tmp_path: Path) -> None:
    """What a killed process left is taken away; what a living one is writing is not."""
    target = tmp_path / "out.bin"
    prefix = f".maturity-{hashlib.sha256(b'out.bin').hexdigest()[:12]}-"
    (tmp_path / f"{prefix}dead.part").write_bytes(b"half")
    (tmp_path / ".maturity-other-name.part").write_bytes(b"not ours")
    with files._new_file(tmp_path / f"{prefix}alive.part"):
        write_bytes(NEW, target)
        kept = names(tmp_path)
    assert set(kept) == {f"{prefix}alive.part", ".maturity-other-name.part", "out.bin"}
    write_bytes(NEW, target)
    assert names(tmp_path) == [".maturity-other-name.part", "out.bin"]


def test_without_locks_writing_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and the browser have no such locks."""
    monkeypatch.setattr(files, "fcntl", None)
    (tmp_path / "out.bin").write_bytes(OLD)
    write_bytes(NEW, tmp_path / "out.bin")
    leftover = tmp_path / f".maturity-{hashlib.sha256(b'out.bin').hexdigest()[:12]}-x.part"
    leftover.write_bytes(b"half")
    write_bytes(NEW, tmp_path / "out.bin")
    assert names(tmp_path) == ["out.bin"]


@pytest.mark.slow
def test_a_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """Killed at any moment, the target is absent, old or complete; the next run tidies up."""
    target = tmp_path / "out.bin"
    moments = random.Random(20261124)
    for _ in range(20):
        command = [sys.executable, "-c", _ENDLESS_WRITER, str(target)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own script
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(moments.random() * 0.03)
            process.kill()
        assert not target.exists() or target.read_bytes() in (OLD, NEW)
    write_bytes(NEW, target)
    assert names(tmp_path) == ["out.bin"]
