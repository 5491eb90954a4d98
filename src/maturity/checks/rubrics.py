"""Check what one field of a rubric alone cannot show: names that must be known, and must differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maturity.checks.answers import check_answers
from maturity.checks.facets import check_facets
from maturity.checks.groups import check_groups
from maturity.checks.ids import suggest
from maturity.checks.scoring import check_scoring
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode, Severity
from maturity.models import Number
from maturity.normalise import normalise
from maturity.rubric import Criterion, Rubric
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_rubric"]


def check_rubric(rubric: Rubric) -> Iterator[Fault]:
    """Yield every fault across the fields of a rubric.

    Args:
        rubric: a rubric whose fields are sound one by one.

    Yields:
        The faults. An error means that scores would be wrong or impossible.
    """
    has_errors = False
    for check in (
        _status,
        check_answers,
        _ratings,
        _ids,
        _answer_sets,
        _descriptors,
        _not_applicable,
        check_facets,
        check_scoring,
    ):
        for fault in check(rubric):
            has_errors = has_errors or fault.severity is Severity.ERROR
            yield fault
    # What each score is made of can be worked out only when every name in it is known.
    if not has_errors:
        yield from check_groups(rubric)


def _status(rubric: Rubric) -> Iterator[Fault]:
    if rubric.status == "illustrative" and not rubric.status_note:
        yield query(
            IssueCode.KEY_MISSING,
            ("status",),
            "The rubric is illustrative and does not say what that means for its scores.",
            'Add "status_note: …", a sentence that is shown wherever a score is.',
        )


def _ratings(rubric: Rubric) -> Iterator[Fault]:
    scored = [key for key, rating in rubric.ratings.items() if rating.scored]
    if not scored:
        yield error(
            IssueCode.RATING_SCORED,
            ("ratings",),
            "No rating is the one that is scored.",
            f'Add "scored: true" to one of {listed(rubric.ratings)}.',
        )
    for key in scored[1:]:
        yield error(
            IssueCode.RATING_SCORED,
            ("ratings", key, "scored"),
            f"The ratings {quoted(scored[0])} and {quoted(key)} are both scored; one can be.",
            'Leave "scored: true" on one rating. Roll-ups can use the others by "ratings".',
        )
    partners = [key for key, rating in rubric.ratings.items() if rating.partner]
    if len(partners) == 1:
        yield query(
            IssueCode.UNUSED,
            ("ratings", partners[0], "partner"),
            f"{quoted(partners[0])} is the only partner's view, so it is compared with nothing.",
            'Add "partner: true" to the other partners\' ratings, or take it away here.',
        )
    yield from _targets(rubric)


def _targets(rubric: Rubric) -> Iterator[Fault]:
    taken: dict[str, str] = {}
    for key, rating in rubric.ratings.items():
        wanted = rating.target_for
        if wanted is None:
            continue
        path: Path = ("ratings", key, "target_for")
        others = [other for other in rubric.ratings if other != key]
        if wanted == key:
            yield error(
                IssueCode.RATING_UNKNOWN,
                path,
                f"The rating {quoted(key)} is said to be the target for itself.",
                f"Name the rating that it is the target for: {listed(others)}.",
            )
        elif wanted not in rubric.ratings:
            yield error(
                IssueCode.RATING_UNKNOWN,
                path,
                f"The rating {quoted(key)} is the target for {quoted(wanted)}, which is not"
                " declared.",
                f"{did_you_mean(wanted, others)} The ratings are {listed(others, 'and')}.".strip(),
            )
        elif wanted in taken:
            yield error(
                IssueCode.ID_DUPLICATE,
                path,
                f"{quoted(taken[wanted])} and {quoted(key)} are both targets for {quoted(wanted)}.",
                "Leave one of them.",
            )
        elif not rubric.ratings[wanted].scored:
            yield query(
                IssueCode.UNUSED,
                path,
                f"{quoted(key)} is the target for {quoted(wanted)}, which is not scored, so no gap"
                " is worked out.",
                "Name the scored rating, or take it away.",
            )
        taken.setdefault(wanted, key)


def _ids(rubric: Rubric) -> Iterator[Fault]:
    """Ids are compared as the reader compares them: `lg1` and `LG1` are the same."""
    domains: dict[str, str] = {}
    for place, domain in enumerate(rubric.domains):
        yield from _claim(domains, domain.id, f"domain {quoted(domain.id)}", ("domains", place))
    rows: dict[str, str] = {}
    for path, criterion in _criteria(rubric):
        yield from _claim(rows, criterion.id, f"criterion {quoted(criterion.id)}", path)
    for path, criterion in _criteria(rubric):
        for place, alias in enumerate(criterion.aliases):
            owner = f"criterion {quoted(criterion.id)}"
            yield from _claim(rows, alias, owner, (*path, "aliases", place))
    for key in rubric.metrics:
        yield from _claim(rows, key, f"metric {quoted(key)}", ("metrics", key), is_key=True)


def _claim(
    taken: dict[str, str], name: str, owner: str, path: Path, *, is_key: bool = False
) -> Iterator[Fault]:
    holder = taken.setdefault(normalise(name), owner)
    # `setdefault` gives back the very owner that was put in when the name was free.
    if holder is not owner:
        yield error(
            IssueCode.ID_DUPLICATE,
            path if is_key or path[-2] == "aliases" else (*path, "id"),
            f"The id {quoted(name)} is used twice: by {holder} and by {owner}.",
            "Give one of them another id.",
            is_key=is_key,
        )


def _answer_sets(rubric: Rubric) -> Iterator[Fault]:
    used: set[str] = set()
    named: list[tuple[str | None, Path]] = [
        (rating.answers, ("ratings", key, "answers")) for key, rating in rubric.ratings.items()
    ]
    for path, item in _criteria(rubric):
        if not isinstance(item.answers, Mapping):
            named.append((item.answers, (*path, "answers")))
            continue
        for rating, own in item.answers.items():
            named.append((own, (*path, "answers", rating)))
            if rating not in rubric.ratings:
                yield error(
                    IssueCode.RATING_UNKNOWN,
                    (*path, "answers", rating),
                    f"The rubric has no rating {quoted(rating)}.",
                    suggest(rating, rubric.ratings, "ratings"),
                    is_key=True,
                )
    for name, path in named:
        if name is None:
            continue
        used.add(name)
        if name not in rubric.answer_sets:
            yield error(
                IssueCode.VALUE_WRONG,
                path,
                f"The answer set {quoted(name)} is not declared.",
                suggest(name, rubric.answer_sets, "answer sets"),
            )
    for name in rubric.answer_sets:
        if name not in used:
            yield query(
                IssueCode.UNUSED,
                ("answer_sets", name),
                f"No criterion and no rating is answered with the answer set {quoted(name)}.",
                'Name it by "answers: …", or take it away.',
                is_key=True,
            )


def _scale(rubric: Rubric, criterion: Criterion) -> tuple[Number, ...]:
    """Give the levels that a criterion's descriptors describe: those of the scored answer."""
    scored = [(key, rating) for key, rating in rubric.ratings.items() if rating.scored]
    names = (criterion.answers_under(key) or rating.answers for key, rating in scored)
    name = next(names, None)
    own = rubric.answer_sets.get(name or "")
    return tuple(level.value for level in (own or rubric).levels)


def _descriptors(rubric: Rubric) -> Iterator[Fault]:
    without: list[tuple[Path, str]] = []
    for path, criterion in _criteria(rubric):
        known = _scale(rubric, criterion)
        missing = [value for value in known if value not in criterion.levels]
        place: Path = (*path, "levels")
        if not criterion.levels:
            without.append((path, criterion.id))
        elif missing:
            yield error(
                IssueCode.DESCRIPTOR_MISSING,
                place,
                f"Criterion {quoted(criterion.id)} has no descriptor for"
                f" level{'s' if len(missing) > 1 else ''} {listed(missing, 'and')}.",
                f'Add "{missing[0]}: …" to its levels.',
                is_key=True,
            )
        for value in criterion.levels:
            if value not in known:
                yield error(
                    IssueCode.DESCRIPTOR_UNKNOWN,
                    (*place, value),
                    f"Criterion {quoted(criterion.id)} has a descriptor for level {value}, which"
                    " is not a level.",
                    f"The levels are {listed(known, 'and')}.",
                    is_key=True,
                )
    if without:
        first, name = without[0]
        more = f" The same goes for {len(without) - 1} more." if len(without) > 1 else ""
        yield query(
            IssueCode.DESCRIPTOR_MISSING,
            first,
            f"Criterion {quoted(name)} does not say what is seen at any level.{more}",
            'Add "levels:" with one descriptor for each level, unless the workbook shows them.',
        )


def _not_applicable(rubric: Rubric) -> Iterator[Fault]:
    sets = rubric.answer_sets.values()
    if rubric.answers.not_applicable or any(each.not_applicable for each in sets):
        return
    allowing = [
        (path, criterion.id)
        for path, criterion in _criteria(rubric)
        if criterion.not_applicable is not None
    ]
    if allowing:
        path, name = allowing[0]
        more = f" The same goes for {len(allowing) - 1} more." if len(allowing) > 1 else ""
        yield query(
            IssueCode.UNUSED,
            (*path, "not_applicable"),
            f'Criterion {quoted(name)} allows "not applicable", but no word for it is'
            f" declared.{more}",
            'Add "not_applicable: [N/A]" to "answers", unless a layout says which word means it.',
            is_key=True,
        )


def _criteria(rubric: Rubric) -> Iterator[tuple[Path, Criterion]]:
    # Not `rubric.criteria`, which knows one criterion only for each id.
    for place, domain in enumerate(rubric.domains):
        for number, criterion in enumerate(domain.criteria):
            yield ("domains", place, "criteria", number), criterion
