"""Time writing workbooks beside XlsxWriter alone, as ratios in one run.

    python benchmarks/write_speed.py [RETURN] [--rounds 40]

What we ask of XlsxWriter is recorded once and asked again without us, in two ways. The unit is
*plainly*: the same numbers, texts and formulas in the same cells, without formats, notes, joined
cells, lists to choose from or charts. *The same calls* are everything we asked for, so what is
above them is our own work, less the search in formulas that our sheets spare. All is written into
memory. The works take turns, and what counts is the processor time of this process, so that other
work on the machine changes little.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import xlsxwriter
from turns import print_turns

import maturity

ROOT = Path(__file__).resolve().parent.parent
RUBRIC = "local-partnership"
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
KINDS = {
    "write_string": "texts",
    "write_url": "texts",
    "write_formula": "formulas",
    "write_number": "numbers",
    "write_datetime": "numbers",
    "write_boolean": "numbers",
    "write_comment": "notes",
    "add_format": "formats",
}


class Ref(int):
    """Stands for the object that a call of the tape gave: a sheet, a format or a chart."""


class Call(NamedTuple):
    """One thing that was asked of XlsxWriter."""

    of: Ref
    name: str
    values: tuple[Any, ...]
    options: Mapping[str, Any]
    gives: Ref | None


class Recorded:
    """Passes on whatever is asked of an object of XlsxWriter, and writes it down."""

    def __init__(self, real: Any, tape: list[Call], ref: Ref) -> None:
        self.real, self._tape, self.ref = real, tape, ref

    def __getattr__(self, name: str) -> Any:
        """Give a method that writes down its calls; what is no method, as it is."""
        real = getattr(self.real, name)
        if not callable(real):
            return real

        def ask(*values: Any, **options: Any) -> Any:
            answer = real(*_exchange(values, _real), **_exchange(options, _real))
            gives = Ref(len(self._tape) + 1) if hasattr(answer, "__dict__") else None
            kept = values[:1] if name == "add_worksheet" else values
            self._tape.append(
                Call(self.ref, name, _exchange(kept, _ref), _exchange(options, _ref), gives)
            )
            return answer if gives is None else Recorded(answer, self._tape, gives)

        return ask


def _exchange(value: Any, exchanged: Callable[[Any], Any]) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(_exchange(each, exchanged) for each in value)
    if isinstance(value, dict):
        return {key: _exchange(each, exchanged) for key, each in value.items()}
    return exchanged(value)


def _real(value: Any) -> Any:
    return value.real if isinstance(value, Recorded) else value


def _ref(value: Any) -> Any:
    return value.ref if isinstance(value, Recorded) else value


def record(write: Callable[[io.BytesIO], None]) -> list[Call]:
    """Write a workbook and give what was asked of XlsxWriter."""
    tape: list[Call] = []
    real = xlsxwriter.Workbook

    def start(target: io.BytesIO, options: Mapping[str, object]) -> Recorded:
        return Recorded(real(target, options), tape, Ref(0))

    with mock.patch.object(xlsxwriter, "Workbook", start):
        write(io.BytesIO())
    return tape


def the_same_calls(tape: Sequence[Call]) -> bytes:
    """Ask XlsxWriter for all of it again."""
    target = io.BytesIO()
    made: dict[int, Any] = {0: xlsxwriter.Workbook(target, OPTIONS)}
    for call in tape:
        method = getattr(made[call.of], call.name)
        if call.name.startswith("write_") and not call.options:  # the usual case, without detours
            answer = method(*(made[v] if type(v) is Ref else v for v in call.values))
        else:

            def found(value: Any) -> Any:
                return made[value] if type(value) is Ref else value

            answer = method(*_exchange(call.values, found), **_exchange(call.options, found))
        if call.gives is not None:
            made[call.gives] = answer
    return target.getvalue()


def plainly(tape: Sequence[Call]) -> bytes:
    """Write the same numbers, texts and formulas alone."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    sheets: dict[int, Any] = {}
    for call in tape:
        if call.name == "add_worksheet" and call.gives is not None:
            sheets[call.gives] = book.add_worksheet(*call.values)
        elif call.name == "write_url":
            row, column, _, _, text = call.values
            sheets[call.of].write_string(row, column, text)
        elif call.name == "write_formula":
            row, column, formula, _, known = call.values
            sheets[call.of].write_formula(row, column, formula, None, known)
        elif call.name.startswith("write_") and call.name in KINDS and call.name != "write_comment":
            getattr(sheets[call.of], call.name)(*call.values[:3])
    book.close()
    return target.getvalue()


def compare(title: str, write: Callable[[io.BytesIO], None], rounds: int) -> None:
    """Print the table of one kind of workbook."""
    tape = record(write)
    counts = Counter(KINDS[call.name] for call in tape if call.name in KINDS)
    sheets = sum(call.name == "add_worksheet" for call in tape)
    said = ", ".join(f"{count:,} {kind}" for kind, count in counts.most_common())
    print(f"\n{title}: {sheets} sheets, {said}; {rounds} rounds")
    print_turns(
        {
            "XlsxWriter, plainly": lambda: plainly(tape),
            "XlsxWriter, the same calls": lambda: the_same_calls(tape),
            "maturity": lambda: write(io.BytesIO()),
        },
        rounds,
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    returns = sorted((ROOT / "examples" / "returns").glob("*.xlsx"))
    path = options.path or returns[0]
    rubric = maturity.load_rubric(RUBRIC)
    result = maturity.score(maturity.read_assessment(path, rubric))
    cohort = maturity.gather_cohort(maturity.score_files(returns, rubric), rubric)
    works: dict[str, Callable[[io.BytesIO], None]] = {
        f"Result of {path.name}": lambda target: maturity.write_workbook(result, target),
        f"Cohort of {len(returns)} returns": lambda target: maturity.write_cohort(cohort, target),
        "Template": lambda target: maturity.write_template(rubric, target),
    }
    for title, write in works.items():
        compare(title, write, options.rounds)


if __name__ == "__main__":
    main()
