"""Check a change map by itself, and against the two versions of the rubric that it stands between.

Every id is said one thing of, on each side; names are known; and nothing that came or went is left
without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from maturity.changes import ChangeMap, new_ids, old_ids
from maturity.checks.ids import suggest
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.models import Number
from maturity.rubric import Level, Rubric
from maturity.wording import listed, quoted

__all__ = ["check_changes"]


def check_changes(
    changes: ChangeMap, old: Rubric | None = None, new: Rubric | None = None
) -> Iterator[Fault]:
    """Yield every fault across the fields of a change map.

    Args:
        changes: a change map whose fields are sound one by one.
        old: the rubric's old version; without it, what is said of that is not checked.
        new: the rubric's new version; without it, what is said of that is not checked.
    """
    yield from _versions(changes, old, new)
    yield from _said_twice(old_ids(changes), "an old id")
    yield from _said_twice(new_ids(changes), "a new id")
    yield from _clarified(changes)
    yield from _targets(changes)
    if old is not None:
        yield from _unknown(old_ids(changes), old, "old")
        yield from _old_names(changes, old)
    if new is not None:
        clarified = ((name, ("clarified", place)) for place, name in enumerate(changes.clarified))
        yield from _unknown((*new_ids(changes), *clarified), new, "new")
        yield from _new_names(changes, new)
    if old is not None and new is not None:
        yield from _kinds(changes, old, new)
        yield from _contradicted(changes, old, new)
        yield from _left_out(changes, old, new)


def _versions(changes: ChangeMap, old: Rubric | None, new: Rubric | None) -> Iterator[Fault]:
    sides = (("from", changes.changes.from_, old), ("to", changes.changes.to, new))
    for key, version, rubric in sides:
        if rubric is not None and version != rubric.version:
            yield error(
                IssueCode.CHANGES_VERSION,
                ("changes", key),
                f"The change map says {quoted(version)} here, and the rubric is version"
                f" {quoted(rubric.version)}.",
                "Use the map that stands between these versions, or mend the version in it.",
            )


def _said_twice(ids: Iterable[tuple[str, Path]], noun: str) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for name, path in ids:
        key = str(path[0])
        if name in first:
            yield error(
                IssueCode.CHANGES_CONFLICT,
                path,
                f'Two things are said of {quoted(name)} as {noun}: under "{first[name]}" and'
                f' under "{key}".',
                "Leave the one that is true.",
                is_key=path[-1] == name,
            )
        first.setdefault(name, key)


def _clarified(changes: ChangeMap) -> Iterator[Fault]:
    other = {name: str(path[0]) for name, path in new_ids(changes) if path[0] != "renamed"}
    for place, name in enumerate(changes.clarified):
        if name in other:
            yield error(
                IssueCode.CHANGES_CONFLICT,
                ("clarified", place),
                f"{quoted(name)} is said to ask the same as before, and stands under"
                f' "{other[name]}" as well.',
                "Leave the one that is true.",
            )


def _targets(changes: ChangeMap) -> Iterator[Fault]:
    named = {
        "ratings": changes.ratings,
        "domains": changes.domains,
        "principles": changes.principles,
    }
    for key, names in named.items():
        taken: dict[str, str] = {}
        for old, new in names.items():
            if taken.setdefault(new, old) != old:
                yield error(
                    IssueCode.CHANGES_CONFLICT,
                    (key, old),
                    f"{quoted(taken[new])} and {quoted(old)} cannot both be called {quoted(new)}"
                    " now.",
                    "Leave one of them.",
                )


def _unknown(ids: Iterable[tuple[str, Path]], rubric: Rubric, side: str) -> Iterator[Fault]:
    known = (*rubric.criteria, *rubric.metrics)
    for name, path in ids:
        if name not in known:
            yield error(
                IssueCode.CRITERION_UNKNOWN,
                path,
                f"The {side} version has no criterion or metric {quoted(name)}.",
                suggest(name, known, "ids"),
                is_key=path[-1] == name,
            )


def _old_names(changes: ChangeMap, old: Rubric) -> Iterator[Fault]:
    yield from _names("ratings", changes.ratings, old.ratings, IssueCode.RATING_UNKNOWN)
    domains = [domain.id for domain in old.domains]
    yield from _names("domains", changes.domains, domains, IssueCode.FACET_UNKNOWN)
    yield from _names("principles", changes.principles, old.principles, IssueCode.PRINCIPLE_UNKNOWN)
    yield from _names(
        "answer_sets", changes.answer_sets, old.answer_sets, IssueCode.CHANGES_CONFLICT
    )
    yield from _values(changes.levels, old.levels, ("levels",), "old")
    for name, values in changes.answer_sets.items():
        if name in old.answer_sets:
            scale = old.answer_sets[name].levels
            yield from _values(values, scale, ("answer_sets", name), "old")


def _new_names(changes: ChangeMap, new: Rubric) -> Iterator[Fault]:
    sides: list[tuple[str, Mapping[str, str], Iterable[str], IssueCode]] = [
        ("ratings", changes.ratings, new.ratings, IssueCode.RATING_UNKNOWN),
        ("domains", changes.domains, [each.id for each in new.domains], IssueCode.FACET_UNKNOWN),
        ("principles", changes.principles, new.principles, IssueCode.PRINCIPLE_UNKNOWN),
    ]
    for key, names, known, code in sides:
        for old, name in names.items():
            if name not in known:
                message = f"The new version has no {key[:-1]} {quoted(name)}."
                yield error(code, (key, old), message, suggest(name, known, key))
    yield from _values(changes.levels, new.levels, ("levels",), "new")
    for name, values in changes.answer_sets.items():
        if name in new.answer_sets:
            scale = new.answer_sets[name].levels
            yield from _values(values, scale, ("answer_sets", name), "new")


def _names(
    key: str, names: Iterable[str], known: Iterable[str], code: IssueCode
) -> Iterator[Fault]:
    noun = key[:-1].replace("_", " ")
    for name in names:
        if name not in known:
            message = f"The old version has no {noun} {quoted(name)}."
            remedy = suggest(name, known, f"{noun}s")
            yield error(code, (key, name), message, remedy, is_key=True)


def _values(
    values: Mapping[Number, Number], scale: tuple[Level, ...], path: Path, side: str
) -> Iterator[Fault]:
    known = [level.value for level in scale]
    for before, after in values.items():
        value = before if side == "old" else after
        if value not in known:
            yield error(
                IssueCode.VALUE_WRONG,
                (*path, before),
                f"{value} is not a level of the {side} version.",
                f"Its levels are {listed(known, 'and')}.",
                is_key=side == "old",
            )


def _kinds(changes: ChangeMap, old: Rubric, new: Rubric) -> Iterator[Fault]:
    for before, after in changes.renamed.items():
        sides = (before in old.metrics, after in new.metrics)
        are_known = (sides[0] or before in old.criteria) and (sides[1] or after in new.criteria)
        if are_known and sides[0] != sides[1]:
            yield error(
                IssueCode.CHANGES_CONFLICT,
                ("renamed", before),
                f"{quoted(before)} and {quoted(after)} are not the same kind of thing: one is a"
                " criterion and the other a metric.",
                'Say that the one is "retired" and the other "added".',
            )
    for name, path in (*old_ids(changes), *new_ids(changes)):
        if path[0] in {"split", "merged"} and (name in old.metrics or name in new.metrics):
            yield error(
                IssueCode.CHANGES_CONFLICT,
                path,
                f"{quoted(name)} is a metric; figures are not divided or put together.",
                'Say that the old ones are "retired" and the new ones "added".',
                is_key=path[-1] == name,
            )


def _contradicted(changes: ChangeMap, old: Rubric, new: Rubric) -> Iterator[Fault]:
    spoken_of_old = {name for name, _ in old_ids(changes)}
    spoken_of_new = {name for name, _ in new_ids(changes)}
    for place, name in enumerate(changes.retired):
        if name in _ids(new) and name not in spoken_of_new:
            yield error(
                IssueCode.CHANGES_CONFLICT,
                ("retired", place),
                f"{quoted(name)} is said to be retired, and the new version still has it.",
                'Take it away here; or, where the new one asks something else, put it under "added"'
                " as well.",
            )
    for place, name in enumerate(changes.added):
        if name in _ids(old) and name not in spoken_of_old:
            yield error(
                IssueCode.CHANGES_CONFLICT,
                ("added", place),
                f"{quoted(name)} is said to be added, and the old version has it already.",
                "Take it away here; or, where the old one asked something else, put it under"
                ' "retired" as well.',
            )


def _left_out(changes: ChangeMap, old: Rubric, new: Rubric) -> Iterator[Fault]:
    spoken_of_old = {name for name, _ in old_ids(changes)}
    spoken_of_new = {name for name, _ in new_ids(changes)}
    same = (_ids(old) - spoken_of_old) & (_ids(new) - spoken_of_new)
    gone = [each for each in (*old.criteria, *old.metrics) if each not in spoken_of_old | same]
    come = [each for each in (*new.criteria, *new.metrics) if each not in spoken_of_new | same]
    for names, words, key in ((gone, "gone", "retired"), (come, "new", "added")):
        if names:
            yield query(
                IssueCode.CHANGES_INCOMPLETE,
                (),
                f"The change map does not say why {listed(names, 'and')}"
                f" {'are' if len(names) > 1 else 'is'} {words}.",
                f'Put {"them" if len(names) > 1 else "it"} under "{key}", or say under "renamed",'
                ' "split" or "merged" what became of what.',
            )


def _ids(rubric: Rubric) -> frozenset[str]:
    return frozenset((*rubric.criteria, *rubric.metrics))
