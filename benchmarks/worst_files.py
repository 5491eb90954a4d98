"""Measure what the worst files under the default limits cost: at most 10 s and 256 MB each.

    python benchmarks/worst_files.py [--only WORD] [--ways cells,extras,inspect,draft,read,lint]

Each file is made (see `worst_makers.py`) and then read in a fresh process, in each way: its cells;
its cells with every extra; `inspect_workbook`; `draft_rubric`; `read_assessment` with a rubric and
its layouts; `lint_against`. The table gives what became of it, the processor time of that process
and its children, and the most memory of either, both with the interpreter's own.

Exits with 1 when anything costs more than is promised.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

MOST_SECONDS, MOST_MEGABYTES = 10.0, 256.0


class Cost(NamedTuple):
    """What one file cost in one way."""

    said: str
    seconds: float
    megabytes: float

    @property
    def is_over(self) -> bool:
        """Whether it cost more than is promised."""
        return self.seconds > MOST_SECONDS or self.megabytes > MOST_MEGABYTES

    def __str__(self) -> str:
        mark = "!" if self.is_over else " "
        return f"{self.seconds:>6.2f} s {self.megabytes:>4.0f} MB{mark} {self.said}"


def _cells(path: str) -> str:
    from maturity.reading.grid import read_workbook  # noqa: PLC0415 - each way loads what it needs

    book = read_workbook(path)
    return f"{sum(len(row) for sheet in book.sheets for row in sheet.rows.values()):,} cells"


def _extras(path: str) -> str:
    from maturity.reading.grid import Want, read_workbook  # noqa: PLC0415 - as above

    read_workbook(path, want=list(Want))
    return "read"


def _inspect(path: str) -> str:
    import maturity  # noqa: PLC0415 - as above

    rubric = maturity.load_rubric("local-partnership")
    found = maturity.inspect_workbook(path, rubrics=[rubric])
    return f"{sum(len(sheet.tables) for sheet in found.sheets)} tables"


def _draft(path: str) -> str:
    import maturity  # noqa: PLC0415 - as above

    return f"{maturity.draft_rubric(path).items} items"


def _read(path: str) -> str:
    import maturity  # noqa: PLC0415 - as above

    rubric = maturity.load_rubric("local-partnership")
    result = maturity.score(maturity.read_assessment(path, rubric))
    return f"scored, {len(result.assessment.issues)} issues"


def _lint(path: str) -> str:
    from maturity.reading.against import lint_against  # noqa: PLC0415 - as above

    return f"{len(lint_against('local-partnership', path))} issues"


WAYS: Mapping[str, Callable[[str], str]] = {
    "cells": _cells,
    "extras": _extras,
    "inspect": _inspect,
    "draft": _draft,
    "read": _read,
    "lint": _lint,
}


def measure_here(way: str, path: str) -> None:
    """Read a file in this process, and print what that cost."""
    import resource  # noqa: PLC0415 - Windows has none

    from maturity.errors import MaturityError  # noqa: PLC0415 - the parent needs nothing of it

    try:
        said = WAYS[way](path)
    except MaturityError as error:
        said = error.issues[0].code.value
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = int(status.partition("VmHWM:")[2].split()[0])
    print(json.dumps([said, seconds, max(own, usages[1].ru_maxrss) * 1024 / 1e6]))


def measure(way: str, path: str) -> Cost:
    """Read a file in a fresh process."""
    command = [sys.executable, __file__, "--here", way, path]
    run = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)  # noqa: S603 - this script
    if run.returncode:
        return Cost(f"FAILED {run.stderr.strip().splitlines()[-1:]}", 999.0, 999.0)
    return Cost(*json.loads(run.stdout))


def main() -> int:
    """Make and measure every file; one line for each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--here", nargs=2)
    arguments = parser.parse_args()
    if arguments.here:
        measure_here(*arguments.here)
        return 0
    from worst_makers import MAKERS  # noqa: PLC0415 - what is measured must not load it

    worst: dict[str, list[Cost]] = {way: [] for way in arguments.ways.split(",")}
    with tempfile.TemporaryDirectory() as folder:
        for name, make in MAKERS.items():
            if arguments.only in name:
                path = Path(folder) / "worst"
                path.write_bytes(make())
                print(f"{name} ({path.stat().st_size / 1e6:.1f} MB)", flush=True)
                for way, costs in worst.items():
                    costs.append(measure(way, str(path)))
                    print(f"  {way:<8} {costs[-1]}", flush=True)
    print("the most of any file")
    for way, costs in worst.items():
        seconds = max(cost.seconds for cost in costs)
        print(f"  {way:<8} {seconds:>6.2f} s {max(cost.megabytes for cost in costs):>4.0f} MB")
    return int(any(cost.is_over for costs in worst.values() for cost in costs))


if __name__ == "__main__":
    sys.exit(main())
