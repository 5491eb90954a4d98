"""Lay out the pages of a template: cover, domains, baseline data and the page that identifies it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from textwrap import wrap

from maturity.layout import Column, Table
from maturity.models import Number
from maturity.rubric import Criterion, Domain, Rubric
from maturity.template_layout import (
    COVER_SHEET,
    GUIDANCE_SHEET,
    IDENTITY_SHEET,
    METRIC_VALUE,
    level_headers,
    template_layout,
    template_marker,
)
from maturity.writing.row_heights import line_count
from maturity.writing.template_guidance import guidance_page
from maturity.writing.template_page import Entry, FormPage, Line, Link, OpenCount
from maturity.writing.template_rules import (
    METADATA_RULES,
    NOTE_RULES,
    answer_rule,
    figure_rule,
    level_words,
    unit_words,
)
from maturity.writing.text import safe_sheet_name

__all__ = ["template_pages"]

_BASELINE_SHEET = "Baseline data"
_BASELINE = "metrics"
_HINTS = {
    "area": "The code, a space, the name: 999 Anytown",
    "date": "Day, month, year: 31/03/2027",
    "role": "A role, not a person's name",
    "edition": "Please leave it as it is",
}
_LETTERS_ON_A_LINE = 190
_NOTE_WIDTHS = {"evidence": 28.0, "actions": 28.0, "owner": 14.0, "by_when": 12.5}
_DESCRIPTOR_WIDTHS = (31, 38, 48, 64, 90, 130, 200)
# The row that this makes, with its prompt, still fits on a screen and on a sheet of paper.
_MOST_LINES = 20


def template_pages(rubric: Rubric) -> tuple[FormPage, ...]:
    """Lay out the blank workbook of a rubric, in the order of its sheets."""
    layout = template_layout(rubric)
    pages = [_domain_page(rubric, domain, layout.tables[0]) for domain in rubric.domains]
    if rubric.metrics:
        pages.append(_metrics_page(rubric, layout.tables[1]))
    pages = list(_safely_named(pages))
    return (_cover_page(rubric, pages), guidance_page(rubric), *pages, _identity_page(rubric))


def _safely_named(pages: list[FormPage]) -> Iterator[FormPage]:
    taken = {name.casefold() for name in (COVER_SHEET, GUIDANCE_SHEET, IDENTITY_SHEET)}
    for page in pages:
        name = safe_sheet_name(_short(page.name), taken)
        taken.add(name.casefold())
        yield replace(page, name=name)


def _short(name: str, limit: int = 31) -> str:
    """Cut a sheet's name between words, and show that it was cut."""
    if len(name) <= limit:
        return name
    return name[:limit].rpartition(" ")[0].rstrip(" ,;:-") + "…"


# --- cover ----------------------------------------------------------------------------------------


def _cover_page(rubric: Rubric, pages: list[FormPage]) -> FormPage:
    lines: list[Line] = [{1: Entry(rubric.title, "title"), 3: _marker(rubric)}]
    lines += _notice(rubric)
    lines.append({1: Entry("About this return", "heading")})
    lines += _metadata_lines(rubric)
    lines.append({1: Entry("Answers still open", "heading")})
    lines.append({1: Entry("Sheet", "header"), 2: Entry("Still open", "header_answer")})
    lines += [_progress_line(page) for page in pages]
    everything = OpenCount(tuple(page.key for page in pages))
    lines.append({1: Entry("All sheets", "total"), 2: Entry(everything, "total_count")})
    lines.append({1: Entry(Link("guidance", "Read first: how to fill in this workbook"), "link")})
    return FormPage("cover", COVER_SHEET, tuple(lines), widths=(44, 48, 44))


def _notice(rubric: Rubric) -> Iterator[Line]:
    if rubric.status_note or rubric.status != "final":
        note = rubric.status_note or f"Status of this form: {rubric.status}."
        yield {1: Entry("Please note", "label"), 2: Entry(note, "notice")}


def _metadata_lines(rubric: Rubric) -> Iterator[Line]:
    for key, cell in template_layout(rubric).metadata.items():
        style = "input_date" if cell.type == "date" else "input"
        entry = Entry(None, style, ("", key), METADATA_RULES.get(key))
        if key == "edition":
            entry = Entry(rubric.version, "cell", ("", key))
        yield {1: Entry(cell.label[0], "label"), 2: entry, 3: Entry(_HINTS.get(key), "hint")}


def _progress_line(page: FormPage) -> Line:
    asked = sum(entry.counted for _, _, entry in page.entries())
    return {
        1: Entry(Link(page.key, page.name), "link"),
        2: Entry(OpenCount((page.key,)), "count"),
        3: Entry(f"of {asked:,}", "hint"),
    }


def _marker(rubric: Rubric) -> Entry:
    return Entry(template_marker(rubric), "marker")


# --- domains --------------------------------------------------------------------------------------


def _domain_page(rubric: Rubric, domain: Domain, table: Table) -> FormPage:
    title = f"{domain.id} {domain.title}"
    header = _criteria_header(table)
    lines: list[Line] = [{1: Entry(title, "title"), len(header): _marker(rubric)}]
    lines += [{1: Entry(text, "line")} for text in wrap(domain.description, _LETTERS_ON_A_LINE)]
    lines.append({1: Entry(_how_to(rubric), "line")})
    lines.append(dict(enumerate(header, start=1)))
    header_row = len(lines)
    lines += [_criterion_line(rubric, criterion, table) for criterion in domain.criteria]
    return FormPage(
        f"domain:{domain.id}",
        title,
        tuple(lines),
        widths=_domain_widths(rubric, domain, table),
        header=header_row,
        kept_columns=2,
        wide=True,
    )


def _how_to(rubric: Rubric) -> str:
    scored = rubric.ratings[rubric.scored_rating].title
    first = "Each partner chooses a level alone first; then agree one" if (
        rubric.partner_ratings
    ) else "Choose one level for each row"
    return f'{first} under "{scored}". Answer in the shaded cells; leave empty what is not known yet.'


def _criteria_header(table: Table) -> list[Entry]:
    assert table.title is not None
    words = (table.id, table.title, *table.ignore)
    return [
        *(_head(column) for column in words),
        *(_head(column, "header_answer") for column in table.answers.values()),
        *(_head(column) for column in table.notes.values()),
    ]


def _head(column: Column, style: str = "header") -> Entry:
    return Entry(column.header[0], style)


def _criterion_line(rubric: Rubric, criterion: Criterion, table: Table) -> Line:
    entries = [
        Entry(criterion.id, "name"),
        Entry(criterion.title, "name"),
        Entry(_question(criterion), "cell"),
        *(_descriptor(rubric, criterion, value) for value in level_headers(rubric)),
        *(_answer(rubric, criterion, rating) for rating in table.answers),
        *(_note(criterion.id, kind) for kind in table.notes),
    ]
    return dict(enumerate(entries, start=1))


def _question(criterion: Criterion) -> str:
    examples = "\n".join(f"• {example}" for example in criterion.evidence)
    evidence = f"Evidence could be:\n{examples}" if examples else ""
    return "\n\n".join(part for part in (criterion.prompt, evidence) if part)


def _descriptor(rubric: Rubric, criterion: Criterion, value: Number) -> Entry:
    text = criterion.levels.get(value)
    typed = (level_words(rubric)[value], f"{value}")
    return Entry(text, "cell", shines=(rubric.scored_rating, typed))


def _answer(rubric: Rubric, criterion: Criterion, rating: str) -> Entry:
    style = "scored" if rating == rubric.scored_rating else "answer"
    rule = answer_rule(rubric, criterion, rating)
    return Entry(None, style, (criterion.id, rating), rule, counted=True)


def _note(row: str, kind: str) -> Entry:
    style = "input_date" if kind == "by_when" else "input"
    return Entry(None, style, (row, kind), NOTE_RULES.get(kind))


def _domain_widths(rubric: Rubric, domain: Domain, table: Table) -> tuple[float, ...]:
    questions = [_question(criterion) for criterion in domain.criteria]
    descriptors = [text for criterion in domain.criteria for text in criterion.levels.values()]
    widest_word = max(len(word) for word in level_words(rubric).values())
    return (
        _id_width([criterion.id for criterion in domain.criteria]),
        17,
        _fitting_width(questions),
        *[_fitting_width(descriptors)] * len(rubric.levels),
        *[min(20.0, max(11.5, widest_word * 0.95))] * len(table.answers),
        *(_NOTE_WIDTHS[kind] for kind in table.notes),
    )


def _id_width(ids: list[str]) -> float:
    return min(30.0, max(6.5, max(map(len, ids)) * 1.3 + 1.5))


def _fitting_width(texts: list[str]) -> float:
    """Choose the narrowest column in which no text gets so high that it would be cut."""
    for width in _DESCRIPTOR_WIDTHS:
        if all(line_count(text, width, 11) <= _MOST_LINES for text in texts):
            return width
    return _DESCRIPTOR_WIDTHS[-1]


# --- baseline data and identity -------------------------------------------------------------------


def _metrics_page(rubric: Rubric, table: Table) -> FormPage:
    assert table.title is not None
    columns = (table.id, table.title, *table.ignore)
    header = [
        *(_head(column) for column in columns),
        _head(table.answers[METRIC_VALUE], "header_answer"),
        *(_head(column) for column in table.notes.values()),
    ]
    lines: list[Line] = [
        {1: Entry(_BASELINE_SHEET, "title"), len(header): _marker(rubric)},
        {1: Entry("The area's figures at the time of this return. They are not scored.", "line")},
        dict(enumerate(header, start=1)),
    ]
    for key, metric in rubric.metrics.items():
        figure = Entry(None, "figure", (key, METRIC_VALUE), figure_rule(metric), counted=True)
        entries = [
            Entry(key, "name"),
            Entry(metric.title, "name"),
            Entry(unit_words(metric), "cell"),
            figure,
            *(_note(key, kind) for kind in table.notes),
        ]
        lines.append(dict(enumerate(entries, start=1)))
    widths = (_id_width(list(rubric.metrics)), 44, 34, 14, 20, 32, 44)
    return FormPage(
        _BASELINE, _BASELINE_SHEET, tuple(lines), widths, header=3, kept_columns=2, wide=True
    )


def _identity_page(rubric: Rubric) -> FormPage:
    facts = (
        ("Form", template_marker(rubric)),
        ("Rubric", rubric.id),
        ("Rubric version", rubric.version),
        ("Rubric digest", rubric.digest),
        ("Language", rubric.language),
    )
    lines = tuple({1: Entry(name, "label"), 2: Entry(fact, "plain")} for name, fact in facts)
    return FormPage(
        "identity", IDENTITY_SHEET, lines, widths=(20, 90), visibility="very hidden"
    )
