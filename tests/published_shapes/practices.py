"""Practices that build up to levels, domain by domain (as the C2M2 does).

Each domain has its sheet; ids such as ASSET-1a begin the text of a practice. Fully or largely is
enough. A level is reached when all practices of it and of every lower level are in place, and it
has any. The share of practices that are in place stands beside it.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from published_shapes.forms import Form, Result

# Domain → objective → how many practices it has at each level.
DOMAINS = {
    "STOCK": {1: (2, 2, 1), 2: (1, 0, 2)},
    "WATCH": {1: (1, 3, 0), 2: (1, 1, 1)},
    "LEARN": {1: (2, 1, 0)},
}
ANSWERS = {
    "FI": "Fully implemented (FI)",
    "LI": "Largely implemented (LI)",
    "PI": "Partially implemented (PI)",
    "NI": "Not implemented (NI)",
}


def practices(domain: str) -> dict[str, int]:
    """Give each practice of a domain and its level."""
    found = {}
    for objective, counts in DOMAINS[domain].items():
        letters = iter("abcdefgh")
        for level, count in enumerate(counts, start=1):
            for _ in range(count):
                found[f"{domain}-{objective}{next(letters)}"] = level
    return found


def reached(answers: dict[str, str | None], levels: dict[str, int]) -> int:
    """Climb as long as a level has practices and all are in place."""
    for level in (1, 2, 3):
        own = [answers[name] for name in levels if levels[name] == level]
        if not own or not all(answer in ("FI", "LI") for answer in own):
            return level - 1
    return 3


def draw(random: Random) -> Form:
    """Draw the workbook: a hidden sheet of results and a sheet for each domain."""
    form = Form()
    results = form.page("Results", hidden=True)
    results.put("A1", "Domain", "Level reached", "In place")
    for number, domain in enumerate(DOMAINS, start=2):
        page = form.page(f"{domain} domain")
        page.put("B1", f"{domain}: practices")
        levels, row, objective = practices(domain), 3, ""
        share = random.choice((0.7, 0.95, 1))
        answers: dict[str, str | None] = {}
        for name, level in levels.items():
            if name[:-1] != objective:
                objective, row = name[:-1], row + 2
                page.put(f"B{row - 1}", f"{objective[-1]}. An objective of {domain}")
                page.put(f"B{row}", "Practice", "Level", "Response", "Notes")
                row += 1
            is_good = random.random() < share
            answers[name] = random.choice(("FI", "LI") if is_good else ("PI", "NI", None))
            said = answers[name]
            page.put(f"B{row}", f"{name}. Something is done about {name[-1]}.", f"MIL{level}")
            page.put(f"D{row}", None if said is None else ANSWERS[said])
            row += 1
        good = sum(answer in ("FI", "LI") for answer in answers.values())
        in_place = Fraction(good, len(levels))
        results.put(f"A{number}", domain, Result(reached(answers, levels)), Result(in_place))
    return form


def edit(form: Form) -> None:
    """Insert rows within and between the blocks, and a column."""
    page = form.pages["STOCK domain"]
    page.insert_rows(8)
    page.insert_rows(3, 2)
    page.insert_columns(3)
