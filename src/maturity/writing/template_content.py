"""Lay out all pages of a template: cover, guidance, tables, and the page that identifies it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import wrap

from maturity.rubric import Rubric
from maturity.template_layout import (
    COVER_SHEET,
    GUIDANCE_SHEET,
    IDENTITY_SHEET,
    template_layout,
    template_marker,
)
from maturity.writing.template_guidance import guidance_page
from maturity.writing.template_page import (
    COVER,
    GUIDANCE,
    IDENTITY,
    Entry,
    FormPage,
    Line,
    Link,
    OpenCount,
)
from maturity.writing.template_rules import METADATA_RULES
from maturity.writing.template_tables import table_pages
from maturity.writing.text import safe_sheet_name

__all__ = ["template_pages"]

_LETTERS_OF_A_TITLE = 60
_LONGEST_NAME = 31


def template_pages(rubric: Rubric) -> tuple[FormPage, ...]:
    """Lay out the blank workbook of a rubric, in the order of its sheets."""
    tables = tuple(_safely_named(table_pages(rubric, template_layout(rubric))))
    cover = _cover_page(rubric, tables)
    return (cover, guidance_page(rubric), *tables, _identity_page(rubric))


def _safely_named(pages: Iterator[FormPage]) -> Iterator[FormPage]:
    taken = {name.casefold() for name in (COVER_SHEET, GUIDANCE_SHEET, IDENTITY_SHEET)}
    for page in pages:
        name = safe_sheet_name(_short(page.name), taken)
        taken.add(name.casefold())
        yield replace(page, name=name)


def _short(name: str) -> str:
    """Cut a sheet's name between words, and show that it was cut."""
    if len(name) <= _LONGEST_NAME:
        return name
    words = name[:_LONGEST_NAME].split(" ")[:-1]
    while len(words) > 1 and len(words[-1]) <= 3:  # "and", "of", "the" lead nowhere
        words.pop()
    return " ".join(words).rstrip(" ,;:-") + "…" if words else name


def _cover_page(rubric: Rubric, tables: Sequence[FormPage]) -> FormPage:
    lines: list[Line] = [
        {1: Entry(text, "title"), 2: Entry(None, "band")}
        for text in wrap(rubric.title, _LETTERS_OF_A_TITLE)
    ]
    start = Entry(Link(GUIDANCE, "How to fill in this workbook"), "link")
    lines += [*_notice(rubric), {1: Entry("Start here", "label"), 2: start}]
    lines += [{1: Entry("About this return", "heading")}, *_metadata_lines(rubric)]
    lines.append({1: Entry("Answers still open", "heading")})
    lines.append({1: Entry("Sheet", "header"), 2: Entry("Still open", "header_answer")})
    lines += [
        {1: Entry(Link(page.key, page.title), "link"), 2: Entry(OpenCount((page.key,)), "count")}
        for page in tables
    ]
    everything = OpenCount(tuple(page.key for page in tables))
    lines.append({1: Entry("All sheets", "total"), 2: Entry(everything, "total_count")})
    return FormPage(COVER, COVER_SHEET, rubric.title, tuple(lines), widths=(46, 58))


def _notice(rubric: Rubric) -> Iterator[Line]:
    if rubric.status_note or rubric.status != "final":
        note = rubric.status_note or f"Status of this form: {rubric.status}."
        yield {1: Entry("Please note", "label"), 2: Entry(note, "notice")}


def _metadata_lines(rubric: Rubric) -> Iterator[Line]:
    for key, cell in template_layout(rubric).metadata.items():
        style = "field_date" if cell.type == "date" else "field"
        entry = Entry(None, style, ("", key), METADATA_RULES.get(key))
        if key == "edition":
            entry = Entry(rubric.version, "fixed", ("", key))
        yield {1: Entry((cell.label or (key,))[-1], "label"), 2: entry}
    yield {1: Entry("Form (please keep)", "label"), 2: Entry(template_marker(rubric), "fixed")}


def _identity_page(rubric: Rubric) -> FormPage:
    facts = {
        "Form": template_marker(rubric),
        "Rubric": rubric.id,
        "Rubric version": rubric.version,
        "Rubric digest": rubric.digest,
        "Language": rubric.language,
    }
    return FormPage(
        key=IDENTITY,
        name=IDENTITY_SHEET,
        title=IDENTITY_SHEET,
        lines=tuple(
            {1: Entry(name, "label"), 2: Entry(fact, "plain")} for name, fact in facts.items()
        ),
        widths=(20, 90),
        visibility="very hidden",
    )
