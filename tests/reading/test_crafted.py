"""Odd, broken and hostile workbooks: every one in the shared folder, each with what becomes of it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from maturity.errors import WorkbookError
from maturity.reading.grid import Want, read_workbook

# What each file ends in: an error's code, or the codes of the issues of a workbook that was read
# ("" when there are none: what is odd about it cannot change any cell, or shows in the cell itself).
CRAFTED = """
000 |
001 | file-empty
002 | file-not-workbook
004 | file-not-workbook
005 | file-not-workbook
007 | file-damaged
008 | file-not-workbook
010 | file-damaged
011 | file-damaged
013 | file-damaged
014 | file-damaged
016 | file-damaged
017 | file-damaged
019 | file-password
020 | file-odd
022 | file-odd
023 | file-damaged
025 | file-odd
031 | file-hostile
034 | file-damaged
035 | file-damaged
037 | file-damaged
038 |
040 |
041 |
043 | file-damaged
044 | file-damaged
046 | file-hostile
047 | file-hostile
049 | file-hostile
050 | file-hostile
052 | file-hostile
053 | file-hostile
055 | file-hostile
056 | file-hostile
058 | file-hostile
059 | file-hostile
061 | file-limit
062 | file-limit
064 |
065 |
067 |
068 |
070 |
071 |
073 |
074 | file-damaged
076 | file-damaged
077 |
079 | file-damaged
080 | file-odd
082 | file-odd
083 | cell-covered
085 | file-odd
088 |
089 |
091 |
092 |
094 | cell-odd
095 |
097 |
098 | file-odd
100 |
101 |
103 | file-odd
104 |
106 | file-external-link
107 | file-external-link
109 | file-active-content
110 | file-active-content
112 |
113 | file-odd
115 | file-odd
116 | file-odd
118 |
119 |
122 |
124 |
125 |
127 | file-damaged
128 | file-damaged
130 |
131 |
133 |
134 |
136 | file-damaged
137 | file-damaged
139 |
140 | cell-odd
142 | cell-odd
143 | file-damaged
145 | file-damaged
146 | cell-odd
148 |
149 | cell-odd
151 | cell-covered
152 |
157 |
158 |
161 | file-format-limited file-wrong-name
162 | file-wrong-name
164 | file-damaged
165 | file-damaged
170 |
171 | file-limit
173 | file-damaged
174 | file-hostile
176 | file-lock
177 | file-not-workbook
179 | file-password
180 |
182 |
183 |
185 |
186 |
188 |
189 |
191 |
194 |
197 |
198 |
200 |
201 |
203 |
204 |
"""


def _expected() -> dict[str, set[str]]:
    lines = (line.split("|") for line in CRAFTED.strip().splitlines())
    return {number.strip(): set(codes.split()) for number, codes in lines}


def _number(filename: str) -> str:
    return filename.lstrip("~$._")[:3]


def test_crafted_files_end_as_listed(shared: Path) -> None:
    """Each file is read or refused as its manifest expects, with the codes of the table above."""
    manifest = json.loads((shared / "crafted/manifest.json").read_text("utf-8"))
    expected, found, wrong = _expected(), {}, []
    for entry in manifest:
        number = _number(entry["filename"])
        before = time.process_time()
        try:
            book = read_workbook(shared / "crafted" / entry["filename"], want=tuple(Want))
        except WorkbookError as error:
            found[number] = {error.issues[0].code.value}
            outcome = "clean error"
        else:
            found[number] = {issue.code.value for issue in book.issues}
            outcome = "reads"
        if not entry["expect"].startswith(outcome):
            wrong.append(f"{entry['filename']}: {outcome}, not {entry['expect']}")
        if time.process_time() - before > 10:
            wrong.append(f"{entry['filename']}: more than 10 seconds of processor time")
    assert wrong == []
    assert {number: codes for number, codes in found.items() if codes != expected[number]} == {}


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("document.xlsx", "file-not-workbook"),
        ("empty.xlsx", "file-empty"),
        ("page.xlsx", "file-not-workbook"),
        ("password.xlsx", "file-password"),
        ("text.xlsx", "file-not-workbook"),
        ("truncated.xlsx", "file-damaged"),
        ("~$good.xlsx", "file-lock"),
    ],
)
def test_broken_files_of_a_folder_get_their_own_error(shared: Path, file: str, code: str) -> None:
    """Each kind of file that is no workbook has a code, a place, a sentence and a remedy."""
    with pytest.raises(WorkbookError) as caught:
        read_workbook(shared / "annex-a/broken" / file)
    issue = caught.value.issues[0]
    assert (issue.code.value, str(issue.location)) == (code, file)
    assert issue.message.endswith(".")
    assert issue.remedy.endswith(".")


@pytest.mark.parametrize(
    "file", ["good.xlsx", "child-level-lists.xlsx", "some-other-workbook.xlsx"]
)
def test_sound_files_among_the_broken_are_read(shared: Path, file: str) -> None:
    """A workbook that is only the wrong one is read; saying so is another's task."""
    assert read_workbook(shared / "annex-a/broken" / file).issues == ()
