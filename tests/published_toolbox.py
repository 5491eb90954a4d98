"""Change single cells of the published toolbox, as its saved results would stand if they differed.

Only what is stored is rewritten; nothing is calculated. So a changed result disagrees with what it
is made of, and a changed answer with every result above it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["SHEETS", "with_stored"]

SHEETS = {"Interview": 3, "Scorecard": 4, "Roadmap": 5}
"""The number of each sheet's part."""


def with_stored(path: Path, sheet: str, values: Mapping[str, str]) -> bytes:
    """Give the bytes of a copy in which cells of one sheet store other values.

    Args:
        path: the toolbox.
        sheet: the name of the sheet.
        values: cell → what is stored in it; for a text, its number among the shared texts.
    """
    part = f"xl/worksheets/sheet{SHEETS[sheet]}.xml"
    target = io.BytesIO()
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(target, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            if name == part:
                content = _changed(content.decode(), values).encode()
            copy.writestr(name, content)
    return target.getvalue()


def _changed(xml: str, values: Mapping[str, str]) -> str:
    for cell, value in values.items():
        stored = re.compile(rf'(<c r="{cell}" [^>]*>(?:<f[^>]*>[^<]*</f>)?<v>)[^<]*(</v>)')
        xml, count = stored.subn(rf"\g<1>{value}\g<2>", xml)
        assert count == 1, cell
    return xml
