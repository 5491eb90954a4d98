"""Answers by form controls, which leave the place of the choice in a hidden sheet (as SOC-CMM).

1 to 5 are the levels and 6 means that the item is not required. Next to it stands the place of its
importance, which weighs it. Maturity is 5 × (sum − n) ÷ (5n − n), and the same with weights; what is
not answered counts as level 1 in the weighted score and is left out of the plain one. A domain is
the mean of its aspects, each rounded to two decimals before.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from random import Random

from published_shapes.forms import Form, Result

ASPECTS = {"B1": 4, "B2": 3, "P1": 5, "P2": 2}
IMPORTANCE = (Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(4))


def maturity(levels: list[int]) -> Fraction:
    """Bring the sum of levels 1 to 5 to a scale of 0 to 5."""
    n = len(levels)
    return 5 * Fraction(sum(levels) - n, 5 * n - n)


def to_cents(value: Fraction) -> Fraction:
    """Round to two decimals, halves up."""
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


def draw(random: Random) -> Form:
    """Draw the workbook; one item of each aspect always counts, with some importance."""
    form = Form()
    face = form.page("Questions")
    face.put("A1", "Choose in the boxes; what you choose is kept elsewhere.")
    page = form.page("_Output", hidden=True)
    results = form.page("Results")
    results.put("B2", "Aspect", "Maturity", "Weighed", "Rounded")
    row, rounded = 1, {}
    for place, (aspect, count) in enumerate(ASPECTS.items(), start=3):
        levels, top, whole = [], Fraction(0), Fraction(0)
        for number in range(1, count + 1):
            item = f"{aspect[0]} {aspect[1]}.{number}"
            face.put(f"A{row + 2}", item, f"How far is {item}?")
            choice = (
                random.choice((1, 2, 3, 4, 5, 5, 6, None)) if number > 1 else random.randint(1, 5)
            )
            weight = random.randint(1, 5) if number > 1 else random.randint(2, 5)
            page.put(f"A{row}", f"{item}_value", choice)
            page.put(f"C{row}", f"{item}_importance", weight)
            row += 1
            if choice == 6:
                continue
            if choice is not None:
                levels.append(choice)
            top += IMPORTANCE[weight - 1] * ((choice or 1) - 1)
            whole += IMPORTANCE[weight - 1] * 4
        rounded[aspect] = to_cents(maturity(levels))
        shown = (maturity(levels), 5 * top / whole, rounded[aspect])
        results.put(f"B{place}", aspect, *map(Result, shown))
    for place, domain in enumerate("BP", start=9):
        own = [value for aspect, value in rounded.items() if aspect[0] == domain]
        results.put(f"B{place}", f"Domain {domain}", Result(sum(own, Fraction(0)) / len(own)))
    return form


def edit(form: Form) -> None:
    """Insert rows and a column among the results; the hidden sheet stays as it is."""
    form.pages["Results"].insert_rows(4)
    form.pages["Results"].insert_columns(1)
    form.pages["Results"].insert_columns(5)
