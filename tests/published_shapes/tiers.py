"""Tiers as blocks with headers of their own, the text as key (as Elastic's DEBMM does).

A criterion is the mean of what is answered to it, a tier the weighted mean of its criteria, the
whole the weighted mean of the tiers, cut after one decimal. A tier is achieved when each of its
criteria, and of those of the tiers below, reaches 3.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from random import Random

from published_shapes.forms import Form, Result

# Tier → its weight and its criteria, with weight and questions.
TIERS = {
    "Foundation": (Fraction(3, 10), {"Rules are kept": (2, 2), "Rules are tried": (1, 3)}),
    "Basic": (Fraction(3, 10), {"A baseline is drawn": (1, 2), "Silence is noticed": (3, 1)}),
    "Expert": (Fraction(2, 5), {"Hunts are led": (1, 2)}),
}
WORDS = ("Initial", "Repeatable", "Defined", "Managed", "Optimised")


def draw(random: Random) -> Form:
    """Draw the workbook; some questions are blank, none of them the first of a criterion."""
    form = Form()
    page = form.page("Assessment")
    page.put("A1", "Detection: a self-assessment")
    row, tiers, achieved, climbing = 3, [], 0, True
    low = random.choice((1, 2, 3, 3))
    for number, (tier, (weight, criteria)) in enumerate(TIERS.items(), start=1):
        page.put(f"A{row}", f"Tier {number}: {tier}")
        page.put(
            f"A{row + 1}", "Criterion", "Question", "Rating\n(1-5)", "Criterion score", "Tier score"
        )
        row += 2
        top, scores = row, []
        for criterion, (own, count) in criteria.items():
            answers = []
            for question in range(1, count + 1):
                level = random.randint(low, 5) if question == 1 or random.random() < 0.8 else None
                words = None if level is None else f"{level} – {WORDS[level - 1]}"
                page.put(
                    f"B{row}", f"How well is it so that {criterion.lower()} ({question})?", words
                )
                answers += [] if level is None else [level]
                row += 1
            mean = Fraction(sum(answers), len(answers))
            page.put(f"A{row - count}", criterion)
            page.put(f"D{row - count}", Result(mean))
            if count > 1:
                page.merge(f"A{row - count}", f"A{row - 1}")
            scores.append((own, mean))
        tiers.append((weight, _weighted(scores)))
        page.put(f"E{top}", Result(tiers[-1][1]))
        climbing = climbing and all(mean >= 3 for _, mean in scores)
        achieved = number if climbing else achieved
        row += 2
    page.put(f"A{row}", "Overall", None, Result(Fraction(floor(_weighted(tiers) * 10), 10)))
    page.put(f"A{row + 1}", "Tier achieved", None, Result(achieved))
    return form


def _weighted(pairs: list[tuple[int, Fraction]] | list[tuple[Fraction, Fraction]]) -> Fraction:
    top = sum((weight * value for weight, value in pairs), Fraction(0))
    return top / sum(Fraction(weight) for weight, _ in pairs)


def edit(form: Form) -> None:
    """Insert rows between and within the blocks, and a column."""
    page = form.pages["Assessment"]
    page.insert_rows(10, 2)
    page.insert_rows(6)
    page.insert_columns(3)
