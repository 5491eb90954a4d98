"""Start the command line: `maturity …` or `python -m maturity …`."""

from __future__ import annotations

import os
import sys

__all__ = ["run"]


def run() -> None:
    """Carry out this process's command line, and end the process with its exit code."""
    from maturity.cli import main

    code = main()
    if code == 141:
        # The reader of our output has gone; without this the interpreter would complain about it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


if __name__ == "__main__":
    run()
