"""Any text becomes one that every spreadsheet program opens, and what changed is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.writing.text import (
    CELL_LIMIT,
    cell_text,
    clean_text,
    could_be_formula,
    estimated_lines,
    quoted,
    result_text,
    safe_sheet_name,
    utf16_length,
)

any_text = st.text(st.characters(), max_size=200)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain", "plain"),
        ("", ""),
        ("two\r\nlines\rthree\n", "two\nlines\nthree\n"),
        ("tab\tstays", "tab\tstays"),
        ("nul\x00 and \x1f", "nul\u2400 and \u241f"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("not a character: \ufffe", "not a character: \ufffd"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_what_xml_cannot_carry_is_shown_as_something_else(typed: str, shown: str) -> None:
    """Control characters become their pictures, other impossible ones the usual mark."""
    assert clean_text(typed) == shown


@pytest.mark.parametrize("character", ["a", "é", "😀"])
def test_over_long_text_is_cut_with_a_mark(character: str) -> None:
    """What is cut says so, and never exceeds what a cell holds."""
    cut = clean_text(character * 40_000)
    assert CELL_LIMIT - 2 <= utf16_length(cut) <= CELL_LIMIT
    assert cut.endswith("[cut here: 40,000 characters are too many for a cell]")


def test_text_of_exactly_the_limit_is_not_cut() -> None:
    """The limit itself is allowed."""
    text = "a" * CELL_LIMIT
    assert clean_text(text) == text


@given(any_text)
def test_clean_text_can_be_written_and_is_stable(text: str) -> None:
    """Clean text is valid UTF-8 without control characters, and stays as it is."""
    clean = clean_text(text)
    clean.encode()
    assert not any(ord(character) < 32 and character not in "\t\n" for character in clean)
    assert clean_text(clean) == clean


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("plain", "plain"),
        ("<r>x</r>", "‹r>x</r>"),
        ("x<r>", "x<r>"),
        ("<b>", "<b>"),
        ("_x0041_", "_x0041_"),
        ("_x0041_x0042_", "_x0041＿x0042_"),
        ("_x005F_x0041_x0042_", "_x005F＿x0041＿x0042_"),
        ("_x0041__x0042_", "_x0041__x0042_"),
        ("_x41_x42_", "_x41_x42_"),
        ("nul \x00", "nul \u2400"),
    ],
)
def test_a_cell_holds_what_xlsxwriter_leaves_as_it_is(typed: str, written: str) -> None:
    """What it takes for its own markup, and escapes that share an underscore, are changed."""
    assert cell_text(typed) == written
    assert cell_text(written) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("plain", "plain"),
        ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"),
        ("<r>x</r>", "<r>x</r>"),
    ],
)
def test_what_a_formula_gave_is_spelled_so_that_it_is_read_back(typed: str, written: str) -> None:
    """XlsxWriter spells no escapes there."""
    assert result_text(typed) == written


@pytest.mark.parametrize("text", ["=1+1", "+44", "-", "@SUM(A1)", "  =1", "\t=1"])
def test_what_could_become_a_formula_is_known(text: str) -> None:
    """A program that edits such a cell could take its text for a formula."""
    assert could_be_formula(text)


@pytest.mark.parametrize("text", ["", "   ", "1+1", "a=b", "http://example.org", "’=1"])
def test_other_text_is_not_taken_for_a_formula(text: str) -> None:
    """Only the first visible character counts."""
    assert not could_be_formula(text)


@pytest.mark.parametrize(
    ("wanted", "given_name"),
    [
        ("Leadership", "Leadership"),
        ("a/b:[c]", "a b  c"),
        ("History", "History (sheet)"),
        ("'quoted'", "quoted"),
        ("", "Sheet"),
        ("///", "Sheet"),
        ("x" * 60, "x" * 31),
        ("😀" * 20, "😀" * 15),
        ("line\nbreak\x00", "line break\u2400"),
        ("a_x0041_x0042_", "a x0041 x0042_"),
    ],
)
def test_sheet_names_are_made_safe(wanted: str, given_name: str) -> None:
    """Forbidden characters, reserved names and great length are dealt with."""
    assert safe_sheet_name(wanted) == given_name


def test_sheet_names_that_differ_in_case_only_are_told_apart() -> None:
    """Excel takes them for the same name."""
    assert safe_sheet_name("DATA", {"data"}) == "DATA (2)"
    assert safe_sheet_name("x" * 40, {"x" * 31, "x" * 27 + " (2)"}) == "x" * 27 + " (3)"


@given(any_text, st.sets(any_text.map(str.casefold), max_size=3))
def test_any_text_gives_a_sheet_name(text: str, taken: set[str]) -> None:
    """Names are never empty, too long, taken, or made of what is forbidden."""
    name = safe_sheet_name(text, taken)
    assert name
    assert utf16_length(name) <= 31
    assert name.casefold() not in taken
    assert not set(name) & set("[]:*?/\\")
    assert not name.startswith("'")
    assert not name.endswith("'")


def test_quotation_marks_in_a_sheet_name_are_doubled() -> None:
    """So a name cannot end a reference early."""
    assert quoted("it's") == "'it''s'"


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("short", 1), ("a\n\nb", 3), ("x" * 21, 3)])
def test_lines_are_estimated(text: str, lines: int) -> None:
    """Long lines wrap, and every line break starts another."""
    assert estimated_lines(text, 10) == lines
