"""Say what a level of the old version is in the new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maturity.changes import ChangeMap
from maturity.models import Number
from maturity.normalise import normalise
from maturity.rubric import Level, Rubric

__all__ = ["ScaleChange", "scale_change"]


@dataclass(frozen=True, slots=True)
class ScaleChange:
    """What became of a scale.

    Attributes:
        levels: old value → new value; a level that is not in it has no place on the new scale.
        is_doubtful: whether the steps differ and nothing is declared about them.
        old: the steps before.
        new: the steps after.
    """

    levels: Mapping[Number, Number]
    is_doubtful: bool
    old: tuple[Level, ...]
    new: tuple[Level, ...]


def scale_change(
    old: Rubric, new: Rubric, before: str | None, after: str | None, changes: ChangeMap | None
) -> ScaleChange:
    """Hold the steps of two scales against each other.

    Args:
        old: the version before.
        new: the version after.
        before: the old answer set; None for the rubric's own levels.
        after: the new answer set; None for the rubric's own levels.
        changes: what is declared about the change.
    """
    steps = old.levels if before is None else old.answer_sets[before].levels
    now = new.levels if after is None else new.answer_sets[after].levels
    known = {level.value: normalise(level.label) for level in now}
    declared = _declared(before, changes)
    if declared:
        kept = {value: other for value, other in declared.items() if other in known}
        return ScaleChange(kept, is_doubtful=False, old=steps, new=now)
    labels = {level.value: normalise(level.label) for level in steps}
    same = {value: value for value, label in labels.items() if known.get(value) == label}
    return ScaleChange(same, is_doubtful=labels != known, old=steps, new=now)


def _declared(answer_set: str | None, changes: ChangeMap | None) -> Mapping[Number, Number]:
    if changes is None:
        return {}
    if answer_set is None:
        return changes.levels
    return changes.answer_sets.get(answer_set, {})
