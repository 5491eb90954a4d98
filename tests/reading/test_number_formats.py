"""Number formats: what a format shows a number as."""

from __future__ import annotations

import time

import pytest

from maturity.reading.number_formats import BUILT_IN_FORMATS, shown_as

FORMATS = r"""
General                             |
0.00                                |
#,##0;[Red]-#,##0                   |
0.00E+00                            |
##0.0E-0                            |
@                                   |
"days"0                             |
0 "hours"                           |
0\d                                 |
_-* #,##0.00_-                      |
[Red]0                              |
[$£-809]#,##0.00                    |
[>100]0;0.0                         |
;;;                                 |
0%                                  | percent
0.00%;[Red]-0.00%                   | percent
0.0\%                               |
"%"0                                |
0;0%                                |
dd/mm/yyyy                          | date
DD/MM/YYYY                          | date
yyyy\-mm\-dd;@                      | date
[$-809]d mmmm yyyy                  | date
[$-F800]dddd\,\ mmmm\ dd\,\ yyyy    | date
mmm                                 | date
m                                   | date
mm/yy                               | date
[Blue]d                             | date
[$-411]ge.m.d                       | date
e                                   | date
General;yyyy                        |
hh:mm                               | time
h:mm AM/PM                          | time
hh:mm:ss.000                        | time
mm:ss                               | time
mmss.0                              | time
h A/P                               | time
dd/mm/yyyy hh:mm                    | datetime
m/d/yy h:mm                         | datetime
mmm h:mm                            | datetime
[h]:mm                              | duration
[hh]:mm:ss                          | duration
[mm]:ss                             | duration
[s]                                 | duration
[h]:mm d                            | datetime
"""


@pytest.mark.parametrize("line", FORMATS.strip().splitlines())
def test_format_shows_a_number_as_listed(line: str) -> None:
    """The first section of a format decides; quotes, escapes and brackets do not."""
    code, _, expected = line.rpartition("|")
    assert shown_as(code.strip()) == expected.strip()


def test_escaped_quote_before_a_date_is_only_a_character() -> None:
    """A backslash takes the meaning from the quote behind it, so the letters are a date."""
    assert shown_as('\\"yyyy') == "date"


@pytest.mark.parametrize(
    "code", ["[" * 50_000, '"a\\' * 20_000, "m" * 50_000, "_" * 50_001, "*x" * 9]
)
def test_hostile_format_takes_no_time(code: str) -> None:
    """The time taken grows with the length and no faster."""
    before = time.process_time()
    assert shown_as(code) in ("", "date")
    assert time.process_time() - before < 1


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, ""), (9, "percent"), (14, "date"), (20, "time"), (22, "datetime"), (46, "duration")],
)
def test_built_in_format_has_the_meaning_that_excel_gives_it(number: int, expected: str) -> None:
    """Formats that a file need not spell out are known by their numbers."""
    assert BUILT_IN_FORMATS.get(number, "") == expected
