"""Show to a person what differs between two versions of a rubric."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console

from maturity.command_line.figures import number_of, title_of
from maturity.command_line.safe_text import shown, wrapped
from maturity.rubric_diff import Change, Consequence, RubricDiff
from maturity.wording import listed

__all__ = ["show_diff"]

_COLOURS = {
    Consequence.COMPARABLE: "green",
    Consequence.WITH_CARE: "yellow",
    Consequence.NOT_COMPARABLE: "red",
}
_HEADINGS = {
    "rubric": "The rubric",
    "level": "Levels",
    "answers": "Words for answers",
    "answer set": "Answer sets",
    "level of an answer set": "Levels of answer sets",
    "principle": "Principles",
    "facet": "Facets",
    "member of a facet": "Members of facets",
    "rating": "Ratings",
    "domain": "Domains",
    "criterion": "Criteria",
    "metric": "Metrics",
    "answer rule": "Answer rules",
    "roll-up": "Roll-ups",
    "overall score": "Overall score",
    "band": "Bands",
    "disagreement": "Disagreement",
}
_SHORT = 24
_MOST_IDS = 9


def show_diff(console: Console, diff: RubricDiff) -> None:
    """Print every difference with its consequence, grouped; then the scores and suggestions.

    Args:
        console: where to print.
        diff: what to show.
    """
    is_same = diff.old.title == diff.new.title
    after = f"version {shown(diff.new.version)}" if is_same else title_of(diff.new)
    title = f"{title_of(diff.old)} → {after}"
    _print(console, title, "bold")
    _print(console, _summary(diff))
    for kind, changes in groupby(diff.changes, key=lambda change: change.kind):
        _print(console, f"\n{_HEADINGS.get(kind, kind)}", "bold")
        for change in changes:
            _show_change(console, change)
    if diff.changes:
        _print(console, f"\nScores of version {shown(diff.new.version)}", "bold")
        for consequence, line in _scores(diff):
            _print(console, f"  {line}", _COLOURS[consequence])
    for line in _suggestions(diff):
        _print(console, line)


def _print(console: Console, line: str, style: str | None = None) -> None:
    """Print a line; on a terminal it is broken between words."""
    inner = line.lstrip("\n ")
    margin = line[: len(line) - len(inner)]
    width = console.width - len(margin.lstrip("\n"))
    text = wrapped(inner, width, indent="  ") if console.is_terminal else shown(inner)
    indent = margin.lstrip("\n")
    console.print(margin + text.replace("\n", f"\n{indent}"), style=style, soft_wrap=True)


def _summary(diff: RubricDiff) -> str:
    if not diff.changes:
        return "They say the same."
    counts = Counter(change.consequence for change in diff.changes)
    parts = (f"{counts[each]} {each.value}" for each in Consequence if counts[each])
    declared = (
        "The change map between them is used."
        if diff.change_map is not None
        else "There is no change map between them, so the same id is taken for the same thing."
    )
    return f"{number_of(len(diff.changes), 'difference')}: {', '.join(parts)}. {declared}"


def _show_change(console: Console, change: Change) -> None:
    name = f"{change.id}: " if change.id else ""
    before, after = change.before or "nothing", change.after or "nothing"
    is_short = len(before) <= _SHORT and len(after) <= _SHORT
    values = f" {before} → {after}" if is_short else ""
    if change.what in {"added", "removed", "retired"}:
        is_short, values = True, f": {change.after or change.before or ''}".rstrip(": ")
    line = f"  {name}{change.what}{values}. {change.consequence.value.capitalize()}."
    _print(console, f"{line} {change.because}", _COLOURS[change.consequence])
    if not is_short:
        _print(console, f"    was: {before}")
        _print(console, f"    now: {after}")


def _scores(diff: RubricDiff) -> Iterator[tuple[Consequence, str]]:
    """Yield a line for each group of scores of one roll-up with the same outlook."""
    outlooks: dict[tuple[str, Consequence, str], list[str]] = {}
    for each in diff.scores:
        outlooks.setdefault((each.score, each.consequence, each.because), []).append(each.id)
    for (score, consequence, because), ids in outlooks.items():
        line = f"{score} {listed(ids, 'and', _MOST_IDS)}: {consequence.value}. {because}"
        yield consequence, line.rstrip()


def _suggestions(diff: RubricDiff) -> Iterable[str]:
    if not diff.suggestions:
        return ()
    pairs = ", ".join(f"{each.old}: {each.new}" for each in diff.suggestions)
    return (
        "\nThese went and came with nearly the same words. If they ask the same, say in the change"
        " map:",
        f"  renamed: {{{pairs}}}",
    )
