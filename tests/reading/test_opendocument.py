"""OpenDocument spreadsheets: cells in seven states, repeats, what hides and joins them, extras."""

from __future__ import annotations

import datetime

import pytest
from packed_workbooks import ods, ods_sheet, pack, rows

from maturity.errors import WorkbookError
from maturity.reading.grid import Limits, Want, read_workbook
from maturity.reading.opendocument_names import duration_seconds
from maturity.sheets import Cell, CellRange, CellState, Visibility

NUMBER, TEXT, BOOLEAN = CellState.NUMBER, CellState.TEXT, CellState.BOOLEAN
ERROR, BLANK, EMPTY_TEXT = CellState.ERROR, CellState.BLANK, CellState.EMPTY_TEXT


def _cell(attributes: str, content: str = "") -> str:
    return f"<table:table-cell {attributes}>{content}</table:table-cell>"


def _row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def _typed(kind: str, more: str = "") -> str:
    return f'office:value-type="{kind}" {more}'


FORMULA = 'table:formula="of:=[.A2]"'


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (_cell(_typed("float", 'office:value="2"'), "<text:p>2</text:p>"), Cell(NUMBER, 2, "2")),
        (_cell(_typed("float", 'office:value="2.5"')), Cell(NUMBER, 2.5, "2.5")),
        (_cell(_typed("currency", 'office:value="9"')), Cell(NUMBER, 9, "9")),
        (_cell(_typed("percentage", 'office:value="0.5"')), Cell(NUMBER, 0.5, "0.5", "percent")),
        (_cell(_typed("boolean", 'office:boolean-value="true"')), Cell(BOOLEAN, True, "TRUE")),
        (_cell(_typed("boolean", 'office:boolean-value="false"')), Cell(BOOLEAN, False, "FALSE")),
        (_cell(_typed("boolean", 'office:boolean-value="-1"')), Cell(BOOLEAN, True, "TRUE")),
        (_cell(_typed("boolean", 'office:boolean-value="0"')), Cell(BOOLEAN, False, "FALSE")),
        (_cell(_typed("date", 'office:date-value="2024-02-01"')),
         Cell(NUMBER, 45323, "2024-02-01", "date", datetime.date(2024, 2, 1))),
        (_cell(_typed("date", 'office:date-value="2024-02-01T12:00:00"')),
         Cell(NUMBER, 45323.5, "2024-02-01T12:00:00", "datetime",
              datetime.datetime.fromisoformat("2024-02-01T12:00"))),
        (_cell(_typed("time", 'office:time-value="PT12H00M00S"')),
         Cell(NUMBER, 0.5, "12:00:00", "time", datetime.time(12))),
        (_cell(_typed("time", 'office:time-value="PT36H"'), "<text:p>36:00</text:p>"),
         Cell(NUMBER, 1.5, "36:00", "duration")),
        (_cell(_typed("string"), "<text:p>Yes</text:p>"), Cell(TEXT, "Yes", "Yes")),
        (_cell(_typed("string", 'office:string-value="as stored"'), "<text:p>shown</text:p>"),
         Cell(TEXT, "as stored", "as stored")),
        (_cell(_typed("string"), "<text:p/>"), Cell(EMPTY_TEXT)),
        (_cell(_typed("string")), Cell(EMPTY_TEXT)),
        (_cell("", "<text:p>untyped</text:p>"), Cell(TEXT, "untyped", "untyped")),
        (_cell(_typed("string"), "<text:p>a</text:p><text:p>b</text:p>"), Cell(TEXT, "a\nb", "a\nb")),
        (_cell(_typed("string"), "<text:p>  a \n b  </text:p>"), Cell(TEXT, "a b", "a b")),
        (_cell(_typed("string"),
               '<text:p><text:s text:c="2"/>a<text:s/>b<text:tab/>c<text:line-break/>d</text:p>'),
         Cell(TEXT, "  a b\tc\nd", "  a b\tc\nd")),
        (_cell(_typed("string"), '<text:p>a<text:s text:c="x"/>b</text:p>'), Cell(TEXT, "ab", "ab")),
        (_cell(_typed("string"),
               "<text:p>Y<text:span>e</text:span><text:a>s</text:a>"
               "<text:ruby-text>X</text:ruby-text>!</text:p>"), Cell(TEXT, "Yes!", "Yes!")),
        (_cell(_typed("string"), "<table:table><table:table-row/></table:table><text:p>a</text:p>"),
         Cell(TEXT, "a", "a")),
        (_cell(_typed("string", f'calcext:value-type="error" {FORMULA}'), "<text:p>#N/A</text:p>"),
         Cell(ERROR, "#N/A", "#N/A", is_formula=True)),
        (_cell(_typed("string", FORMULA), "<text:p>Err:508</text:p>"),
         Cell(ERROR, "Err:508", "Err:508", is_formula=True)),
        (_cell(_typed("string"), "<text:p>#N/A</text:p>"), Cell(TEXT, "#N/A", "#N/A")),
        (_cell(_typed("string", FORMULA), "<text:p>fine</text:p>"),
         Cell(TEXT, "fine", "fine", is_formula=True)),
        (_cell(_typed("float", f'office:value="3" {FORMULA}')), Cell(NUMBER, 3, "3", is_formula=True)),
        (_cell(_typed("float", f'office:value="1" {FORMULA}'), "<text:p>TRUE</text:p>"),
         Cell(BOOLEAN, True, "TRUE", is_formula=True)),
        (_cell(FORMULA), Cell(CellState.UNCALCULATED, is_formula=True)),
        (_cell(""), Cell(BLANK)),
        (_cell("", "<office:annotation><office:x/><text:p>note</text:p></office:annotation><text:list/>"),
         Cell(BLANK)),
        (_cell("", "<office:annotation><text:p>note</text:p></office:annotation>"), Cell(BLANK)),
    ],
)  # fmt: skip
def test_cell_is_in_the_state_that_the_file_says(cell: str, expected: Cell) -> None:
    """Each type has one meaning, the same as in an Excel workbook."""
    found = ods_sheet(_row(cell)).cell(1, 1)
    assert found == expected
    assert type(found.value) is type(expected.value)


@pytest.mark.parametrize(
    ("attributes", "says"),
    [
        (_typed("float", 'office:value="1,5"'), "should be a number"),
        (_typed("percentage"), "should be a number"),
        (_typed("boolean", 'office:boolean-value="yes"'), "should be TRUE or FALSE"),
        (_typed("date", 'office:date-value="yesterday"'), "should be a date"),
        (_typed("time", 'office:time-value="noon"'), "should be a time"),
        (_typed("void"), 'is of the type "void"'),
    ],
)
def test_malformed_cell_refuses_the_file(attributes: str, says: str) -> None:
    """Nothing is made of a value that its type does not allow."""
    with pytest.raises(WorkbookError) as caught:
        ods_sheet(_row(_cell(attributes)))
    (issue,) = caught.value.issues
    assert (issue.code.value, issue.sheet, issue.cell) == ("file-damaged", "S", "A1")
    assert says in issue.message


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("PT1H", 3600),
        ("P1DT1M", 86_460),
        ("-PT1.5S", -1.5),
        ("PT1,5S", 1.5),
        ("P", None),
        ("PT", None),
        ("1H", None),
        ("", None),
    ],
)
def test_duration_is_read_as_iso_8601_writes_it(written: str, seconds: float | None) -> None:
    """Days, hours, minutes and seconds add up."""
    assert duration_seconds(written) == seconds


ONE = _typed("float", 'office:value="1"')
ACROSS = "table:number-columns-repeated"
DOWN = "table:number-rows-repeated"


def test_repeats_stand_for_as_many_cells() -> None:
    """Repeated cells and rows are counted, wrappers around rows and columns are looked through."""
    sheet = ods_sheet(
        "<table:table-columns><table:table-column/></table:table-columns>"
        "<table:table-header-rows>"
        + _row(_cell(f'{ACROSS}="2"'), _cell(f'{ONE} {ACROSS}="2"'), attributes=f'{DOWN}="2"')
        + "</table:table-header-rows><table:table-row-group>"
        + _row(_cell(f'{ONE} {ACROSS}="x"'))
        + "</table:table-row-group>"
    )
    assert list(rows(sheet)) == ["C1", "D1", "C2", "D2", "A3"]


def test_blank_repeats_cost_nothing() -> None:
    """Every sheet ends in them; those beyond the last row or column hold nothing."""
    sheet = ods_sheet(
        _row(_cell(ONE), _cell(f'table:style-name="c" {ACROSS}="99999999"'))
        + _row(_cell(""), attributes=f'{DOWN}="99999999"')
    )
    assert list(rows(sheet)) == ["A1"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (_row(_cell(f'{ONE} {ACROSS}="16384"'), attributes=f'{DOWN}="1048576"'), "file-limit"),
        (_row(_cell(f'{ONE} {ACROSS}="16385"')), "file-damaged"),
        (_row(_cell(ONE), attributes=f'{DOWN}="1048577"'), "file-damaged"),
    ],
)
def test_value_repeated_without_reason_is_refused(row: str, code: str) -> None:
    """It is refused before it is copied."""
    with pytest.raises(WorkbookError) as caught:
        ods_sheet(row)
    assert caught.value.issues[0].code.value == code


def test_merged_ranges_and_values_beneath_them_are_found() -> None:
    """A covered cell keeps its value, and is noted."""
    data = ods(
        '<table:table table:name="S">'
        + _row(
            _cell('table:number-columns-spanned="2" table:number-rows-spanned="3"'),
            f"<table:covered-table-cell {ONE}/>",
        )
        + "</table:table>"
    )
    book = read_workbook(data)
    assert book.sheets[0].merged == (CellRange(1, 1, 3, 2),)
    assert [(issue.code.value, issue.cell) for issue in book.issues] == [("cell-covered", "B1")]


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    """Filtered rows are hidden, too."""
    style = (
        '<style:style style:name="t1" style:family="table"><style:table-properties '
        'table:display="false"/></style:style><style:style style:name="t2"><style:table-properties '
        'table:display="true"/></style:style>'
    )
    table = (
        '<table:table table:name="{0}" table:style-name="{1}"><table:table-column/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        '<table:table-row table:visibility="collapse"/><table:table-row/>'
        '<table:table-row table:visibility="filter" table:number-rows-repeated="9999999"/>'
        "</table:table>"
    )
    book = read_workbook(ods(table.format("A", "t1") + table.format("B", "t2"), styles=style))
    assert [sheet.visibility for sheet in book.sheets] == [Visibility.HIDDEN, Visibility.VISIBLE]
    assert book.sheets[0].hidden_rows == ((1, 1), (3, 1048576))
    assert book.sheets[0].hidden_columns == ((2, 3),)


EXTRAS = ods(
    "<table:content-validations>"
    '<table:content-validation table:name="v1" table:condition="of:cell-content-is-in-list'
    '(&quot;1&quot;;&quot;a &quot;&quot;b&quot;&quot;&quot;)"/>'
    '<table:content-validation table:name="v2" table:condition="of:cell-content()&gt;1"/>'
    "</table:content-validations>"
    '<table:table table:name="S"><table:shapes><table:table-row/></table:shapes>'
    + _row(_cell('table:content-validation-name="v1"'), _cell(FORMULA), attributes=f'{DOWN}="2"')
    + _row(
        _cell('table:content-validation-name="v1"'),
        _cell(
            'table:content-validation-name="v2"',
            "<office:annotation><text:p>See</text:p><text:p>this</text:p></office:annotation>",
        ),
        _cell(f'table:content-validation-name="v1" {ACROSS}="2"'),
    )
    + "</table:table><table:named-expressions>"
    '<table:named-range table:name="Levels" table:cell-range-address="$S.$A$1"/>'
    '<table:named-expression table:name="Two" table:expression="of:=1+1"/>'
    "</table:named-expressions>"
)


def test_extras_are_read_when_asked_for() -> None:
    """Drop-down lists, notes, formulas and names."""
    book = read_workbook(EXTRAS, want=tuple(Want))
    sheet = book.sheets[0]
    (drop_down,) = sheet.drop_downs
    assert drop_down.words == ("1", 'a "b"')
    assert [str(cells) for cells in drop_down.ranges] == ["A1:A3", "C3:D3"]
    assert sheet.notes == {(3, 2): "See\nthis"}
    assert sheet.formulas == {(1, 2): "[.A2]"}
    assert book.defined_names == {"Levels": "$S.$A$1", "Two": "1+1"}


def test_extras_are_not_read_unasked() -> None:
    """Only cells are."""
    book = read_workbook(EXTRAS)
    sheet = book.sheets[0]
    assert (sheet.drop_downs, sheet.notes, sheet.formulas, book.defined_names) == ((), {}, {}, {})


def test_macros_are_noted() -> None:
    """They are not run."""
    book = read_workbook(ods('<table:table table:name="S"/>', extra={"Basic/x.xml": ""}))
    assert [issue.code.value for issue in book.issues] == ["file-active-content"]


def test_protected_spreadsheet_is_recognised() -> None:
    """Its content cannot be read; the list of its files says why."""
    manifest = "<manifest:encryption-data/>"
    with pytest.raises(WorkbookError) as caught:
        read_workbook(ods("", extra={"META-INF/manifest.xml": manifest}))
    assert caught.value.issues[0].code.value == "file-password"


def test_spreadsheet_without_sheets_is_damaged() -> None:
    """There is nothing to read in it."""
    with pytest.raises(WorkbookError) as caught:
        read_workbook(ods(""))
    assert caught.value.issues[0].code.value == "file-damaged"


def test_content_of_another_kind_is_damaged() -> None:
    """A table outside a spreadsheet is none of its sheets."""
    content = (
        '<a xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><b><c><t:table/></c></b></a>'
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    with pytest.raises(WorkbookError) as caught:
        read_workbook(pack({"mimetype": mimetype, "content.xml": content}))
    assert caught.value.issues[0].code.value == "file-damaged"


@pytest.mark.parametrize(
    "limits",
    [
        Limits(sheets=0),
        Limits(value_cells=1),
        Limits(cell_elements=1),
        Limits(cell_memory_bytes=100),
        Limits(merged_ranges=0),
        Limits(xml_elements=5),
    ],
)
def test_spreadsheet_over_a_limit_is_refused(limits: Limits) -> None:
    """The same limits hold as for Excel workbooks."""
    table = _row(_cell(f'{ONE} table:number-columns-spanned="2"'), _cell(ONE))
    with pytest.raises(WorkbookError) as caught:
        read_workbook(ods(f'<table:table table:name="S">{table}</table:table>'), limits=limits)
    assert caught.value.issues[0].code.value == "file-limit"
