"""Put what an old version names into the ids of the new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from maturity.comparing.pairing import Pairing

__all__ = ["Names", "renamed"]


@dataclass(frozen=True, slots=True)
class Names:
    """What old ids are called now. What is not in them is gone, or is something else by now."""

    criteria: Mapping[str, str] = field(default_factory=dict)
    ratings: Mapping[str, str] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)
    principles: Mapping[str, str] = field(default_factory=dict)
    side: str = "new"

    @classmethod
    def of(cls, pairing: Pairing, *, is_old: bool) -> Names:
        """Give the names for one side of a pairing; the new version keeps its own."""
        pairs = (pairing.renamed, pairing.ratings, pairing.domains, pairing.principles)
        if is_old:
            return cls(*pairs, side="old")
        criteria, ratings, domains, principles = (
            {new: new for new in each.values()} for each in pairs
        )
        return cls(criteria, ratings, domains, principles)

    def member(self, facet: str, member: Any) -> Any:
        """Give a criterion, or a member of a facet, its new name; or each of several."""
        if isinstance(member, tuple):
            return tuple(self.member(facet, each) for each in member)
        known = {
            "criterion": self.criteria,
            "domain": self.domains,
            "principle": self.principles,
            "rating": self.ratings,
        }
        return known.get(facet, {}).get(member, member)


def renamed(rule: Any, names: Names) -> Any:
    """Put what a rule of scoring names into the new ids: criteria, ratings and members.

    Args:
        rule: the rule, as plain data.
        names: what its ids are called now.
    """
    if isinstance(rule, tuple):
        return tuple(renamed(each, names) for each in rule)
    if not isinstance(rule, dict):
        return rule
    return {
        key: _BY_KEY[key](value, rule, names) if key in _BY_KEY else renamed(value, names)
        for key, value in rule.items()
    }


_Rule = Mapping[str, Any]


def _of_cover(value: Any, _rule: _Rule, _names: Names) -> Any:
    """Keep keys of the cover, whatever they are called."""
    return value


def _things(value: Any, rule: _Rule, names: Names) -> Any:
    return names.member(rule.get("of", "criterion"), value)


def _ratings(value: Any, _rule: _Rule, names: Names) -> Any:
    """Rename ratings; a number, or the lack of one, stays as it is."""
    return names.member("rating", value)


def _minimums(value: Any, rule: _Rule, names: Names) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {_things(name, rule, names): least for name, least in value.items()}


def _members(value: _Rule, _rule: _Rule, names: Names) -> Any:
    return {facet: names.member(facet, each) for facet, each in value.items()}


def _regrouped(value: Mapping[str, _Rule], rule: _Rule, names: Names) -> Any:
    return {
        _things(name, rule, names): _members(places, rule, names) for name, places in value.items()
    }


def _weights(value: Any, rule: _Rule, names: Names) -> Any:
    """Rename where weights come from: ratings by name, or the members of facets in a table."""
    if isinstance(value, Mapping):
        return {
            facet: {names.member(facet, member): weight for member, weight in table.items()}
            for facet, table in value.items()
        }
    if isinstance(value, tuple):
        return tuple(_weights(each, rule, names) for each in value)
    return (
        value if value in ("criterion", *(rule.get("by") or ())) else _ratings(value, rule, names)
    )


_BY_KEY: Mapping[str, Callable[[Any, _Rule, Names], Any]] = {
    "metadata": _of_cover,
    "items": _things,
    "leave_out": _things,
    "ratings": _ratings,
    "limit": _ratings,
    "count_as": _ratings,
    "weights": _weights,
    "where": _members,
    "at_least": _minimums,
    "regroup": _regrouped,
}
