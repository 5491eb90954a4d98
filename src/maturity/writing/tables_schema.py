"""Say what stands in each tidy table: its columns, in order, what each holds and means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

__all__ = ["AREA_TABLES", "TABLES", "Column", "Table"]


class Column(NamedTuple):
    """One column: its name, what it holds (empty cells are allowed everywhere), its meaning."""

    name: str
    kind: Literal["text", "number", "count", "date"]
    meaning: str


class Table(NamedTuple):
    """One table: what a row is, who may see it, and its columns."""

    row: str
    audience: str
    columns: tuple[Column, ...]


_TEAM = "the people who may see each area's own figures"
_ANYONE = "anyone"

_WHO = (
    Column("code", "text", "The area's code, such as `330`; empty when it is not known."),
    Column("area", "text", "The area as its cover names it, or the file."),
    Column("region", "text", "The region, from the shipped table of areas; empty when not known."),
    Column("date", "date", "The date on the cover; empty when it cannot be read."),
    Column("source", "text", "The file's name."),
)
_SCORE = (
    Column("score", "text", "The roll-up, such as `domain`."),
    Column("id", "text", "The group, such as `LG`."),
)
_ISSUE = (
    Column("message", "text", "What is wrong, as a sentence."),
    Column("remedy", "text", "What to do about it."),
)

TABLES: Mapping[str, Table] = {
    "scores": Table(
        "one row per return and score",
        _TEAM,
        (
            *_WHO,
            *_SCORE,
            Column("value", "number", "The score on its own scale; empty when there is none."),
            Column("low", "number", "What it would be with every missing answer at the lowest."),
            Column("high", "number", "What it would be with every missing answer at the highest."),
            Column("coverage", "number", "The share of its weight that was answered, 0 to 1."),
            Column("band", "text", "The band in which the exact value lies."),
            Column("reason", "text", "Why there is no value."),
        ),
    ),
    "answers": Table(
        "one row per return, criterion and rating",
        _TEAM,
        (
            *_WHO,
            Column("criterion", "text", "The criterion's id."),
            Column("rating", "text", "The rating's id, such as `agreed`."),
            Column("state", "text", "`answered`, `not_applicable`, `blank` or `unreadable`."),
            Column("level", "number", "The level's value when answered."),
        ),
    ),
    "issues": Table(
        "one row per issue",
        _TEAM,
        (
            *_WHO,
            Column("issue", "text", "The issue's code, as listed in issues.md."),
            Column("severity", "text", "`error`, `query` or `note`."),
            Column("sheet", "text", "The sheet it is on."),
            Column("cell", "text", "The cell it is in."),
            Column("criterion", "text", "The criterion it is about."),
            Column("rating", "text", "The rating it is about."),
            Column("raw", "text", "What was typed."),
            *_ISSUE,
        ),
    ),
    "failures": Table(
        "one row per file that is not in the cohort, and reason",
        _TEAM,
        (
            Column("source", "text", "The file's name."),
            Column("status", "text", "`failed`, or `superseded` by a later return of its area."),
            Column("issue", "text", "The issue's code."),
            *_ISSUE,
        ),
    ),
    "movement": Table(
        "one row per area and score, where earlier returns were given",
        _TEAM,
        (
            Column("area", "text", "The area as the later cover names it."),
            Column("date_before", "date", "The date of the earlier return."),
            Column("date_after", "date", "The date of the later return."),
            *_SCORE,
            Column("before", "number", "The score before."),
            Column("after", "number", "The score after."),
            Column("change", "number", "After less before; empty when not compared."),
            Column("state", "text", "`compared`, `with_care` or `not_compared`."),
        ),
    ),
    "published": Table(
        "one row per figure about a group of areas, with small numbers withheld",
        _ANYONE,
        (
            Column("table", "text", "`scores`, `criteria`, `disagreements` or `quartiles`."),
            Column("group", "text", "`all areas` or a region."),
            Column("score", "text", "The roll-up; empty for other tables."),
            Column("id", "text", "The score's or criterion's id."),
            Column("areas", "count", "How many areas are counted; empty when that is withheld."),
            Column("figure", "text", "The band, level or class that is counted, or the quartile."),
            Column("value", "number", "The count or figure; empty when it is withheld."),
            Column("withheld", "text", "Why it is withheld: a value of `Withheld`."),
        ),
    ),
}
"""Every table by name."""

AREA_TABLES = tuple(name for name, table in TABLES.items() if table.audience == _TEAM)
"""The tables that show areas' own figures."""
