"""Strategies that climb levels, each level with controls of its own (as the Essential Eight do).

A control may be asked at several levels, which columns of marks show. A level is reached when all
of its controls are effective or made good by others; one that does not apply is passed over, and a
level that asks nothing is reached. The whole is as good as its weakest strategy.
"""

from __future__ import annotations

from random import Random

from published_shapes.forms import Form, Result

# Strategy → control → the levels at which it is asked.
STRATEGIES = {
    "Keeping backups": {"C-0101": (1, 2, 3), "C-0102": (1,), "C-0103": (2, 3), "C-0104": (3,)},
    "Mending holes": {"C-0201": (2,), "C-0202": (2, 3), "C-0203": (3,)},
    "Closing doors": {"C-0301": (1, 2), "C-0302": (1, 2, 3), "C-0303": (3,), "C-0304": (3,)},
}
GOOD = ("Effective", "Alternate control")
BAD = ("Ineffective", "No visibility", "Not implemented", None)


def reached(controls: dict[str, tuple[int, ...]], answers: dict[str, str | None]) -> int:
    """Climb from the lowest level as long as every control of it is good or does not apply."""
    for level in (1, 2, 3):
        asked = [answers[name] for name, levels in controls.items() if level in levels]
        if not all(answer in (*GOOD, "Not applicable") for answer in asked):
            return level - 1
    return 3


def draw(random: Random) -> Form:
    """Draw the workbook: a sheet for each strategy, and a summary before them."""
    form = Form()
    summary = form.page("Summary")
    summary.put("B2", "Strategy", "Level reached")
    levels = []
    for number, (strategy, controls) in enumerate(STRATEGIES.items(), start=1):
        page = form.page(f"{number} {strategy}", hidden=number == 2)
        page.put("A1", f"Strategy: {strategy}")
        page.put(
            "A3", "Control", None, "Asked at", None, None, "Status of the\ncontrol", "Evidence"
        )
        page.merge("A3", "A4")
        page.merge("C3", "E3")
        page.put("B4", "What is done")
        page.put("C4", "Level 1", "Level 2", "Level 3")
        good = random.choice((0.6, 0.9, 1))
        answers: dict[str, str | None] = {}
        for row, (name, asked) in enumerate(controls.items(), start=5):
            kind = GOOD if random.random() < good else (*BAD, "Not applicable")
            answers[name] = random.choice(kind)
            page.put(f"A{row}", name, f"Something about {name}")
            page.put(f"C{row}", *("X" if level in asked else None for level in (1, 2, 3)))
            page.put(f"F{row}", answers[name])
        levels.append(reached(controls, answers))
        page.put("H1", "Level reached:", None, Result(levels[-1]))
        summary.put(f"B{number + 2}", strategy, Result(levels[-1]))
    summary.put("B7", "Overall", Result(min(levels)))
    return form


def edit(form: Form) -> None:
    """Rename a sheet, insert rows and columns, hide the summary."""
    form.rename("3 Closing doors", "3 Closing doors (Ada)")
    form.pages["1 Keeping backups"].insert_rows(6, 2)
    form.pages["1 Keeping backups"].insert_columns(2)
    form.pages["Summary"].hidden = True
