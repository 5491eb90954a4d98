"""Two thousand damaged workbooks: a workbook or a `WorkbookError`, the same in both ways, soon.

`python benchmarks/fuzz_reader.py 100000 FILE …` does the same for longer.
"""

from __future__ import annotations

import importlib.util
import random
import time
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packed_workbooks import ods, xlsx

from maturity.errors import WorkbookError
from maturity.reading.grid import read_workbook

ROUNDS = 2400
SHEET = (
    '<cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1" spans="1:9" ht="15">'
    '<c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"/><c r="C1" t="inlineStr"><is><t>Yes</t></is>'
    '</c><c r="D1" t="b"><v>1</v></c></row><row r="3" hidden="1"><c r="A3" t="e"><v>#N/A</v></c>'
    '<c r="B3" t="str"><f>A1&amp;"x"</f><v>Yesx</v></c><c r="C3" s="1"><v>45292</v></c></row>'
    '<row r="9"/></sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    '<dataValidations count="1"><dataValidation type="list" sqref="A3:A9"><formula1>"1,2"</formula1>'
    "</dataValidation></dataValidations>"
)
PLAIN = "".join(
    f'<row r="{row}" customFormat="false" ht="15"><c r="A{row}" s="0" t="s"><v>{row % 3}</v></c>'
    f'<c r="B{row}" s="1" t="n"><v>{row}</v></c><c r="C{row}" s="2"><v>0.{row}</v></c></row>'
    for row in range(1, 12)
)
STRINGS = (
    "<si><t>Yes</t></si><si><t xml:space='preserve'> No &amp; no </t></si><si><t>a_x000D_</t></si>"
)
TABLE = (
    '<table:table table:name="S"><table:table-column table:visibility="collapse"/>'
    '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" '
    'office:value="2" table:number-columns-repeated="3"><text:p>2</text:p></table:table-cell>'
    '<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>a<text:s/>'
    "b</text:p></table:table-cell></table:table-row></table:table>"
)


@pytest.fixture(scope="module")
def fuzz(root: Path) -> ModuleType:
    """Give the script whose rounds these are."""
    spec = importlib.util.spec_from_file_location("fuzz_reader", root / "benchmarks/fuzz_reader.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _seeds() -> list[bytes]:
    formats = ("General", "dd/mm/yyyy", "0%")
    return [
        xlsx(SHEET, strings=STRINGS, formats=formats),
        xlsx(PLAIN, SHEET, strings=STRINGS.replace("'", '"'), formats=formats),
        ods(TABLE),
    ]


def test_damaged_workbooks_end_in_a_workbook_or_an_error(fuzz: ModuleType) -> None:
    """Flipped bits, cut ends, edited XML: seeded, so that a failure can be repeated."""
    seeds = _seeds()
    counts: Counter[str] = Counter()
    for index in range(ROUNDS):
        source = random.Random(f"test-{index}")
        data = fuzz.mutated(source.choice(seeds), source)
        before = time.process_time()
        found = fuzz.check(data)
        assert time.process_time() - before < 10, f"round {index} takes too long"
        counts[found if isinstance(found, str) else "read"] += 1
    assert counts["read"] > ROUNDS / 10
    assert counts["file-damaged"] > ROUNDS / 10


def test_both_ways_agree_on_sound_workbooks(fuzz: ModuleType) -> None:
    """What the damaged ones are made from."""
    for data in _seeds():
        assert not isinstance(fuzz.check(data), str)


@pytest.mark.parametrize("folder", ["annex-a/returns", "workbooks", "crafted"])
def test_both_ways_agree_on_shared_workbooks(fuzz: ModuleType, shared: Path, folder: str) -> None:
    """Every real and every crafted file."""
    for path in sorted((shared / folder).iterdir()):
        data = path.read_bytes()
        if path.suffix in (".xlsx", ".xlsm", ".ods") and len(data) < 10_000_000:
            fuzz.check(data)


ATTRIBUTES = st.sampled_from(
    ['r="{name}"', "", ' s="1"', ' t="s"', ' t="n"', ' t="str"', ' t="b"', ' t="e"', ' t="d"', ' cm="1"',
     ' s="9"', ' xml:space="preserve"', ' t="inlineStr"', ' x="y>z"']
)  # fmt: skip
VALUES = st.sampled_from(
    ["0", "1", "2.5", "45292", "x", "", " ", "1,5", "&lt;", "&#9;", "_x0041_", "]]", "2024-02-01", "#N/A",
     "true", "é", "<!-- -->1", "a\r\nb"]
)  # fmt: skip


@st.composite
def _cells(draw: st.DrawFn, row: int) -> str:
    parts = []
    for column in draw(st.lists(st.integers(1, 6), max_size=4)):
        name = f"{chr(64 + column)}{draw(st.sampled_from([row, row, row, row, row + 1]))}"
        attributes = f' r="{name}"' if draw(st.integers(0, 9)) else ""
        attributes += draw(ATTRIBUTES.filter(lambda text: "{" not in text))
        inner = "".join(
            draw(st.lists(st.sampled_from(["<f>1</f>", "<f/>", "<v>{}</v>", "<v/>", "<is><t>{}</t></is>"]),
                          max_size=2))
        ).format(*[draw(VALUES) for _ in range(2)])  # fmt: skip
        parts.append(f"<c{attributes}>{inner}</c>" if inner else f"<c{attributes}/>")
    return "".join(parts)


@st.composite
def _sheets(draw: st.DrawFn) -> str:
    parts = []
    for row in draw(st.lists(st.integers(1, 9), max_size=5)):
        tag = draw(st.sampled_from([f'row r="{row}"', f'row r="{row}" hidden="1"', f'row r="{row}" ht="9"',
                                    "row"]))  # fmt: skip
        parts.append(f"<{tag}>{draw(_cells(row))}</row>{draw(st.sampled_from(['', '', chr(10)]))}")
    return "".join(parts)


@settings(max_examples=300)
@given(content=_sheets())
def test_both_ways_agree_on_made_up_sheets(fuzz: ModuleType, content: str) -> None:
    """Rows and cells put together at random, many of them wrong."""
    fuzz.check(xlsx(f"<sheetData>{content}</sheetData>", strings=STRINGS, formats=("0", "0%")))


def test_file_cut_anywhere_is_refused() -> None:
    """A workbook that lost its end is never read as a smaller one."""
    data = _seeds()[0]
    for length in range(0, len(data), 7):
        with pytest.raises(WorkbookError):
            read_workbook(data[:length])


@pytest.mark.parametrize(
    "piece",
    [
        '<x><mergeCell ref="A1:B1"/></x>',
        '<cols><col min="2" max="3" hidden="1"/></cols>',
        '<sheetFormatPr zeroHeight="1"/>',
    ],
)
@pytest.mark.parametrize("place", ["{piece}{rows}", "{rows}{piece}"])
def test_both_ways_agree_on_either_side_of_the_rows(
    fuzz: ModuleType, piece: str, place: str
) -> None:
    """What joins or hides cells counts wherever it stands, with and without the extras."""
    data = xlsx(place.format(piece=piece, rows=f"<sheetData>{PLAIN}</sheetData>"), strings=STRINGS)
    fast = read_workbook(data)
    with fuzz.general_way():
        assert read_workbook(data) == fast
    (sheet,) = fast.sheets
    assert sheet.merged or sheet.hidden_columns or sheet.hidden_rows
