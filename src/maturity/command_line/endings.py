"""Name the ways in which a command ends."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["ExitCode", "Misuse", "UnusableError"]


class ExitCode(IntEnum):
    """What a command tells the program that called it."""

    CLEAN = 0
    ISSUES = 1
    MISUSE = 2
    UNUSABLE = 3
    FAULT = 70
    INTERRUPTED = 130
    PIPE_CLOSED = 141


class Misuse(Exception):  # noqa: N818 - it names what the caller did, not a fault in a file
    """The command cannot be carried out as it was given; the message says why and what to do."""


class UnusableError(Exception):
    """A file that the whole command needs cannot be used; the message says why."""
