"""Requirements that cost points when they are not met (as in the CMMC's SPRS score).

The score is 110 less the points of every requirement that is not met or not answered; one of them
costs less when it is met in part. "Not applicable" costs nothing. Ids are bare numbers.
"""

from __future__ import annotations

from random import Random

from published_shapes.forms import Form, Result

# Requirement → what it costs; three of them cost less when met in part.
COSTS = {
    "3.1.1": 5, "3.1.2": 5, "3.1.3": 1, "3.1.10": 1, "3.2.1": 5, "3.2.2": 3, "3.2.3": 1,
    "3.5.1": 5, "3.5.3": 5, "3.5.4": 1, "3.13.1": 5, "3.13.11": 5, "3.13.12": 3,
}  # fmt: skip
IN_PART = {"3.5.3": 3, "3.13.11": 3}
FAMILIES = {"1": "Access", "2": "Awareness", "5": "Identity", "13": "Systems"}


def cost(name: str, answer: str | None) -> int:
    """Say what an answer costs."""
    if answer in ("Y", "NA"):
        return 0
    return IN_PART[name] if answer == "P" else COSTS[name]


def draw(random: Random) -> Form:
    """Draw the workbook; a very hidden sheet holds the costs."""
    form = Form()
    page = form.page("Self-assessment")
    page.put("A1", "Score:", Result(0))
    page.put("A3", "Family", "Req.", "Requirement", "Status (Y/N/NA)", "Plan", "Points lost")
    total, share, row = 0, random.random(), 4
    for number, family in FAMILIES.items():
        names = [name for name in COSTS if name.split(".")[1] == number]
        page.put(f"A{row}", family)
        page.merge(f"A{row}", f"A{row + len(names) - 1}")
        for name in names:
            choices: list[str | None] = ["N", "NA", None, *(["P"] if name in IN_PART else [])]
            answer = "Y" if random.random() < share else random.choice(choices)
            page.put(f"B{row}", name, f"Something is required by {name}", answer)
            page.put(f"F{row}", Result(cost(name, answer)))
            total += cost(name, answer)
            row += 1
    page.put("A1", "Score:", Result(110 - total))
    costs = form.page("Costs", hidden=True)
    for row, (name, lost) in enumerate(COSTS.items(), start=1):
        costs.put(f"A{row}", name, lost)
    return form


def edit(form: Form) -> None:
    """Insert rows above and within, and a column."""
    form.pages["Self-assessment"].insert_rows(8)
    form.pages["Self-assessment"].insert_rows(2, 3)
    form.pages["Self-assessment"].insert_columns(4)
