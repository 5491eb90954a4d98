"""Say in sentences what was carried over to another version of a rubric, and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maturity.assessment import Assessment, MetricValue, Response, State
from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.rubric import Rubric
from maturity.wording import listed, quoted

__all__ = ["CarryNotes"]

_ANEW = "Have the new question answered."


class CarryNotes:
    """The issues of one return that is carried over, in the order found."""

    def __init__(self, assessment: Assessment, new: Rubric) -> None:
        self.found: list[Issue] = []
        self._assessment = assessment
        self._old = assessment.rubric
        self._versions = (quoted(assessment.rubric.version), quoted(new.version))

    def summary(self, *, kept: int, given: int) -> Issue:
        """Say how many answers were carried over.

        Args:
            kept: how many of the answers given were taken along.
            given: how many answers were given.
        """
        before, after = self._versions
        verb = "was" if given - kept == 1 else "were"
        left = f"; {given - kept} {verb} not" if kept < given else ""
        return Issue(
            IssueCode.ANSWERS_CARRIED,
            Severity.NOTE,
            f"The answers were given to version {before}, and {kept} of {given} were carried over"
            f" to version {after}{left}.",
            "Look at what was not carried over before the two are compared.",
            CellLocation(self._assessment.source),
        )

    def not_asked_before(self, name: str, noun: str) -> None:
        """Note that a criterion, metric or rating is new."""
        before, after = self._versions
        self._add(
            IssueCode.NOT_ASKED_BEFORE,
            Severity.NOTE,
            f"The {noun} {quoted(name)} is new in version {after}; version {before} did not ask"
            " for it.",
            "Have it answered.",
            criterion=None if noun == "rating" else name,
        )

    def left(
        self,
        old: Sequence[Response],
        why: str,
        remedy: str = _ANEW,
        *,
        severity: Severity = Severity.QUERY,
        criterion: str | None = None,
    ) -> None:
        """Note the answers to one criterion that are left behind; nothing where there are none.

        Args:
            old: the responses that are left.
            why: what became of the criterion. The beginning of a sentence.
            remedy: what to do.
            severity: how much it matters.
            criterion: the new criterion that it is about, where there is one.
        """
        given = [response for response in old if response.state is not State.BLANK]
        if given:
            answers = listed((self._said(response) for response in given), "and")
            noun = "answer is" if len(given) == 1 else "answers are"
            message = f"{why}, so the old {noun} not carried over: {answers}."
            self._add(
                IssueCode.NOT_CARRIED,
                severity,
                message,
                remedy,
                at=self._scored(given),
                criterion=criterion,
            )

    def level_left(self, old: Response, new: Response, why: str) -> None:
        """Note a level that has no place on the new scale."""
        self._add(
            IssueCode.NOT_CARRIED,
            Severity.QUERY,
            f"{new.criterion} was answered {quoted(self._level(old))}, {why}.",
            'Say under "levels" in the change map what it is now, or have it answered anew.',
            at=old,
            criterion=new.criterion,
            rating=new.rating,
        )

    def figure_left(
        self,
        old: MetricValue,
        why: str,
        *,
        severity: Severity = Severity.QUERY,
        criterion: str | None = None,
    ) -> None:
        """Note a figure that is left behind; nothing where there is none.

        Args:
            old: the figure.
            why: what became of the metric. The beginning of a sentence.
            severity: how much it matters.
            criterion: the new metric that it is about, where there is one.
        """
        if old.state is not State.BLANK:
            self._add(
                IssueCode.NOT_CARRIED,
                severity,
                f"{why}, so the old figure {quoted(old.raw or old.value)} is not carried over.",
                "Have the new figure entered." if criterion else "Keep it with the old return.",
                at=old,
                criterion=criterion,
            )

    def with_care(
        self, name: str, keys: Iterable[str], old: Sequence[Response | MetricValue]
    ) -> None:
        """Note what was carried over although it reads differently; nothing where there is none."""
        given = [response for response in old if response.state is not State.BLANK]
        if given:
            self._add(
                IssueCode.CARRIED_WITH_CARE,
                Severity.QUERY,
                f"{name} was carried over, and its {listed(keys, 'and')} read differently now.",
                'Put it under "clarified" in the change map if the same is asked, and under'
                ' "reworded" if not.',
                at=self._scored(given),
                criterion=name,
            )

    def scale(self, before: str, after: str, name: str) -> None:
        """Note that levels were carried over between scales about which nothing is declared."""
        self._add(
            IssueCode.CARRIED_WITH_CARE,
            Severity.QUERY,
            f"The levels were {before} and are {after} now{name}; those with the same value and"
            " label were carried over.",
            'Say under "levels" or "answer_sets" in the change map what each old level is now.',
        )

    def rating_left(self, rating: str, count: int) -> None:
        """Note that a rating is gone, with the number of its answers; nothing where none."""
        if count:
            answers = "1 answer is" if count == 1 else f"{count} answers are"
            self._add(
                IssueCode.NOT_CARRIED,
                Severity.QUERY,
                f"The rating {quoted(rating)} is not in version {self._versions[1]}, so {answers}"
                " not carried over.",
                'Say under "ratings" in the change map what it is called now, if it still is.',
            )

    def not_applicable(self, old: Response, new: Response, *, is_scored: bool) -> None:
        """Note that "not applicable" is no fair answer any more."""
        self._add(
            IssueCode.NOT_APPLICABLE_NOT_ALLOWED,
            Severity.ERROR if is_scored else Severity.QUERY,
            f"{quoted(old.raw)} is not allowed for {new.criterion} in version"
            f" {self._versions[1]}, so it counts as missing.",
            "Have it answered.",
            at=old,
            criterion=new.criterion,
            rating=new.rating,
        )

    def texts_left(self, criteria: Sequence[str], count: int) -> None:
        """Note that texts beside answers, such as evidence, are left behind."""
        if count:
            texts = "1 text" if count == 1 else f"{count} texts"
            self._add(
                IssueCode.NOT_CARRIED,
                Severity.NOTE,
                f"{texts} beside the answers to {listed(criteria, 'and')} (evidence, actions and"
                " the like) stayed with the old return.",
                "Look there for what is still of use.",
            )

    def _said(self, response: Response) -> str:
        title = self._old.ratings[response.rating].title
        return f"{response.criterion} {title} {quoted(self._level(response))}"

    def _level(self, response: Response) -> str:
        """Give an answer as it was typed; one that was made by a program has only its level."""
        return response.raw or str(response.level)

    def _scored(self, answers: Sequence[Response | MetricValue]) -> Response | MetricValue:
        """Choose the answer whose cell is shown: the scored one where it is among them."""
        wanted = self._old.scored_rating
        scored = (each for each in answers if getattr(each, "rating", None) == wanted)
        return next(scored, answers[0])

    def _add(
        self,
        code: IssueCode,
        severity: Severity,
        message: str,
        remedy: str,
        *,
        at: Response | MetricValue | None = None,
        criterion: str | None = None,
        rating: str | None = None,
    ) -> None:
        sheet, cell, raw = (None, None, None) if at is None else (at.sheet, at.cell, at.raw)
        place = CellLocation(self._assessment.source, sheet, cell)
        self.found.append(Issue(code, severity, message, remedy, place, raw, criterion, rating))
