"""Measures answered twice, as documented and as done, in three editions (as CyFun does).

The id stands in the text of a cell. "Not applicable" in either column makes both count 3. A
subcategory and a category are means of their measures in each column, the summary the mean of the
two, the total their sum over their count. The return conforms when every key measure and every
category reach 3 and the total 3.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from random import Random

from published_shapes.forms import Form, Page, Result

EDITIONS = ("BASIC", "IMPORTANT", "ESSENTIAL")
# Measure → the first edition that has it; key measures are named beside.
MEASURES = {
    "AA.KN-01.1": 0,
    "AA.KN-01.2": 1,
    "AA.KN-02.1": 0,
    "AA.RO-01.1": 0,
    "AA.RO-01.2": 2,
    "BB.AC-01.1": 0,
    "BB.AC-02.1": 0,
    "BB.AC-02.2": 1,
    "BB.TR-01.1": 1,
    "BB.TR-01.2": 1,
}
KEYS = ("AA.KN-01.1", "BB.AC-02.1")
NOT_APPLICABLE = "N/A"
Answers = Mapping[tuple[str, int], int | str | None]


def mean(values: Iterable[int | str | Fraction | None]) -> Fraction | None:
    """Give the mean of the numbers among some cells, as AVERAGE does."""
    numbers = [value for value in values if isinstance(value, (int, Fraction))]
    return sum(map(Fraction, numbers), Fraction(0)) / len(numbers) if numbers else None


def counted(answers: Answers, measure: str) -> list[int | str | None]:
    """Give what the two answers count: 3 each as soon as one of them does not apply."""
    both = [answers[measure, 0], answers[measure, 1]]
    return [3, 3] if NOT_APPLICABLE in both else both


def draw(random: Random) -> Form:
    """Draw the workbook in one of its editions."""
    edition = random.randrange(3)
    measures = [name for name, first in MEASURES.items() if first <= edition]
    good = random.random() < 0.5
    choices: list[int | str | None] = [3, 4, 5, 5, NOT_APPLICABLE]
    if not good:
        choices = [1, 2, 3, 4, 5, NOT_APPLICABLE, None]
    answers: Answers = {
        (name, column): random.choice(choices) for name in measures for column in (0, 1)
    }
    form = Form()
    cover = form.page("Intro")
    cover.put("B3", "Organisation", "Anytown")
    cover.put("B4", "Level of assurance:", EDITIONS[edition])
    _draw_details(form.page("Details"), measures, answers)
    _draw_summary(form.page("Summary"), measures, answers)
    return form


def _draw_details(page: Page, measures: list[str], answers: Answers) -> None:
    page.put("A1", "Function", "Measure", "Maturity", None, None, "Subcategory", None, "Remarks")
    page.merge("C1", "D1")
    page.merge("F1", "G1")
    page.put("C2", "Documentation", "Implementation")
    page.put("F2", "Documentation", "Implementation")
    for row, name in enumerate(measures, start=3):
        page.put(f"A{row}", name[:2], f"{name} : something\nis done about {name[6:]}")
        page.put(f"C{row}", answers[name, 0], answers[name, 1])
        family = [each for each in measures if each[:8] == name[:8]]
        if name == family[0]:
            for column, letter in enumerate("FG"):
                value = mean(counted(answers, each)[column] for each in family)
                page.put(f"{letter}{row}", None if value is None else Result(value))


def _draw_summary(page: Page, measures: list[str], answers: Answers) -> None:
    page.put("B2", "Category", "Documentation", "Implementation", "Mean")
    summary: list[Fraction | None] = []
    for category in dict.fromkeys(name[:5] for name in measures):
        family = [name for name in measures if name[:5] == category]
        columns = [mean(counted(answers, name)[column] for name in family) for column in (0, 1)]
        summary.append(mean(columns))
        shown = [value and Result(value) for value in (*columns, summary[-1])]
        page.put(f"B{len(summary) + 2}", category, *shown)
    total = mean(summary)
    keys = [mean(counted(answers, name)) or 0 for name in KEYS]
    # MIN passes over a category without an answer.
    least = min(*keys, *(value for value in summary if value is not None))
    conforms = least >= 3 and total is not None and total >= Fraction(7, 2)
    page.put("B20", "Total", None, None, total and Result(total))
    page.put("B21", "Conforms", None, None, Result("Yes" if conforms else "No"))


def edit(form: Form) -> None:
    """Insert rows and a column; hide the summary."""
    form.pages["Details"].insert_rows(5)
    form.pages["Details"].insert_columns(2)
    form.pages["Summary"].insert_rows(2, 3)
    form.pages["Summary"].hidden = True
