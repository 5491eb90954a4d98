"""Be a worker: a process that scores one file after another until nobody sends more.

It bounds itself where the system can: memory by a limit of the process, time by an alarm behind
the parent's own watch, and its life by that of its parent.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import cast

from maturity.batch.one_file import Setup
from maturity.batch.packing import answer_job

__all__ = ["HELLO", "OUT_OF_MEMORY", "READY", "serve"]

HELLO = b"hello"
READY = b"ready"
OUT_OF_MEMORY = 113  # an exit code that nothing else uses
_GRACE = 5  # seconds after which the system stops what the parent should have stopped


def serve(connection: Connection, timeout: float | None, memory: int | None) -> None:
    """Ask for the setup, then answer jobs until the connection is closed.

    Args:
        connection: jobs come in and answers go out, one at a time.
        timeout: seconds that one file may take; None for any.
        memory: bytes that the process may take; None for any.
    """
    with suppress(ConnectionError):  # the parent was ended while we told it something
        _serve(connection, timeout, memory)


def _serve(connection: Connection, timeout: float | None, memory: int | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    with suppress(AttributeError):  # Windows has none
        os.setpgid(0, 0)  # so that a program that we started for an old format ends with us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # It is too large for the pipe with which Python starts a process: if this one died before it
    # had read that, the parent would wait for ever.
    connection.send_bytes(HELLO)
    try:
        setup = cast("Setup", pickle.loads(connection.recv_bytes()))  # noqa: S301 - our own parent's
    except (EOFError, OSError):  # nobody needs us after all
        return
    _limit_memory(memory)
    connection.send_bytes(READY)
    while True:
        try:
            job = connection.recv_bytes()
        except (EOFError, OSError):  # the parent needs us no more
            return
        with _alarm(timeout):
            answer, is_fit = answer_job(job, setup)
        if not is_fit:  # after this, nothing that it does can be relied on
            os._exit(OUT_OF_MEMORY)
        connection.send_bytes(answer)


def _end_with_parent() -> None:
    """End at once when the parent is gone, whatever this process is doing."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _limit_memory(memory: int | None) -> None:
    """Let the system refuse more memory than allowed, where it can: not on Windows."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    if memory is None:
        return
    # Linux counts what is really taken; other systems only have addresses to count.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        memory = min(memory, most)
    try:
        # The upper limit stays, for the child process that reads old formats and has its own.
        resource.setrlimit(kind, (memory, most))
    except (OSError, ValueError):  # macOS knows some limits by name only
        return


@contextmanager
def _alarm(timeout: float | None) -> Iterator[None]:
    """Let the system end this process if the parent, stopped or gone, does not.

    The alarm has no handler, so that it also ends what never comes back to Python.
    """
    if timeout is None or not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, timeout + _GRACE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
