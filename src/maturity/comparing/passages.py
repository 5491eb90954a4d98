"""Tell what came, what went and what goes by another name: the passages between two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maturity.comparing.consequences import rule_for
from maturity.comparing.pairing import Bond, Origin, Pairing
from maturity.rubric import Rubric
from maturity.rubric_diff import Change

__all__ = ["passages"]


def passages(pairing: Pairing, old: Rubric, new: Rubric) -> Iterator[Change]:
    """Yield a change for each thing with an id that is not simply there before and after.

    Args:
        pairing: what became of what.
        old: the version before.
        new: the version after.
    """
    yield from _facet("domain", pairing.domains, old, new)
    yield from _facet("principle", pairing.principles, old, new)
    yield from _facet("rating", pairing.ratings, old, new)
    told: set[str] = set()
    for name, origin in pairing.origins.items():
        if origin.bond is Bond.SPLIT and origin.old[0] not in told:
            told.add(origin.old[0])
            yield _split(origin.old[0], pairing, old)
        elif origin.bond not in {Bond.SAME, Bond.SPLIT}:
            yield _come(name, origin, old, new)
    for what, names in (("retired", pairing.retired), ("removed", pairing.removed)):
        for name in names:
            yield _row(_kind(old, name), name, what, _title(old, name), None)


def _facet(kind: str, pairs: Mapping[str, str], old: Rubric, new: Rubric) -> Iterator[Change]:
    before, after = old.facet_members(kind), new.facet_members(kind)
    for name, title in before.items():
        if name not in pairs:
            yield _row(kind, name, "removed", title, None)
        elif pairs[name] != name:
            yield _row(kind, pairs[name], "renamed", name, pairs[name])
    for name, title in after.items():
        if name not in pairs.values():
            yield _row(kind, name, "added", None, title)


def _come(name: str, origin: Origin, old: Rubric, new: Rubric) -> Change:
    kind = _kind(new, name)
    if origin.bond is Bond.RENAMED:
        return _row(kind, name, "renamed", origin.old[0], name)
    if origin.bond is Bond.REWORDED:
        return _row(kind, name, "reworded", _title(old, name), _title(new, name))
    if origin.bond is Bond.MERGED:
        return _row(kind, name, "merged", ", ".join(origin.old), name)
    return _row(kind, name, "added", None, _title(new, name))


def _split(name: str, pairing: Pairing, old: Rubric) -> Change:
    parts = [new for new, origin in pairing.origins.items() if origin == (Bond.SPLIT, (name,))]
    return _row(_kind(old, name), name, "split", name, ", ".join(parts))


def _row(kind: str, name: str, what: str, before: str | None, after: str | None) -> Change:
    return Change(kind, name, what, before, after, *rule_for(kind, what))


def _kind(rubric: Rubric, name: str) -> str:
    return "metric" if name in rubric.metrics else "criterion"


def _title(rubric: Rubric, name: str) -> str:
    if name in rubric.metrics:
        return rubric.metrics[name].title
    return rubric.criteria[name].title
