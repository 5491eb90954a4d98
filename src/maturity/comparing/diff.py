"""Compare two versions of a rubric: what differs, and what that means for comparing scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from maturity.changes import ChangeMap
from maturity.comparing.answer_rules import answer_rule_changes
from maturity.comparing.consequences import (
    CLARIFIED,
    DECLARED_SCALE,
    SAME_MEANT,
    Rule,
    rule_for,
)
from maturity.comparing.facts import Thing, facts_of, orders_of
from maturity.comparing.names import Names
from maturity.comparing.pairing import KEEPS_MEANING, Pairing, pair
from maturity.comparing.passages import passages
from maturity.comparing.scores import score_outlooks
from maturity.comparing.suggestions import suggestions
from maturity.comparing.words import in_words
from maturity.rubric import Rubric
from maturity.rubric_diff import Change, Consequence, RubricDiff, worst

__all__ = ["KINDS", "diff_rubrics", "words_that_differ"]

KINDS = (
    "rubric",
    "level",
    "answers",
    "answer set",
    "level of an answer set",
    "principle",
    "facet",
    "member of a facet",
    "rating",
    "domain",
    "criterion",
    "metric",
    "answer rule",
    "roll-up",
    "overall score",
    "band",
    "disagreement",
    "scoring",
)
"""The kinds of thing that may differ, in the order in which they are told."""

_CAME_AND_WENT = ("added", "removed", "label")
_WORDS_OF = {"criterion": ("title", "prompt", "levels"), "metric": ("title", "description")}
# What differs in these says nothing about how the question itself is answered.
_NOT_ABOUT_ANSWERS = ("domain", "weight", "principles", "facets", "evidence", "aliases")


def diff_rubrics(old: Rubric, new: Rubric, changes: ChangeMap | None = None) -> RubricDiff:
    """Say what differs between two versions of a rubric, and what can still be compared.

    Layouts are no part of it: they say where answers stand, and not what is asked.

    Args:
        old: the version before.
        new: the version after.
        changes: what is declared about the change; without it the same id is the same criterion.

    Returns:
        Every difference with its consequence for comparing, and ids that may be one criterion
        under two names.

    Raises:
        RubricError: when the change map does not suit the two versions.
    """
    pairing = pair(old, new, changes)
    found = [*passages(pairing, old, new), *_differences(pairing, old, new, changes)]
    found.sort(key=lambda change: KINDS.index(change.kind))
    declared = frozenset(changes.added) if changes else frozenset()
    answers = {
        (name, rating): _of_answers(name, rating, new, pairing, found)
        for name in new.criteria
        for rating in new.ratings
    }
    return RubricDiff(
        old=old,
        new=new,
        change_map=changes,
        changes=tuple(found),
        criteria={name: answers[name, new.scored_rating] for name in new.criteria},
        scores=tuple(score_outlooks(old, new, pairing, found, answers)),
        suggestions=suggestions(pairing, old, new, declared=declared),
    )


def words_that_differ(
    pairing: Pairing, old: Rubric, new: Rubric, changes: ChangeMap | None
) -> dict[str, list[str]]:
    """Say which words of a question differ without a declaration: new id → keys."""
    found: dict[str, list[str]] = {}
    for change in _differences(pairing, old, new, changes):
        is_word = change.what.partition(" ")[0] in _WORDS_OF.get(change.kind, ())
        if is_word and change.consequence is Consequence.WITH_CARE:
            found.setdefault(change.id, []).append(change.what)
    return found


def _differences(
    pairing: Pairing, old: Rubric, new: Rubric, changes: ChangeMap | None
) -> Iterator[Change]:
    names = [Names.of(pairing, is_old=True), Names.of(pairing, is_old=False)]
    before, after = facts_of(old, names[0]), facts_of(new, names[1])
    for thing in (*before, *(each for each in after if each not in before)):
        kind, name = thing
        if thing not in after:
            yield _change(kind, name, "removed", (_summary(before[thing]), None), changes)
        elif thing not in before:
            yield _change(kind, name, "added", (None, _summary(after[thing])), changes)
        else:
            yield from _fields(thing, before[thing], after[thing], changes)
    yield from answer_rule_changes(old, new, names)
    yield from _orders(orders_of(old, names[0]), orders_of(new, names[1]), changes)


def _fields(
    thing: Thing, before: Mapping[str, Any], after: Mapping[str, Any], changes: ChangeMap | None
) -> Iterator[Change]:
    for key in (*before, *(key for key in after if key not in before)):
        values = before.get(key), after.get(key)
        if values[0] != values[1]:
            yield _change(*thing, key, values, changes)


def _orders(
    before: Mapping[Thing, tuple[str, ...]],
    after: Mapping[Thing, tuple[str, ...]],
    changes: ChangeMap | None,
) -> Iterator[Change]:
    for (kind, name), order in before.items():
        now = after.get((kind, name), ())
        values = tuple(x for x in order if x in now), tuple(x for x in now if x in order)
        if values[0] != values[1]:
            yield _change(kind, name, "order", values, changes)


def _change(
    kind: str, name: str, what: str, values: tuple[Any, Any], changes: ChangeMap | None
) -> Change:
    rule = _softened(kind, name, what, values, changes) or rule_for(kind, what)
    return Change(kind, name, what, in_words(values[0]), in_words(values[1]), *rule)


def _softened(
    kind: str, name: str, what: str, values: tuple[Any, Any], changes: ChangeMap | None
) -> Rule | None:
    """Give the rule that stands in where the same is meant, or the change is declared."""
    key = what.partition(" ")[0]
    if (kind, key) == ("criterion", "facets") and _weights(values[0]) == _weights(values[1]):
        return SAME_MEANT
    if changes is None:
        return None
    if name in changes.clarified and key in _WORDS_OF.get(kind, ()):
        return CLARIFIED
    declared = {
        "level": bool(changes.levels),
        "level of an answer set": name.partition(" ")[0] in changes.answer_sets,
    }
    return DECLARED_SCALE if declared.get(kind) and key in _CAME_AND_WENT else None


def _weights(members: Any) -> Mapping[str, Any]:
    if isinstance(members, Mapping):
        return members
    return dict.fromkeys((members,) if isinstance(members, str) else members or (), 1)


def _summary(facts: Mapping[str, Any]) -> str:
    """Say in a word what a thing is that came or went."""
    named = (in_words(facts.get(key)) for key in ("title", "label", "method", "from"))
    return next((words for words in named if words), "")


def _of_answers(
    name: str, rating: str, new: Rubric, pairing: Pairing, changes: list[Change]
) -> Consequence:
    """Say whether answers can be compared, by what differs in their question and their scale."""
    if pairing.origins[name].bond not in KEEPS_MEANING:
        return Consequence.NOT_COMPARABLE
    own = {("criterion", name), ("rating", rating)}
    answer_set = new.answer_set_for(name, rating)
    return worst(
        change.consequence
        for change in changes
        if _is_of_scale(change, answer_set)
        or (
            (change.kind, change.id) in own
            and change.what.partition(" ")[0] not in _NOT_ABOUT_ANSWERS
        )
    )


def _is_of_scale(change: Change, answer_set: str | None) -> bool:
    """Say whether a change is one of the steps of a scale, not of the ways to type them."""
    if change.what == "aliases":
        return False
    if answer_set is None:
        return change.kind == "level"
    return change.kind == "level of an answer set" and change.id.partition(" ")[0] == answer_set
