"""Extras of Office Open XML sheets: drop-down lists of every kind, notes; only when asked for."""

from __future__ import annotations

import pytest
from packed_workbooks import LINK, LINKS, MAIN, good_parts, pack, xlsx

from maturity.reading.grid import Want, read_workbook
from maturity.sheets import DropDown

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
X12 = "http://schemas.microsoft.com/office/spreadsheetml/2011/1/ac"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

VALIDATION = '<dataValidation type="list" sqref="{1}">{0}</dataValidation>'


@pytest.mark.parametrize(
    ("source", "expected_source", "words"),
    [
        ('<formula1>"1,2, 3"</formula1>', '"1,2, 3"', ("1", "2", "3")),
        ('<formula1>"a ""b"""</formula1>', '"a ""b"""', ('a "b"',)),
        ("<formula1>Lists!$A$1:$A$4</formula1>", "Lists!$A$1:$A$4", ()),
        ('<formula1>"</formula1>', '"', ()),
        ("", "", ()),
        (
            f'<mc:AlternateContent xmlns:mc="{MC}" xmlns:x12="{X12}"><mc:Choice Requires="x12">'
            '<x12:list>"Yes, fully",No</x12:list></mc:Choice><mc:Fallback>'
            '<formula1>"Yes, fully,No"</formula1></mc:Fallback></mc:AlternateContent>',
            '"Yes, fully,No"',
            ("Yes, fully", "No"),
        ),
    ],
)
def test_drop_down_gives_its_source_and_inline_words(
    source: str, expected_source: str, words: tuple[str, ...]
) -> None:
    """A list written in place has words; a list elsewhere has its address."""
    data = xlsx("<sheetData/>" + VALIDATION.format(source, "B2"))
    (found,) = read_workbook(data, want=[Want.DROP_DOWNS]).sheets[0].drop_downs
    assert (found.source, found.words) == (expected_source, words)
    assert [str(cells) for cells in found.ranges] == ["B2"]


def test_words_that_cannot_be_parsed_are_left_to_the_plain_list() -> None:
    """A list in the extension that is not even a list is passed over."""
    source = f'<x:list xmlns:x="{X12}">"{"x" * 140_000}"</x:list><formula1>"1,2"</formula1>'
    data = xlsx("<sheetData/>" + VALIDATION.format(source, "B2"))
    assert read_workbook(data, want=[Want.DROP_DOWNS]).sheets[0].drop_downs[0].words == ("1", "2")


def test_drop_down_kept_in_an_extension_is_found() -> None:
    """Excel keeps lists that refer to another sheet there."""
    data = xlsx(
        f'<sheetData/><extLst><ext><x14:dataValidations xmlns:x14="{X14}" xmlns:xm="{XM}">'
        '<x14:dataValidation type="list"><x14:formula1><xm:f>Lists!$A$1:$A$4</xm:f></x14:formula1>'
        "<xm:sqref>B2:B9 D:D 3:4</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    (found,) = read_workbook(data, want=[Want.DROP_DOWNS]).sheets[0].drop_downs
    assert found.source == "Lists!$A$1:$A$4"
    assert [str(cells) for cells in found.ranges] == ["B2:B9", "D1:D1048576", "A3:XFD4"]


def test_other_validations_are_no_drop_downs() -> None:
    """Only lists are; a range that is none is noted."""
    data = xlsx(
        '<sheetData/><dataValidation type="whole" sqref="B2"><formula1>1</formula1>'
        '<formula2>4</formula2></dataValidation><dataValidation sqref="B3"/>'
        + VALIDATION.format('<formula1>"1"</formula1>', "B4 #REF! XFE1")
    )
    book = read_workbook(data, want=[Want.DROP_DOWNS])
    (found,) = book.sheets[0].drop_downs
    assert isinstance(found, DropDown)
    assert [str(cells) for cells in found.ranges] == ["B4"]
    assert [issue.code.value for issue in book.issues] == ["file-odd"]


def _with_notes(comments: str | None, mode: str = "") -> bytes:
    parts = good_parts("")
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'<Relationships xmlns="{LINKS}"><Relationship Id="rId1" Type="{LINK}/comments" '
        f'Target="../comments1.xml" {mode}/><Relationship Id="rId2" Type="{LINK}/table" '
        'Target="../tables/table1.xml"/></Relationships>'
    )
    if comments is not None:
        parts["xl/comments1.xml"] = (
            f'<comments xmlns="{MAIN}"><authors><author>A</author></authors><commentList>'
            f"{comments}</commentList></comments>"
        )
    return pack(parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<t>See the guide</t>", "See the guide"),
        ("<r><rPr><b/></rPr><t>A:</t></r><r><t>\nno</t></r><rPh><t>X</t></rPh>", "A:\nno"),
        ("<t>a_x000D_b</t>", "a\rb"),
        (
            "<t>[Threaded comment]\n\nYour version of Excel…\n\nComment:\n    Really?</t>",
            "Really?",
        ),
    ],
)
def test_note_gives_its_text(text: str, expected: str) -> None:
    """Runs are joined; what Excel writes before a conversation is left out."""
    data = _with_notes(f'<comment ref="B2"><text>{text}</text></comment><comment ref="?"/>')
    assert read_workbook(data).sheets[0].notes == {}
    assert read_workbook(data, want=[Want.NOTES]).sheets[0].notes == {(2, 2): expected}


def test_notes_that_are_missing_are_noted() -> None:
    """The cells are intact, so the workbook is read."""
    book = read_workbook(_with_notes(None), want=[Want.NOTES])
    assert [issue.code.value for issue in book.issues] == ["file-odd"]


def test_notes_outside_the_file_are_not_fetched() -> None:
    """A link that leads out is not followed."""
    data = _with_notes(None, 'TargetMode="External"')
    assert read_workbook(data, want=[Want.NOTES]).issues == ()
