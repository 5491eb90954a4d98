"""Throw damaged workbooks at the reader: whatever comes, a workbook or a `WorkbookError` goes out.

    python benchmarks/fuzz_reader.py 100000 --seed 1 FILE [FILE ...] [--rubric FOLDER ...]

Each round takes one of the files and flips bits, cuts it short, or edits the XML of a part and
packs it again. Two things are checked: nothing but a `WorkbookError` is raised, and the fast and
the general way of reading a sheet agree on the cells, or on refusing the file.

With `--rubric` the workbook is then read and scored with that rubric and its layouts, where nothing
but a `MaturityError` may be raised. A file that ends in `.yaml` is damaged as a text, and loaded as
a layout or rubric.

A round that fails is saved, and the others go on.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from maturity import Rubric, load_rubric, read_assessment, score
from maturity.errors import MaturityError, WorkbookError
from maturity.reading import ooxml_sheet, ooxml_strings, xml_parts
from maturity.reading.grid import Want, read_workbook
from maturity.reading.layout_file import load_layout
from maturity.sheets import Workbook

__all__ = ["check", "general_way", "mutated", "mutated_text", "outcome"]

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

# What stands instead of a value in a YAML file.
_VALUES = (
    b"", b"0", b"-1", b"1e999", b".nan", b".inf", b"99999999999999999999", b"No", b"012", b"1.10",
    b"2024-01-01", b"[]", b"{}", b"[a, b]", b"{a: b}", b"~", b"null", b"&a [*a]", b"*a",
    b"!!python/x y", b"'", b'"', b"|", b">", b"{", b"]", b"x: y", b"'(a+)+$'", b"'(?P<id>.*)'",
    b"'['", b"A1", b"XFE1", b"'{title}'", b"\xff", b"\xc3\xa9", b"\t", b"%TAG", b"---", b"...",
    b"<<", b"true",
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


def mutated_text(data: bytes, source: random.Random) -> bytes:
    """Damage a YAML file: its bits, its lines, or the values in them."""
    if source.random() < 0.1:
        return _flip(data, source)
    lines = data.splitlines(keepends=True)
    for _ in range(source.choice((1, 1, 2, 4))):
        index, other = source.randrange(len(lines)), source.randrange(len(lines))
        way = source.randrange(5)
        if way == 0:
            lines[index] = b""
        elif way == 1:
            lines[index] = lines[other]
        elif way == 2:
            lines.insert(index, source.choice((b"  ", b"- ", b"", b"    ")) + lines[other])
        else:
            key, colon, _ = lines[index].partition(b":")
            lines[index] = key + colon + b" " + source.choice(_VALUES) + b"\n"
    return b"".join(lines)


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


def outcome(data: bytes, *, with_extras: bool = True) -> Workbook | str:
    """Read a file: the workbook, or the code that it is refused with."""
    # With formulas a sheet is only read in the general way.
    want = frozenset(Want) - {Want.FORMULAS} if with_extras else frozenset()
    try:
        return read_workbook(data, want=want)
    except WorkbookError as error:
        return error.issues[0].code.value


def check(data: bytes) -> Workbook | str:
    """Read a file in both ways and check what must hold for any workbook.

    Raises:
        AssertionError: when something that must hold does not.
    """
    # Extras make the fast way look at more, so half of the files are read without them.
    with_extras = bool(len(data) % 2)
    fast = outcome(data, with_extras=with_extras)
    if data[:2] == b"PK":
        with general_way():
            general = outcome(data, with_extras=with_extras)
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


def check_text(data: bytes, rubric: Rubric) -> str:
    """Load a damaged text as a rubric and as a layout: only a `MaturityError` may be raised."""
    loaded = []
    for kind, load in (("rubric", load_rubric), ("layout", partial(load_layout, rubric=rubric))):
        try:
            load(data)
        except MaturityError:
            continue
        loaded.append(kind)
    return " and ".join(loaded) or "rubric-refused"


def check_scored(data: bytes, rubrics: Sequence[Rubric]) -> str:
    """Read and score a workbook with some rubrics: only a `MaturityError` may be raised."""
    scored = 0
    for rubric in rubrics:
        try:
            result = score(read_assessment(data, rubric))
        except MaturityError:
            continue
        result.records()
        scored += 1
    return f"scored with {scored}"


class Tally:
    """What became of the rounds, and what the worst of them cost.

    Args:
        name: begins the names of the files in which rounds that failed are saved.
    """

    def __init__(self, name: str) -> None:
        self.counts: Counter[str] = Counter()
        self.slowest = (0.0, -1)
        self.faults = 0
        self._name = name

    def round(self, index: int, data: bytes, look: Callable[[bytes], str]) -> None:
        """Look at one damaged file, and keep it when that fails."""
        before = time.process_time()
        try:
            self.counts[look(data)] += 1
        except Exception:  # whatever is raised is what this script is looking for
            self.faults += 1
            kept = Path(f"{self._name}-{index}.bin")
            kept.write_bytes(data)
            print(f"fault in round {index}, saved as {kept}", flush=True)
            traceback.print_exc()
        self.slowest = max(self.slowest, (time.process_time() - before, index))

    def __str__(self) -> str:
        lines = [f"{count:>9,}  {name}" for name, count in self.counts.most_common()]
        seconds, index = self.slowest
        lines.append(f"slowest: {seconds:.2f} s of processor time, in round {index}")
        lines.append(f"most memory: {most_memory():,.0f} MB")
        lines.append(f"faults: {self.faults}")
        return "\n".join(lines)


def most_memory() -> float:
    """Give the most memory that this process has held, in megabytes; 0 where nobody says."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def main() -> int:
    """Run as many rounds as asked; say what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", type=int)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rubric", action="append", default=[])
    arguments = parser.parse_args()
    rubrics = [load_rubric(each) for each in arguments.rubric]
    known = load_rubric("local-partnership")
    seeds = [(path.read_bytes(), path.suffix == ".yaml") for path in arguments.files]

    def look_at_text(data: bytes) -> str:
        return check_text(data, known)

    def look_at_workbook(data: bytes) -> str:
        found = check(data)
        if isinstance(found, str):
            return found
        return check_scored(data, rubrics) if rubrics else "read"

    tally = Tally(f"fuzz-{arguments.seed}")
    for index in range(arguments.rounds):
        source = random.Random(f"{arguments.seed}-{index}")
        seed, is_text = source.choice(seeds)
        if is_text:
            tally.round(index, mutated_text(seed, source), look_at_text)
        else:
            tally.round(index, mutated(seed, source), look_at_workbook)
        if index % 10_000 == 9_999:
            print(f"{index + 1:,} rounds, {tally.faults} faults", flush=True)
    print(tally)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
