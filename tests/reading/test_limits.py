"""What is read beside the cells counts towards the limit on memory, as soon as it is wanted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from packed_workbooks import good_parts, ods, pack, xlsx

from maturity.errors import WorkbookError
from maturity.reading.grid import DEFAULT_LIMITS, Limits, Want, read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MANY = 300
LIMITS = Limits(cell_memory_bytes=50_000)


def _with_notes() -> bytes:
    notes = "".join(
        f'<comment ref="A{row}"><text><t>note</t></text></comment>' for row in range(1, MANY)
    )
    comments = f'<comments xmlns="{MAIN}"><commentList>{notes}</commentList></comments>'
    links = (
        f'<Relationships xmlns="{LINKS}"><Relationship Id="r" Type="{LINK}/comments" '
        'Target="../comments1.xml"/></Relationships>'
    )
    more = {"xl/comments1.xml": comments, "xl/worksheets/_rels/sheet1.xml.rels": links}
    return pack(good_parts("") | more)


def _validations(sqref: str) -> str:
    return (
        f'<sheetData/><dataValidations><dataValidation type="list" sqref="{sqref}"><formula1>"1,2"'
        "</formula1></dataValidation></dataValidations>"
    )


def _ods(cell: str, before: str = "") -> bytes:
    row = f"<table:table-row><table:table-cell {cell}</table:table-cell></table:table-row>"
    return ods(f'{before}<table:table table:name="S">{row * MANY}</table:table>')


EXTRAS: dict[str, tuple[Want, Callable[[], bytes]]] = {
    "formulas": (
        Want.FORMULAS,
        lambda: xlsx("".join(f'<row r="{r}"><c r="A{r}"><f>{r}</f></c></row>' for r in range(1, MANY))),
    ),
    "a long formula": (
        Want.FORMULAS,
        lambda: xlsx(f'<row r="1"><c r="A1"><f>{"A1+" * 20_000}1</f></c></row>'),
    ),
    "notes": (Want.NOTES, _with_notes),
    "drop-downs": (
        Want.DROP_DOWNS,
        lambda: xlsx(_validations(" ".join(f"A{row}" for row in range(1, MANY)))),
    ),
    "defined names": (
        Want.DEFINED_NAMES,
        lambda: xlsx("", more="<definedNames>" + "".join(
            f'<definedName name="n{each}">A{each}</definedName>' for each in range(1, MANY)
        ) + "</definedNames>"),
    ),
    "formulas of .ods": (Want.FORMULAS, lambda: _ods('table:formula="of:=1">')),
    "drop-downs of .ods": (Want.DROP_DOWNS, lambda: _ods('table:content-validation-name="v">')),
    "notes of .ods": (
        Want.NOTES,
        lambda: _ods("><office:annotation><text:p>n</text:p></office:annotation>"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXTRAS)
def test_extras_cost_memory_only_when_they_are_wanted(name: str) -> None:
    """A workbook full of them is read without them, and refused with them."""
    want, make = EXTRAS[name]
    data = make()
    others = frozenset(Want) - {want}
    read_workbook(data, limits=Limits(cell_memory_bytes=200_000), want=others)
    with pytest.raises(WorkbookError, match="bytes of") as caught:
        read_workbook(data, limits=LIMITS, want=[want])
    assert caught.value.issues[0].code.value == "file-limit"


@pytest.mark.parametrize(
    "data",
    [
        xlsx("", formats=[f"0.{'0' * each}" for each in range(1, MANY)]),
        xlsx("<sheetData/><cols>" + '<col min="1" max="1" hidden="1"/>' * 500 + "</cols>"),
        xlsx(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 60_000}</t></is></c></row>'),
        xlsx(f"<row r='1'><c r='A1' t='str'><v>{'x' * 60_000}</v></c></row>"),
        xlsx("", strings=f"<si><t>{'x' * 60_000}</t></si>"),
        xlsx("", strings=f"<si><t>{'é€' * 15_000}</t></si>"),
        xlsx("", strings=f"<si><r><t>{'x' * 60_000}</t></r></si>"),
    ],
    ids=["formats", "hidden columns", "plain text", "text", "shared", "wide", "runs"],
)
def test_whatever_is_kept_costs_memory(data: bytes) -> None:
    """Styles, hidden columns and long texts are kept, so they count."""
    with pytest.raises(WorkbookError, match="bytes of"):
        read_workbook(data, limits=LIMITS)
    read_workbook(data, limits=DEFAULT_LIMITS)


def test_attributes_beyond_the_usual_are_counted() -> None:
    """Each takes time; those that programs write are not counted, so that large sheets are read."""
    usual = '<row r="1"><c r="A1" s="0" t="n" cm="0" vm="0" ph="0"></c></row>'
    many = "".join(f' a{each}=""' for each in range(100))
    limits = Limits(xml_elements=90)
    read_workbook(xlsx(usual), limits=limits)
    with pytest.raises(WorkbookError, match="XML elements"):
        read_workbook(xlsx(f"<row r='1'><c{many}/></row>"), limits=limits)


def test_long_cells_are_not_kept_to_be_shared() -> None:
    """They are hardly ever met twice; short ones are kept, once for all equal ones."""
    cells = "".join(
        f'<c r="{letter}1" t="str"><f>{letter}2</f><v>{"x" * length}</v></c>'
        for letter, length in zip("ABCD", (9, 9, 300, 300), strict=True)
    )
    row = read_workbook(xlsx(f'<row r="1">{cells}</row>')).sheets[0].rows[1]
    assert row[1] is row[2]
    assert row[3] == row[4]
    assert row[3] is not row[4]
