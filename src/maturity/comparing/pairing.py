"""Say which criterion of the new version is which of the old one: by the map, else by its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from maturity.changes import ChangeMap, new_ids, old_ids, parts_of
from maturity.checks.changes import check_changes
from maturity.errors import RubricError
from maturity.issues import Issue, Severity
from maturity.rubric import Rubric

__all__ = ["KEEPS_MEANING", "Bond", "Origin", "Pairing", "pair", "raise_for_faults"]


class Bond(StrEnum):
    """How a criterion or metric of the new version comes from the old one."""

    SAME = "same"
    RENAMED = "renamed"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"


KEEPS_MEANING = frozenset({Bond.SAME, Bond.RENAMED})
"""The bonds under which the same is asked as before."""


class Origin(NamedTuple):
    """Where a criterion or metric of the new version comes from.

    Attributes:
        bond: how it comes from the old version.
        old: the old ids it comes from; none for one that is new.
    """

    bond: Bond
    old: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairing:
    """What became of what.

    Attributes:
        origins: new criterion or metric → where it comes from, in the new rubric's order.
        retired: old criteria and metrics that the map says are gone.
        removed: those that are gone without a word.
        ratings: old rating → the new one that is the same.
        domains: old domain → the new one that is the same.
        principles: old principle → the new one that is the same.
    """

    origins: Mapping[str, Origin]
    retired: tuple[str, ...]
    removed: tuple[str, ...]
    ratings: Mapping[str, str]
    domains: Mapping[str, str]
    principles: Mapping[str, str]

    @property
    def renamed(self) -> Mapping[str, str]:
        """Old criterion or metric → the new one that asks the same, by the same or another id.

        One that was reworded is here as well, since it is still one thing with one id.
        """
        whole = KEEPS_MEANING | {Bond.REWORDED}
        return {origin.old[0]: new for new, origin in self.origins.items() if origin.bond in whole}


def pair(old: Rubric, new: Rubric, changes: ChangeMap | None = None) -> Pairing:
    """Find what became of each id.

    Args:
        old: the version before.
        new: the version after.
        changes: what is declared about the change; without it the same id is the same thing.

    Raises:
        RubricError: when the map does not suit the two versions.
    """
    if changes is not None:
        raise_for_faults(changes, old, new)
    spoken_of = frozenset(name for name, _ in old_ids(changes)) if changes else frozenset()
    retired = changes.retired if changes else ()
    origins = _origins(old, new, changes, spoken_of)
    used = {name for origin in origins.values() for name in origin.old}
    gone = [name for name in _ids(old) if name not in used and name not in retired]
    return Pairing(
        origins=origins,
        retired=tuple(name for name in _ids(old) if name in retired),
        removed=tuple(gone),
        ratings=_same(old.ratings, new.ratings, changes.ratings if changes else {}),
        domains=_same(
            [domain.id for domain in old.domains],
            [domain.id for domain in new.domains],
            changes.domains if changes else {},
        ),
        principles=_same(old.principles, new.principles, changes.principles if changes else {}),
    )


def raise_for_faults(changes: ChangeMap, old: Rubric, new: Rubric) -> None:
    """Stop when a change map does not suit the two versions.

    Raises:
        RubricError: with every error that is in it.
    """
    errors = [
        Issue(fault.code, fault.severity, fault.message, fault.remedy)
        for fault in check_changes(changes, old, new)
        if fault.severity is Severity.ERROR
    ]
    if errors:
        raise RubricError(*errors)


def _origins(
    old: Rubric, new: Rubric, changes: ChangeMap | None, spoken_of: frozenset[str]
) -> dict[str, Origin]:
    declared = {} if changes is None else dict(_declared(changes))
    if changes is not None:
        declared |= {
            name: Origin(Bond.ADDED) for name, _ in new_ids(changes) if name not in declared
        }
    by_id = {
        name: Origin(Bond.SAME, (name,))
        for name, kinds in _kinds(old, new).items()
        if name not in spoken_of and kinds == 1
    }
    return {name: declared.get(name) or by_id.get(name) or Origin(Bond.ADDED) for name in _ids(new)}


def _kinds(old: Rubric, new: Rubric) -> dict[str, int]:
    """Count the kinds of thing that an id of both versions is: a criterion, a metric or both."""
    both = [name for name in _ids(new) if name in {*_ids(old)}]
    return {name: len({name in old.metrics, name in new.metrics}) for name in both}


def _declared(changes: ChangeMap) -> Iterator[tuple[str, Origin]]:
    for before, after in changes.renamed.items():
        yield after, Origin(Bond.RENAMED, (before,))
    for name in changes.reworded:
        yield name, Origin(Bond.REWORDED, (name,))
    for before, split in changes.split.items():
        for part in parts_of(split):
            yield part, Origin(Bond.SPLIT, (before,))
    for after, parts in changes.merged.items():
        yield after, Origin(Bond.MERGED, parts)


def _same(old: Iterable[str], new: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Pair names by what is declared, and the rest by being the same."""
    taken = set(names.values())
    by_name = {name: name for name in new if name not in taken}
    pairs = ((name, names.get(name) or by_name.get(name)) for name in old)
    return {name: other for name, other in pairs if other is not None}


def _ids(rubric: Rubric) -> tuple[str, ...]:
    return (*rubric.criteria, *rubric.metrics)
