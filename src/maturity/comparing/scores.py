"""Say of each score whether it can be compared with the score of the same name before.

A score is comparable when it is made of the same answers with the same shares, by the same rule,
and when whatever else that rule looks at is the same as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from maturity.comparing.counting import counted_outlooks
from maturity.comparing.make_up import MakeUp, Part, Side, make_ups
from maturity.comparing.pairing import Pairing
from maturity.comparing.surroundings import places_in, surroundings
from maturity.rubric import Rubric
from maturity.rubric_diff import Change, Consequence, ScoreOutlook, worst
from maturity.wording import listed

__all__ = ["score_outlooks"]

_YES, _CARE, _NO = Consequence
_Key = tuple[str, str]
_Reason = tuple[Consequence, str]
# These change what is shown beside a value, and not the value.
_BESIDE_THE_VALUE = ("title", "bands")
_MOST_NAMED = 5


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
    sides = Side.of(old, pairing, is_old=True), Side.of(new, pairing, is_old=False)
    before, after = (make_ups(side) for side in sides)
    outlook = counted_outlooks(*sides, answers)
    for key, made in after.items():
        if key in before:
            reasons = [
                *_of_rule(key, changes),
                *_of_parts(made, before[key], outlook, answers),
                *_of_surroundings(made, before, sides, outlook),
            ]
        else:
            reasons = [(_NO, "There was no such score.")]
        outlook[key[1], key[0], ""] = worst(consequence for consequence, _ in reasons)
        told = dict.fromkeys(sentence for each, sentence in reasons if each is not _YES)
        yield ScoreOutlook(*key, outlook[key[1], key[0], ""], " ".join(told))


def _of_rule(key: _Key, changes: Sequence[Change]) -> Iterator[_Reason]:
    """Yield what has changed in the rule itself."""
    thing = ("overall score", "") if key[0] == "overall" else ("roll-up", key[0])
    for change in changes:
        if (change.kind, change.id) == thing and change.what not in _BESIDE_THE_VALUE:
            yield change.consequence, change.because


def _of_parts(
    made: MakeUp,
    before: MakeUp,
    outlook: Mapping[Part, Consequence],
    answers: Mapping[_Key, Consequence],
) -> Iterator[_Reason]:
    """Yield what has changed in the parts that a score is made of."""
    shared = [part for part in made.weights if part in before.weights]
    if not shared:
        yield _NO, "It is made of nothing that it was made of before."
        return
    if made.matters != before.matters:
        yield _CARE, _otherwise(made, before)
    doubtful = [part for part in shared if outlook[part] is not _YES]
    noun = "questions" if made.is_of_answers else "scores"
    if all(outlook[part] is _NO for part in shared):
        yield _NO, f"None of the {noun} in it can be compared."
        return
    ruled = [part for part in doubtful if answers.get(part[:2]) is _YES and made.is_of_answers]
    asked = [part for part in doubtful if part not in ruled]
    if asked:
        yield _CARE, f"These {noun} in it cannot be compared as they are: {_named(asked)}."
    if ruled:
        named = _named(ruled)
        yield _CARE, f"Answer rules may make something else of these answers than before: {named}."


def _otherwise(made: MakeUp, before: MakeUp) -> str:
    came = [part for part in made.weights if part not in before.weights]
    went = [part for part in before.weights if part not in made.weights]
    if not came and not went:
        now = made.matters
        weighed = [part for part, share in before.matters.items() if now[part] != share]
        return f"Its parts weigh otherwise: {_named(weighed)}."
    said = [f"{_named(came)} came in"] * bool(came) + [f"{_named(went)} went out"] * bool(went)
    return f"It is made of other parts: {' and '.join(said)}."


def _of_surroundings(
    made: MakeUp,
    before: Mapping[_Key, MakeUp],
    sides: tuple[Side, Side],
    outlook: Mapping[Part, Consequence],
) -> Iterator[_Reason]:
    """Yield what has changed in what the rule looks at beside the parts."""
    old, new = sides
    looked_at = surroundings(made.rule, new.rubric.scored_rating)
    for facet in looked_at.facets:
        places = [places_in(facet, each.rubric, each.names, each.kept) for each in sides]
        if places[0] != places[1]:
            yield _CARE, f'It looks at the facet "{facet}", in which criteria stand otherwise now.'
    criteria, ratings, is_whole = list(new.rubric.criteria), looked_at.other_ratings, True
    if looked_at.is_whole_return:
        ratings = (*looked_at.ratings, *ratings)
        is_whole = len(new.kept) == len(criteria) == len(old.rubric.criteria)
    elif made.is_of_answers:
        criteria = [name for name, _, _ in made.weights]
    answers = [outlook[name, rating, ""] for name in criteria for rating in ratings]
    if not is_whole or any(each is not _YES for each in answers):
        yield _CARE, "It looks at answers not all of which can be compared."
    over = () if made.rule.over is None else (made.rule.over,)
    for rollup in (*looked_at.rollups, *over):
        now = [each for (_, score, _), each in outlook.items() if score == rollup]
        were = [key for key in before if key[0] == rollup]
        if len(now) != len(were) or any(each is not _YES for each in now):
            yield _CARE, f'It looks at the scores "{rollup}", not all of which can be compared.'


def _named(parts: Iterable[Part]) -> str:
    return listed(dict.fromkeys(name for name, _, _ in parts), "and", _MOST_NAMED)
