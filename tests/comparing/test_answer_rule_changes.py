"""Answer rules between two versions: what is told of them, and which scores they reach."""

from __future__ import annotations

from typing import Any

import pytest

from maturity.comparing.diff import diff_rubrics
from maturity.comparing.names import Names, renamed
from maturity.reading.changes_file import load_changes
from maturity.reading.rubric_file import load_rubric
from maturity.rubric_diff import Consequence

HEAD = """\
rubric: ruled
version: "1"
title: Ruled
status: draft
levels: [{value: 0, label: "No"}, {value: 1, label: Partly}, {value: 2, label: "Yes"}]
facets:
  profile: {title: Profile, members: {basic: {title: Basic}, full: {title: Full}}}
  area: {title: Area, members: {north: {title: North}, south: {title: South}}}
ratings:
  now: {title: Now, scored: true}
  aim: {title: Aim, target_for: now}
  view: {title: View, partner: true}
domains:
  - {id: A, title: Plans, criteria: [{id: A1, title: Plan}, {id: A2, title: Review}]}
  - {id: B, title: Records, criteria: [{id: B1, title: Record, facets: {profile: basic}}, {id: B2, title: Lessons, facets: {profile: full}}]}
  - {id: C, title: People, criteria: [{id: C1, title: Staff}, {id: C2, title: Skills}]}
scoring:
"""
FOLLOW_UP = "{title: Follow-up, items: [A2], when: {items: [A1], at_most: 0}, then: not_applicable, because: No plan.}"
IMPLIED = "{items: [B1], when: {items: [B2], at_least: 1}, then: {answer: 1}, because: It follows.}"
SCOPE = "{where: {profile: full}, when: {metadata: {scope: [Basic]}}, then: missing, because: Out of scope.}"
DOMAIN = "{score: domain, method: mean}"


def rubric_text(rules: list[str], rollups: str = DOMAIN) -> str:
    """Write the rubric with some answer rules and roll-ups."""
    listed = "".join(f"    - {rule}\n" for rule in rules)
    answer_rules = f"  answer_rules:\n{listed}" if rules else ""
    return f"{HEAD}{answer_rules}  rollups:\n    - {rollups}\n"


# Rules before | rules now | what is told, and what is in it.
TOLD = [
    ([FOLLOW_UP, IMPLIED], [FOLLOW_UP, IMPLIED], []),
    (
        [],
        [FOLLOW_UP],
        [
            (
                "Follow-up added: comparable with care",
                None,
                "The answers to A2 do not apply when all the answers to A1 are 0 or less",
            )
        ],
    ),
    (
        [IMPLIED, SCOPE],
        [IMPLIED],
        [
            (
                "2 removed: comparable with care",
                "The answers for profile full count as missing when the cover says Scope: Basic",
                None,
            )
        ],
    ),
    # What does the same is the same rule, wherever it stands and whatever it is called.
    ([IMPLIED], [IMPLIED.replace("{items", "{title: Implied, items", 1)],
     [("Implied title: comparable", None, "Implied")]),
    ([IMPLIED], [IMPLIED.replace("It follows", "So it is")],
     [("1 because: comparable", "It follows.", "So it is.")]),
    (
        [IMPLIED],
        [FOLLOW_UP, IMPLIED],
        [
            (
                "Follow-up added: comparable with care",
                None,
                "The answers to A2 do not apply when all the answers to A1 are 0 or less",
            )
        ],
    ),
    (
        [FOLLOW_UP, IMPLIED],
        [IMPLIED, FOLLOW_UP],
        [(" order: comparable with care", "Follow-up, 1", "1, Follow-up")],
    ),
    # Then by title, by sentence, by place.
    (
        [FOLLOW_UP, IMPLIED],
        [IMPLIED, FOLLOW_UP.replace("at_most: 0", "at_most: 1").replace("No plan", "None")],
        [
            (
                "Follow-up when: comparable with care",
                "items: [A1], at_most: 0",
                "items: [A1], at_most: 1",
            ),
            ("Follow-up because: comparable", "No plan.", "None."),
            (" order: comparable with care", "Follow-up, 1", "1, Follow-up"),
        ],
    ),
    (
        [IMPLIED, SCOPE],
        [SCOPE.replace("then: missing", "then: not_applicable")],
        [
            (
                "1 removed: comparable with care",
                "The answers to B1 are at least 1 when all the answers to B2 are 1 or more",
                None,
            ),
            ("1 then: comparable with care", "missing", "not_applicable"),
        ],
    ),
    (
        [SCOPE],
        ["{where: {profile: basic}, when: {metadata: {scope: [Basic]}}, then: missing, because: Too far.}"],
        [
            ("1 where: comparable with care", "profile: full", "profile: basic"),
            ("1 because: comparable", "Out of scope.", "Too far."),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now", "expected"), TOLD)
def test_each_change_of_a_rule_is_told(
    before: list[str], now: list[str], expected: list[tuple[str, str | None, str | None]]
) -> None:
    """A rule that came or went is told in words, and one that is still there key by key."""
    found = diff_rubrics(
        load_rubric(rubric_text(before).encode()), load_rubric(rubric_text(now).encode())
    )
    assert {each.kind for each in found.changes} <= {"answer rule"}
    assert [
        (f"{each.id} {each.what}: {each.consequence.value}", each.before, each.after)
        for each in found.changes
    ] == expected


RENAMED = 'changes: {from: "1", to: "1"}\nrenamed: {A1: X1, A2: X2}\nratings: {aim: goal}\n'


def test_rules_with_new_ids_are_the_rules_with_the_old() -> None:
    """Names in answer rules, in stand-ins and in limits follow the change map; keys of the cover do not."""
    rules = [
        FOLLOW_UP.replace("then:", "ratings: [now, aim], then:"),
        "{items: [A1], when: {metadata: {items: [A2], aim: [aim]}}, then: missing, because: Not here.}",
    ]
    rollups = (
        "{score: domain, method: mean, limit: aim,"
        " missing: {count_as: aim}, not_applicable: {count_as: aim}}"
    )
    old = rubric_text(rules, rollups)
    new = old
    for before, after in [
        ("{items: [A2], aim: [aim]}", "{cover}"),
        ("A1", "X1"),
        ("A2", "X2"),
        ("limit: aim", "limit: goal"),
        ("count_as: aim", "count_as: goal"),
        ("aim: {title", "goal: {title"),
        ("[now, aim]", "[now, goal]"),
        ("{cover}", "{items: [A2], aim: [aim]}"),
    ]:
        new = new.replace(before, after)
    changes = load_changes(RENAMED.encode())
    found = diff_rubrics(load_rubric(old.encode()), load_rubric(new.encode()), changes)
    assert [f"{each.kind} {each.id} {each.what}" for each in found.changes] == [
        "rating goal renamed",
        "criterion X1 renamed",
        "criterion X2 renamed",
    ]
    assert {each.consequence for each in found.scores} == {Consequence.COMPARABLE}


# What a roll-up says of its weights | the same in the names of the new version.
WEIGHTS = [
    ({"weights": "aim"}, {"weights": "goal"}),
    ({"weights": ("criterion", "aim")}, {"weights": ("criterion", "goal")}),
    ({"weights": "aim", "by": ("aim",)}, {"weights": "aim", "by": ("aim",)}),
    ({"weights": {"rating": {"aim": 2, "now": 1}}}, {"weights": {"rating": {"goal": 2, "now": 1}}}),
]


@pytest.mark.parametrize(("before", "now"), WEIGHTS)
def test_weights_follow_the_change_map(before: dict[str, Any], now: dict[str, Any]) -> None:
    """A rating that weighs goes by its new name, and a facet of the same name does not."""
    assert renamed(before, Names(ratings={"aim": "goal", "now": "now"})) == now


RULED = "Answer rules may make something else of these answers than before"
LOOKS = "It looks at answers not all of which can be compared."
CHAIN = "{items: [C1], when: {items: [A2], missing: passes, at_most: 1}, then: missing, because: Chained.}"
MINIMA = "{items: [C2], when: {all_of: [{at_least: {A1: 1, B1: 2}}, {not: {items: [B2], at_most: 0}}]}, then: {answer: 1}, because: Given.}"

# Rules | roll-up | what is changed | score → why it is comparable with care only.
REACHED = [
    ([FOLLOW_UP], DOMAIN, "A1], at_most: 0 => A1], at_most: 1", {"domain A": f"{RULED}: A2."}),
    ([IMPLIED], DOMAIN, "{answer: 1} => {answer: 2}", {"domain B": f"{RULED}: B1."}),
    ([IMPLIED], DOMAIN, "items: [B1] => items: [C1]",
     {"domain B": f"{RULED}: B1.", "domain C": f"{RULED}: C1."}),
    ([SCOPE], DOMAIN, "[Basic] => [Basic, Small]", {"domain B": f"{RULED}: B2."}),
    # A criterion that has another place in a facet is reached by rules that go by that facet.
    ([SCOPE], DOMAIN, "title: Skills => title: Skills, facets: {profile: full}",
     {"domain C": f"{RULED}: C2."}),
    # What a condition looks at is asked otherwise.
    ([FOLLOW_UP], DOMAIN, "title: Plan} => title: A plan}",
     {"domain A": f"These questions in it cannot be compared as they are: A1. {RULED}: A2."}),
    ([MINIMA], DOMAIN, "title: Lessons => title: Learning",
     {"domain B": "These questions in it cannot be compared as they are: B2.",
      "domain C": f"{RULED}: C2."}),
    ([MINIMA], DOMAIN, "B1: 2} => B1: 1}", {"domain C": f"{RULED}: C2."}),
    # A rule that looks at what another changes passes it on, and only if it comes after it.
    ([FOLLOW_UP, CHAIN], DOMAIN, "A1], at_most: 0 => A1], at_most: 1",
     {"domain A": f"{RULED}: A2.", "domain C": f"{RULED}: C1."}),
    ([CHAIN, FOLLOW_UP], DOMAIN, "A1], at_most: 0 => A1], at_most: 1",
     {"domain A": f"{RULED}: A2."}),
    # Rules under another rating are no matter, until that rating stands in or is a limit.
    ([FOLLOW_UP.replace("when", "ratings: [aim], when")], DOMAIN, "at_most: 0 => at_most: 1", {}),
    ([FOLLOW_UP.replace("when", "ratings: [aim], when")],
     "{score: domain, method: mean, missing: {count_as: aim}}",
     "at_most: 0 => at_most: 1", {"domain A": LOOKS}),
    ([FOLLOW_UP.replace("when", "ratings: [aim], when")],
     "{score: domain, method: mean, not_applicable: {count_as: aim}}",
     "at_most: 0 => at_most: 1", {"domain A": LOOKS}),
    ([], "{score: domain, method: mean, missing: {count_as: aim}}", "title: Aim => title: Goal",
     dict.fromkeys(("domain A", "domain B", "domain C"), LOOKS)),
    ([], "{score: domain, method: mean, missing: {count_as: 1}}", "title: Aim => title: Goal", {}),
    # A gate sees the answers as they count.
    ([IMPLIED],
     "{score: domain, method: mean, gates: [{when: {items: [B1], at_most: 1, across: return}, at_most: 1, because: Held.}]}",
     "{answer: 1} => {answer: 2}",
     {"domain A": LOOKS, "domain B": f"{RULED}: B1. {LOOKS}", "domain C": LOOKS}),
    # A gate that looks at the cover looks at no answer, whatever else is said in its condition.
    ([],
     "{score: domain, method: mean, gates: [{when: {metadata: {scope: [Small]}, across: return}, at_most: 1, because: Held.}]}",
     "title: Skills => title: Abilities",
     {"domain C": "These questions in it cannot be compared as they are: C2."}),
    # An order that makes no difference to a score is none for it.
    ([FOLLOW_UP, IMPLIED], DOMAIN, None, {}),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "rollup", "change", "expected"), REACHED)
def test_a_change_reaches_the_scores_that_depend_on_it(
    rules: list[str], rollup: str, change: str | None, expected: dict[str, str]
) -> None:
    """Through the rules, through what they look at, and through ratings that stand in."""
    text = rubric_text(rules, rollup)
    before, _, now = (change or "").partition(" => ")
    assert before in text
    new = text.replace(before, now, 1) if change else rubric_text(rules[::-1], rollup)
    found = diff_rubrics(load_rubric(text.encode()), load_rubric(new.encode()))
    assert {
        f"{each.score} {each.id}": each.because for each in found.scores if each.because
    } == expected
    outlooks = {each.consequence for each in found.scores if each.because}
    assert outlooks == ({Consequence.WITH_CARE} if expected else set())


def test_a_member_within_another_is_a_place_that_a_rule_looks_at() -> None:
    """A condition on scores may go by what their own facet is declared to be within."""
    text = HEAD
    for before, after in [
        ("{title: Basic}", "{title: Basic, within: {area: north}}"),
        ("{title: Full}", "{title: Full, within: {area: south}}"),
        ("profile: basic}", "profile: basic, area: north}"),
        ("profile: full}", "profile: full, area: south}"),
    ]:
        text = text.replace(before, after)
    looks = "{when: {of: profile, where: {area: north}, at_least: 1, across: return}, then: 1}"
    rollups = (
        "  rollups:\n    - {score: profile, method: mean}\n"
        f"    - {{score: whole, of: profile, by: [], method: table, rows: [{looks}, {{then: 0}}]}}\n"
    )
    old = load_rubric((text + rollups).encode())
    new = load_rubric(
        (text.replace("within: {area: north}", "within: {area: south}") + rollups).encode()
    )
    (whole,) = (each for each in diff_rubrics(old, new).scores if each.score == "whole")
    assert whole.because == 'It looks at the facet "area", in which criteria stand otherwise now.'
