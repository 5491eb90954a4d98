"""Carry answers over, criterion by criterion, each by what became of its question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maturity.assessment import Assessment, Response, State
from maturity.changes import ChangeMap, Split
from maturity.comparing.carry_notes import CarryNotes
from maturity.comparing.pairing import KEEPS_MEANING, Bond, Pairing
from maturity.comparing.scales import ScaleChange, scale_change
from maturity.rubric import Level, Rubric
from maturity.wording import listed

__all__ = ["AnswerCarrier"]


class AnswerCarrier:
    """Carries the answers of one return.

    Attributes:
        kept: the old answers, by criterion and rating, that were taken along as answers.
    """

    def __init__(
        self,
        assessment: Assessment,
        new: Rubric,
        changes: ChangeMap | None,
        pairing: Pairing,
        notes: CarryNotes,
    ) -> None:
        self.kept: set[tuple[str, str]] = set()
        self._old = assessment.rubric
        self._new = new
        self._changes = changes
        self._pairing = pairing
        self._notes = notes
        self._answers = {(each.criterion, each.rating): each for each in assessment.responses}
        # New rating → the old one that is the same.
        self._ratings = {new: old for old, new in pairing.ratings.items()}
        self._scales: dict[tuple[str | None, str | None], ScaleChange] = {}

    def responses(self) -> Iterator[Response]:
        """Yield the response of each new criterion under each new rating."""
        for name in self._new.criteria:
            yield from self._criterion(name)

    def ratings_that_differ(self) -> None:
        """Note the ratings that came and went."""
        for rating in self._new.ratings:
            if rating not in self._ratings:
                self._notes.not_asked_before(rating, "rating")
        for rating in self._old.ratings:
            if rating not in self._pairing.ratings:
                given = [
                    each
                    for (_, key), each in self._answers.items()
                    if key == rating and each.state is not State.BLANK
                ]
                self._notes.rating_left(rating, len(given))

    def answers_to(self, old: str) -> list[Response]:
        """Give the old answers to a criterion under every rating that is still there."""
        return [self._answers[old, rating] for rating in self._pairing.ratings]

    def is_for_all(self, bond: Bond, old: Sequence[str]) -> bool:
        """Say whether it is declared that the old answer holds for each part of a split."""
        if bond is not Bond.SPLIT or self._changes is None:
            return False
        split = self._changes.split[old[0]]
        return isinstance(split, Split) and split.carry == "all"

    def _criterion(self, name: str) -> Iterator[Response]:
        bond, old = self._pairing.origins[name]
        if bond is Bond.MERGED:
            yield from self._merged(name, old)
        elif bond in KEEPS_MEANING or self.is_for_all(bond, old):
            yield from self._whole(name, old[0])
        else:
            self._explain(name, bond, old)
            yield from (Response(name, rating, State.BLANK) for rating in self._new.ratings)

    def _explain(self, name: str, bond: Bond, old: Sequence[str]) -> None:
        """Say why a criterion is blank."""
        if bond is Bond.ADDED:
            self._notes.not_asked_before(name, "criterion")
        elif bond is Bond.REWORDED:
            why = f"{name} asks something else in version {self._new.version}"
            self._notes.left(self.answers_to(name), why, criterion=name)
        else:
            parts = [n for n, each in self._pairing.origins.items() if each == (Bond.SPLIT, old)]
            if name == parts[0]:
                why = f"{old[0]} is divided into {listed(parts, 'and')}"
                self._notes.left(self.answers_to(old[0]), why, criterion=name)

    def _whole(self, name: str, old: str) -> Iterator[Response]:
        for rating in self._new.ratings:
            before = self._ratings.get(rating)
            if before is None:
                yield Response(name, rating, State.BLANK)
            else:
                yield self._moved(self._answers[old, before], name, rating)

    def _merged(self, name: str, old: Sequence[str]) -> Iterator[Response]:
        """Take an answer along where all parts were answered alike."""
        differing: list[Response] = []
        for rating in self._new.ratings:
            before = self._ratings.get(rating)
            parts = [] if before is None else [self._answers[each, before] for each in old]
            if parts and len({(each.state, each.level) for each in parts}) == 1:
                moved = self._moved(parts[0], name, rating)
                if moved.state is State.ANSWERED:
                    self.kept |= {(each.criterion, each.rating) for each in parts}
                yield moved
            else:
                differing += parts
                yield Response(name, rating, State.BLANK)
        why = f"{name} is made of {listed(old, 'and')}, which were not answered alike"
        self._notes.left(differing, why, criterion=name)

    def _moved(self, answer: Response, name: str, rating: str) -> Response:
        """Give an old answer its new place; its level is the one that it is on the new scale."""
        moved = answer._replace(criterion=name, rating=rating)
        if answer.state is State.NOT_APPLICABLE:
            was_fair = self._old.criteria[answer.criterion].not_applicable is not None
            if was_fair and self._new.criteria[name].not_applicable is None:
                is_scored = self._new.ratings[rating].scored
                self._notes.not_applicable(answer, moved, is_scored=is_scored)
        if answer.level is None:
            return moved
        scale = self._scale(answer, moved)
        if answer.level in scale.levels:
            self.kept.add((answer.criterion, answer.rating))
            return moved._replace(level=scale.levels[answer.level])
        why = f"which is not a level any more: they are {_steps(scale.new)}"
        self._notes.level_left(answer, moved, why)
        return moved._replace(state=State.UNREADABLE, level=None)

    def _scale(self, old: Response, new: Response) -> ScaleChange:
        before = self._old.answer_set_for(old.criterion, old.rating)
        after = self._new.answer_set_for(new.criterion, new.rating)
        if (before, after) not in self._scales:
            scale = scale_change(self._old, self._new, before, after, self._changes)
            self._scales[before, after] = scale
            if scale.is_doubtful:
                name = "" if after is None else f' (answer set "{after}")'
                self._notes.scale(_steps(scale.old), _steps(scale.new), name)
        return self._scales[before, after]


def _steps(levels: Sequence[Level]) -> str:
    return listed((f"{level.value} {level.label}" for level in levels), "and")
