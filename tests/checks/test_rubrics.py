"""What one field of a rubric alone cannot show, as changes to a small rubric and what is said.

Each case shows the code and the beginning of the text to which the problem points.
"""

from __future__ import annotations

import pytest

from maturity.issues import FileLocation
from maturity.reading.rubric_file import check_rubric_source

SMALL = """\
rubric: small
version: "1"
title: Small
status: illustrative
status_note: Not for use.
levels:
  - {value: 1, label: Low, aliases: [Poor]}
  - {value: 2, label: Mid}
  - {value: 3, label: High}
answers:
  forms: ["{value}", "{label}"]
  blank: [TBC]
  not_applicable: [N/A]
principles:
  early: {title: Early}
  local: {title: Local}
facets:
  point: {title: Point, members: {P1: {title: P, within: {theme: T1}}, P2: {title: P}}}
  theme: {title: Theme, members: {T1: {title: T}}}
ratings:
  agreed: {title: Agreed, scored: true}
  health: {title: Health, partner: true}
  care: {title: Care, partner: true}
  target: {title: Target, target_for: agreed}
domains:
  - id: LG
    title: Leadership
    criteria:
      - id: LG1
        title: Vision
        levels: {1: a, 2: b, 3: c}
        principles: {early: 1}
        facets: {point: P1}
        aliases: [L1]
      - id: LG2
        title: Money
        weight: 2
        levels: {1: a, 2: b, 3: c}
        principles: {local: 0.5}
        facets: {point: {P1: 1, P2: 0.5}}
        not_applicable: In small areas.
metrics:
  M1: {title: Plans, unit: percent}
scoring:
  rollups:
    - {score: domain, method: weighted-mean, weights: criterion}
    - {score: principle, method: weighted-mean, weights: [criterion, principle]}
    - {score: point, method: weighted-mean, weights: point}
    - {score: views, by: [rating, domain], ratings: [health, care], method: mean}
    - {score: whole, of: domain, by: [], method: mean}
  overall: {of: principle, method: mean}
  bands: [{from: 1, label: Low}, {from: 2, label: High}]
"""


def shown(text: str) -> list[str]:
    """Check a rubric; give each issue as its code and the text that it points to."""
    lines = text.split("\n")
    found = []
    for issue in check_rubric_source(text.encode())[1]:
        place = issue.location
        assert isinstance(place, FileLocation)
        assert place.line is not None
        assert place.column is not None
        assert issue.message.endswith(".")
        assert issue.remedy.endswith((".", "?"))
        there = lines[place.line - 1][place.column - 1 :]
        found.append(f"{issue.code.value} @ {there[:12].strip()}")
    return found


def test_small_rubric_is_sound() -> None:
    """The rubric that the tables below change has nothing wrong with it."""
    assert shown(SMALL) == []


LEVELS = [
    (
        "value: 2",
        "value: 1",
        [
            "level-order @ 1, label: Mi",
            "descriptor-unknown @ 2: b, 3: c}",
            "descriptor-unknown @ 2: b, 3: c}",
        ],
    ),
    (
        "value: 2",
        "value: 0.5",
        [
            "level-order @ 0.5, label:",
            "descriptor-missing @ levels: {1:",
            "descriptor-unknown @ 2: b, 3: c}",
            "descriptor-missing @ levels: {1:",
            "descriptor-unknown @ 2: b, 3: c}",
            "band-order @ 1, label: Lo",
        ],
    ),
    ("label: Mid", "label: LOW", ["id-duplicate @ LOW}"]),
    ("label: Mid", 'label: "2 "', []),
    ("label: Mid", 'label: "3"', ['level-ambiguous @ "{value}", "']),
    ("[Poor]", "[mid]", ['level-ambiguous @ "{label}"]']),
    ("[Poor]", '["\\u200b"]', ['value-wrong @ "\\u200b"]}']),
    ("[Poor]", "[tbc]", ["level-ambiguous @ TBC]"]),
    ("[TBC]", "[n/a]", ["level-ambiguous @ N/A]"]),
    ("[TBC]", '["2"]', ['level-ambiguous @ "2"]']),
    ('"{label}"]', '"Level"]', ['level-ambiguous @ "Level"]']),
    (
        '"{label}"]',
        '"{title}", "{value"]',
        ['value-wrong @ "{title}", "', 'value-wrong @ "{value"]'],
    ),
    (
        "{1: a, 2: b, 3: c}\n        principles: {early",
        "{1: a, 2: b}\n        principles: {early",
        ["descriptor-missing @ levels: {1:"],
    ),
    (
        "{1: a, 2: b, 3: c}\n        principles: {early",
        "{1: a}\n        principles: {early",
        ["descriptor-missing @ levels: {1:"],
    ),
    (
        "{1: a, 2: b, 3: c}\n        principles: {early",
        "{}\n        principles: {early",
        ["descriptor-missing @ id: LG1"],
    ),
    (
        "{1: a, 2: b, 3: c}\n        principles: {early",
        "{1: a, 2: b, 3: c, 4: d, 1.5: e}\n        principles: {early",
        ["descriptor-unknown @ 4: d, 1.5: e", "descriptor-unknown @ 1.5: e}"],
    ),
    ("[N/A]", "[]", ["unused @ not_applicab"]),
]
NAMES = [
    ("  not_applicable: [N/A]", "  not_applicable: []", ["unused @ not_applicab"]),
    ("status_note: Not for use.\n", "", ["key-missing @ illustrative"]),
    ("id: LG2", "id: lg1", ["id-duplicate @ lg1"]),
    ("id: LG2", "id: l1", ["id-duplicate @ L1]"]),
    ("[L1]", "[LG2]", ["id-duplicate @ LG2]"]),
    ("M1:", "LG1:", ["id-duplicate @ LG1: {title:"]),
    (
        "metrics:",
        "  - {id: lg, title: x, criteria: [{id: X, levels: {1: a, 2: b, 3: c}}]}\nmetrics:",
        ["id-duplicate @ lg, title: x"],
    ),
    (", scored: true", "", ["rating-scored @ agreed: {tit", "unused @ agreed}"]),
    ("Health, partner: true", "Health, scored: true", ["rating-scored @ true}", "unused @ true}"]),
    ("target_for: agreed", "target_for: target", ["rating-unknown @ target}"]),
    ("target_for: agreed", "target_for: agred", ["rating-unknown @ agred}"]),
    ("target_for: agreed", "target_for: care", ["unused @ care}"]),
    ("Care, partner: true", "Care, partner: true, target_for: agreed", ["id-duplicate @ agreed}"]),
    ("{early: 1}", "{erly: 1}", ["unused @ early: {titl", "principle-unknown @ erly: 1}"]),
    ("{early: 1}", "{early: 1, local: 0}", ["weight-pointless @ 0}"]),
    ("{early: 1}", "{}", ["unused @ early: {titl"]),
    ("{point: P1}", "{pint: [P1, P2]}", ["facet-unknown @ pint: [P1, P"]),
    ("{point: P1}", "{point: P9}", ["facet-unknown @ P9}"]),
    ("{point: P1}", "{point: [P1, P9, P1]}", ["facet-unknown @ P9, P1]}", "id-duplicate @ P1]}"]),
    ("{point: P1}", "{point: {P1: 0}}", ["weight-pointless @ 0}}"]),
    ("P2: 0.5", "P1b: 0.5", ["unused @ P2: {title:", "facet-unknown @ 0.5}}"]),
    (
        "within: {theme: T1}",
        "within: {thme: T1}",
        ["facet-unknown @ thme: T1}},", "unused @ theme: {titl"],
    ),
    (
        "within: {theme: T1}",
        "within: {theme: T2}",
        ["facet-unknown @ T2}}, P2: {t", "unused @ T1: {title:"],
    ),
    (
        "within: {theme: T1}",
        "within: {point: P2}",
        ["facet-unknown @ point: P2}},", "unused @ theme: {titl"],
    ),
    (", within: {theme: T1}", "", ["unused @ theme: {titl"]),
    (
        "  theme: {",
        "  domain: {title: x, members: {}}\n  theme: {",
        ["value-wrong @ domain: {tit", "unused @ domain: {tit"],
    ),
]
SCORING = [
    ("score: views", "score: point", ["id-duplicate @ point, by: ["]),
    ("score: views", "score: criterion", ["id-duplicate @ criterion, b"]),
    ("score: views", "score: overall", ["id-duplicate @ overall, by:"]),
    ("of: domain", "of: domian", ["rollup-unknown @ domian, by:"]),
    ("of: domain, by: []", "of: later, by: []", ["rollup-unknown @ later, by: ["]),
    ("of: domain, by: []", "of: whole, by: []", ["rollup-unknown @ whole, by: ["]),
    ("by: [rating, domain]", "by: [rating, doman]", ["facet-unknown @ doman], rati"]),
    ("by: [rating, domain]", "by: [domain, domain]", ["id-duplicate @ domain], rat"]),
    (", by: [rating, domain]", "", ["facet-unknown @ views, ratin"]),
    (
        "[health, care]",
        "[helth, care, care]",
        ["rating-unknown @ helth, care,", "id-duplicate @ care], metho"],
    ),
    ("[health, care]", "[]", ["value-wrong @ [], method:"]),
    ("of: domain, by: []", "of: domain, by: [], ratings: [care]", ["unused @ ratings: [ca"]),
    ("weights: point}", "weights: theme}", ["weight-pointless @ 0.5}}", "facet-unknown @ theme}"]),
    (", weights: point}", "}", ["weight-pointless @ 0.5}}", "key-missing @ {score: poin"]),
    (
        "method: weighted-mean, weights: point",
        "method: mean, weights: point",
        ["weight-pointless @ weights: poi"],
    ),
    (
        "weights: [criterion, principle]",
        "weights: [criterion, criterion]",
        ["weight-pointless @ 0.5}", "id-duplicate @ criterion]}"],
    ),
    ("weights: criterion}", "weights: domain}", ["weight-pointless @ domain}"]),
    (
        "by: [], method: mean",
        "by: [], method: weighted-mean, weights: criterion",
        ["weight-pointless @ weighted-mea"],
    ),
    ("weights: criterion}\n", "weights: domain}\n", ["weight-pointless @ domain}"]),
    ("weight: 2", "weight: 0", ["weight-pointless @ 0", "weight-pointless @ [criterion,"]),
    ("score: whole, of: domain, by: []", "score: whole, of: domain, by: [domain]", []),
    (
        "score: whole, of: domain, by: []",
        "score: whole, of: point, by: [theme]",
        [],
    ),
    (
        "score: whole, of: domain, by: []",
        "score: whole, of: domain, by: [principle]",
        ["facet-unknown @ [principle],"],
    ),
    ("score: whole, of: domain, by: []", "score: theme", []),
    ("P2: 0.5", "P2: 0", ["weight-pointless @ 0}}", "weight-pointless @ point}"]),
    ("P1: 1, P2: 0.5", "P1: 0", ["unused @ P2: {title:", "weight-pointless @ 0}}"]),
    ("of: principle", "of: principl", ["rollup-unknown @ principl, me"]),
    ("{of: principle, method: mean}", "none", []),
    ("{from: 1, label: Low}", "{from: 1.5, label: Low}", ["band-order @ 1.5, label:"]),
    ("{from: 2, label: High}", "{from: 1, label: High}", ["band-order @ 1, label: Hi"]),
    (
        "{from: 2, label: High}",
        "{from: 4, label: low}",
        ["band-order @ 4, label: lo", "id-duplicate @ low}]"],
    ),
    ("[{from: 1, label: Low}, {from: 2, label: High}]", "[]", []),
    (
        "score: views, by: [rating, domain]",
        "score: views, of: whole, by: []",
        ["rollup-unknown @ whole, by: [", "unused @ ratings: [he"],
    ),
    (
        "{score: whole, of: domain, by: []",
        "{score: x, by: [point, domain], method: mean}\n    - {score: whole, of: x, by: [theme]",
        [],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), LEVELS)
def test_levels_and_answers(old: str, new: str, expected: list[str]) -> None:
    """Levels go up, and every answer that can be typed means one thing."""
    assert old in SMALL
    assert shown(SMALL.replace(old, new)) == expected


@pytest.mark.parametrize(("old", "new", "expected"), NAMES)
def test_names(old: str, new: str, expected: list[str]) -> None:
    """Every name that is used is declared, once, and every one that is declared is used."""
    assert old in SMALL
    assert shown(SMALL.replace(old, new)) == expected


@pytest.mark.parametrize(("old", "new", "expected"), SCORING)
def test_scoring(old: str, new: str, expected: list[str]) -> None:
    """Roll-ups use what exists, weights can matter, and bands cover the scale."""
    assert old in SMALL
    assert shown(SMALL.replace(old, new)) == expected


def test_scores_may_be_grouped_by_what_contains_them() -> None:
    """Every point lies within a theme, so the scores of points make scores of themes."""
    text = SMALL.replace("P2: {title: P}", "P2: {title: P, within: {theme: T1}}")
    assert shown(text.replace("whole, of: domain, by: []", "whole, of: point, by: [theme]")) == []


def test_scores_that_belong_to_a_group_in_two_ways_are_refused() -> None:
    """A score by point and side would have a theme by each of them."""
    text = (
        SMALL.replace(
            "P2: {title: P}}}",
            "P2: {title: P, within: {theme: T1}}}}\n"
            "  side: {title: S, members: {S1: {title: S, within: {theme: T2}}}}",
        )
        .replace("{T1: {title: T}}", "{T1: {title: T}, T2: {title: T}}")
        .replace("{point: P1}", "{point: P1, side: S1}")
        .replace(
            "{score: whole, of: domain, by: []",
            "{score: x, by: [point, side], method: mean}\n    - {score: whole, of: x, by: [theme]",
        )
    )
    assert shown(text) == ["facet-unknown @ [theme], met"]


def test_a_rollup_without_criteria_is_unusual() -> None:
    """It makes no score, which is said before a return shows it."""
    text = SMALL.replace("  theme: {", "  side: {title: S, members: {}}\n  theme: {").replace(
        "score: views, by: [rating, domain]", "score: views, by: [side]"
    )
    assert shown(text) == ["unused @ side: {title", "unused @ {score: view"]
