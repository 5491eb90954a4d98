"""Prove from pytest's JUnit report that the tests which need something were run.

`tests/conftest.py` writes into the report what each test needs. Every need must have been met by
at least one test that passed, and a test may be skipped only for a reason that begins with
"only on", such as "only on Windows".
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

NEEDS = ("shared", "soffice")
ALLOWED_REASON = "only on "


def problems(report: Path) -> list[str]:
    """List what the report does not prove, and say how often each need was met."""
    passed: Counter[str] = Counter()
    found: list[str] = []
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - our own report
        skipped = case.find("skipped")
        name = f"{case.get('classname')}::{case.get('name')}"
        if skipped is None:
            needs = case.iterfind("properties/property[@name='needs']")
            passed.update(need.get("value", "") for need in needs)
        elif skipped.get("type") == "pytest.skip":
            reason = skipped.get("message", "")
            if not reason.startswith(ALLOWED_REASON):
                found.append(f"{name} was skipped: {reason}")
    for need, count in sorted(passed.items()):
        sys.stdout.write(f"{count} tests ran with {need}\n")
    found += [f"no test ran with {need}" for need in NEEDS if not passed[need]]
    return found


if __name__ == "__main__":
    sys.exit("\n".join(problems(Path(sys.argv[1]))) or None)
