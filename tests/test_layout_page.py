"""The page on the layout language: every example is made into a workbook and read.

A comment above each block says what it is: `rubric` and `layout` are pieces of YAML, `workbook` is
the picture of one, and `read` is what must be read from it. The examples of a section share its
rubric and layouts; a layout after a `read` begins a new example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from pictured_workbooks import layout_of, rubric_of, told

PAGE = Path(__file__).resolve().parent.parent / "docs" / "how-to" / "layout-language.md"
_BLOCK = re.compile(
    r"^<!-- (?P<kind>rubric|layout|workbook|read) -->\n```(?:yaml|text)\n(?P<text>.*?)^```$",
    re.M | re.S,
)


class Example(NamedTuple):
    """One example: its heading, its pieces, the picture of its workbook and what is read."""

    heading: str
    rubric: str
    layouts: tuple[str, ...]
    picture: str
    read: str


def examples_of(page: str) -> Iterator[Example]:
    """Give every example of a page, in order."""
    _, *sections = re.split(r"^#{3} ", page, flags=re.M)
    for section in sections:
        heading = section.partition("\n")[0]
        rubric, picture, is_over = "", "", False
        layouts: list[str] = []
        for found in _BLOCK.finditer(section):
            kind, text = found["kind"], found["text"]
            if kind == "rubric":
                rubric = text
            elif kind == "layout":
                layouts = [text] if is_over else [*layouts, text]
                is_over = False
            elif kind == "workbook":
                picture = text
            else:
                yield Example(heading, rubric, tuple(layouts), picture, text)
                is_over = True


TEXT = PAGE.read_text(encoding="utf-8")
RUBRIC = next(_BLOCK.finditer(TEXT))["text"]
EXAMPLES = list(examples_of(TEXT))


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.heading for example in EXAMPLES])
def test_examples_are_read_as_the_page_says(example: Example) -> None:
    """What the page shows below a picture is what is read from it, issues included."""
    rubric = rubric_of(RUBRIC, example.rubric)
    layouts = [layout_of(text, rubric) for text in example.layouts]
    assert told(example.picture, rubric, *layouts) == example.read.splitlines()


def test_every_block_of_the_page_is_tested() -> None:
    """No block stands on the page that no example takes."""
    taken = sum(len(each.layouts) + 2 + bool(each.rubric) for each in EXAMPLES)
    assert TEXT.count("\n```\n") == taken + 1
