"""Check a layout by itself, and against the rubric whose answers it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.layout import Column, Layout, Lookalike, Table
from maturity.normalise import normalise
from maturity.rubric import Rubric
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_layout", "check_lookalike"]

_FIGURE = "value"


def check_layout(
    layout: Layout, rubric: Rubric | None = None, *, fold: Callable[[str], str] = normalise
) -> Iterator[Fault]:
    """Yield every fault across the fields of a layout.

    Args:
        layout: a layout whose fields are sound one by one.
        rubric: the rubric that it must suit; without it the layout is checked by itself only.
        fold: how the reader folds headers and labels before it compares them.
    """
    for place, table in enumerate(layout.tables):
        path: Path = ("tables", place)
        yield from _same_words(_columns(table, path), fold, "columns of one table")
        yield from _required(table, path)
        if table.rows == "metrics":
            yield from _figures(table, path)
        if rubric is not None:
            yield from _against_rubric(table, rubric, path)
    labels = [
        (key, ("metadata", key, "label"), cell.label) for key, cell in layout.metadata.items()
    ]
    yield from _same_words(labels, fold, "values of the metadata")
    yield from _whole(layout, rubric)


def check_lookalike(lookalike: Lookalike) -> Iterator[Fault]:
    """Yield every fault across the fields of a lookalike.

    Args:
        lookalike: a lookalike whose fields are sound one by one.
    """
    fingerprint = lookalike.fingerprint
    if not (fingerprint.sheets or fingerprint.markers):
        yield error(
            IssueCode.KEY_MISSING,
            ("fingerprint",),
            "The fingerprint names neither sheets nor markers, so no workbook is recognised.",
            'Add "sheets: […]" or "markers: […]".',
            is_key=True,
        )
    if fingerprint.editions:
        yield query(
            IssueCode.UNUSED,
            ("fingerprint", "editions"),
            "Editions have no effect here; another workbook is recognised by sheets and markers.",
            "Take them away.",
            is_key=True,
        )


def _columns(table: Table, path: Path) -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    """Yield each column: what it is, the path of its header, the header's words."""
    single: Mapping[str, Column | None] = {"id": table.id, "title": table.title}
    for key, column in single.items():
        if column is not None:
            yield key, (*path, key, "header"), column.header
    for group, columns in (("answers", table.answers), ("notes", table.notes)):
        for key, column in columns.items():
            yield key, (*path, group, key, "header"), column.header
    for place, column in enumerate(table.ignore):
        yield f"ignored column {place + 1}", (*path, "ignore", place, "header"), column.header


def _same_words(
    groups: Iterable[tuple[str, Path, tuple[str, ...]]], fold: Callable[[str], str], what: str
) -> Iterator[Fault]:
    taken: dict[str, tuple[str, Path]] = {}
    for owner, path, words in groups:
        for place, word in enumerate(words):
            folded = fold(word)
            holder, holder_path = taken.setdefault(folded, (owner, path))
            if not folded:
                yield error(
                    IssueCode.VALUE_WRONG,
                    (*path, place),
                    f"Nothing is left of {quoted(word)} when spaces and punctuation are left out.",
                    "Write the words as the form shows them.",
                )
            elif holder_path != path:
                yield error(
                    IssueCode.LAYOUT_AMBIGUOUS,
                    (*path, place),
                    f"{quoted(word)} names two {what}: {quoted(holder)} and {quoted(owner)}. Case,"
                    " spaces and a remark in brackets make no difference.",
                    "Leave it to one of them.",
                )


def _required(table: Table, path: Path) -> Iterator[Fault]:
    for place, rating in enumerate(table.required):
        if rating not in table.answers:
            yield error(
                IssueCode.RATING_UNKNOWN,
                (*path, "required", place),
                f"The column {quoted(rating)} is required but is not among the answers.",
                f"{did_you_mean(rating, table.answers)} It can be {listed(table.answers)}.".strip(),
            )


def _figures(table: Table, path: Path) -> Iterator[Fault]:
    for key in table.answers:
        if key != _FIGURE:
            yield error(
                IssueCode.VALUE_WRONG,
                (*path, "answers", key),
                f"A table of metrics holds one figure in a row, not {quoted(key)}.",
                'Write "answers: {value: {header: […]}}".',
                is_key=True,
            )


def _against_rubric(table: Table, rubric: Rubric, path: Path) -> Iterator[Fault]:
    known: Mapping[str, object] = rubric.criteria if table.rows == "criteria" else rubric.metrics
    noun = "criterion" if table.rows == "criteria" else "metric"
    if table.rows == "criteria":
        for rating in table.answers:
            if rating not in rubric.ratings:
                yield error(
                    IssueCode.RATING_UNKNOWN,
                    (*path, "answers", rating),
                    f"The rubric has no rating {quoted(rating)}.",
                    f"{did_you_mean(rating, rubric.ratings)} Its ratings are"
                    f" {listed(rubric.ratings, 'and')}.".strip(),
                    is_key=True,
                )
    elif not known:
        yield query(
            IssueCode.UNUSED,
            (*path, "rows"),
            "The rubric has no metrics, so this table is never found.",
            "Take the table away, or add metrics to the rubric.",
        )
    for key, names in (("ids", table.ids), ("titles", table.titles)):
        for written, target in names.items():
            if target not in known:
                yield error(
                    IssueCode.CRITERION_UNKNOWN,
                    (*path, key, written),
                    f"{quoted(written)} stands for {noun} {quoted(target)}, which the rubric does"
                    " not have.",
                    f"{did_you_mean(target, known)} Use an id of the rubric.".strip(),
                )


def _whole(layout: Layout, rubric: Rubric | None) -> Iterator[Fault]:
    answers = {key for table in layout.tables if table.rows == "criteria" for key in table.answers}
    if not answers:
        yield error(
            IssueCode.VALUE_WRONG,
            ("tables",),
            "No table holds criteria, so no workbook fits this layout.",
            'Add a table with "rows: criteria".',
            is_key=True,
        )
    elif rubric is not None and rubric.scored_rating not in answers:
        yield query(
            IssueCode.RATING_SCORED,
            ("tables",),
            f"No table has a column for {quoted(rubric.scored_rating)}, the rating that is scored.",
            "Add it to the answers of a table, unless this form does not ask for it.",
            is_key=True,
        )
    if layout.fingerprint.editions and "edition" not in layout.metadata:
        yield query(
            IssueCode.UNUSED,
            ("fingerprint", "editions"),
            "Editions are named, but the metadata does not say where the edition stands.",
            'Add "edition: {label: […]}" to the metadata.',
            is_key=True,
        )
