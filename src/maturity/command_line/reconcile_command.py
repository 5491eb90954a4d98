"""Carry out `maturity reconcile`: our scores beside those that workbooks state themselves."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Sequence
from typing import NamedTuple

from maturity.batch import FileOutcome, FoundFile, find_files, score_files
from maturity.command_line.arguments import rubric_named, sources_named
from maturity.command_line.endings import ExitCode, Misuse
from maturity.command_line.figures import title_of
from maturity.command_line.reconcile_report import show_reconciliation, show_refusal
from maturity.command_line.safe_text import say
from maturity.command_line.score_run import workers_for
from maturity.command_line.terminal import console_for
from maturity.reconciliation import Reconciliation
from maturity.rubric import Rubric

__all__ = ["ReconcileOptions", "reconcile_files"]

_SCHEMA = "maturity-reconcile/1"


class ReconcileOptions(NamedTuple):
    """What was asked for on the command line; `maturity.cli` says what each option does."""

    files: Sequence[str]
    rubric: str
    as_json: bool = False
    with_all: bool = False


def reconcile_files(options: ReconcileOptions) -> ExitCode:
    """Compare our scores with those that workbooks state, and show what was found.

    Args:
        options: what was asked for.

    Returns:
        0 when all agree, 1 when some do not or none is stated, 3 when a file could not be used.

    Raises:
        Misuse: when there is nothing to compare.
    """
    paths = list(sources_named(options.files))
    rubric = rubric_named(options.rubric)
    found = [file for file in find_files(paths) if file.reason is None]
    if not found:
        raise Misuse(f'There is no workbook in "{", ".join(options.files)}".')
    if options.as_json:
        return _as_json(found, rubric)
    return _as_text(found, rubric, with_all=options.with_all)


def _as_text(found: Sequence[FoundFile], rubric: Rubric, *, with_all: bool) -> ExitCode:
    console = console_for(sys.stdout)
    console.print(title_of(rubric), style="bold", soft_wrap=True)
    ending = ExitCode.CLEAN
    for outcome in _scored(found, rubric):
        console.print()
        if outcome.result is None:
            show_refusal(console, outcome)
        else:
            show_reconciliation(console, outcome, outcome.result, with_all=with_all)
        ending = max(ending, _ending(outcome))
    return ending


def _as_json(found: Sequence[FoundFile], rubric: Rubric) -> ExitCode:
    ending = ExitCode.CLEAN
    rows = []
    for outcome in _scored(found, rubric):
        rows.append(_row(outcome))
        ending = max(ending, _ending(outcome))
    about = {"id": rubric.id, "version": rubric.version, "digest": rubric.digest}
    say(json.dumps({"schema": _SCHEMA, "rubric": about, "files": rows}, indent=1))
    return ending


def _scored(found: Sequence[FoundFile], rubric: Rubric) -> Generator[FileOutcome]:
    workers = workers_for(found)
    return score_files(found, rubric, workers=workers, keep_workbook=False)


def _row(outcome: FileOutcome) -> dict[str, object]:
    found = Reconciliation() if outcome.result is None else outcome.result.reconciliation
    layout = None if outcome.result is None else outcome.result.assessment.layout
    return {
        "source": str(outcome.source),
        "layout": None if layout is None else layout.id,
        "agrees": found.agrees,
        "counts": {kind.value: count for kind, count in found.counts.items()},
        "by_score": {
            score: {kind.value: count for kind, count in counts.items()}
            for score, counts in found.by_score.items()
        },
        "compared": found.records(),
        "issues": [issue.record() for issue in outcome.issues],
    }


def _ending(outcome: FileOutcome) -> ExitCode:
    if outcome.result is None:
        return ExitCode.UNUSABLE
    return ExitCode.CLEAN if outcome.result.reconciliation.agrees else ExitCode.ISSUES
