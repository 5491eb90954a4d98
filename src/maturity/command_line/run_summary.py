"""Say what a run comes to: scores over all, what was not used, and what to do next."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from maturity.command_line.figures import NO_SCORE, number_of, two_decimals
from maturity.command_line.program import program_name, rubric_option
from maturity.command_line.safe_text import shown, wrapped
from maturity.command_line.tally import Refusal, Tally, headings
from maturity.command_line.terminal import plain_table, print_table
from maturity.issues import Severity
from maturity.reconciliation import counts_in_words
from maturity.rubric import Rubric

__all__ = ["show_next_steps", "show_summary"]

_MOST_REPEATS = 5
_MOST_LEFT_OVER = 3


def show_summary(console: Console, tally: Tally, rubric: Rubric) -> None:
    """Print the scores over all returns, and every file that is not among them.

    Args:
        console: where to print.
        tally: what was counted.
        rubric: the rubric of the run.
    """
    if _counted(tally) > 1:
        console.print()
        print_table(console, _table_over_all(tally, rubric))
        if any(values.total() < _counted(tally) for values in tally.values.values()):
            console.print(f"{NO_SCORE} is no score: too little was answered, or nothing applies.")
    _show_refusals(console, "cannot be used", tally.refusals, tally.refused)
    _show_refusals(console, "scored, but not written", tally.unwritten, tally.unwritten_count)
    if tally.passed_over:
        reasons = (f"{reason.value} ({count:,})" for reason, count in tally.passed_over.items())
        line = wrapped(f"Passed over: {', '.join(reasons)}", console.width, indent="  ")
        console.print(f"\n{line}", soft_wrap=True)
    _show_repeats(console, tally)
    if tally.scored + tally.refused > 1:  # a single return has said so itself
        _show_stated(console, tally)


def _counted(tally: Tally) -> int:
    """Count the returns that count as their area's."""
    return tally.scored - tally.superseded


def _table_over_all(tally: Tally, rubric: Rubric) -> Table:
    figures_wanted = (">scored", ">low", ">median", ">high")
    table = plain_table("", f"Over {_counted(tally):,} returns", *figures_wanted, "mostly")
    for key, title in headings(rubric).items():
        values = tally.values.get(key, Counter())
        figures = (min(values, default=None), _median(values), max(values, default=None))
        table.add_row(
            shown(key),
            shown(title),
            f"{values.total():,}",
            *map(two_decimals, figures),
            shown(_usual(tally.bands.get(key, Counter()), values.total())),
        )
    return table


def _usual(bands: Counter[str], scored: int) -> str:
    """Name the band of more than half of the scored returns; `mixed` when no band has so many."""
    if not bands:
        return ""
    band, count = bands.most_common(1)[0]
    return band if count * 2 > scored else "mixed"


def _median(values: Counter[float]) -> float | None:
    """Give the middle value, or the mean of the two in the middle."""
    ordered = sorted(values.elements())
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _show_refusals(console: Console, what: str, refusals: Sequence[Refusal], count: int) -> None:
    if not count:
        return
    console.print(f"\n{number_of(count, 'file')} {what}:", style="bold red", soft_wrap=True)
    for refusal in refusals:
        for issue in refusal.issues:
            line = shown(f"{refusal.source}: {issue.message} {issue.remedy} [{issue.code.value}]")
            if console.is_terminal:
                line = wrapped(line, console.width - 2, indent="  ").replace("\n", "\n  ")
            console.print(f"  {line}", soft_wrap=True)
    if count > len(refusals):
        console.print(f"  and {count - len(refusals):,} more, each named above", soft_wrap=True)


def _show_repeats(console: Console, tally: Tally) -> None:
    for repeat in tally.repeats[:_MOST_REPEATS]:
        line = f"{repeat.issue.message} {repeat.issue.remedy} [{repeat.issue.code.value}]"
        console.print()
        console.print(wrapped(line, console.width, indent="  "), style="yellow", soft_wrap=True)
    if len(tally.repeats) > _MOST_REPEATS:
        count = len(tally.repeats) - _MOST_REPEATS
        console.print(f"\nSo it is with {count:,} more; --format json lists all.", style="yellow")


def _show_stated(console: Console, tally: Tally) -> None:
    """Say whether the scores that returns state themselves agree with ours."""
    if not tally.stating:
        return
    returns, stated = number_of(tally.stating, "return"), tally.stated.total()
    line = f"{returns} {'states' if tally.stating == 1 else 'state'} "
    line += f"{number_of(stated, 'score')} of {'its' if tally.stating == 1 else 'their'} own"
    if not tally.parting_count:
        line += ", and all agree with ours." if stated > 1 else ", and it agrees with ours."
    else:
        names = ", ".join(tally.parting)
        more = tally.parting_count - len(tally.parting)
        line += f": {counts_in_words(tally.stated)}. They part from ours in "
        line += f"{number_of(tally.parting_count, 'return')}: {names}"
        line += f" and {more:,} more." if more else "."
    style = "yellow" if tally.parting_count else ""
    console.print(f"\n{_broken(console, line)}", style=style, soft_wrap=True)


def _broken(console: Console, text: str) -> str:
    return wrapped(text, console.width, indent="  ")


def show_next_steps(console: Console, tally: Tally, output: Path | None, *, rubric: str) -> None:
    """Print how many files there were, what was written, and what to look at first.

    Args:
        console: where to print.
        tally: what was counted.
        output: the folder of the results; None when nothing was to be written.
        rubric: the rubric as it was named.
    """
    program = shown(program_name())
    option = shown(rubric_option(rubric))
    if tally.files > 1:
        line = wrapped(_sum(tally), console.width, indent="  ")
        console.print(f"\n{line}", style="bold", soft_wrap=True)
    if not tally.scored:
        console.print("\nNothing could be scored.")
        return
    mending = tally.mending
    if tally.scored > 1 and mending:
        line = f"Most to mend: {mending[0].area}. See what and where:"
        console.print(f"\n{wrapped(line, console.width, indent='  ')}", soft_wrap=True)
        command = f"{program} score --issues {_quoted(mending[0].source)}{option}"
        console.print(f"  {command}", soft_wrap=True)
    if tally.scored + tally.refused > 1 and tally.parting:
        console.print("\nSee where stated scores part from ours, and why:", soft_wrap=True)
        command = f"{program} reconcile {_quoted(tally.parting[0])}{option}"
        console.print(f"  {command}", soft_wrap=True)
    if output is None:
        line = "Nothing was written. Add -o results for a result workbook and JSON of each return."
    else:
        workbooks, documents = tally.written[".xlsx"], tally.written[".json"]
        parts = [f"{number_of(workbooks, 'result workbook')} (…-scored.xlsx)"] if workbooks else []
        parts.append(number_of(documents, "JSON file"))
        line = f"Written to {shown(output)}: {' and '.join(parts)}."
        if tally.kept:
            kept = number_of(tally.kept, "file")
            line += f" {kept} had not changed since an earlier run, and what was there was kept."
    console.print()
    console.print(wrapped(line, console.width), soft_wrap=True)
    if tally.left_over:
        line = _left_over(tally.left_over, shown(output))
        console.print(f"\n{_broken(console, line)}", style="yellow", soft_wrap=True)


def _left_over(names: Sequence[str], folder: str) -> str:
    """Say that results of earlier runs are still there; they are never taken away unasked."""
    first = ", ".join(map(shown, names[:_MOST_LEFT_OVER]))
    more = f" and {len(names) - _MOST_LEFT_OVER:,} more" if len(names) > _MOST_LEFT_OVER else ""
    are = "is" if len(names) == 1 else "are"
    return (
        f"{number_of(len(names), 'result')} of earlier runs {are} still in {folder} and not of this"
        f" one: {first}{more}. Delete what is out of date, or write into a folder of its own."
    )


def _sum(tally: Tally) -> str:
    parts = [f"{number_of(tally.files, 'file')}: {tally.scored:,} scored"]
    if tally.refused:
        parts.append(f"{tally.refused:,} cannot be used")
    if passed := tally.passed_over.total():
        parts.append(f"{passed:,} passed over")
    if tally.superseded:
        parts.append(f"{tally.superseded:,} superseded")
    found = ", ".join(number_of(tally.severities[each], each.value) for each in Severity)
    return f"{', '.join(parts)}; {found}"


def _quoted(path: str) -> str:
    return shown(shlex.quote(path))
