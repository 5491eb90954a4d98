"""Cells of Office Open XML workbooks: seven states, each as stored, read in both ways alike."""

from __future__ import annotations

import datetime
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import ModuleType

import pytest
from packed_workbooks import xlsx, xlsx_book, xlsx_sheet

from maturity.errors import WorkbookError
from maturity.reading import ooxml_plain_rows
from maturity.sheets import Cell, CellState


@pytest.fixture(scope="module")
def fuzz(root: Path) -> ModuleType:
    """Give the script that knows how to force the general way."""
    spec = importlib.util.spec_from_file_location("fuzz_reader", root / "benchmarks/fuzz_reader.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(params=["plain", "general"], autouse=True)
def way(request: pytest.FixtureRequest, fuzz: ModuleType) -> Iterator[None]:
    """Run each test twice: the fast way and the general way have to agree."""
    general: Callable[[], AbstractContextManager[None]] = fuzz.general_way
    with general() if request.param == "general" else nullcontext():
        yield


NUMBER, TEXT, BOOLEAN, ERROR, BLANK, EMPTY_TEXT, UNCALCULATED = (
    CellState.NUMBER,
    CellState.TEXT,
    CellState.BOOLEAN,
    CellState.ERROR,
    CellState.BLANK,
    CellState.EMPTY_TEXT,
    CellState.UNCALCULATED,
)
STRINGS = (
    "<si><t>Yes</t></si><si><t/></si><si><r><t>Ye</t></r><r><rPr><b/></rPr><t>s</t></r></si>"
    "<si><t>Yes</t><rPh sb='0' eb='1'><t>PHONETIC</t></rPh></si>"
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1"><v>2</v></c>', Cell(NUMBER, 2, "2")),
        ('<c r="A1" t="n"><v>2.0</v></c>', Cell(NUMBER, 2.0, "2.0")),
        ('<c r="A1"><v> 2 </v></c>', Cell(NUMBER, 2, "2")),
        ('<c r="A1"><v>-0</v></c>', Cell(NUMBER, 0, "-0")),
        ('<c r="A1"><v>1E+2</v></c>', Cell(NUMBER, 100.0, "1E+2")),
        ('<c r="A1"><v>.5</v></c>', Cell(NUMBER, 0.5, ".5")),
        ('<c r="A1"><v>12345678901234567890</v></c>',
         Cell(NUMBER, 12345678901234567890, "12345678901234567890")),
        ('<c r="A1" s="1"><v>0.5</v></c>', Cell(NUMBER, 0.5, "0.5", "percent")),
        ('<c r="A1" s="2"><v>45292</v></c>',
         Cell(NUMBER, 45292, "2024-01-01", "date", datetime.date(2024, 1, 1))),
        ('<c r="A1" s="2"><v>60</v></c>', Cell(NUMBER, 60, "60", "date")),
        ('<c r="A1" t="s"><v>0</v></c>', Cell(TEXT, "Yes", "Yes")),
        ('<c r="A1" t="s"><v>1</v></c>', Cell(EMPTY_TEXT)),
        ('<c r="A1" t="s"><v>2</v></c>', Cell(TEXT, "Yes", "Yes")),
        ('<c r="A1" t="s"><v>3</v></c>', Cell(TEXT, "Yes", "Yes")),
        ('<c r="A1" t="s"/>', Cell(BLANK)),
        ('<c r="A1" s="1"/>', Cell(BLANK)),
        ('<c r="A1"><v></v></c>', Cell(BLANK)),
        ('<c r="A1"><v/></c>', Cell(BLANK)),
        ('<c r="A1"></c>', Cell(BLANK)),
        ('<c r="A1" t="inlineStr"><is><t>a &lt; b</t></is></c>', Cell(TEXT, "a < b", "a < b")),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>',
         Cell(TEXT, " a ", " a ")),
        ('<c r="A1" t="inlineStr"><is><t>  no preserve </t></is></c>',
         Cell(TEXT, "  no preserve ", "  no preserve ")),
        ('<c r="A1" t="inlineStr"><is><r><t>Ye</t></r><r><t>s</t></r><rPh><t>X</t></rPh></is></c>',
         Cell(TEXT, "Yes", "Yes")),
        ('<c r="A1" t="inlineStr"><is/></c>', Cell(EMPTY_TEXT)),
        ('<c r="A1"><is><t>untyped</t></is></c>', Cell(TEXT, "untyped", "untyped")),
        ('<c r="A1" t="inlineStr"><v>odd</v></c>', Cell(TEXT, "odd", "odd")),
        ('<c r="A1" t="str"><v>2</v></c>', Cell(TEXT, "2", "2")),
        ('<c r="A1" t="str"><f>A2</f><v>2</v></c>', Cell(TEXT, "2", "2", is_formula=True)),
        ('<c r="A1" t="str"><f>A2</f><v xml:space="preserve"> 2</v></c>',
         Cell(TEXT, " 2", " 2", is_formula=True)),
        ('<c r="A1" t="str"><f>A2</f><v></v></c>', Cell(EMPTY_TEXT, is_formula=True)),
        ('<c r="A1" t="str"><f>A2</f></c>', Cell(UNCALCULATED, is_formula=True)),
        ('<c r="A1"><f>1+1</f></c>', Cell(UNCALCULATED, is_formula=True)),
        ('<c r="A1"><f>1+1</f><v></v></c>', Cell(UNCALCULATED, is_formula=True)),
        ('<c r="A1"><f t="shared" si="0"/><v>2</v></c>', Cell(NUMBER, 2, "2", is_formula=True)),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', Cell(NUMBER, 2, "2", is_formula=True)),
        ('<c r="A1"><f>&quot;&amp;&quot;</f><v>2</v></c>', Cell(NUMBER, 2, "2", is_formula=True)),
        ('<c r="A1" t="s"><f>A2</f><v>0</v></c>', Cell(TEXT, "Yes", "Yes", is_formula=True)),
        ('<c r="A1" t="b"><v>1</v></c>', Cell(BOOLEAN, True, "TRUE")),
        ('<c r="A1" t="b"><v>false</v></c>', Cell(BOOLEAN, False, "FALSE")),
        ('<c r="A1" t="b"><v></v></c>', Cell(BLANK)),
        ('<c r="A1" t="e"><v>#N/A</v></c>', Cell(ERROR, "#N/A", "#N/A")),
        ('<c r="A1" t="e"><v>#SPILL!</v></c>', Cell(ERROR, "#SPILL!", "#SPILL!")),
        ('<c r="A1" t="d"><v>2024-02-01</v></c>',
         Cell(NUMBER, 45323, "2024-02-01", "date", datetime.date(2024, 2, 1))),
        ('<c r="A1" t="d"><v>2024-02-01T12:00:00Z</v></c>',
         Cell(NUMBER, 45323.5, "2024-02-01T12:00:00", "datetime",
              datetime.datetime.fromisoformat("2024-02-01T12:00"))),
        ('<c r="A1" t="d"><v>12:00:00</v></c>',
         Cell(NUMBER, 0.5, "12:00:00", "time", datetime.time(12))),
        ('<c r="A1" t="str"><v>a_x000D_b_x005F_c</v></c>', Cell(TEXT, "a\rb_c", "a\rb_c")),
        ('<c r="A1" t="str"><v>_xD83D__xDE00_</v></c>', Cell(TEXT, "😀", "😀")),
        ('<c r="A1" t="str"><v>a\r\nb&#13;</v></c>', Cell(TEXT, "a\nb\r", "a\nb\r")),
        ('<c r="A1" cm="1" vm="2" ph="0"><v>1</v></c>', Cell(NUMBER, 1, "1")),
        ('<c r="A1" foreign="x"><v>1</v></c>', Cell(NUMBER, 1, "1")),
        ('<c r="A1"><f foreign="x">1</f><v>1</v></c>', Cell(NUMBER, 1, "1", is_formula=True)),
        ('<c r="A1"><v>1</v><extLst><ext><v>9</v></ext></extLst></c>', Cell(NUMBER, 1, "1")),
        ('<c r="A1"><!-- note --><v><![CDATA[1]]></v></c>', Cell(NUMBER, 1, "1")),
    ],
)  # fmt: skip
def test_cell_is_in_the_state_that_the_file_says(cell: str, expected: Cell) -> None:
    """Each way of writing a cell has one meaning."""
    content = f'<row r="1">{cell}</row>'
    book = xlsx_book(content, strings=STRINGS, formats=("General", "0%", "dd/mm/yyyy"))
    found = book.sheets[0].cell(1, 1)
    assert found == expected
    assert type(found.value) is type(expected.value)
    assert book.issues == ()


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ('<c r="A1"><v>1,5</v></c>', 'should be a number but holds "1,5"'),
        ('<c r="A1"><v>1_000</v></c>', "should be a number"),
        ('<c r="A1"><v>nan</v></c>', "should be a number"),
        ('<c r="A1"><v>1e999</v></c>', "should be a number"),
        ('<c r="A1"><v>٣</v></c>', "should be a number"),
        (f'<c r="A1"><v>{"9" * 500}</v></c>', "should be a number"),
        ('<c r="A1" t="s"><v>4</v></c>', "names shared text number 4, but the workbook has 4"),
        ('<c r="A1" t="s"><v>0.0</v></c>', "should name one of the shared texts"),
        ('<c r="A1" t="s"><v></v></c>', "should name one of the shared texts"),
        ('<c r="A1" t="b"><v>maybe</v></c>', "should be TRUE or FALSE"),
        ('<c r="A1" t="q"><v>1</v></c>', 'is of the type "q"'),
    ],
)
def test_malformed_cell_refuses_the_file_and_is_named(cell: str, reason: str) -> None:
    """Nothing is made of a value that its type does not allow: the file is refused, cell by cell."""
    with pytest.raises(WorkbookError) as caught:
        xlsx_book(f'<row r="1">{cell}</row>', strings=STRINGS)
    issue = caught.value.issues[0]
    assert (issue.code.value, issue.sheet, issue.cell) == ("file-damaged", "Sheet1", "A1")
    assert reason in issue.message


def test_malformed_cells_are_all_reported_at_once() -> None:
    """Twenty are listed; the others are counted."""
    content = "".join(f'<row r="{row}"><c r="A{row}"><v>x</v></c></row>' for row in range(1, 31))
    with pytest.raises(WorkbookError) as caught:
        xlsx_book(content)
    assert len(caught.value.issues) == 20 + 1
    assert "10 more" in caught.value.issues[-1].message


@pytest.mark.parametrize(
    ("cell", "raw", "says"),
    [
        ('<c r="A1" s="99"><v>2</v></c>', "2", "number format"),
        ('<c r="A1" s="x"><v>2</v></c>', "2", "number format"),
        ('<c r="A1" t="d"><v>01/02/2024</v></c>', "01/02/2024", "should be a date"),
        ('<c r="A1" t="d"><v>2024</v></c>', "2024", "should be a date"),
        ('<c r="A1" t="d"><v>2024-13-01</v></c>', "2024-13-01", "should be a date"),
        ('<c r="A1" t="str"><v>a_xD83D_</v></c>', "a�", "half a character"),
        ('<c r="A1" t="str"><v>a_x0007_</v></c>', "a\a", "control characters"),
    ],
)
def test_odd_cell_is_read_with_an_issue(cell: str, raw: str, says: str) -> None:
    """One odd cell costs no other cell; what is odd about it is said."""
    book = xlsx_book(f'<row r="1">{cell}<c r="B1"><v>7</v></c></row>')
    assert [book.sheets[0].cell(1, column).raw for column in (1, 2)] == [raw, "7"]
    (issue,) = book.issues
    assert (issue.code.value, issue.cell) == ("cell-odd", "A1")
    assert says in issue.message


@pytest.mark.parametrize("item", ["<si><t>a_xD83D_</t></si>", f"<si><t>{'y' * 40_000}</t></si>"])
def test_odd_shared_text_is_read_with_an_issue(item: str) -> None:
    """Shared texts get the same care as texts in a cell."""
    book = xlsx_book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=item)
    assert [issue.code.value for issue in book.issues] == ["cell-odd"]
    book.sheets[0].cell(1, 1).raw.encode()


def test_cells_kept_for_sharing_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook of a million different numbers is not held twice."""
    monkeypatch.setattr(ooxml_plain_rows, "_MOST_KNOWN", 0)
    row = '<row r="1"><c r="A1"><v>2</v></c></row>'
    book = xlsx_book(row, row)
    assert book.sheets[0].rows == book.sheets[1].rows


def test_equal_cells_share_one_object() -> None:
    """A sheet of the same few answers takes the memory of few cells."""
    row = "".join(f'<row r="{n}"><c r="A{n}"><v>2</v></c></row>' for n in range(1, 9))
    sheet = xlsx_sheet(row)
    assert len({id(sheet.cell(n, 1)) for n in range(1, 9)}) == 1


def test_date_system_of_1904_is_obeyed() -> None:
    """The same number is another day."""
    content = '<row r="1"><c r="A1" s="0"><v>43830</v></c></row>'
    data = {"formats": ("yyyy-mm-dd",), "properties": 'date1904="true"'}
    assert xlsx_book(content, **data).sheets[0].cell(1, 1).raw == "2024-01-01"


def test_same_bytes_make_equal_workbooks() -> None:
    """Nothing depends on the moment or on the order of a set."""
    content = '<row r="1"><c r="A1"><v>2</v></c></row>'
    assert xlsx(content) == xlsx(content)
    assert xlsx_book(content) == xlsx_book(content)
