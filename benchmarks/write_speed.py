"""Time result workbooks beside XlsxWriter writing the same cells plainly, in one run.

    python benchmarks/write_speed.py [--times 15] [RETURN ...]

The cells that a result workbook holds are read back from it, and written by XlsxWriter alone: the
same numbers, texts and formulas with their values, in plain sheets without formats, notes, charts
or widths. Both take turns; the table gives the least processor time of each. The example returns
are used when none is named.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlsxwriter

import maturity

RUBRIC = "local-partnership"
_Cell = tuple[int, int, object, object]


def cells_of(content: bytes) -> dict[str, list[_Cell]]:
    """Read back what a workbook holds: sheet → row, column, formula or value, and value."""
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {
        sheet.title: [
            (cell.row - 1, cell.column - 1, cell.value, values[sheet.title][cell.coordinate].value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in formulas.worksheets
    }


def write_plainly(sheets: dict[str, list[_Cell]]) -> bytes:
    """Write the same cells with XlsxWriter, and nothing else."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for row, column, written, value in cells:
                if isinstance(written, str) and written.startswith("="):
                    sheet.write_formula(row, column, written, None, "" if value is None else value)
                elif isinstance(written, str):
                    sheet.write_string(row, column, written)
                elif isinstance(written, bool):
                    sheet.write_boolean(row, column, written)
                elif isinstance(written, int | float):
                    sheet.write_number(row, column, written)
                else:
                    sheet.write_string(row, column, str(written))
    return buffer.getvalue()


def least(ways: dict[str, Callable[[], object]], times: int) -> dict[str, float]:
    """Let ways take turns, and give the least processor time of each, in seconds."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(times):
        for name, way in ways.items():
            start = time.process_time()
            way()
            taken[name].append(time.process_time() - start)
    return {name: min(found) for name, found in taken.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("returns", nargs="*", type=Path)
    parser.add_argument("--times", type=int, default=15)
    options = parser.parse_args()
    examples = Path(__file__).parents[1] / "examples" / "returns"
    print(f"{'return':32} {'cells':>7} {'formulas':>8} {'ours ms':>8} {'plain ms':>8} {'ratio':>6}")
    rubric = maturity.load_rubric(RUBRIC)
    for path in options.returns or sorted(examples.glob("*.xlsx")):
        result = maturity.score(maturity.read_assessment(path, rubric))
        print_line(path.name, result, options.times)


def print_line(name: str, result: maturity.Result, times: int) -> None:
    """Print one line of the table."""

    def ours() -> bytes:
        buffer = io.BytesIO()
        maturity.write_workbook(result, buffer)
        return buffer.getvalue()

    sheets = cells_of(ours())
    found = least({"ours": ours, "plain": lambda: write_plainly(sheets)}, times)
    cells = [cell for each in sheets.values() for cell in each]
    formulas = sum(isinstance(cell[2], str) and cell[2].startswith("=") for cell in cells)
    print(
        f"{name:32} {len(cells):7,} {formulas:8,} {found['ours'] * 1000:8.1f} "
        f"{found['plain'] * 1000:8.1f} {found['ours'] / found['plain']:6.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
