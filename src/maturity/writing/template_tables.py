"""Lay out the pages of a template that hold tables: one for each domain, and the baseline data."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from maturity.layout import Column, Layout, Table
from maturity.models import Number
from maturity.rubric import Criterion, Domain, Rubric
from maturity.template_layout import METRIC_VALUE, level_headers, template_marker
from maturity.writing.row_heights import line_count
from maturity.writing.template_page import BASELINE, Entry, FormPage, Line
from maturity.writing.template_rules import (
    NOTE_RULES,
    answer_rule,
    figure_rule,
    level_words,
    unit_words,
)

__all__ = ["table_pages"]

_BASELINE_TITLE = "Baseline data"
_LETTERS_ON_A_LINE = 190
_LETTERS_OF_A_TITLE = 90
_NOTE_WIDTHS = {"evidence": 26.0, "actions": 26.0, "owner": 15.0, "by_when": 12.0}
_METRIC_WIDTHS = (44.0, 34.0, 14.0, 20.0, 34.0, 44.0)
_DESCRIPTOR_WIDTHS = (29.0, 36.0, 46.0, 62.0, 90.0, 130.0, 200.0)
# A row of so many lines still fits on a screen, and a domain of five rows on a sheet of paper.
_MOST_LINES = 20


def table_pages(rubric: Rubric, layout: Layout) -> Iterator[FormPage]:
    """Lay out a page for each domain and, where there are metrics, one for the baseline data."""
    for domain in rubric.domains:
        yield _domain_page(rubric, domain, layout.tables[0])
    for table in layout.tables[1:]:
        yield _metrics_page(rubric, table)


def _domain_page(rubric: Rubric, domain: Domain, table: Table) -> FormPage:
    title = f"{domain.id} {domain.title}"
    header = _header(table)
    lines = list(_title_lines(title, len(header), rubric))
    lines += [{1: Entry(text, "line")} for text in wrap(domain.description, _LETTERS_ON_A_LINE)]
    lines.append({1: Entry(_how_to(rubric), "line")})
    lines.append(_numbered(header))
    rows = [_criterion_line(rubric, criterion, table) for criterion in domain.criteria]
    return FormPage(
        key=domain.id,
        name=title,
        title=title,
        lines=(*lines, *rows),
        widths=_domain_widths(rubric, domain, table),
        header=len(lines),
        kept_columns=2,
        wide=True,
    )


def _metrics_page(rubric: Rubric, table: Table) -> FormPage:
    header = _header(table)
    lines = [
        *_title_lines(_BASELINE_TITLE, len(header), rubric),
        {1: Entry("The area's figures at the time of this return. They are not scored.", "line")},
        _numbered(header),
    ]
    rows = [
        _numbered(
            [
                Entry(key, "name"),
                Entry(metric.title, "name"),
                Entry(unit_words(metric), "cell"),
                Entry(None, "figure", (key, METRIC_VALUE), figure_rule(metric), counted=True),
                *(_note(key, kind) for kind in table.notes),
            ]
        )
        for key, metric in rubric.metrics.items()
    ]
    return FormPage(
        key=BASELINE,
        name=_BASELINE_TITLE,
        title=_BASELINE_TITLE,
        lines=(*lines, *rows),
        widths=(_id_width(list(rubric.metrics)), *_METRIC_WIDTHS),
        header=len(lines),
        kept_columns=2,
        wide=True,
    )


def _title_lines(title: str, columns: int, rubric: Rubric) -> Iterator[Line]:
    """Make a band with the title, and the mark that identifies the form at its far end."""
    end = Entry(template_marker(rubric), "marker")
    for text in wrap(title, _LETTERS_OF_A_TITLE):
        band = {column: Entry(None, "band") for column in range(2, columns)}
        yield {1: Entry(text, "title"), **band, columns: end}
        end = Entry(None, "band")


def _how_to(rubric: Rubric) -> str:
    scored = rubric.ratings[rubric.scored_rating].title
    first = "Choose one level for each row"
    if rubric.partner_ratings:
        first = "Each partner chooses a level alone first; then agree one"
    return f'{first} under "{scored}". Answer in the shaded cells; leave empty what is not known.'


def _header(table: Table) -> list[Entry]:
    columns = (table.id, *([table.title] if table.title else []), *table.ignore)
    return [
        *(_head(column) for column in columns),
        *(_head(column, "header_answer") for column in table.answers.values()),
        *(_head(column) for column in table.notes.values()),
    ]


def _head(column: Column, style: str = "header") -> Entry:
    return Entry(column.name, style)


def _criterion_line(rubric: Rubric, criterion: Criterion, table: Table) -> Line:
    return _numbered(
        [
            Entry(criterion.id, "name"),
            Entry(criterion.title, "name"),
            Entry(_question(criterion), "cell"),
            *(_descriptor(rubric, criterion, value) for value in level_headers(rubric)),
            *(_answer(rubric, criterion, rating) for rating in table.answers),
            *(_note(criterion.id, kind) for kind in table.notes),
        ]
    )


def _numbered(entries: list[Entry]) -> Line:
    return dict(enumerate(entries, start=1))


def _question(criterion: Criterion) -> str:
    examples = "\n".join(f"• {example}" for example in criterion.evidence)
    evidence = f"Evidence could be:\n{examples}" if examples else ""
    return "\n\n".join(part for part in (criterion.prompt, evidence) if part)


def _descriptor(rubric: Rubric, criterion: Criterion, value: Number) -> Entry:
    typed = (level_words(rubric)[value], f"{value}")
    return Entry(criterion.levels.get(value), "cell", shines=(rubric.scored_rating, typed))


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
    longest = max(len(words) for words in level_words(rubric).values())
    return (
        _id_width([criterion.id for criterion in domain.criteria]),
        _fitting_width([criterion.title for criterion in domain.criteria], least=16.0),
        _fitting_width(questions),
        *[_fitting_width(descriptors)] * len(rubric.levels),
        *[min(20.0, max(11.0, longest * 0.95 + 0.5))] * len(table.answers),
        *(_NOTE_WIDTHS[kind] for kind in table.notes),
    )


def _id_width(ids: list[str]) -> float:
    return min(30.0, max(6.5, max(map(len, ids)) * 1.3 + 1.5))


def _fitting_width(texts: list[str], least: float = 0.0) -> float:
    """Choose the narrowest column in which no text gets so high that it would be cut."""
    for width in (least, *_DESCRIPTOR_WIDTHS) if least else _DESCRIPTOR_WIDTHS:
        if all(line_count(text, width, 11) <= _MOST_LINES for text in texts):
            return width
    return _DESCRIPTOR_WIDTHS[-1]
