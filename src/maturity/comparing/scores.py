"""Say of each score whether it can be compared with the score of the same name before.

A score is comparable when it is made of the same answers with the same shares, by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from maturity.comparing.facts import Names
from maturity.comparing.pairing import KEEPS_MEANING, Pairing
from maturity.rubric import Rubric
from maturity.rubric_diff import Change, Consequence, ScoreOutlook, worst
from maturity.scoring.plan import Group, plan_for
from maturity.wording import listed

__all__ = ["score_outlooks"]

_YES, _CARE, _NO = Consequence
_Reason = tuple[Consequence, str]
# These change what is shown beside a value, and not the value.
_BESIDE_THE_VALUE = ("title", "bands")
_MOST_NAMED = 5

Part = tuple[str, str, str]
"""One thing in a score: its id, its rating or roll-up, and the version that alone has it."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What a score is made of, in the new version's names.

    Attributes:
        weights: part → its relative weight, as the rubric gives it.
        is_of_answers: whether the parts are answers, not scores.
    """

    weights: Mapping[Part, Fraction]
    is_of_answers: bool

    @property
    def shares(self) -> Mapping[Part, Fraction]:
        """Part → its share of the whole, which weighs something: no rubric has it otherwise."""
        whole = sum(self.weights.values())
        return {part: weight / whole for part, weight in self.weights.items()}


def score_outlooks(
    old: Rubric,
    new: Rubric,
    pairing: Pairing,
    changes: Sequence[Change],
    answers: Mapping[tuple[str, str], Consequence],
) -> Iterator[ScoreOutlook]:
    """Yield the outlook of every score of the new version, in its order.

    Args:
        old: the version before.
        new: the version after.
        pairing: what became of what.
        changes: everything that differs.
        answers: new criterion and rating → whether answers can be compared.
    """
    names = Names.of(pairing, is_old=True)
    kept = {before: after for before, after in pairing.renamed.items() if _is_kept(pairing, after)}
    before = _all_made(old, names, kept)
    itself = Names.of(pairing, is_old=False)
    outlook: dict[Part, Consequence] = {
        (criterion, rating, ""): each for (criterion, rating), each in answers.items()
    }
    for key, made in _all_made(new, itself, {new: new for new in kept.values()}).items():
        reasons = list(_reasons(key, made, before.get(key), changes, outlook))
        consequence = worst(each for each, _ in reasons)
        outlook[key[1], key[0], ""] = consequence
        told = dict.fromkeys(sentence for each, sentence in reasons if each is not _YES)
        yield ScoreOutlook(*key, consequence, " ".join(told))


def _is_kept(pairing: Pairing, name: str) -> bool:
    return pairing.origins[name].bond in KEEPS_MEANING


def _reasons(
    key: tuple[str, str],
    made: _Made,
    before: _Made | None,
    changes: Sequence[Change],
    outlook: Mapping[Part, Consequence],
) -> Iterator[_Reason]:
    """Yield what the rule, the make-up and the parts of a score say."""
    if before is None:
        yield _NO, "There was no such score."
        return
    thing = ("overall score", "") if key[0] == "overall" else ("roll-up", key[0])
    for change in changes:
        if (change.kind, change.id) == thing and change.what not in _BESIDE_THE_VALUE:
            yield change.consequence, change.because
    shared = [part for part in made.weights if part in before.weights]
    if not shared:
        yield _NO, "It is made of nothing that it was made of before."
        return
    if made.shares != before.shares:
        yield _CARE, _make_up(made, before)
    doubtful = [part for part in shared if outlook[part] is not _YES]
    noun = "questions" if made.is_of_answers else "scores"
    if all(outlook[part] is _NO for part in shared):
        yield _NO, f"None of the {noun} in it can be compared."
    elif doubtful:
        yield _CARE, f"These {noun} in it cannot be compared as they are: {_named(doubtful)}."


def _make_up(made: _Made, before: _Made) -> str:
    came = [part for part in made.weights if part not in before.weights]
    went = [part for part in before.weights if part not in made.weights]
    if not came and not went:
        shares = made.shares
        weighed = [part for part, share in before.shares.items() if shares[part] != share]
        return f"Its parts weigh otherwise: {_named(weighed)}."
    said = [f"{_named(came)} came in"] * bool(came) + [f"{_named(went)} went out"] * bool(went)
    return f"It is made of other parts: {' and '.join(said)}."


def _named(parts: Iterable[Part]) -> str:
    return listed(dict.fromkeys(name for name, _, _ in parts), "and", _MOST_NAMED)


def _all_made(
    rubric: Rubric, names: Names, kept: Mapping[str, str]
) -> dict[tuple[str, str], _Made]:
    """Say of every score what it is made of: roll-up and id → make-up.

    Args:
        rubric: one of the versions.
        names: what its ids are called.
        kept: criterion → its new id, for those that ask the same.
    """
    groups = plan_for(rubric).groups
    ids = [_new_id(group, names) for group in groups]
    made: dict[tuple[str, str], _Made] = {}
    for group, name in zip(groups, ids, strict=True):
        if group.is_of_answers:
            parts = [_answer(rubric, place, names, kept) for place in group.parts]
        else:
            parts = [(ids[place], groups[place].rule.score, "") for place in group.parts]
        weights = (Fraction(weight, group.weight_factor) for weight in group.weights)
        made[group.rule.score, name] = _Made(
            weights=dict(zip(parts, weights, strict=True)),
            is_of_answers=group.is_of_answers,
        )
    return made


def _answer(rubric: Rubric, place: int, names: Names, kept: Mapping[str, str]) -> Part:
    ratings = list(rubric.ratings)
    criterion, rating = list(rubric.criteria)[place // len(ratings)], ratings[place % len(ratings)]
    if criterion in kept and rating in names.ratings:
        return kept[criterion], names.ratings[rating], ""
    return criterion, rating, names.side


def _new_id(group: Group, names: Names) -> str:
    members = (names.member(facet, member) for facet, member in group.members.items())
    return "/".join(members) or group.rule.score
