"""Hold a change map: what became of each id of a rubric from one version to the next.

Only the people who changed a rubric know whether a question is the same as before. A change map is
where they say so, in a YAML file in the folder `changes` beside the new version's own file. What
it does not say is taken as it stands: the same id is the same criterion, any other is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from maturity.models import Key, Model, Number, Text

__all__ = ["ChangeMap", "Split", "Versions", "new_ids", "old_ids", "parts_of"]

Path = tuple[str | Number, ...]
Parts = Annotated[tuple[Key, ...], Field(min_length=2)]


class Versions(Model):
    """The two versions that a change map stands between."""

    from_: Text = Field(alias="from")
    """The old version, as its rubric states it, in quotation marks."""
    to: Text
    """The new version, as its rubric states it, in quotation marks."""


class Split(Model):
    """One criterion that became several, where its answer holds for each of them."""

    into: Parts
    """The criteria that it became, by their new ids. One of them may have the old id."""
    carry: Literal["none", "all"] = "none"
    """Whether each part takes the old answer: `all`, or `none`, which leaves the parts blank."""


class ChangeMap(Model):
    """What became of each criterion, metric, rating and level. All of it may be left out."""

    changes: Versions
    """The versions that it stands between."""
    renamed: Mapping[Key, Key] = Field(default_factory=dict)
    """Criteria and metrics that ask the same under another id: old id → new id."""
    reworded: tuple[Key, ...] = ()
    """Criteria and metrics that kept their id and ask something else, so that an old answer is
    not carried over."""
    clarified: tuple[Key, ...] = ()
    """Criteria and metrics, by their new id, whose words differ and which ask the same as before.
    Without this a difference in words is queried."""
    split: Mapping[Key, Parts | Split] = Field(default_factory=dict)
    """Criteria that became several: old id → the list of new ids. The parts are left blank; with
    `{into: [...], carry: all}` each of them takes the old answer."""
    merged: Mapping[Key, Parts] = Field(default_factory=dict)
    """Criteria made of several: new id → the list of old ids. The answer is carried over where
    all of the old ones were answered alike."""
    retired: tuple[Key, ...] = ()
    """Criteria and metrics that are asked no longer."""
    added: tuple[Key, ...] = ()
    """Criteria and metrics that were not asked before."""
    ratings: Mapping[Key, Key] = Field(default_factory=dict)
    """Ratings that have another id now: old id → new id."""
    domains: Mapping[Key, Key] = Field(default_factory=dict)
    """Domains that have another id now: old id → new id."""
    principles: Mapping[Key, Key] = Field(default_factory=dict)
    """Principles that have another id now: old id → new id."""
    levels: Mapping[Number, Number] = Field(default_factory=dict)
    """What each level of the old scale is on the new one: old value → new value. Where it is
    given, a level that it leaves out is not carried over. Without it a level is carried over when
    the new scale has the same value under the same label."""
    answer_sets: Mapping[Key, Mapping[Number, Number]] = Field(default_factory=dict)
    """The same for scales of their own: the old answer set → old value → new value."""


def parts_of(split: tuple[str, ...] | Split) -> tuple[str, ...]:
    """Give the criteria that one became, however that is written."""
    return split.into if isinstance(split, Split) else split


def old_ids(changes: ChangeMap) -> Iterator[tuple[str, Path]]:
    """Yield every criterion and metric of the old version that a map speaks of, and where."""
    yield from ((old, ("renamed", old)) for old in changes.renamed)
    yield from _entries(changes.reworded, ("reworded",))
    yield from ((old, ("split", old)) for old in changes.split)
    for new, parts in changes.merged.items():
        yield from _entries(parts, ("merged", new))
    yield from _entries(changes.retired, ("retired",))


def new_ids(changes: ChangeMap) -> Iterator[tuple[str, Path]]:
    """Yield every criterion and metric of the new version that a map speaks of, and where.

    Those that are clarified are left out: it is said of them beside what became of them.
    """
    yield from ((new, ("renamed", old)) for old, new in changes.renamed.items())
    yield from _entries(changes.reworded, ("reworded",))
    for old, split in changes.split.items():
        inner: Path = ("into",) if isinstance(split, Split) else ()
        yield from _entries(parts_of(split), ("split", old, *inner))
    yield from ((new, ("merged", new)) for new in changes.merged)
    yield from _entries(changes.added, ("added",))


def _entries(names: tuple[str, ...], path: Path) -> Iterator[tuple[str, Path]]:
    yield from ((name, (*path, place)) for place, name in enumerate(names))
