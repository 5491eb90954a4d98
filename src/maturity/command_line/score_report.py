"""Show a run of scoring to a person: a line for each file, then what it comes to.

Everything fits 80 columns where seven domains are scored, and is plain text in a pipe or a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from maturity.batch import FileOutcome, OutcomeStatus
from maturity.command_line.figures import title_of, two_decimals
from maturity.command_line.return_report import COLOURS, show_issues, show_return
from maturity.command_line.run_summary import show_next_steps, show_summary
from maturity.command_line.safe_text import shown, wrapped
from maturity.command_line.tally import (
    Refusal,
    Tally,
    answered,
    area_of,
    count_severities,
    headings,
    headline,
)
from maturity.command_line.terminal import fitted
from maturity.issues import Severity
from maturity.result import Result
from maturity.rubric import Rubric

__all__ = ["TextReport"]

_COUNTS_HEADING = " answered errors queries"
_WIDEST = 110


class TextReport:
    """Prints a run as it goes, and holds nothing but counts.

    Args:
        console: where to print.
        rubric: the rubric of the run.
        is_single: whether there is one file only, which is then shown in full.
        with_all_issues: whether every issue is listed below its file.
    """

    def __init__(
        self, console: Console, rubric: Rubric, *, is_single: bool, with_all_issues: bool
    ) -> None:
        self.tally = Tally()
        self._console = console
        self._rubric = rubric
        self._is_single = is_single
        self._with_all_issues = with_all_issues
        # Most ids are shorter than a score; a longer one gets its own width, up to a limit.
        self._widths = {key: min(max(4, len(key)), 10) for key in headings(rubric)}
        self._width = min(console.width, _WIDEST)

    def begin(self) -> None:
        """Say what everything is scored with and, where it is so, that it is illustrative."""
        self._say(wrapped(title_of(self._rubric), self._width, indent="  "), "bold")
        if self._rubric.status_note:
            self._say(wrapped(self._rubric.status_note, self._width), "yellow")
        self._say()
        if not self._is_single:
            cells = (fitted(key, width).strip().rjust(width) for key, width in self._widths.items())
            keys = "".join(f" {cell}" for cell in cells)
            self._say(fitted("Area", self._name_width) + keys + _COUNTS_HEADING, "bold")

    def add(self, outcome: FileOutcome, written: Sequence[Path], failure: Refusal | None) -> None:
        """Print one file's line, and below it its issues when they are wanted.

        Args:
            outcome: what became of the file.
            written: the files that were written for it.
            failure: why they could not be written, if so.
        """
        self.tally.add(outcome, written, failure)
        if outcome.result is not None and self._is_single:
            all_issues = self._with_all_issues
            show_return(self._console, outcome, outcome.result, with_all_issues=all_issues)
        elif outcome.result is not None:
            self._show_line(outcome, outcome.result)
            if self._with_all_issues and outcome.issues:
                self._say(f"  {shown(outcome.source)}", "bold")
                show_issues(self._console, outcome.issues)
        elif outcome.status is OutcomeStatus.REFUSED and not self._is_single:
            name = fitted(area_of(outcome), self._name_width)
            self._say(f"{name} cannot be used: {outcome.issues[0].code.value}", "red")

    def end(self, output: Path | None, *, is_complete: bool = True) -> None:
        """Print what the run comes to, unless it was stopped.

        Args:
            output: the folder of the results; None when nothing was to be written.
            is_complete: whether every file had its turn.
        """
        if is_complete:
            show_summary(self._console, self.tally, self._rubric)
            show_next_steps(self._console, self.tally, output)

    def _say(self, text: str = "", style: str = "") -> None:
        self._console.print(text, style=style, soft_wrap=True)

    @property
    def _name_width(self) -> int:
        scores = sum(width + 1 for width in self._widths.values())
        room = self._width - scores - len(_COUNTS_HEADING)
        return max(12, min(room, 40))

    def _show_line(self, outcome: FileOutcome, result: Result) -> None:
        scores = headline(result)
        given, possible = answered(result)
        counts = count_severities(outcome.issues)
        line = Text(fitted(area_of(outcome), self._name_width))
        for key, width in self._widths.items():
            value = scores[key].value if key in scores else None
            line.append(f" {two_decimals(value):>{width}}")
        line.append(f" {f'{given}/{possible}':>8}", "" if given == possible else "yellow")
        line.append(*_count_cell(counts, Severity.ERROR, 7))
        line.append(*_count_cell(counts, Severity.QUERY, 8))
        self._console.print(line, soft_wrap=True)


def _count_cell(counts: Counter[Severity], severity: Severity, width: int) -> tuple[str, str]:
    """Give a count and its colour, for one severity."""
    count = counts[severity]
    return f"{count or '-':>{width}}", COLOURS[severity] if count else ""
