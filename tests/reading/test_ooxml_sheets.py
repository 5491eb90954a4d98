"""Sheets of Office Open XML workbooks: places, order, what hides and joins cells, names, links."""

from __future__ import annotations

import pytest
from packed_workbooks import MAIN, good_parts, pack, rows, xlsx, xlsx_book, xlsx_sheet

from maturity.errors import WorkbookError
from maturity.reading import package
from maturity.reading.grid import Limits, Want, read_workbook
from maturity.sheets import CellRange, Visibility, Workbook

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def _codes(book: Workbook) -> list[str]:
    return [issue.code.value for issue in book.issues]


def _refused(data: bytes) -> str:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(data)
    return caught.value.issues[0].code.value


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
         {"A1": "1", "B1": "2", "A2": "3"}),
        ('<row r="2"><c r="C2"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>',
         {"C2": "1", "D2": "2", "A3": "3"}),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', {"XFD1": "1"}),
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', {"XFD1048576": "1"}),
        ('<row r="1"/><row r="3" ht="12"><c r="B3"><v>1</v></c></row><row r="4"></row>', {"B3": "1"}),
        ('<row r="1">\n<c r="A1">\n<v>1</v>\n</c>\n</row>\n', {"A1": "1"}),
        ('<row r="1"><c r="A1" s="0"/><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"/></row>',
         {"B1": "1"}),
        ('<sheetData><x><y><z/></y></x><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
         {"A1": "1"}),
        ('<row r="1" hidden="maybe"><c r="A1"><v>1</v></c></row>', {"A1": "1"}),
        ('<row r="1" x:y="maybe" xmlns:x="z"><c r="A1"><v>1</v></c></row>', {"A1": "1"}),
        ('<row r="1"><ext><c r="A1"><v>1</v></c></ext></row>', {}),
        ("<sheetData/>", {}),
        ("<sheetData></sheetData>", {}),
        ("", {}),
        ('<dimension ref="A1"/><sheetData><row r="9"><c r="Z9"><v>1</v></c></row></sheetData>',
         {"Z9": "1"}),
        ('<extLst><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></extLst>', {}),
        ('<!-- <sheetData> --><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
         {"A1": "1"}),
        ('<!-- <sheetData><row r="1"><c r="A1"><v>9</v></c></row></sheetData> --><sheetData />', {}),
    ],
)  # fmt: skip
def test_cells_stand_where_the_file_says(content: str, expected: dict[str, str]) -> None:
    """Names of cells and rows are obeyed; where they are missing, cells follow one another."""
    book = xlsx_book(content)
    assert rows(book.sheets[0]) == expected
    assert book.issues == ()


def test_rows_and_cells_out_of_order_are_put_in_order() -> None:
    """The result ascends, whatever the file does, and a note says so."""
    book = xlsx_book(
        '<row r="3"><c r="A3"><v>3</v></c></row>'
        '<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>'
    )
    assert list(rows(book.sheets[0]).items()) == [("A1", "1"), ("B1", "2"), ("A3", "3")]
    assert _codes(book) == ["file-odd"]


def test_cell_in_the_wrong_row_keeps_its_own_name() -> None:
    """A cell's name says where it is, as in other programs; a note says so."""
    book = xlsx_book(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A7"><v>4</v></c></row>'
        '<row r="7"><c r="B7"><v>5</v></c></row>'
    )
    assert rows(book.sheets[0]) == {"A1": "1", "A7": "4", "B7": "5"}
    assert book.issues[0].cell == "A7"


@pytest.mark.parametrize(("second", "severity"), [("2", "query"), ("3", "error")])
def test_cell_written_twice_keeps_the_last_and_says_so(second: str, severity: str) -> None:
    """Two values for one cell are never chosen between in silence."""
    book = xlsx_book(
        f'<row r="1"><c r="A1"><v>2</v></c></row><row r="1"><c r="A1"><v>{second}</v></c></row>'
    )
    assert rows(book.sheets[0]) == {"A1": second}
    issue = book.issues[0]
    assert (issue.code.value, issue.severity.value, issue.cell) == (
        "cell-duplicate",
        severity,
        "A1",
    )


@pytest.mark.parametrize(
    "content",
    [
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1048577"/>',
        '<row r="-1"/>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"/><c/></row>',
        '<row r="1"><c r="A1" s="0" s="0"/></row>',
        '<row r="1" r="1"/>',
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1"><c r="A1"><v>&nbsp;</v></c></row>',
        '<row r="1"><c r="A1"><v>R&D</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>]]></v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&#0;</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&#x110000;</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>\uffff</v></c></row>',
        '<row r="1"><x:c/></row>',
        "<sheetData>",
    ],
)
def test_malformed_sheet_refuses_the_file(content: str) -> None:
    """Half a sheet is never taken for a whole one."""
    assert _refused(xlsx(content)) == "file-damaged"


MERGED = "<sheetData>{}</sheetData><mergeCells>{}</mergeCells>"


def test_merged_ranges_are_kept_as_ranges() -> None:
    """A merged range is one rectangle, however large."""
    content = MERGED.format("", '<mergeCell ref="A1:XFD1048576"/><mergeCell ref="#REF!"/>')
    book = xlsx_book(content)
    assert book.sheets[0].merged == (CellRange(1, 1, 1048576, 16384),)
    assert _codes(book) == ["file-odd"]


def test_value_beneath_a_merged_range_is_noted() -> None:
    """Excel shows only the corner; what lies beneath is kept and pointed at."""
    row = '<row r="1"><c r="A1"/><c r="B1"><v>4</v></c></row>'
    book = xlsx_book(MERGED.format(row, '<mergeCell ref="A1:C1"/>'))
    assert rows(book.sheets[0]) == {"B1": "4"}
    assert [(issue.code.value, issue.cell) for issue in book.issues] == [("cell-covered", "B1")]


def test_hidden_rows_and_columns_are_ranges() -> None:
    """Neighbours are joined."""
    sheet = xlsx_sheet(
        '<cols><col min="2" max="2" hidden="1"/><col min="3" max="99999" hidden="true"/>'
        '<col min="x" max="1" hidden="1"/><col min="1" max="1" hidden="0"/></cols><sheetData>'
        '<row r="1" hidden="1"/><row r="2" hidden="true"/><row r="3" hidden="0"/>'
        '<row r="5" hidden="1"><c r="A5"><v>1</v></c></row></sheetData>'
    )
    assert sheet.hidden_columns == ((2, 16384),)
    assert sheet.hidden_rows == ((1, 2), (5, 5))
    assert [sheet.is_row_hidden(row) for row in (2, 3)] == [True, False]


def test_hidden_rows_without_hidden_columns_are_found_in_the_plain_way() -> None:
    """Nothing stands around the rows, so only they are looked at."""
    assert xlsx_sheet('<row r="2" hidden="1"/><row r="4"/>').hidden_rows == ((2, 2),)


def test_sheet_that_hides_rows_by_default_shows_only_those_written() -> None:
    """With zero height as the default, a row is seen only where the file says so."""
    sheet = xlsx_sheet(
        '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/><sheetData><row r="2"/></sheetData>'
    )
    assert sheet.hidden_rows == ((1, 1), (3, 1048576))


def _with_sheet(part: str | bytes) -> bytes:
    parts = good_parts("")
    parts["xl/worksheets/sheet1.xml"] = part
    return pack(parts)


BODY = '<{0}sheetData><{0}row r="1"><{0}c r="A1"><{0}v>1</{0}v></{0}c></{0}row></{0}sheetData>'
MANY_ATTRIBUTES = " ".join(f'a{number}=""' for number in range(300))
PLAIN = f'<worksheet xmlns="{MAIN}">{BODY.format("")}</worksheet>'


@pytest.mark.parametrize(
    "part",
    [
        PLAIN,
        PLAIN.encode("utf-8-sig"),
        f'<?xml version="1.0" encoding="UTF-16"?>{PLAIN}'.encode("utf-16"),
        f"<?xml version='1.0' encoding='utf-8'?>{PLAIN}",
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{PLAIN}',
        f"<!-- comment --><?target?>{PLAIN}",
        PLAIN.replace("<worksheet ", '<worksheet xml:lang="en" '),
        PLAIN.replace(f'"{MAIN}"', f"'{MAIN}'"),
        f'<x:worksheet xmlns:x="{MAIN}">{BODY.format("x:")}</x:worksheet>',
        f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}">{BODY.format("x:")}</worksheet>',
        f'<worksheet xmlns="{STRICT}">{BODY.format("")}</worksheet>',
        f'<worksheet xmlns="{MAIN}"><a xmlns="y"><sheetData/></a>{BODY.format("")}</worksheet>',
    ],
)
def test_sheet_is_read_however_its_xml_is_written(part: str | bytes) -> None:
    """Encodings, prefixes, quotes and comments make no difference."""
    assert rows(read_workbook(_with_sheet(part)).sheets[0]) == {"A1": "1"}


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (f'<?xml version="1.0" encoding="UTF-7"?>{PLAIN}', "file-damaged"),
        (f'<?xml version="1.0" encoding="shift_jis"?>{PLAIN}', "file-damaged"),
        (f"<!DOCTYPE worksheet>{PLAIN}", "file-hostile"),
        (f'<worksheet xmlns="other">{BODY.format("")}</worksheet>', "file-damaged"),
        (f'<workbook xmlns="{MAIN}"/>', "file-damaged"),
        (PLAIN.encode()[:-3], "file-damaged"),
        (b"\xff" + PLAIN.encode(), "file-damaged"),
        (PLAIN.replace("<v>1", "<v>\xe9").encode("latin-1"), "file-damaged"),
        ("", "file-damaged"),
        (f'<worksheet xmlns="{MAIN}">{"<a>" * 70}{"</a>" * 70}</worksheet>', "file-hostile"),
        (f'<worksheet xmlns="{MAIN}"><a {MANY_ATTRIBUTES}/></worksheet>', "file-hostile"),
    ],
)
def test_sheet_that_is_none_or_hostile_is_refused(part: str | bytes, code: str) -> None:
    """Nothing of a broken part is used."""
    assert _refused(_with_sheet(part)) == code


@pytest.mark.parametrize("encoding", ["utf-32", "idna", "x", "cp037", "utf-16", "utf-8-sig", "hex"])
def test_part_that_lies_about_its_encoding_is_refused(encoding: str) -> None:
    """Only the encodings that a workbook may use are tried."""
    assert _refused(_with_sheet(f'<?xml version="1.0" encoding="{encoding}"?>{PLAIN}')) == (
        "file-damaged"
    )


def test_limits_hold_in_every_part() -> None:
    """The list of sheets is no place for a bomb either."""
    for inner, code in (("<a>" * 70, "file-hostile"), (f"<a {MANY_ATTRIBUTES}/>", "file-hostile")):
        parts = good_parts("")
        parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}">{inner}'
        assert _refused(pack(parts)) == code


def test_formulas_are_read_when_asked_for() -> None:
    """Otherwise only whether there is one."""
    data = xlsx('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c></row>')
    assert read_workbook(data).sheets[0].formulas == {}
    book = read_workbook(data, want=[Want.FORMULAS])
    assert book.sheets[0].formulas == {(1, 1): "1+1", (1, 2): "A1"}


def test_defined_names_are_read_when_asked_for() -> None:
    """A name that only one sheet knows carries that sheet's name; a bad sheet number is kept."""
    more = (
        "<definedNames><definedName name='Levels'>Sheet1!$A$1</definedName>"
        "<definedName name='Area' localSheetId='0'>Sheet1!#REF!</definedName>"
        "<definedName name='Odd' localSheetId='9'>1</definedName></definedNames>"
    )
    data = xlsx("", more=more)
    assert read_workbook(data).defined_names == {}
    assert read_workbook(data, want=[Want.DEFINED_NAMES]).defined_names == {
        "Levels": "Sheet1!$A$1",
        "Sheet1!Area": "Sheet1!#REF!",
        "9!Odd": "1",
    }


def _with_book(**replaced: str) -> bytes:
    parts = good_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    for name, change in replaced.items():
        part = {"book": "xl/workbook.xml", "links": "xl/_rels/workbook.xml.rels"}[name]
        old, new = change.split("→")
        assert old in str(parts[part])
        parts[part] = str(parts[part]).replace(old, new)
    return pack(parts)


@pytest.mark.parametrize(
    ("state", "visibility"),
    [
        ("", Visibility.VISIBLE),
        ('state="visible"', Visibility.VISIBLE),
        ('state="hidden"', Visibility.HIDDEN),
        ('state="veryHidden"', Visibility.VERY_HIDDEN),
    ],
)
def test_visibility_of_a_sheet_is_told(state: str, visibility: Visibility) -> None:
    """Three states, and two of them hide."""
    book = read_workbook(_with_book(book=f'sheetId="1"→sheetId="1" {state}'))
    assert book.sheets[0].visibility is visibility


@pytest.mark.parametrize("kind", ["chartsheet", "dialogsheet"])
def test_sheet_without_cells_is_listed_but_is_no_grid(kind: str) -> None:
    """A chart sheet keeps its place in the order."""
    book = read_workbook(_with_book(links=f"/worksheet→/{kind}"))
    assert [(sheet.name, sheet.is_grid, sheet.rows) for sheet in book.sheets] == [
        ("Sheet1", False, {})
    ]


def test_macro_sheet_is_not_read_and_noted() -> None:
    """It is active content."""
    book = read_workbook(_with_book(links="/worksheet→/xlMacrosheet"))
    assert not book.sheets[0].is_grid
    assert _codes(book) == ["file-active-content"]


def test_links_to_other_files_are_noted_and_not_followed() -> None:
    """Nothing outside is opened."""
    more = "<externalReferences><externalReference r:id='rId9'/></externalReferences>"
    assert _codes(xlsx_book("", more=more)) == ["file-external-link"]


@pytest.mark.parametrize(
    ("name", "is_odd"),
    [("A", False), (" A ", False), ("", True), ("x" * 32, True), ("x" * 31, False)],
)
def test_sheet_name_is_kept_as_written_and_noted_when_odd(name: str, is_odd: bool) -> None:
    """Spaces are kept; a name that Excel does not allow is a query."""
    book = read_workbook(_with_book(book=f'name="Sheet1"→name="{name}"'))
    assert book.sheets[0].name == name
    assert _codes(book) == ["file-odd"] * is_odd


def test_two_sheets_of_one_name_are_noted() -> None:
    """Case does not tell sheets apart."""
    parts = good_parts("", "")
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("Sheet2", "SHEET1")
    assert _codes(read_workbook(pack(parts))) == ["file-odd"]


@pytest.mark.parametrize(
    "links",
    [
        "worksheets/sheet1.xml→/xl/worksheets/sheet1.xml",
        "worksheets/sheet1.xml→../xl/worksheets/sheet1.xml",
        "worksheets/sheet1.xml→./worksheets//sheet1.xml",
        "worksheets/sheet1.xml→worksheets\\sheet1.xml",
        "worksheets/sheet1.xml→worksheets/./sheet1.xml",
        "worksheets/sheet1.xml→WORKSHEETS/Sheet1.XML",
        "worksheets/sheet1.xml→worksheets/sheet%31.xml",
    ],
)
def test_sheet_is_found_however_its_address_is_written(links: str) -> None:
    """Absolute, relative, with backslashes, in another case, escaped."""
    assert rows(read_workbook(_with_book(links=links)).sheets[0]) == {"A1": "1"}


@pytest.mark.parametrize(
    "change",
    [
        {"links": "worksheets/sheet1.xml→worksheets/gone.xml"},
        {"links": 'Target="worksheets/sheet1.xml"→TargetMode="External" Target="http://x/"'},
        {"links": 'Id="rId1"→Id="rId8"'},
        {"book": ' r:id="rId1"→'},
        {"links": "worksheets/sheet1.xml→styles.xml"},
        {"links": "styles.xml→workbook.xml"},
    ],
)
def test_sheet_or_part_that_is_missing_refuses_the_file(change: dict[str, str]) -> None:
    """A listed sheet that cannot be read is an error, never an empty sheet."""
    assert _refused(_with_book(**change)) == "file-damaged"


def test_workbook_without_links_refuses_the_file() -> None:
    """Without the list of links no sheet can be found."""
    parts = good_parts("")
    del parts["xl/_rels/workbook.xml.rels"]
    assert _refused(pack(parts)) == "file-damaged"


def test_workbook_that_lists_no_sheets_is_refused() -> None:
    """There is nothing to read in it."""
    parts = good_parts("")
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}"><sheets/></workbook>'
    assert _refused(pack(parts)) == "file-damaged"


def test_list_of_texts_that_is_something_else_refuses_the_file() -> None:
    """Texts are never silently lost."""
    parts = good_parts("", strings="")
    parts["xl/sharedStrings.xml"] = f'<worksheet xmlns="{MAIN}"/>'
    assert _refused(pack(parts)) == "file-damaged"


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>', Limits(value_cells=1)),
        ('<row r="1"><c r="A1"/><c r="B1"/></row>', Limits(cell_elements=1)),
        ('<row><c><v>1</v></c><c><v>1</v></c></row>', Limits(value_cells=1)),
        ('<row><c/><c/></row>', Limits(cell_elements=1)),
        (MERGED.format("", '<mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/>'),
         Limits(merged_ranges=1)),
        ('<row r="1"><c r="A1" t="str"><v>x</v></c></row>', Limits(cell_memory_bytes=10)),
        ("<a/><a/><a/>", Limits(xml_elements=2)),
        ('<a xmlns:b="c"/>' * 40, Limits(xml_names=30)),
        ("".join(f"<a{number}/>" for number in range(40)), Limits(xml_names=30)),
        ("", Limits(sheets=0)),
        ("", Limits(members=3)),
        ("", Limits(inflated_bytes=100)),
    ],
)  # fmt: skip
def test_file_over_a_limit_is_refused(content: str, limits: Limits) -> None:
    """Each limit has an error that says how much is too much."""
    with pytest.raises(WorkbookError) as caught:
        read_workbook(xlsx(content), limits=limits)
    assert caught.value.issues[0].code.value == "file-limit"
    assert "more than" in caught.value.issues[0].message


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut parts into pieces of 64 bytes, so that a short part shows what happens to a long one."""
    monkeypatch.setattr(package, "CHUNK_BYTES", 64)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(
    ("body", "limits"),
    [
        (f'<a b="{"x" * 5000}"/>', Limits(token_bytes=1000)),
        (f"<sheetData><row><c><v>{'1' * 9000}</v></c></row></sheetData>", Limits(token_bytes=4000)),
        ("".join(f"<n{number}/>" for number in range(300)), Limits(token_bytes=400, xml_names=200)),
    ],
)
def test_large_part_over_a_limit_is_refused(body: str, limits: Limits) -> None:
    """Parts read in pieces keep the limits on tags, texts and names."""
    with pytest.raises(WorkbookError) as caught:
        read_workbook(xlsx(body), limits=limits)
    assert caught.value.issues[0].code.value == "file-limit"


ROWS = "".join(
    f'<row r="{row}" ht="15"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}"><v>{row}</v></c></row>'
    for row in range(1, 99)
)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(
    "content",
    [
        f"<sheetData>{ROWS}</sheetData>",
        f'<cols><col min="1" max="2" hidden="1"/></cols><sheetData>{ROWS}<row r="99"/></sheetData>'
        '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
        f"<sheetData>{ROWS}<row/></sheetData><ext><row></row></ext>",
        f"<sheetData>{ROWS}<!-- not plain --><row><c><v>1</v></c></row></sheetData>",
        f"<sheetData><!-- not plain -->{ROWS}</sheetData>",
        f"<sheetData>{ROWS}{ROWS}</sheetData>",
        f'<sheetData>{ROWS}<row r="100">{"<c/>" * 300}</row></sheetData>',
        f"<ext><sheetData>{ROWS}</sheetData></ext>",
        f"<!-- {'x' * 300} --><sheetData>{ROWS}</sheetData>",
        f"<sheetData >{ROWS}</sheetData>",
    ],
)
@pytest.mark.parametrize("want", [(), (Want.FORMULAS,)])
def test_large_sheet_is_read_in_pieces_to_the_same_cells(
    content: str, want: tuple[Want, ...]
) -> None:
    """Wherever a piece ends, and whether its rows are plain to the end or not."""
    data = xlsx(content, strings="<si><t>Yes</t></si>" * 30)
    assert read_workbook(data, want=want, limits=Limits(token_bytes=400)) == read_workbook(data)


@pytest.mark.usefixtures("small_pieces")
def test_large_sheet_that_ends_early_is_refused() -> None:
    """The parser sees what is missing, though the rows were taken out before it."""
    for content in (f"<sheetData>{ROWS}", f"<sheetData>{ROWS}</row></sheetData>"):
        with pytest.raises(WorkbookError) as caught:
            read_workbook(xlsx(content, strings="<si><t/></si>"), limits=Limits(token_bytes=400))
        assert caught.value.issues[0].code.value == "file-damaged"


def test_text_of_another_encoding_is_never_taken_for_utf_8() -> None:
    """The same bytes are other letters there, around a hidden column as anywhere."""
    for head in ("", '<cols><col min="1" max="1" hidden="1"/></cols>'):
        body = '<row r="1"><c r="A1" t="str"><v>Ã©</v></c></row>'
        part = f'<worksheet xmlns="{MAIN}">{head}<sheetData>{body}</sheetData></worksheet>'
        declaration = '<?xml version="1.0" encoding="ISO-8859-1"?>'
        data = _with_sheet((declaration + part).encode("latin-1"))
        assert rows(read_workbook(data).sheets[0]) == {"A1": "Ã©"}


@pytest.mark.usefixtures("small_pieces")
def test_large_parts_are_read_in_pieces_to_the_same_cells() -> None:
    """Sheets, texts and styles alike, wherever a piece ends."""
    content = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}"><v>{row}</v></c></row>'
        for row in range(1, 300)
    )
    data = xlsx(content, strings="<si><t>Yes</t></si>" * 30, formats=["General"] * 30)
    whole = read_workbook(data)
    assert read_workbook(data, limits=Limits(token_bytes=400)) == whole


def test_sheet_without_a_part_is_a_module_of_old_macros() -> None:
    """Excel lists these with an empty link; a link that leads nowhere is damage all the same."""
    parts = good_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    book = str(parts["xl/workbook.xml"])
    module = '<sheet name="Module1" sheetId="9" state="veryHidden" r:id=""/></sheets>'
    parts["xl/workbook.xml"] = book.replace("</sheets>", module)
    read = read_workbook(pack(parts))
    assert [(sheet.name, sheet.is_grid) for sheet in read.sheets] == [
        ("Sheet1", True),
        ("Module1", False),
    ]
    assert _codes(read) == ["file-odd"]
    parts["xl/workbook.xml"] = book.replace("</sheets>", module.replace('""', '"rId77"'))
    assert _refused(pack(parts)) == "file-damaged"
