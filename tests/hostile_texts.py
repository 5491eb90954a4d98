"""Texts that a hostile or careless person may type anywhere, fixed ones and random ones."""

from __future__ import annotations

import random
from collections.abc import Iterator

__all__ = ["HOSTILE", "SHEET_NAMES", "hostile_texts"]

HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "{=SUM(A1:A9)}",
    "=cmd|' /C calc'!A0",
    "+44 20 7946 0000",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r\n=1",
    " =1",
    "\u3000=1",
    "＝1+1",
    "'=1",
    "http://example.org/?a=1&b=<2>",
    "https://example.org",
    "ftp://example.org",
    "mailto:someone@example.org",
    "internal:Sheet!A1",
    "external:C:\\temp\\book.xlsx#Sheet!A1",
    "file:///etc/passwd",
    "<b>bold</b><script>alert(1)</script>",
    "<r>x</r>",
    "<r><t>unclosed</r>",
    "<r></bad></r>",
    "<r>" + "<" * 20_000 + "</r>",
    "&amp; &#x41; &lt; ]]> <![CDATA[x]]> <!-- -->",
    "\"double\" and 'single' quotes ''\"\"",
    "_x000D_ _x0041_ _x00e9_ _x12_",
    "_x005F_x0041_x0042_x0043_ _x0041__x0042_",
    "bell \x07 nul \x00 escape \x1b[31m unit \x1f delete \x7f next line \x85",
    "lone \ud800 and \udfff, together \ud83d\ude00",
    "no characters \ufffe \uffff \U0001ffff \U0010ffff",
    "right to left \u202egnp.exe\u202c, isolated \u2067abc\u2069, mark \u200f",
    "zero \u200b\u200c\u200d\ufeff width, line\u2028and paragraph\u2029 ends",
    "\ufeffmark at the start",
    "combining e\u0301\u0301\u0301 and \U0001f469\u200d\U0001f680 and \U000e0041 tags",
    "line\nbreaks\rof\r\nevery\x0bkind\x0c",
    "  spaces   at both ends  ",
    "\n",
    "   ",
    "'",
    '"',
    "''",
    "TRUE",
    "#REF!",
    "1e5",
    "2026-03-02",
    "00123",
    "N/A",
    "History",
    "&L&8&A &P",
    "%s %d {0} {name} ${x} {{x}}",
    "[red]rich markup[/red] [bold]",
    "\\ud800 \\x1b \\n",
    "a/b:c*d?e[f]g\\h",
    "x" * 40_000,
    "\U0001f600" * 20_000,
    "=" * 33_000,
    "line\n" * 9_000,
)

SHEET_NAMES = (
    "a/b:c*d?e[f]g\\h",
    "x" * 40,
    "\U0001f600" * 20,
    "History",
    "HISTORY",
    "'quoted'",
    "it's",
    "  ",
    "\x00\x1b",
    "\ud800",
    "Summary",
    "answers",
    "internal:x!A1",
    "_x0041_x0042_",
    "=1+1",
    "#REF!",
)

_PIECES = (
    "=", "+", "-", "@", "\t", "\r", "\n", " ", "'", '"', "''", "{=", "}", "<", ">", "&", "&amp;",
    "]]>", "<b>", "http://", "internal:", "mailto:", "#", "!", "A1", "_x000D_", "_x0041_", "<r>", "</r>", "_x", "005F_", "_",
    "\x00", "\x0b", "\x1b[0m", "\x7f", "\x85", "\ud800", "\udc00", "\ufffe", "\uffff", "\u202e",
    "\u2066", "\u200b", "\ufeff", "\u2028", "\u0301", "\U0001f600", "\U0010fffe", "é", "評", "|",
    ",", ";", "\\", "/", "[", "]", "*", "?", ":", "%s", "{0}", "1", "TRUE",
)  # fmt: skip


def hostile_texts(count: int, seed: int = 4, longest: int = 30) -> Iterator[str]:
    """Give texts made of hostile pieces and of any characters, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        yield "".join(
            chance.choice(_PIECES) if chance.random() < 0.7 else chr(chance.randrange(0x11_0000))
            for _ in range(chance.randint(1, longest))
        )
