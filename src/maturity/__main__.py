"""Start the command line: `maturity …` or `python -m maturity …`."""

from __future__ import annotations

import os
import sys
import traceback

from maturity.cli import main
from maturity.command_line.endings import ExitCode
from maturity.command_line.safe_text import complain

__all__ = ["run"]


def run() -> None:
    """Carry out this process's command line, and end the process with its exit code."""
    try:
        code = main()
    except Exception:
        traceback.print_exc()
        complain("This is a fault in maturity, not in your files. Please report the lines above.")
        code = ExitCode.FAULT
    if code == ExitCode.PIPE_CLOSED or not _is_flushed():
        # Without this the interpreter itself would complain, when it ends, about the closed pipe or
        # the full disk.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _is_flushed() -> bool:
    try:
        sys.stdout.flush()
    except OSError:  # the command has said so
        return False
    return True


if __name__ == "__main__":
    run()
