"""Write the sheet Method: how the scores are made, in words from the rubric, and from what."""

from __future__ import annotations

import datetime
from importlib.metadata import version

from maturity.layout import RESULT_MARKER
from maturity.result import Result
from maturity.rubric import Rubric
from maturity.rule_words import answer_rule_in_words
from maturity.writing.book import Page
from maturity.writing.workbook_places import METHOD_LEVELS, Places
from maturity.writing.workbook_rules import rollup_in_words
from maturity.writing.workbook_words import (
    METHOD_WORDS,
    NOT_IN_RETURN,
    criterion_name,
    date_text,
    member_name,
    number_text,
    status_notice,
)

__all__ = ["write_method"]

_STATES = {
    "not applicable": (
        'The return says "not applicable". It leaves the score where the rubric allows that answer '
        "for the criterion; elsewhere it counts as missing."
    ),
    "blank": "Nothing is answered. It counts as missing.",
    NOT_IN_RETURN: "The return has no cell for this answer. It counts as missing.",
    "unreadable": (
        "Something is there that is not an answer. It is not guessed; it counts as missing."
    ),
}
_DEFINITIONS = {
    "Coverage": (
        "The share of a score's weight that has an answer, of what applies: 0 % means that nothing "
        "could be read, 100 % that everything was."
    ),
    "Could be": (
        "The lowest and highest that the score could be: each missing answer is taken as the "
        "lowest, then as the highest level."
    ),
    "Not scored": (
        "Too little could be read for a score that can be trusted. It is neither 0 nor a low "
        "score; the reason stands beside it."
    ),
    "Gap": (
        "The target less the level or score: how far there is to go, in levels. Below 0, the "
        "target is lower than the level."
    ),
    "Precision": (
        "Scores are worked out as exact fractions and the band is chosen from the exact value. "
        "Figures are rounded only for display."
    ),
}


def write_method(page: Page, places: Places, created: datetime.datetime | None) -> None:
    """Write what a person needs to understand, check and repeat the scores."""
    page.widths(20, 34, 70, 12, 12)
    page.text(1, 1, "Method: how the scores are made", "title")
    page.height(1, 28)
    rubric = places.rubric
    page.banner(2, (1, 3), status_notice(rubric), "notice")
    row = _write_levels(page, rubric)
    row = _write_bands(page, places, row)
    row = _write_answer_rules(page, rubric, row)
    row = _write_rollups(page, places, row + 1)
    row = _write_pairs(page, row + 1, "What the words mean", tuple(_DEFINITIONS.items()))
    row = _write_pairs(page, row + 1, "Where this comes from", _provenance(places.result, created))
    _write_weights(page, rubric, row + 1)
    page.printing()


def _write_levels(page: Page, rubric: Rubric) -> int:
    page.text(METHOD_LEVELS - 2, 1, "Levels, and what else can stand in their place", "heading")
    page.header(METHOD_LEVELS - 1, ("Level", "Name", "What it means"))
    row = METHOD_LEVELS
    for level in rubric.levels:
        page.number(row, 1, float(level.value), "number")
        page.text(row, 2, level.label)
        page.text(row, 3, level.description.strip())
        row += 1
    for word, meaning in _STATES.items():
        page.text(row, 1, word)
        page.text(row, 2, "(no level)")
        page.text(row, 3, meaning)
        row += 1
    return row


def _write_bands(page: Page, places: Places, row: int) -> int:
    bands = places.rubric.scoring.bands
    page.text(row + 1, 1, "Bands: names for stretches of the scale", "heading")
    if not bands:
        page.text(row + 2, 1, "The rubric names no bands.", "plain")
        return row + 3
    page.header(row + 2, ("From (inclusive)", "Band"))
    for place, band in enumerate(bands, start=places.first_band_row):
        page.number(place, 1, float(band.cut), "number")
        page.text(place, 2, band.label)
    return places.first_band_row + len(bands)


def _write_answer_rules(page: Page, rubric: Rubric, row: int) -> int:
    rules = rubric.scoring.answer_rules
    if not rules:
        return row
    page.text(row + 1, 1, "What answers count as, before any score is made", "heading")
    page.header(row + 2, ("Rule", "Why", "In words"))
    row += 3
    for number, rule in enumerate(rules, start=1):
        page.text(row, 1, rule.title or f"Rule {number}", "name")
        page.text(row, 2, rule.because)
        page.text(row, 3, answer_rule_in_words(rubric, rule))
        row += 1
    return row


def _write_rollups(page: Page, places: Places, row: int) -> int:
    page.text(row, 1, "Scores, in the order in which they are worked out", "heading")
    page.header(row + 1, ("Scores", "Made by", "In words"))
    row += 2
    for name, rule in places.rules.items():
        page.text(row, 1, rule.title or name, "name")
        page.text(row, 2, f"{METHOD_WORDS[rule.method]} (id: {name})")
        page.text(row, 3, rollup_in_words(places.rubric, places.rules, rule))
        row += 1
    if places.rubric.scoring.overall == "none":
        row = page.banner(
            row, (1, 3), "There is no overall score: the rubric asks for none.", "words"
        )
    return row


def _provenance(result: Result, created: datetime.datetime | None) -> tuple[tuple[str, str], ...]:
    assessment, rubric = result.assessment, result.rubric
    edition = assessment.metadata.get("edition")
    layout = assessment.layout
    facts = [
        ("Kind of workbook", RESULT_MARKER),
        ("Return", assessment.source),
        ("Its fingerprint", assessment.source_digest),
        ("Form", "none" if layout is None else f"{layout.title} ({layout.id})"),
        ("Edition it states", "none" if edition is None else edition.raw),
        ("Rubric", f"{rubric.title} ({rubric.id})"),
        ("Its version", rubric.version),
        ("Its status", rubric.status),
        ("Its fingerprint", rubric.digest),
        ("Its source", rubric.source.strip() or "not stated"),
        ("Made with", f"maturity {version('maturity')}"),
    ]
    if created is not None:
        facts.append(("Made on", f"{date_text(created)}, {created:%H:%M} {created:%Z}".strip()))
    return tuple(facts)


def _write_pairs(page: Page, row: int, heading: str, pairs: tuple[tuple[str, str], ...]) -> int:
    page.text(row, 1, heading, "heading")
    row += 1
    for name, meaning in pairs:
        page.merge(row, 2, row, 3, "cell")
        page.text(row, 1, name, "name")
        page.text(row, 2, meaning, "cell")
        row += 1
    return row


def _write_weights(page: Page, rubric: Rubric, row: int) -> None:
    """List each criterion's weight and place: what the formulas on Workings weigh by."""
    page.text(row, 1, "Criteria: their weights and places", "heading")
    page.header(row + 1, ("Domain", "Criterion", "Weight and places"))
    for place, (key, criterion) in enumerate(rubric.criteria.items(), start=row + 2):
        domain = rubric.domain_of[key]
        facets = ["principle", *rubric.facets]
        places = [f"weight {number_text(criterion.weight)}"]
        for facet in facets:
            found = ", ".join(
                f"{member_name(rubric, facet, member)} ({number_text(weight)})"
                for member, weight in rubric.memberships(key, facet).items()
            )
            if found:
                places.append(f"{facet.replace('_', ' ')}: {found}")
        page.text(place, 1, domain.id)
        page.text(place, 2, criterion_name(rubric, key))
        page.text(place, 3, "; ".join(places))
