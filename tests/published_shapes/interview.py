"""Sections of questions without ids, answered from lists of their own (as SAMM 1.5 does).

An id is the section's heading, the level, and a number that starts again at each level. A level is
the mean of its questions and a practice the sum of its three levels; a domain and the whole are
means. A question that does not concern the team counts as fully done; one not answered counts 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from published_shapes.forms import Form, Page, Result

VALUES = [Fraction(0), Fraction(1, 5), Fraction(1, 2), Fraction(1)]
SETS = {
    "A": ["No", "Yes, a little", "Yes, about half", "Yes, most of it"],
    "B": ["No", "Yes, some teams", "Yes, many teams", "Yes, all teams"],
    "E": ["No", "Yes, once", "Yes, each year", "Yes, each quarter", "No, it does not concern us"],
}
AREAS = {"Steering": {"Planning work": "PW", "Learning": "LE"}, "Making": {"Review of work": "RW"}}
# How many questions each level has, and the set of each question, as in rubric.yaml.
QUESTIONS = {"PW": (3, 2, 1), "LE": (1, 4, 2), "RW": (2, 2, 3)}


def set_of(practice: str, level: int, number: int) -> str:
    """Say with which set a question is answered."""
    return "ABE"[(len(practice) + level + number + ord(practice[0])) % 3]


def criteria() -> Iterator[tuple[str, int, int]]:
    """Yield every question: practice, level, number."""
    for practice, counts in QUESTIONS.items():
        for level, count in enumerate(counts, start=1):
            yield from ((practice, level, number) for number in range(1, count + 1))


def draw(random: Random) -> Form:
    """Draw the workbook with random answers, a tenth of them blank."""
    form = Form()
    page, card = form.page("Interview"), form.page("Scorecard")
    form.page("Lists", hidden=True)
    for place, (name, words) in enumerate(SETS.items()):
        column, beside = "ABCDEF"[2 * place], "ABCDEF"[2 * place + 1]
        form.names[f"Answers{name}"] = form.write_list("Lists", column, words)
        form.write_list("Lists", beside, [*VALUES, Fraction(1)][: len(words)])
    page.put("A1", "Growing with care: interview")
    page.put("A4", "Function", "Practice", "Question", "Answer", "Counts", "Level score", "Rating")
    card.put("B2", "Practice", "Rating")
    row, scores = 5, []
    for area, practices in AREAS.items():
        page.put(f"A{row}", area)
        ratings = []
        for heading, practice in practices.items():
            rating, last = _practice(page, random, practice, heading, row)
            card.put(f"B{len(card.cells) // 2 + 2}", heading, Result(rating))
            ratings.append(rating)
            row = last
        scores.append(sum(ratings, Fraction(0)) / len(ratings))
    card.put("E2", "Function", "Mean")
    for place, (area, value) in enumerate(zip(AREAS, scores, strict=True), start=3):
        card.put(f"E{place}", area, Result(value))
    card.put("E8", "Everything", Result(sum(scores, Fraction(0)) / len(scores)))
    return form


def _practice(
    page: Page, random: Random, practice: str, heading: str, row: int
) -> tuple[Fraction, int]:
    """Draw a section from its heading; give its rating and the row below it."""
    page.put(f"B{row}", heading)
    first, rating = row, Fraction(0)
    row += 1
    for level, count in enumerate(QUESTIONS[practice], start=1):
        page.put(f"B{row}", f"Level {level}")
        top, counted = row, []
        for number in range(1, count + 1):
            words = SETS[set_of(practice, level, number)]
            answer = random.choice(words) if random.random() < 0.9 else None
            values = dict(zip(words, [*VALUES, Fraction(1)], strict=False))
            counted.append(Fraction(0) if answer is None else values[answer])
            page.put(f"C{row}", f"Is it so in case {number} of {practice}?", answer)
            page.put(f"E{row}", Result(counted[-1]))
            page.choose(f"D{row}", f"Answers{set_of(practice, level, number)}")
            row += 1
        mean = sum(counted, Fraction(0)) / count
        page.put(f"F{top}", Result(mean))
        if count > 1:
            page.merge(f"B{top}", f"B{row - 1}")
            page.merge(f"F{top}", f"F{row - 1}")
        rating += mean
    page.put(f"G{first}", Result(rating))
    return rating, row


def edit(form: Form) -> None:
    """Insert a row and a column where people do."""
    form.pages["Interview"].insert_rows(6)
    form.pages["Interview"].insert_columns(3)
    form.pages["Scorecard"].insert_rows(1, 2)
