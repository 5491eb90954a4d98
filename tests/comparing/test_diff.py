"""Every kind of change between two versions of a rubric, and what it means for comparing.

A case is a change to the text of a small rubric, what is declared about it, and what is told.
"""

from __future__ import annotations

import pytest
from everything import EVERYTHING, everything, models_below, mutations

from maturity.changes import ChangeMap
from maturity.comparing.consequences import RULES
from maturity.comparing.diff import KINDS, diff_rubrics
from maturity.errors import RubricError
from maturity.reading.changes_file import load_changes
from maturity.reading.rubric_file import load_rubric
from maturity.rubric import Rubric
from maturity.rubric_diff import Consequence, RubricDiff

OLD = """\
rubric: small
version: "1"
title: Small
status: final
levels: [{value: 1, label: Low}, {value: 2, label: High}]
answer_sets: {yes_no: {levels: [{value: 0, label: "No"}, {value: 1, label: "Yes"}]}}
principles: {early: {title: Early}, fair: {title: Fair}}
facets:
  step: {title: Step, members: {S1: {title: One}, S2: {title: Two}}}
ratings:
  agreed: {title: Agreed, scored: true}
  health: {title: Health, partner: true}
  care: {title: Care, partner: true}
domains:
  - id: A
    title: First
    criteria:
      - {id: A1, title: Vision shared by all, prompt: Is it shared?, principles: {early: 1}, facets: {step: S1}}
      - {id: A2, title: Work done together, facets: {step: S2}}
  - id: B
    title: Second
    criteria:
      - {id: B1, title: Help at hand, principles: {fair: 1}, facets: {step: S1}}
      - {id: B2, title: Plans that are kept, answers: yes_no, facets: {step: S2}}
metrics:
  M1: {title: Plans in time, unit: percent}
scoring:
  rollups:
    - {score: domain, method: mean}
    - {score: principle, method: weighted-mean, weights: principle}
    - {score: stage, by: [domain], method: ladder, ladder: {along: step, reached: {at_least: 1}}}
  bands: [{from: 1, label: Low}, {from: 2, label: High}]
"""
YES, CARE, NO = Consequence
HEAD = 'changes: {from: "1", to: "1"}\n'

# What is changed in the text, each "old => new" | what is declared | what is told.
CASES = [
    ("", "", ""),
    ("rubric: small => rubric: large", "", "rubric  rubric: comparable with care"),
    ('version: "1" => version: "2"', "", "rubric  version: comparable"),
    ("status: final => status: draft", "", "rubric  status: comparable"),
    ("label: Low} => label: Lowest}", "", "level 1 label: not comparable"),
    (
        "label: Low}, { => label: Lowest}, {",
        "levels: {1: 1, 2: 2}",
        "level 1 label: comparable with care",
    ),
    ("label: High}] => label: High}, {value: 3, label: Top}]", "", "level 3 added: not comparable"),
    (
        "label: High}] => label: High}, {value: 3, label: Top}]",
        "levels: {1: 1, 2: 3}",
        "level 3 added: comparable with care",
    ),
    (
        '"Yes"}]} => "Yes"}, {value: 2, label: Both}]}',
        "",
        "level of an answer set yes_no 2 added: not comparable",
    ),
    (
        '"Yes"}]} => "Yes"}, {value: 2, label: Both}]}',
        "answer_sets: {yes_no: {0: 0, 1: 2}}",
        "level of an answer set yes_no 2 added: comparable with care",
    ),
    (
        "answer_sets: { => answer_sets: {more: {levels: [{value: 5, label: Five}]}, ",
        "",
        "answer set more added: comparable; level of an answer set more 5 added: not comparable",
    ),
    (
        "principles: {early: {title: Early} => principles: {early: {title: Soon}",
        "",
        "principle early title: comparable",
    ),
    (
        "{early: { => {soon: {; {early: 1} => {soon: 1}",
        "",
        "principle early removed: not comparable; principle soon added: not comparable;"
        " criterion A1 principles early: comparable with care;"
        " criterion A1 principles soon: comparable with care",
    ),
    (
        "{early: { => {soon: {; {early: 1} => {soon: 1}",
        "principles: {early: soon}",
        "principle soon renamed: comparable",
    ),
    (
        "facets:\n => facets:\n  area: {title: Area, members: {North: {title: North}}}\n; One}, S2 => One, within: {area: North}}, S2",
        "",
        "facet area added: not comparable; member of a facet area North added: not comparable;"
        " member of a facet step S1 within: comparable with care",
    ),
    (
        "S2: {title: Two} => S2: {title: Two}, S3: {title: Three}",
        "",
        "member of a facet step S3 added: not comparable",
    ),
    (
        "S1: {title: One}, S2: {title: Two} => S2: {title: Two}, S1: {title: One}",
        "",
        "facet step order: comparable with care",
    ),
    (
        "health: {title: Health, partner: true} => nurses: {title: Health, partner: true}",
        "",
        "rating health removed: not comparable; rating nurses added: not comparable",
    ),
    (
        "health: {title: Health, partner: true} => nurses: {title: Health, partner: true}",
        "ratings: {health: nurses}",
        "rating nurses renamed: comparable",
    ),
    (
        "Agreed, scored: true => Agreed; Health, partner: true => Health, scored: true",
        "",
        "rating agreed scored: not comparable; rating health scored: not comparable;"
        " rating health partner: comparable with care",
    ),
    (
        "id: A\n => id: L\n",
        "",
        "domain A removed: not comparable; domain L added: not comparable;"
        " criterion A1 domain: comparable with care; criterion A2 domain: comparable with care",
    ),
    ("id: A\n => id: L\n", "domains: {A: L}", "domain L renamed: comparable"),
    (
        "prompt: Is it shared? => prompt: Is it kept?",
        "",
        "criterion A1 prompt: comparable with care",
    ),
    (
        "prompt: Is it shared? => prompt: Is it kept?",
        "clarified: [A1]",
        "criterion A1 prompt: comparable",
    ),
    (
        "prompt: Is it shared? => prompt: Is it kept?",
        "reworded: [A1]",
        "criterion A1 reworded: not comparable; criterion A1 prompt: comparable with care",
    ),
    (
        "title: Work done together => title: Work done together, levels: {1: a, 2: b}",
        "",
        "criterion A2 levels 1: comparable with care; criterion A2 levels 2: comparable with care",
    ),
    (
        "id: A1 => id: X1",
        "",
        "criterion X1 added: not comparable; criterion A1 removed: not comparable",
    ),
    ("id: A1 => id: X1", "renamed: {A1: X1}", "criterion X1 renamed: comparable"),
    (
        "id: A1 => id: X1",
        "retired: [A1]\nadded: [X1]",
        "criterion X1 added: not comparable; criterion A1 retired: not comparable",
    ),
    (
        "id: A1 => id: X1",
        "retired: [A1, A2]\nadded: [X1, A2]",
        "criterion X1 added: not comparable; criterion A2 added: not comparable;"
        " criterion A1 retired: not comparable; criterion A2 retired: not comparable",
    ),
    (
        "id: A1, title: Vision => id: X1, title: A vision; id: A2, => id: A1,",
        "split: {A1: [X1, A1]}\nretired: [A2]",
        "criterion A1 split: not comparable; criterion A2 retired: not comparable",
    ),
    (
        "      - {id: A2, title: Work done together, facets: {step: S2}}\n => ",
        "merged: {A1: [A1, A2]}",
        "criterion A1 merged: not comparable",
    ),
    (
        "facets: {step: S1}}\n      - {id: A2 => facets: {step: [S1]}}\n      - {id: A2",
        "",
        "criterion A1 facets step: comparable",
    ),
    (
        "facets: {step: S1}}\n      - {id: A2 => facets: {step: S2}}\n      - {id: A2",
        "",
        "criterion A1 facets step: comparable with care",
    ),
    ("M1: => N1:", "", "metric N1 added: not comparable; metric M1 removed: not comparable"),
    ("M1: => N1:", "renamed: {M1: N1}", "metric N1 renamed: comparable"),
    (
        "M1: => N1:",
        "retired: [M1]\nadded: [N1]",
        "metric N1 added: not comparable; metric M1 retired: not comparable",
    ),
    (
        "Plans in time, unit: percent => Plans on time, unit: rate",
        "clarified: [M1]",
        "metric M1 title: comparable; metric M1 unit: not comparable",
    ),
    (
        "Plans in time => Waits",
        "reworded: [M1]",
        "metric M1 reworded: not comparable; metric M1 title: comparable with care",
    ),
    ("domain, method: mean => domain, method: median", "", "roll-up domain method: not comparable"),
    (
        "  bands: => {over}  bands:",
        "",
        "overall score  added: not comparable",
    ),
    ("{from: 2, => {from: 1.5,", "", "band High from: comparable with care"),
]


def after(changes: str) -> Rubric:
    """Change the text of the small rubric and load it."""
    text = OLD
    for change in changes.split("; ") if changes else ():
        old, new = change.split(" => ")
        assert old in text, old
        text = text.replace(
            old, new.replace("{over}", "  overall: {of: domain, method: mean}\n"), 1
        )
    return load_rubric(text.encode())


def declared(text: str, new: Rubric) -> ChangeMap | None:
    """Load what is declared; the version in it is that of the new rubric."""
    if not text:
        return None
    head = HEAD.replace('to: "1"', f'to: "{new.version}"')
    return load_changes((head + text).encode())


def told(diff: RubricDiff) -> list[str]:
    """Give the changes as the cases write them."""
    return [f"{each.kind} {each.id} {each.what}: {each.consequence.value}" for each in diff.changes]


@pytest.mark.parametrize(("changes", "map_text", "expected"), CASES)
def test_each_kind_of_change_has_its_consequence(
    changes: str, map_text: str, expected: str
) -> None:
    """What is told is exactly what differs, each with its consequence."""
    new = after(changes)
    found = diff_rubrics(load_rubric(OLD.encode()), new, declared(map_text, new))
    assert sorted(told(found)) == sorted(expected.split("; ") if expected else [])


def test_no_difference_in_any_field_is_silent() -> None:
    """Whatever is changed in a rubric that uses the whole language is told, there and back."""
    before = everything()
    known = {
        (model.__name__, name) for model in models_below(Rubric) for name in model.model_fields
    }
    changed: set[tuple[str, str]] = set()
    for fields, path, made in mutations():
        assert diff_rubrics(before, made).changes, path
        assert diff_rubrics(made, before).changes, path
        changed.update(fields)
    # Which rating is scored cannot change in one place alone; a case above has it.
    assert known - changed == {("Rating", "scored")}


def test_every_kind_of_change_has_a_rule_and_every_rule_a_change() -> None:
    """What can be told is in the table of consequences, and nothing else is in it."""
    small, before = load_rubric(OLD.encode()), everything()
    diffs: list[RubricDiff] = []
    for changes, map_text, _ in CASES:
        new = after(changes)
        diffs += [diff_rubrics(small, new, declared(map_text, new)), diff_rubrics(new, small)]
    for _, _, made in mutations():
        diffs += [diff_rubrics(before, made), diff_rubrics(made, before)]
    seen = {(each.kind, each.what.partition(" ")[0]) for diff in diffs for each in diff.changes}
    assert seen == set(RULES)
    assert {kind for kind, _ in seen} <= set(KINDS)


def test_a_rubric_does_not_differ_from_itself() -> None:
    """Nothing is told, every score is comparable, and the whole is."""
    found = diff_rubrics(everything(), everything())
    assert found.changes == ()
    assert found.consequence is YES
    assert {score.consequence for score in found.scores} == {YES}
    assert set(found.criteria.values()) == {YES}


ORDERS = [
    (
        "  early: {title: Early, description: Help comes early.}\n  fair: {title: Fair}\n",
        "principles",
    ),
    (
        "  education: {title: Education, partner: true}\n  health: {title: Health, partner: true}\n",
        "ratings",
    ),
    (
        "      - {id: B2, title: Care, answers: yes_no, principles: {fair: 1}, facets: {theme: T2}}\n      - {id: B3, title: Health}\n",
        "B",
    ),
]


@pytest.mark.parametrize(("lines", "name"), ORDERS)
def test_another_order_is_told(lines: str, name: str) -> None:
    """Even where nothing but what is shown depends on it."""
    first, second = lines.splitlines(keepends=True)
    new = load_rubric(EVERYTHING.replace(lines, second + first).encode())
    (change,) = diff_rubrics(everything(), new).changes
    assert (change.id, change.what, change.consequence) == (name, "order", YES)


RENAMES = 'changes: {from: "1", to: "1"}\nrenamed: {A1: X1}\nratings: {agreed: joint, education: schools}\ndomains: {B: Z}\n'


def test_a_new_name_alone_makes_no_other_difference() -> None:
    """Rules, targets and groups that name what was renamed are the same as before."""
    text = EVERYTHING.replace("A1:", "X1:").replace("[A1]", "[X1]").replace("id: A1", "id: X1")
    text = text.replace("agreed", "joint").replace("education", "schools")
    text = text.replace("id: B\n", "id: Z\n").replace("{domain: B}", "{domain: Z}")
    found = diff_rubrics(everything(), load_rubric(text.encode()), load_changes(RENAMES.encode()))
    assert sorted(told(found)) == [
        "criterion X1 renamed: comparable",
        "domain Z renamed: comparable",
        "rating joint renamed: comparable",
        "rating schools renamed: comparable",
    ]
    assert {score.consequence for score in found.scores} == {YES}


def test_a_diff_gives_plain_rows() -> None:
    """One row per change, in words."""
    found = diff_rubrics(load_rubric(OLD.encode()), after("{from: 2, => {from: 1.5,"))
    assert found.records() == [
        {
            "kind": "band",
            "id": "High",
            "what": "from",
            "before": "2",
            "after": "1.5",
            "consequence": "comparable with care",
            "because": "Values can be compared, and names of bands cannot.",
        }
    ]
    assert found.consequence is CARE


# Change | declared | criterion → outlook of its answers, where it is not comparable.
ANSWERS = [
    ("prompt: Is it shared? => prompt: Is it kept?", "", {"A1": CARE}),
    ("prompt: Is it shared? => prompt: Is it kept?", "reworded: [A1]", {"A1": NO}),
    ("id: A1 => id: X1", "", {"X1": NO}),
    ("id: A1 => id: X1", "renamed: {A1: X1}", {}),
    ("principles: {early: 1} => principles: {fair: 1}", "", {}),
    ('"Yes"}]} => "Yes"}, {value: 2, label: Both}]}', "", {"B2": NO}),
    ("label: High}] => label: High, aliases: [Best]}]", "", {}),
    ("label: High}] => label: Top}]", "", {"A1": NO, "A2": NO, "B1": NO}),
    ("title: Agreed => title: Decided", "", {"A1": CARE, "A2": CARE, "B1": CARE, "B2": CARE}),
]


@pytest.mark.parametrize(("changes", "map_text", "expected"), ANSWERS)
def test_answers_have_an_outlook_of_their_own(
    changes: str, map_text: str, expected: dict[str, Consequence]
) -> None:
    """It depends on the question and the scale, not on what the answer counts for."""
    new = after(changes)
    found = diff_rubrics(load_rubric(OLD.encode()), new, declared(map_text, new))
    assert {key: each for key, each in found.criteria.items() if each is not YES} == expected


# Change | declared | score → outlook and why, where it is not comparable.
SCORES = [
    ("domain, method: mean => domain, title: Areas, method: mean", "", {}),
    (
        "domain, method: mean => domain, method: median",
        "",
        {
            "domain A": "not comparable: The number is worked out in another way.",
            "domain B": "not comparable: The number is worked out in another way.",
        },
    ),
    (
        "id: A1 => id: X1",
        "",
        {
            "domain A": "comparable with care: It is made of other parts: X1 came in and A1 went out.",
            "stage A": "comparable with care: It is made of other parts: X1 came in and A1 went out.",
            "principle early": "not comparable: It is made of nothing that it was made of before.",
        },
    ),
    (
        "early: 1}, facets => early: 1, fair: 1}, facets",
        "",
        {"principle fair": "comparable with care: It is made of other parts: A1 came in."},
    ),
    (
        "principles: {fair: 1} => principles: {fair: 1, early: 2}",
        "",
        {"principle early": "comparable with care: It is made of other parts: B1 came in."},
    ),
    (
        "prompt: Is it shared? => prompt: Is it kept?",
        "",
        dict.fromkeys(
            ("domain A", "stage A", "principle early"),
            "comparable with care: These questions in it cannot be compared as they are: A1.",
        ),
    ),
    (
        "label: High}] => label: Top}]",
        "",
        dict.fromkeys(
            ("domain A", "stage A", "principle early", "principle fair"),
            "not comparable: None of the questions in it can be compared.",
        )
        | dict.fromkeys(
            ("domain B", "stage B"),
            "comparable with care: These questions in it cannot be compared as they are: B1.",
        ),
    ),
    (
        "  bands: => {over}  bands:",
        "",
        {"overall overall": "not comparable: There was no such score."},
    ),
]


@pytest.mark.parametrize(("changes", "map_text", "expected"), SCORES)
def test_every_score_has_an_outlook(changes: str, map_text: str, expected: dict[str, str]) -> None:
    """It depends on the rule, on what the score is made of, and on the answers in it."""
    new = after(changes)
    found = diff_rubrics(load_rubric(OLD.encode()), new, declared(map_text, new))
    assert {
        f"{each.score} {each.id}": f"{each.consequence.value}: {each.because}"
        for each in found.scores
        if each.consequence is not YES
    } == expected


# Weights of A1 and A2 before | now | what is said of their weighted mean.
WEIGHTS = [
    ((1, 1), (1, 1), ""),
    ((1, 1), (1, 2), "Its parts weigh otherwise: A1 and A2."),  # 1/2 and 1/2; 1/3 and 2/3
    ((1, 2), (2, 4), ""),  # 1/3 and 2/3 in both
]


def weighted(first: int, second: int) -> Rubric:
    """Give the small rubric with weights."""
    text = OLD.replace("id: A1,", f"id: A1, weight: {first},")
    text = text.replace("id: A2,", f"id: A2, weight: {second},")
    rule = "domain, method: weighted-mean, weights: criterion"
    return load_rubric(text.replace("domain, method: mean", rule).encode())


@pytest.mark.parametrize(("before", "now", "because"), WEIGHTS)
def test_weights_matter_by_their_shares(
    before: tuple[int, int], now: tuple[int, int], because: str
) -> None:
    """A mean with all weights doubled is the same mean."""
    found = diff_rubrics(weighted(*before), weighted(*now))
    (outlook,) = (each for each in found.scores if (each.score, each.id) == ("domain", "A"))
    assert outlook.because == because


# How the roll-up looks beyond its parts, and the change there | what is said of domain B.
LOOKS = [
    (
        "gates: [{when: {items: [A1], at_most: 1, across: return}, at_most: 1, because: Held.}]",
        "prompt: Is it shared? => prompt: Is it kept?",
        "It looks at answers not all of which can be compared.",
    ),
    (
        "gates: [{when: {at_most: 1, across: return}, at_most: 1, because: Held.}]",
        "id: A2, => id: A3, title: New, facets: {step: S1}}\n      - {id: A2,",
        "It looks at answers not all of which can be compared.",
    ),
    (
        "gates: [{when: {not: {at_least: 1, ratings: [care]}}, at_most: 1, because: Held.}]",
        "care: {title: Care, => care: {title: Social care,",
        "It looks at answers not all of which can be compared.",
    ),
    (
        "limit: care",
        "care: {title: Care, => care: {title: Social care,",
        "It looks at answers not all of which can be compared.",
    ),
    (
        "gates: [{when: {where: {step: S1}, at_most: 1}, at_most: 1, because: Held.}]",
        "S1: {title: One}, S2: {title: Two} => S2: {title: Two}, S1: {title: One}",
        'It looks at the facet "step", in which criteria stand otherwise now.',
    ),
    (
        "gates: [{when: {where: {principle: early}, at_most: 1, across: return}, at_most: 1, because: Held.}]",
        "principles: {early: 1}, => principles: {early: 1, fair: 1},",
        'It looks at the facet "principle", in which criteria stand otherwise now.',
    ),
    (
        "gates: [{when: {where: {rating: agreed}, at_most: 1}, at_most: 1, because: Held.}]",
        "care: {title: Care, partner: true} => care: {title: Care, partner: true}\n  more: {title: More}",
        'It looks at the facet "rating", in which criteria stand otherwise now.',
    ),
    (
        "gates: [{when: {at_most: 1}, at_most: 1, because: Held.}]",
        "prompt: Is it shared? => prompt: Is it kept?",
        "",
    ),
]


@pytest.mark.parametrize(("looks", "change", "because"), LOOKS)
def test_a_score_depends_on_whatever_its_rule_looks_at(
    looks: str, change: str, because: str
) -> None:
    """A gate may look at other answers, ratings and facets than the score is made of."""
    text = OLD.replace("domain, method: mean", f"domain, method: mean, {looks}")
    before, now = change.split(" => ")
    new = load_rubric(text.replace(before, now, 1).encode())
    found = diff_rubrics(load_rubric(text.encode()), new)
    (outlook,) = (each for each in found.scores if (each.score, each.id) == ("domain", "B"))
    assert outlook.because == because
    assert outlook.consequence is (CARE if because else YES)


def test_a_rule_may_look_at_a_facet_that_is_new() -> None:
    """Then its gate is new as well, and both are told."""
    gate = "gates: [{when: {where: {area: N1}, at_most: 1}, at_most: 1, because: Held.}]"
    text = OLD.replace("domain, method: mean", f"domain, method: mean, {gate}")
    text = text.replace(
        "facets:\n", "facets:\n  area: {title: Area, members: {N1: {title: North}}}\n"
    )
    text = text.replace("facets: {step: S1}", "facets: {step: S1, area: N1}")
    found = diff_rubrics(load_rubric(OLD.encode()), load_rubric(text.encode()))
    (outlook,) = (each for each in found.scores if (each.score, each.id) == ("domain", "B"))
    assert outlook.because.startswith("Scores are held down in other cases. ")
    assert 'It looks at the facet "area", in which criteria stand otherwise now.' in outlook.because


def test_a_table_of_scores_depends_on_them() -> None:
    """What cannot be compared in the scores that a table looks at cannot be in it."""
    rows = "rows: [{when: {of: domain, at_least: 2}, then: 1}, {then: 0}]"
    over = f"  - {{score: whole, of: domain, by: [], method: table, {rows}}}\n  bands:"
    text = OLD.replace("  bands:", f"  {over}")
    new = text.replace("domain, method: mean", "domain, method: median")
    found = diff_rubrics(load_rubric(text.encode()), load_rubric(new.encode()))
    (whole,) = (each for each in found.scores if each.score == "whole")
    assert whole.consequence is NO
    assert whole.because.endswith(
        'It looks at the scores "domain", not all of which can be compared.'
    )


def test_a_score_of_scores_takes_over_what_is_said_of_them() -> None:
    """A mean of domains cannot be compared where none of the domains can."""
    over = "  bands: => {over}  bands:"
    found = diff_rubrics(
        after(over), after(f"{over}; domain, method: mean => domain, method: median")
    )
    (overall,) = (each for each in found.scores if each.score == "overall")
    assert overall.consequence is NO
    assert overall.because == "None of the scores in it can be compared."


# Titles and prompts of what came | suggested.
LIKENESS = [
    ("id: A1 => id: X1", [("criterion", "A1", "X1", 1.0)]),
    (
        "id: A1, title: Vision shared by all => id: X1, title: The vision shared by all",
        [("criterion", "A1", "X1", 1.0)],
    ),
    (
        "id: A2, title: Work done together => id: X2, title: Work well done together",
        [("criterion", "A2", "X2", 0.88)],
    ),
    ("id: A2, title: Work done together => id: X2, title: Money", []),
    ("id: A2, title: Work done together, => id: X2,", []),
    ("M1: {title: Plans in time => N1: {title: Plans done in time", [("metric", "M1", "N1", 0.84)]),
    (
        "id: A1 => id: N1; M1: {title: Plans in time => A1: {title: Vision shared by all",
        [("criterion", "A1", "N1", 1.0)],
    ),
    (
        "id: A1, title: Vision shared by all => id: X1, title: Money; M1: {title: Plans in time => A9: {title: Vision shared by all; prompt: Is it shared? => prompt: How much?",
        [],
    ),
    (
        "id: A1 => id: X1; id: A2, title: Work done together => id: X2, title: Vision shared by us",
        [("criterion", "A1", "X1", 1.0)],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), LIKENESS)
def test_nearly_the_same_words_are_suggested_and_never_assumed(
    changes: str, expected: list[tuple[str, str, str, float]]
) -> None:
    """Each id at most once, and only a criterion for a criterion."""
    found = diff_rubrics(load_rubric(OLD.encode()), after(changes))
    assert [tuple(each) for each in found.suggestions] == expected
    assert {each.what for each in found.changes} >= {"added", "removed"}


def test_what_is_declared_is_not_suggested() -> None:
    """Who says that one is retired and the other added has looked."""
    new = after("id: A1 => id: X1")
    found = diff_rubrics(
        load_rubric(OLD.encode()), new, declared("retired: [A1]\nadded: [X1]", new)
    )
    assert found.suggestions == ()


def test_a_map_for_other_versions_is_refused() -> None:
    """It would say things of ids that mean something else."""
    changes = load_changes(b'changes: {from: "1", to: "9"}\nrenamed: {A9: A1}\n')
    with pytest.raises(RubricError) as refused:
        diff_rubrics(load_rubric(OLD.encode()), after(""), changes)
    assert [issue.code for issue in refused.value.issues] == [
        "changes-version",
        "criterion-unknown",
    ]
