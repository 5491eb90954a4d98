"""Throw damaged workbooks at the reader: whatever comes, a workbook or a `WorkbookError` goes out.

    python benchmarks/fuzz_reader.py 100000 --seed 1 FILE [FILE ...]

Each round takes one of the files and flips bits, cuts it short, or edits the XML of a part and
packs it again. Two things are checked: nothing but a `WorkbookError` is raised, and the fast and
the general way of reading a sheet agree on the cells, or on refusing the file.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from maturity.errors import WorkbookError
from maturity.reading import ooxml_sheet, ooxml_strings, xml_parts
from maturity.reading.grid import Want, read_workbook
from maturity.sheets import Workbook

__all__ = ["check", "general_way", "mutated", "outcome"]

# Pieces that a damaged or hostile part may hold in places where nobody expects them.
_PIECES = (
    b"", b"0", b"-1", b"1e999", b"99999999999999999999", b"1,5", b"nan", b" ", b"\n", b"\r\n",
    b"\0", b"<", b">", b"&", b'"', b"&#0;", b"&#xD800;", b"&#x41;", b"&amp;", b"&unknown;", b"]]>",
    b"_xD83D_", b"_x0041_", b"\xef\xbf\xbe", b"\xff", b"\xc3\xa9", b"<!-- -->",
    b"<![CDATA[x]]>", b"<?x y?>",
    b"<!DOCTYPE x>", b' xmlns="x"', b' t="s"', b' t="b"', b' t="e"', b' t="d"', b' t="str"',
    b' r="B2"', b' s="7"', b' hidden="1"', b' r="0"', b"<v/>", b"<v></v>", b"<f>1</f>",
    b"<is><t>x</t></is>",
    b'<c r="A1"/>', b'<row r="1"/>', b"</row>", b"<row>", b"</c>", b"</sheetData>", b"<sheetData>",
    b"XFD1048576", b"XFE1", b"A1048577", b"true", b"repeated", b'number-columns-repeated="70000"',
    b'<mergeCell ref="A1:B9"/>', b"<si/>", b"<si><t>x</t></si>", b"<r><t>x</t></r>", b"Err:502",
)  # fmt: skip


def mutated(data: bytes, source: random.Random) -> bytes:
    """Damage a file in one of several ways."""
    way = source.random()
    if way < 0.15:
        return _flip(data, source)
    if way < 0.25:
        return data[: source.randrange(len(data))]
    if data[:2] != b"PK":
        return _flip(data, source)
    return _edit_part(data, source)


def _flip(data: bytes, source: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(source.choice((1, 1, 2, 8, 64))):
        damaged[source.randrange(len(damaged))] ^= 1 << source.randrange(8)
    return bytes(damaged)


def _edit_part(data: bytes, source: random.Random) -> bytes:
    """Edit the XML of one part and pack the file again, so that only the XML is at fault."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    name = source.choice(names)
    for _ in range(source.choice((1, 1, 1, 2, 4))):
        parts[name] = _edit(parts[name], source)
    if source.random() < 0.05:
        del parts[source.choice(list(parts))]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return target.getvalue()


def _edit(part: bytes, source: random.Random) -> bytes:
    """Put a piece into a place, or instead of a few bytes, a value or a whole element."""
    start = source.randrange(len(part) + 1)
    way = source.randrange(9)
    if way == 0:
        return part[:start] + source.choice(_PIECES) + part[start:]
    if way == 1:
        return part[:start] + part[start + source.randrange(1, 40) :]
    # A value in quotes, a text or tag between brackets, an element with all that it holds.
    left, right = source.choice(
        ((b'"', b'"'), (b'"', b'"'), (b">", b"<"), (b"<", b">"), (b"<c", b"</c>"))
    )
    first = part.find(left, start)
    last = part.find(right, first + 1)
    if first < 0 or last < 0:
        return part
    if way == 2:
        return part[:first] + source.choice(_PIECES) + part[first:]
    if way == 3:
        end = last + len(right)
        return part[:first] + part[first:end] * source.choice((0, 2)) + part[end:]
    return part[: first + 1] + source.choice(_PIECES) + part[last:]


@contextmanager
def general_way() -> Iterator[None]:
    """Read every sheet, text and style element by element."""

    def never(*_: object) -> bool:
        return False

    def wholly(handler: xml_parts.PartHandler, data: bytes, *_: object) -> None:
        handler.feed(data, is_last=True)

    def piecewise(handler: xml_parts.PartHandler, pieces: Iterator[bytes], _: object) -> None:
        handler.read_pieces(pieces)

    with (
        patch.object(ooxml_sheet, "read_plainly", never),
        patch.object(ooxml_sheet, "read_in_pieces", piecewise),
        patch.object(ooxml_strings.StringsHandler, "read_plainly", never),
        patch.object(xml_parts.PartHandler, "read_sparsely", wholly),
    ):
        yield


def outcome(data: bytes) -> Workbook | str:
    """Read a file: the workbook, or the code that it is refused with."""
    try:
        return read_workbook(data, want=frozenset(Want) - {Want.FORMULAS})
    except WorkbookError as error:
        return error.issues[0].code.value


def check(data: bytes) -> Workbook | str:
    """Read a file in both ways and check what must hold for any workbook.

    Raises:
        AssertionError: when something that must hold does not.
    """
    fast = outcome(data)
    if data[:2] == b"PK":
        with general_way():
            general = outcome(data)
        both_refuse = isinstance(fast, str) and isinstance(general, str)
        _require(both_refuse or general == fast, "the two ways differ")
    if isinstance(fast, str):
        return fast
    for sheet in fast.sheets:
        _require(list(sheet.rows) == sorted(sheet.rows), "rows are out of order")
        for row in sheet.rows.values():
            _require(list(row) == sorted(row), "columns are out of order")
            _require(bool(row), "an empty row is stored")
            for cell in row.values():
                cell.raw.encode()
    for issue in fast.issues:
        str(issue).encode()
    return fast


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise AssertionError(otherwise)


def main() -> int:
    """Run as many rounds as asked; stop at the first fault and save the file that shows it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", type=int)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    seeds = [path.read_bytes() for path in arguments.files]
    counts: Counter[str] = Counter()
    slowest = 0.0
    for index in range(arguments.rounds):
        source = random.Random(f"{arguments.seed}-{index}")
        data = mutated(source.choice(seeds), source)
        before = time.process_time()
        try:
            found = check(data)
        except Exception:
            Path(f"fuzz-{arguments.seed}-{index}.bin").write_bytes(data)
            print(f"fault in round {index}, saved as fuzz-{arguments.seed}-{index}.bin")
            raise
        slowest = max(slowest, time.process_time() - before)
        counts[found if isinstance(found, str) else "read"] += 1
    for name, count in counts.most_common():
        print(f"{count:>9,}  {name}")
    print(f"slowest: {slowest:.2f} s of processor time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
