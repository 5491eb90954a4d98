"""Check that criteria belong to principles, facets and members that exist, and to some effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from maturity.checks.ids import BUILT_IN_FACETS, check_patterns, is_sound, shown_by_id, suggest
from maturity.faults import Fault, Path, error, note, query
from maturity.issues import IssueCode
from maturity.models import Number
from maturity.rubric import Criterion, Rubric
from maturity.wording import quoted

__all__ = ["check_facets"]


def check_facets(rubric: Rubric) -> Iterator[Fault]:
    """Yield every fault in principles and facets and in what belongs to them.

    Args:
        rubric: a rubric whose fields are sound one by one.
    """
    yield from _names(rubric)
    yield from check_patterns(rubric)
    yield from _containers(rubric)
    principles: set[str] = set()
    members: dict[str, set[str]] = {facet: set() for facet in rubric.facets}
    for place, domain in enumerate(rubric.domains):
        for number, criterion in enumerate(domain.criteria):
            path: Path = ("domains", place, "criteria", number)
            principles.update(criterion.principles)
            yield from _principles_of(rubric, criterion, (*path, "principles"))
            yield from _facets_of(rubric, criterion, (*path, "facets"), members)
            yield from shown_by_id(rubric, criterion, (*path, "id"), members)
    yield from _unused(rubric, principles, members)


def _names(rubric: Rubric) -> Iterator[Fault]:
    for facet in rubric.facets:
        if facet in (*BUILT_IN_FACETS, "criterion"):
            yield error(
                IssueCode.VALUE_WRONG,
                ("facets", facet),
                f"A facet cannot be named {quoted(facet)}, which has a meaning of its own.",
                "Give it another name.",
                is_key=True,
            )


def _containers(rubric: Rubric) -> Iterator[Fault]:
    for facet, declared in rubric.facets.items():
        for key, member in declared.members.items():
            for outer, container in member.within.items():
                path: Path = ("facets", facet, "members", key, "within", outer)
                if outer == facet:
                    yield error(
                        IssueCode.FACET_UNKNOWN,
                        path,
                        f"{quoted(key)} is said to be within its own facet {quoted(facet)}.",
                        "Name another facet whose member contains it.",
                        is_key=True,
                    )
                else:
                    owner = f"{quoted(key)} of facet {quoted(facet)}"
                    yield from _known_member(rubric, outer, container, owner, path, path)


def _principles_of(rubric: Rubric, criterion: Criterion, path: Path) -> Iterator[Fault]:
    for key, weight in criterion.principles.items():
        if key not in rubric.principles:
            yield error(
                IssueCode.PRINCIPLE_UNKNOWN,
                (*path, key),
                f"Criterion {quoted(criterion.id)} names principle {quoted(key)}, which is not"
                " declared.",
                suggest(key, rubric.principles, "principles"),
                is_key=True,
            )
        yield from _zero(criterion, key, weight, (*path, key))


def _facets_of(
    rubric: Rubric, criterion: Criterion, path: Path, used: dict[str, set[str]]
) -> Iterator[Fault]:
    owner = f"Criterion {quoted(criterion.id)}"
    for facet, written in criterion.facets.items():
        place = (*path, facet)
        listed_members: Iterable[tuple[str, Path]]
        if isinstance(written, str):
            listed_members = [(written, place)]
        elif isinstance(written, tuple):
            listed_members = [(key, (*place, number)) for number, key in enumerate(written)]
            yield from _repeats(written, place, owner)
        else:
            listed_members = [(key, (*place, key)) for key in written]
            for key, weight in written.items():
                yield from _zero(criterion, key, weight, (*place, key))
        if facet not in rubric.facets:
            listed_members = list(listed_members)[:1]
        for key, member_path in listed_members:
            yield from _known_member(rubric, facet, key, owner, place, member_path)
            used.get(facet, set()).add(key)


def _known_member(
    rubric: Rubric, facet: str, key: str, owner: str, facet_path: Path, member_path: Path
) -> Iterator[Fault]:
    if facet not in rubric.facets:
        yield error(
            IssueCode.FACET_UNKNOWN,
            facet_path,
            f"{owner} names facet {quoted(facet)}, which is not declared.",
            suggest(facet, rubric.facets, "facets"),
            is_key=True,
        )
        return
    declared = rubric.facets[facet]
    # Members that only ids show need no declaration; what they contain is checked with the groups.
    is_open = declared.from_id is not None and not declared.members
    if key not in declared.members and not is_open:
        yield error(
            IssueCode.FACET_UNKNOWN,
            member_path,
            f"{owner} names {quoted(key)}, which is not a member of facet {quoted(facet)}.",
            suggest(key, declared.members, "members"),
        )


def _repeats(members: tuple[str, ...], path: Path, owner: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, key in enumerate(members):
        if key in seen:
            yield error(
                IssueCode.ID_DUPLICATE,
                (*path, number),
                f"{owner} names {quoted(key)} twice.",
                "Take one of them away.",
            )
            return
        seen.add(key)


def _zero(criterion: Criterion, key: str, weight: Number, path: Path) -> Iterator[Fault]:
    if weight == 0:
        yield query(
            IssueCode.WEIGHT_POINTLESS,
            path,
            f"Criterion {quoted(criterion.id)} belongs to {quoted(key)} with a weight of 0, so it"
            " never counts where weights are used.",
            "Take it away, or give it a weight above 0.",
        )


def _unused(
    rubric: Rubric, principles: set[str], members: Mapping[str, set[str]]
) -> Iterator[Fault]:
    for principle in rubric.principles:
        if principle not in principles:
            yield query(
                IssueCode.UNUSED,
                ("principles", principle),
                f"No criterion serves the principle {quoted(principle)}, so it has no score.",
                "Name it in the criteria that serve it, or take it away.",
                is_key=True,
            )
    yield from _unused_members(rubric, _reached(rubric, members))


def _reached(rubric: Rubric, members: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Add to the members that criteria belong to those that contain them."""
    reached = {facet: set(keys) for facet, keys in members.items()}
    for facet, keys in members.items():
        for key in keys & set(rubric.facets[facet].members):
            for outer, container in rubric.facets[facet].members[key].within.items():
                reached.setdefault(outer, set()).add(container)
    return reached


def _unused_members(rubric: Rubric, reached: Mapping[str, set[str]]) -> Iterator[Fault]:
    for facet, declared in rubric.facets.items():
        if not is_sound(declared):
            continue
        if not reached[facet]:
            yield query(
                IssueCode.UNUSED,
                ("facets", facet),
                f"No criterion has a place in the facet {quoted(facet)}.",
                "Name it in the criteria, or take it away.",
                is_key=True,
            )
            continue
        for key in declared.members:
            if key not in reached[facet]:
                yield note(
                    IssueCode.UNUSED,
                    ("facets", facet, "members", key),
                    f"No criterion belongs to {quoted(key)} of the facet {quoted(facet)}.",
                    "Name it in the criteria that belong to it, or take it away.",
                    is_key=True,
                )
