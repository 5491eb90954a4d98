"""Prove from pytest's JUnit report that the tests which need something were run.

`tests/conftest.py` writes into the report what each test needs, and skips it for a reason that
begins with "not on this machine" where that is missing. Here none may be skipped for that, and
every need must have been met by at least one test that passed.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

NEEDS = ("shared", "soffice")
MISSING = "not on this machine"


def problems(report: Path) -> list[str]:
    """List what the report does not prove; print each need's tests, and skips for other reasons."""
    passed: Counter[str] = Counter()
    found: list[str] = []
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - our own report
        name = f"{case.get('classname')}::{case.get('name')}"
        skipped = case.find("skipped")
        reason = "" if skipped is None else skipped.get("message", "")
        if reason.startswith(MISSING):
            found.append(f"{name} was skipped: {reason}")
        elif skipped is not None:
            sys.stdout.write(f"{name}: {reason}\n")
        elif case.find("failure") is None and case.find("error") is None:
            needs = case.iterfind("properties/property[@name='needs']")
            passed.update(need.get("value", "") for need in needs)
    for need, count in sorted(passed.items()):
        sys.stdout.write(f"{count} tests passed with {need}\n")
    return found + [f"no test passed with {need}" for need in NEEDS if not passed[need]]


if __name__ == "__main__":
    sys.exit("\n".join(problems(Path(sys.argv[1]))) or None)
