"""Tell which answer rules came, went or say something else now.

Rules have no ids. One that does the same as before is the same rule; the rest are taken to be the
same by their title, by their sentence, and by their place in the list, in this order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maturity.answer_rule import AnswerRule
from maturity.comparing.consequences import rule_for
from maturity.comparing.facts import fields_of
from maturity.comparing.names import Names, renamed
from maturity.comparing.words import in_words
from maturity.rubric import Rubric
from maturity.rubric_diff import Change
from maturity.rule_words import answer_rule_in_words

__all__ = ["answer_rule_changes"]

_KIND = "answer rule"
# These say what a rule is called and why it is there, and not what it does.
_ONLY_SHOWN = ("title", "because")


@dataclass(frozen=True, slots=True)
class _Told:
    """One rule of one version.

    Attributes:
        place: its place in the list, from 1.
        facts: key → value, in the ids of the new version.
        words: what it does, in words.
    """

    place: int
    facts: Mapping[str, Any]
    words: str

    @property
    def name(self) -> str:
        """Its title, or its place where it has none."""
        return self.facts["title"] or str(self.place)

    @property
    def does(self) -> Mapping[str, Any]:
        """What it does, whatever it is called."""
        return {key: value for key, value in self.facts.items() if key not in _ONLY_SHOWN}


# What makes two rules one, the surest first.
_ALIKE: tuple[Callable[[_Told, _Told], bool], ...] = (
    lambda one, other: one.does == other.does,
    lambda one, other: one.facts["title"] == other.facts["title"] != "",
    lambda one, other: one.facts["because"] == other.facts["because"],
    lambda one, other: one.place == other.place,
)


def answer_rule_changes(old: Rubric, new: Rubric, names: Sequence[Names]) -> Iterator[Change]:
    """Yield what differs between the answer rules of two versions.

    Args:
        old: the version before.
        new: the version after.
        names: what the ids of the one and of the other are to be called.
    """
    before, after = _told(old, names[0]), _told(new, names[1])
    pairs = _pairs(before, after)
    for rule in before:
        if rule.place not in pairs:
            yield _change(rule.name, "removed", _clause(rule), None)
        else:
            yield from _differing(rule, after[pairs[rule.place] - 1])
    for rule in after:
        if rule.place not in pairs.values():
            yield _change(rule.name, "added", None, _clause(rule))
    in_old_order = [pairs[place] for place in sorted(pairs)]
    if in_old_order != sorted(in_old_order):
        orders = (
            tuple(after[place - 1].name for place in places)
            for places in (in_old_order, sorted(in_old_order))
        )
        yield _change("", "order", *map(in_words, orders))


def _told(rubric: Rubric, names: Names) -> list[_Told]:
    return [
        _Told(place, renamed(fields_of(rule), names), answer_rule_in_words(rubric, rule))
        for place, rule in enumerate(rubric.scoring.answer_rules, start=1)
    ]


def _pairs(before: Sequence[_Told], after: Sequence[_Told]) -> dict[int, int]:
    """Say which rule is which: place in the old version → place in the new one."""
    pairs: dict[int, int] = {}
    for is_alike in _ALIKE:
        for rule in before:
            free = (other for other in after if other.place not in pairs.values())
            found = next((other for other in free if is_alike(rule, other)), None)
            if rule.place not in pairs and found is not None:
                pairs[rule.place] = found.place
    return pairs


def _differing(before: _Told, after: _Told) -> Iterator[Change]:
    for key in AnswerRule.model_fields:
        if before.facts[key] != after.facts[key]:
            words = in_words(before.facts[key]), in_words(after.facts[key])
            yield _change(after.name, key, *words)


def _clause(rule: _Told) -> str:
    return rule.words.removesuffix(".")


def _change(name: str, what: str, before: str | None, after: str | None) -> Change:
    return Change(_KIND, name, what, before, after, *rule_for(_KIND, what))
