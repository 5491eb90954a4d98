"""Check facets whose members are found in the ids of criteria, and know any facet's members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from maturity.faults import Fault, Path, error
from maturity.issues import IssueCode
from maturity.patterns import PatternRefused, compile_pattern
from maturity.rubric import Criterion, Facet, Rubric
from maturity.wording import did_you_mean, listed, quoted

__all__ = [
    "BUILT_IN_FACETS",
    "check_patterns",
    "is_sound",
    "known_members",
    "shown_by_id",
    "suggest",
]

BUILT_IN_FACETS = ("domain", "principle", "rating")
# Each is matched with each criterion's id; real rubrics have two or three.
_MOST_PATTERNS = 20


def check_patterns(rubric: Rubric) -> Iterator[Fault]:
    """Yield patterns that are wrong, could run for ever, or do not say what the member is."""
    facets = [facet for facet, declared in rubric.facets.items() if declared.from_id is not None]
    for facet in facets[_MOST_PATTERNS:]:
        yield error(
            IssueCode.VALUE_WRONG,
            ("facets", facet, "from_id"),
            f"More than {_MOST_PATTERNS} facets are found in ids by a pattern.",
            "Declare the members of this one, and name them in the criteria.",
        )
    for facet, declared in rubric.facets.items():
        if declared.from_id is None:
            continue
        path: Path = ("facets", facet, "from_id")
        try:
            groups = compile_pattern(declared.from_id).groups
        except PatternRefused as refusal:
            yield error(
                IssueCode.VALUE_WRONG,
                path,
                f"The pattern {quoted(declared.from_id)} {refusal}.",
                'Write a plain pattern, such as "^([A-Z]+)" for the letters that an id begins'
                " with.",
            )
        else:
            if groups > 1:
                yield error(
                    IssueCode.VALUE_WRONG,
                    path,
                    f"The pattern {quoted(declared.from_id)} has {groups} groups in brackets, so"
                    " it does not say which of them is the member.",
                    "Leave one group, or write (?:…) for the others.",
                )


def known_members(rubric: Rubric, facet: str) -> Mapping[str, str] | None:
    """Give a facet's members, id → title; None when they cannot be known.

    Args:
        rubric: a rubric, which may have faults.
        facet: the name of a facet, declared or not.
    """
    if facet not in BUILT_IN_FACETS and facet not in rubric.facets:
        return None
    declared = rubric.facets.get(facet)
    if declared is not None and declared.from_id is not None and not is_sound(declared):
        return None
    return rubric.facet_members(facet)


def is_sound(facet: Facet) -> bool:
    """Say whether a facet's pattern, if it has one, can be used."""
    try:
        return compile_pattern(facet.from_id or "").groups <= 1
    except PatternRefused:
        return False


def shown_by_id(
    rubric: Rubric, criterion: Criterion, path: Path, used: dict[str, set[str]]
) -> Iterator[Fault]:
    """Note the members that a criterion's id shows, and yield those that are not declared.

    Args:
        rubric: the rubric.
        criterion: the criterion.
        path: where its id stands.
        used: facet → members that criteria belong to, which is added to.
    """
    patterned = [each for each in rubric.facets.items() if each[1].from_id is not None]
    for facet, declared in patterned[:_MOST_PATTERNS]:
        if facet in criterion.facets or not is_sound(declared):
            continue
        for member in rubric.memberships(criterion.id, facet):
            used[facet].add(member)
            if declared.members and member not in declared.members:
                yield error(
                    IssueCode.FACET_UNKNOWN,
                    path,
                    f"The id {quoted(criterion.id)} shows {quoted(member)}, which is not a member"
                    f" of facet {quoted(facet)}.",
                    suggest(member, declared.members, "members"),
                )


def suggest(typed: str, known: Iterable[str], noun: str) -> str:
    """Say what is allowed, and which of it is near to what was typed."""
    names = list(known)
    allowed = f"The {noun} are {listed(names, 'and')}." if names else f"No {noun} are declared."
    return f"{did_you_mean(typed, names)} {allowed}".strip()
