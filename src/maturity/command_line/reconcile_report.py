"""Show a person where our scores and those that a workbook states agree, and where they part."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from rich.console import Console

from maturity.batch import FileOutcome
from maturity.command_line.figures import number_of
from maturity.command_line.safe_text import shown, wrapped
from maturity.command_line.terminal import plain_table, print_table
from maturity.issues import CellLocation
from maturity.layout import Layout
from maturity.reconciliation import Agreement, Compared, Reconciliation, counts_in_words
from maturity.result import Result

__all__ = ["in_a_sentence", "show_reconciliation", "show_refusal"]

_MOST_LISTED = 40


def in_a_sentence(found: Reconciliation) -> str:
    """Say how many scores a workbook states, and whether they agree with ours."""
    stated = number_of(len(found.compared), "score")
    if found.agrees:
        return f"The workbook states {stated} of its own, and all agree with ours."
    return f"The workbook states {stated} of its own: {counts_in_words(found.counts)}."


def show_refusal(console: Console, outcome: FileOutcome) -> None:
    """Print why a file could not be used."""
    for issue in outcome.issues:
        _say(console, f"{outcome.source}: {issue.message} {issue.remedy} [{issue.code.value}]")


def show_reconciliation(
    console: Console, outcome: FileOutcome, result: Result, *, with_all: bool
) -> None:
    """Print what one workbook states beside our scores.

    Args:
        console: where to print.
        outcome: the file.
        result: what it scored.
        with_all: whether every comparison is listed, and not only those that do not agree.
    """
    found = result.reconciliation
    if not found.compared:
        _say(console, f"{outcome.source}: {_nothing_stated(result.assessment.layout)}", "yellow")
        return
    colour = "green" if found.agrees else "red"
    _say(console, f"{outcome.source}: {in_a_sentence(found)}", colour)
    console.print()
    _show_counts(console, found)
    steps = found.first_steps
    if steps:
        console.print("\nThe two part ways here:", style="bold")
    for step in steps:
        _say(console, f"{_named(step)}. {step.explanation}", indent="  ")
    following = [each for each in found.differing if not each.is_first_step]
    if following:
        console.print("\nThese follow from that:", style="bold")
        _list(console, following, most=None if with_all else _MOST_LISTED)
    if with_all:
        console.print("\nEvery score that the workbook states:", style="bold")
        _list(console, found.compared, most=None)


def _nothing_stated(layout: Layout | None) -> str:
    name = "The layout" if layout is None else f'The layout "{layout.id}"'
    has_cells = layout is not None and (
        layout.stated
        or any(t.rows == "scores" or t.stated for whole in layout.tables for t in whole.expanded)
    )
    if has_cells:
        return f"{name} says where the workbook states scores, and there it states none."
    return (
        f"{name} names no cells in which the workbook states scores of its own, so there is nothing"
        ' to compare. Name them under "stated" in the layout, if there are such cells.'
    )


def _show_counts(console: Console, found: Reconciliation) -> None:
    others = [kind for kind in Agreement if found.counts.get(kind)]
    table = plain_table("", "Score", ">stated", *(f">{kind.value}" for kind in others))
    for score, counts in found.by_score.items():
        figures = (f"{counts[kind]:,}" if counts.get(kind) else "" for kind in others)
        table.add_row("", shown(score), f"{sum(counts.values()):,}", *figures)
    print_table(console, table)


def _list(console: Console, rows: Sequence[Compared], *, most: int | None) -> None:
    for each in rows[:most]:
        _say(console, _line(each), indent="  ")
    if most is not None and len(rows) > most:
        _say(console, f"and {len(rows) - most:,} more: add --all to see them.", indent="  ")


def _named(each: Compared) -> str:
    rating = f" ({each.rating})" if each.rating else ""
    return f"{CellLocation('', each.sheet, each.cell)}  {each.score} {each.id}{rating}"


def _line(each: Compared) -> str:
    """Put one comparison on a line: its cell, what it is, ours and the workbook's."""
    ours = "none" if each.ours is None else _figure(each.ours)
    raw = shown(each.raw) or "nothing"
    return f"{_named(each)}: ours {ours}, the workbook {raw}, {each.agreement.value}"


def _figure(value: float) -> str:
    """Show a value with nine decimals at most: more than any two programs differ by."""
    return f"{float(round(Fraction(str(value)), 9)):.9f}".rstrip("0").rstrip(".")


def _say(console: Console, text: str, style: str = "", indent: str = "") -> None:
    """Print a sentence: broken into lines on a terminal, one line in a pipe or a file."""
    line = indent + shown(text)
    if console.is_terminal:
        line = indent + wrapped(text, console.width - len(indent), indent=f"{indent}  ")
    console.print(line, style=style, soft_wrap=True)
