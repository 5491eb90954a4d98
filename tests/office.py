"""Let LibreOffice recalculate workbooks, so that our formulas are checked by another program."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

__all__ = ["recalculated"]

# Without this setting LibreOffice shows the values that are stored and calculates nothing.
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(soffice: str, files: Sequence[Path], folder: Path) -> list[Path]:
    """Open each file, recalculate every formula and save it again.

    Args:
        soffice: the path of LibreOffice.
        files: workbooks.
        folder: an empty folder for its settings and the new files.

    Returns:
        The new files, in the same order.
    """
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    out = folder / "recalculated"
    command = [
        soffice,
        f"-env:UserInstallation={profile.parent.as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(out),
        *(str(file) for file in files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603 - a fixed program
    return [out / file.name for file in files]
