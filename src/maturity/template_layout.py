"""Derive the layout of our own template from a rubric.

The writer of the template takes every header and label from here, and the reader of returns finds
them by the same words, so that the two cannot disagree. Two columns never share a header, whatever
the rubric calls its ratings and levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, count

from maturity.layout import AnswerColumn, Column, Fingerprint, IdColumn, Layout, MetadataCell, Table
from maturity.models import Number
from maturity.normalise import normalise
from maturity.rubric import Level, Rubric

__all__ = [
    "COVER_SHEET",
    "GUIDANCE_SHEET",
    "IDENTITY_SHEET",
    "METRIC_VALUE",
    "level_headers",
    "template_layout",
    "template_marker",
]

METRIC_VALUE = "value"
"""The one answer that each metric has."""

COVER_SHEET = "Cover"
GUIDANCE_SHEET = "Guidance"
IDENTITY_SHEET = "Form identity"

# Readers leave longer texts alone: to them these are prose.
_LONGEST_HEADER = 100
_PUNCTUATION = " :*.?"

# Key in the layout → header. These words are taken first, so that they are the same in every
# template; a rating or level of the same name is given a longer header.
_CRITERIA_COLUMNS = {"id": "Ref", "title": "Criterion", "question": "What to look at"}
_NOTES = {"evidence": "Evidence", "actions": "Actions", "owner": "Owner", "by_when": "By when"}
_METRIC_COLUMNS = {"id": "Ref", "title": "Measure", "unit": "Unit", METRIC_VALUE: "Figure"}
_METRIC_NOTES = {"period": "Period", "source": "Source", "comment": "Comment"}
# Key → what messages call the label, and the label as it stands on the cover. An example must be
# part of the label: whatever stands to the right of it is taken for the value.
_METADATA = {
    "area": MetadataCell(
        label=("Area code and name", "Area code and name (such as 999 Anytown)"), required=True
    ),
    "partnership": MetadataCell(label=("Name of the partnership",)),
    "date": MetadataCell(
        label=("Date completed", "Date completed (day/month/year)"), type="date", required=True
    ),
    "role": MetadataCell(label=("Completed by", "Completed by (a role, not a person's name)")),
    "edition": MetadataCell(label=("Version of this form", "Version of this form (please keep)")),
}


def template_layout(rubric: Rubric) -> Layout:
    """Say where the answers stand in the template that `write_template` makes for a rubric.

    Args:
        rubric: any valid rubric.

    Returns:
        A layout with the id `template`: a table of criteria and, where the rubric has metrics, a
        table of metrics. The order of its columns is the order in the workbook.
    """
    tables = [_criteria_table(rubric)]
    if rubric.metrics:
        tables.append(_metrics_table())
    return Layout(
        id="template",
        title=f"Template of {rubric.title}"[:5000],
        fingerprint=Fingerprint(markers=(template_marker(rubric),), editions=(rubric.version,)),
        metadata=_METADATA,
        tables=tuple(tables),
        other_sheets=(COVER_SHEET, GUIDANCE_SHEET, IDENTITY_SHEET),
    )


def template_marker(rubric: Rubric) -> str:
    """Give the text by which a template of this rubric, of any version, is recognised."""
    return f"maturity-template:{rubric.id}"


def level_headers(rubric: Rubric) -> dict[Number, str]:
    """Give the headers of the columns with level descriptors: level value → header."""
    return _own_headers(rubric)[1]


def _criteria_table(rubric: Rubric) -> Table:
    ratings, levels = _own_headers(rubric)
    return Table(
        rows="criteria",
        id=IdColumn(header=(_CRITERIA_COLUMNS["id"],)),
        title=_column(_CRITERIA_COLUMNS["title"]),
        answers={key: AnswerColumn(header=(header,)) for key, header in ratings.items()},
        required=(rubric.scored_rating,),
        notes={key: _column(header) for key, header in _NOTES.items()},
        ignore=tuple(map(_column, (_CRITERIA_COLUMNS["question"], *levels.values()))),
    )


def _metrics_table() -> Table:
    return Table(
        rows="metrics",
        id=IdColumn(header=(_METRIC_COLUMNS["id"],)),
        title=_column(_METRIC_COLUMNS["title"]),
        answers={METRIC_VALUE: AnswerColumn(header=(_METRIC_COLUMNS[METRIC_VALUE],))},
        required=(METRIC_VALUE,),
        notes={key: _column(header) for key, header in _METRIC_NOTES.items()},
        ignore=(_column(_METRIC_COLUMNS["unit"]),),
    )


def _column(header: str) -> Column:
    return Column(header=(header,))


@lru_cache(maxsize=64)
def _own_headers(rubric: Rubric) -> tuple[dict[str, str], dict[Number, str]]:
    """Choose the headers that come from the rubric: ratings by id and levels by value."""
    fixed = (*_CRITERIA_COLUMNS.values(), *_NOTES.values())
    labels = (word for cell in _METADATA.values() for word in cell.label or ())
    taken = {_fold(word) for word in (*fixed, *_METRIC_COLUMNS.values(), *_METRIC_NOTES.values())}
    taken |= {_fold(label) for label in labels} | {""}
    ratings = {
        key: _first_free((rating.title, f"{rating.title} level", key, f"{key} level"), taken)
        for key, rating in rubric.ratings.items()
    }
    levels = {level.value: _first_free(_level_names(level), taken) for level in rubric.levels}
    return ratings, levels


def _level_names(level: Level) -> tuple[str, ...]:
    name = f"{level.value} - {level.label}"
    return (name, f"Level {name}", f"Level {level.value}")


def _first_free(candidates: Sequence[str], taken: set[str]) -> str:
    """Take the first short name that is still free, or number the last one until it is."""
    short = (name for name in candidates if len(name) <= _LONGEST_HEADER)
    numbered = (f"{candidates[-1][:_LONGEST_HEADER]} {number}" for number in count(2))
    header = next(name for name in chain(short, numbered) if _fold(name) not in taken)
    taken.add(_fold(header))
    return header


def _fold(header: str) -> str:
    """Fold a header at least as far as any reader does, down to its letters and digits."""
    folded = normalise(header).rstrip(_PUNCTUATION)
    while folded.endswith(")") and "(" in folded[1:]:
        folded = folded[: folded.rindex("(")].rstrip(_PUNCTUATION)
    return "".join(character for character in folded if character.isalnum())
