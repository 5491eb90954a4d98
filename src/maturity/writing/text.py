"""Make any text safe for a spreadsheet: its cells, its notes and the names of its sheets."""

from __future__ import annotations

import re
from collections.abc import Container

__all__ = [
    "CELL_LIMIT",
    "cell_text",
    "clean_text",
    "could_be_formula",
    "estimated_lines",
    "quoted",
    "result_text",
    "safe_sheet_name",
    "utf16_length",
]

# What a cell holds at most, counted as Excel counts: in UTF-16 units.
CELL_LIMIT = 32_767
_SHEET_NAME_LIMIT = 31
_LINE_BREAKS = re.compile("\r\n?")
# What XML 1.0 cannot carry at all, so that a file with it does not open.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# How a workbook spells out a character; what looks so must be spelled out itself. Where two such
# share an underscore, XlsxWriter spells out the first only, and programs would read the second.
_SPELLED = "x[0-9A-Fa-f]{4}_"
_SHARED_UNDERSCORE = re.compile(f"(?<=_{_SPELLED[:-1]})_(?={_SPELLED})")
_ESCAPE = re.compile(f"_(?={_SPELLED})")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")


def clean_text(text: str, limit: int = CELL_LIMIT) -> str:
    r"""Make text that any spreadsheet program opens; what had to change is seen to have changed.

    Args:
        text: any text, control characters and lone surrogates included.
        limit: the greatest length, in UTF-16 units.

    Returns:
        The text with control characters as their pictures (`\0` is shown as `␀`), other impossible
        characters as `�`, and over-long text cut with a mark that says how much is missing.
    """
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return text
    clean = _IMPOSSIBLE.sub(_picture, _LINE_BREAKS.sub("\n", text))
    return clean if utf16_length(clean) <= limit else _cut(clean, limit)


def cell_text(text: str, limit: int = CELL_LIMIT) -> str:
    """Make text that XlsxWriter writes as it stands, into a cell or a note.

    Args:
        text: any text.
        limit: the greatest length, in UTF-16 units.

    Returns:
        The text as `clean_text` makes it; but `‹r>…</r>` for what XlsxWriter would take for markup
        of its own, and `＿` for an underscore that would be read as part of an escape.
    """
    clean = clean_text(text, limit)
    if clean.startswith("<r>"):
        clean = "\u2039" + clean[1:]
    return _SHARED_UNDERSCORE.sub("\uff3f", clean) if "_x" in clean else clean


def result_text(text: str) -> str:
    """Make text that stands in a workbook as what a formula gave; XlsxWriter leaves it alone."""
    return _ESCAPE.sub("_x005F_", clean_text(text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def _cut(text: str, limit: int) -> str:
    mark = f" … [cut here: {len(text):,} characters are too many for a cell]"
    kept = text[: limit - len(mark)]
    while utf16_length(kept) > limit - len(mark):
        kept = kept[: -max(1, (utf16_length(kept) - limit + len(mark)) // 2)]
    return kept + mark


def utf16_length(text: str) -> int:
    """Count text as Excel does: characters beyond the basic plane count twice."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def could_be_formula(text: str) -> bool:
    """Say whether a program could take the text for a formula when somebody edits its cell."""
    return text.lstrip()[:1] in ("=", "+", "-", "@")


def safe_sheet_name(name: str, taken: Container[str] = ()) -> str:
    """Make a name that every spreadsheet program accepts for a sheet.

    Args:
        name: any text.
        taken: the names in use, in `casefold()` form; the result is not among them.
    """
    clean = _NOT_IN_SHEET_NAMES.sub(" ", clean_text(name).replace("\n", " "))
    clean = _ESCAPE.sub(" ", clean)  # nobody spells it out in a sheet's name
    base = _shortened(clean.strip().strip("'"), _SHEET_NAME_LIMIT) or "Sheet"
    # Excel keeps this one name for itself.
    candidate = "History (sheet)" if base.casefold() == "history" else base
    number = 2
    while candidate.casefold() in taken:
        ending = f" ({number})"
        candidate = _shortened(base, _SHEET_NAME_LIMIT - len(ending)) + ending
        number += 1
    return candidate


def quoted(sheet: str) -> str:
    """Give a sheet's name as it stands in a formula or a link."""
    return "'" + sheet.replace("'", "''") + "'"


def _shortened(text: str, limit: int) -> str:
    while utf16_length(text) > limit:
        text = text[:-1]
    return text.strip().strip("'")


def estimated_lines(text: str, width: float) -> int:
    """Estimate how many lines wrapped text takes, its width in characters."""
    room = max(1, int(width))
    return sum(max(1, -(-len(line) // room)) for line in text.split("\n"))
