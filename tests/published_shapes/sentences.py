"""Questions without ids, answered with whole sentences (as OWASP's AIMA does).

The sentences and what they count stand on a hidden sheet, numbers as text with decimal commas. A
practice has two streams of three levels; a level is the mean of its two questions, a practice the
sum of its levels, a pillar the mean of its practices. Nothing chosen counts 0.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from published_shapes.forms import Form, Result

PILLARS = {"Care": ("Watching", "Asking"), "Craft": ("Building",)}
WORDS = (
    "No; we have not begun.",
    "Yes, but only for a few, and when asked.",
    "Yes, for at least half – and we look back at it.",
    "Yes, for most or all; others learn from it.",
)
VALUES = (Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(1))
STREAMS = {"A": "plans", "B": "checks"}


def question(practice: str, level: int, stream: str) -> str:
    """Give a question's text; one of them was reworded since the rubric was written."""
    if (practice, level, stream) == ("Asking", 2, "B"):
        return "Who checks asking, by now, at stage 2?"
    return f"Is {practice.lower()} {STREAMS[stream]} in place at stage {level}?"


def with_comma(value: Fraction) -> str:
    """Write a number as a spreadsheet does where the decimal sign is a comma."""
    return f"{float(value):.4g}".replace(".", ",")


def draw(random: Random) -> Form:
    """Draw the workbook with random answers."""
    form = Form()
    page = form.page("Fragebogen")
    lists = form.page("Hidden lists", hidden=True)
    for row, (word, value) in enumerate(zip(WORDS, VALUES, strict=True), start=2):
        lists.put(f"B{row}", word, with_comma(value))
    page.put("A2", "Pillar", "Practice", "Level", "Question", "Your answer", "Counts", "Level mean")
    page.put("H2", "Practice sum")
    row = 3
    board = form.page("Board")
    board.put("A1", "Pillar", "Mean")
    for pillar, practices in PILLARS.items():
        first, sums = row, []
        for practice in practices:
            top, total = row, Fraction(0)
            for level in (1, 2, 3):
                counted = []
                for stream in STREAMS:
                    place = random.choice((0, 1, 2, 3, 3, None))
                    counted.append(VALUES[place or 0])
                    answer = None if place is None else WORDS[place]
                    page.put(f"C{row}", f"Stage {level}", question(practice, level, stream), answer)
                    page.put(f"F{row}", Result(with_comma(counted[-1])))
                    page.choose(f"E{row}", "'Hidden lists'!$B$2:$B$5")
                    row += 1
                mean = sum(counted, Fraction(0)) / 2
                page.put(f"G{row - 2}", Result(with_comma(mean)))
                total += mean
            page.put(f"B{top}", practice)
            page.put(f"H{top}", Result(total))
            page.merge(f"B{top}", f"B{row - 1}")
            sums.append(total)
        page.put(f"A{first}", pillar)
        page.merge(f"A{first}", f"A{row - 1}")
        board.put(f"A{len(board.cells) // 2 + 1}", pillar, Result(sum(sums) / Fraction(len(sums))))
    return form


def edit(form: Form) -> None:
    """Insert rows, even within a practice, and a column; hide the board."""
    page = form.pages["Fragebogen"]
    page.insert_rows(6)
    page.insert_rows(1)
    page.insert_columns(5)
    form.pages["Board"].hidden = True
