"""Show a run of scoring to a person: a line for each file, then what it comes to.

Everything fits 80 columns where seven domains are scored, and is plain text in a pipe or a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.text import Text

from maturity.batch import FileOutcome
from maturity.batch.records import FileRecord
from maturity.command_line.figures import title_of, two_decimals
from maturity.command_line.return_report import COLOURS, show_issues, show_return
from maturity.command_line.run_summary import show_next_steps, show_summary
from maturity.command_line.safe_text import shown, wrapped
from maturity.command_line.tally import Tally, area_of, headings, headline
from maturity.command_line.terminal import fitted
from maturity.issues import Severity
from maturity.rubric import Rubric

__all__ = ["TextReport"]

_COUNTS_HEADING = " answered errors queries"
_WIDEST = 110


class TextReport:
    """Prints a run as it goes, and holds nothing but counts.

    Args:
        console: where to print.
        rubric: the rubric of the run.
        named: the rubric as it was named on the command line.
        is_single: whether there is one file only, which is then shown in full.
        with_all_issues: whether every issue is listed below its file.
    """

    def __init__(
        self,
        console: Console,
        rubric: Rubric,
        *,
        named: str,
        is_single: bool,
        with_all_issues: bool,
    ) -> None:
        self.tally = Tally(rubric)
        self._console = console
        self._rubric = rubric
        self._named = named
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

    def add(self, outcome: FileOutcome, record: FileRecord) -> None:
        """Print one file's line, and below it its issues when they are wanted.

        Args:
            outcome: what became of the file.
            record: the same in short, with what was written for it.
        """
        self.tally.add(record)
        if outcome.result is not None and self._is_single:
            all_issues = self._with_all_issues
            show_return(self._console, outcome, outcome.result, with_all_issues=all_issues)
        elif record.is_scored:
            self._show_line(record)
            if self._with_all_issues and outcome.issues:
                self._say(f"  {shown(outcome.source)}", "bold")
                show_issues(self._console, outcome.issues)
        elif record.why and not self._is_single:
            name = fitted(area_of(record), self._name_width)
            self._say(f"{name} cannot be used: {record.why[0].code.value}", "red")

    def end(self, output: Path | None, *, is_complete: bool = True) -> None:
        """Print what the run comes to, unless it was stopped.

        Args:
            output: the folder of the results; None when nothing was to be written.
            is_complete: whether every file had its turn.
        """
        if is_complete:
            show_summary(self._console, self.tally, self._rubric)
            show_next_steps(self._console, self.tally, output, rubric=self._named)

    def _say(self, text: str = "", style: str = "") -> None:
        self._console.print(text, style=style, soft_wrap=True)

    @property
    def _name_width(self) -> int:
        scores = sum(width + 1 for width in self._widths.values())
        room = self._width - scores - len(_COUNTS_HEADING)
        return max(12, min(room, 40))

    def _show_line(self, record: FileRecord) -> None:
        values = {figure.key: figure.value for figure in headline(record, self._rubric)}
        given, possible = record.answered, record.answerable
        line = Text(fitted(area_of(record), self._name_width))
        for key, width in self._widths.items():
            line.append(f" {two_decimals(values.get(key)):>{width}}")
        line.append(f" {f'{given}/{possible}':>8}", "" if given == possible else "yellow")
        counts = record.issues or {}
        line.append(*_count_cell(counts, Severity.ERROR, 7))
        line.append(*_count_cell(counts, Severity.QUERY, 8))
        self._console.print(line, soft_wrap=True)


def _count_cell(counts: Mapping[Severity, int], severity: Severity, width: int) -> tuple[str, str]:
    """Give a count and its colour, for one severity."""
    count = counts.get(severity, 0)
    return f"{count or '-':>{width}}", COLOURS[severity] if count else ""
