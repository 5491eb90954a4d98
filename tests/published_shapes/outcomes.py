"""Outcomes decided by three groups of statements side by side (as the NCSC's CAF does).

A statement is answered Yes or No. An outcome is not achieved as soon as one statement of the first
group is true; achieved when all of the last are; partially achieved when all of the middle are, if
there are any; and else not achieved. A profile asks for a least status of each outcome.
"""

from __future__ import annotations

from random import Random

from published_shapes.forms import Form, Page, Result

# Outcome → how many statements of each group; an outcome need not have a middle one.
OUTCOMES = {"A1.a": (2, 0, 3), "A1.b": (3, 2, 2), "A2.a": (1, 1, 1), "B1.a": (2, 3, 2)}
STATUSES = ("Not achieved", "Partially achieved", "Achieved")
PROFILES = {"Basic": (0, 1, 1, 1), "Enhanced": (2, 1, 2, 2)}


def status(groups: tuple[list[bool | None], ...]) -> int:
    """Decide an outcome by the first rule that holds."""
    bad, partial, full = groups
    if any(bad):
        return 0
    if full and all(full):
        return 2
    return 1 if partial and all(partial) else 0


def draw(random: Random) -> Form:
    """Draw the workbook; one answer in twenty is blank."""
    form = Form()
    pages = {"A": form.page("Objective A"), "B": form.page("Objective B")}
    rows = dict.fromkeys(pages, 3)
    found = []
    for outcome, counts in OUTCOMES.items():
        true = random.choice([(0.0, 1.0, 1.0), (0.1, 1.0, 0.3), (0.4, 0.5, 0.5)])
        groups = tuple(
            [None if random.random() < 0.05 else random.random() < share for _ in range(count)]
            for share, count in zip(true, counts, strict=True)
        )
        found.append(status(groups))
        page = pages[outcome[0]]
        rows[outcome[0]] = _outcome(page, outcome, groups, rows[outcome[0]], found[-1])
    summary = form.page("Results")
    summary.put("A1", "Outcome", "Status", *(f"{name} profile" for name in PROFILES))
    for row, (outcome, reached) in enumerate(zip(OUTCOMES, found, strict=True), start=2):
        met = ["Met" if reached >= least[row - 2] else "Not met" for least in PROFILES.values()]
        summary.put(f"A{row}", outcome, Result(STATUSES[reached]), *map(Result, met))
    return form


def _outcome(
    page: Page, outcome: str, groups: tuple[list[bool | None], ...], row: int, reached: int
) -> int:
    """Draw one block; give the row below it."""
    page.put(f"A{row}", f"{outcome} Something is known of {outcome}")
    page.put(f"H{row}", "Result", Result(STATUSES[reached]))
    head = ("Not achieved", "True?", "Partially achieved", "True?", "Achieved", "True?")
    page.put(f"B{row + 1}", *head)
    page.put(f"B{row + 2}", "One is enough", None, "All are needed", None, "All are needed")
    for column, answers in zip("BDF", groups, strict=True):
        for number, answer in enumerate(answers, start=1):
            text = None if answer is None else "Yes" if answer else "No"
            page.put(f"{column}{row + 2 + number}", f"Statement {number} of {outcome} holds.", text)
    return row + 5 + max(map(len, groups))


def edit(form: Form) -> None:
    """Insert a column and rows."""
    form.pages["Objective A"].insert_columns(1)
    form.pages["Objective A"].insert_rows(1, 2)
    form.pages["Results"].insert_rows(3)
