"""Proof points rated in four stages side by side (as the W3C's accessibility model does).

The words stand on a hidden sheet, to which drop-down lists of the newer kind point. A dimension's
score is all of its points over what was possible: 12 for each proof point that has an answer in
the first stage, other than "not applicable". What does not apply in a later stage stays possible,
so that the published formula can pass 100 %.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from published_shapes.forms import Form, Result

DIMENSIONS = {
    "Talking": ("A page of news", "A way to ask"),
    "Buying": ("A list", "A test", "A term"),
}
STAGES = ("Beginning", "Launching", "Joining", "Optimising")
WORDS = ("No activity", "Started", "Partial", "Complete", "N/A")
POINTS = {"No activity": 0, "Started": 1, "Partial": 2, "Complete": 3, "N/A": 0}


def draw(random: Random) -> Form:
    """Draw the workbook; about one answer in ten does not apply, some are blank."""
    form = Form()
    board = form.page("Dashboard")
    board.put("C3", "Dimension", "Score", "Points", "Possible")
    source = "Options!$A$1:$A$5"
    for place, (dimension, points) in enumerate(DIMENSIONS.items(), start=4):
        page = form.page(dimension, extended_lists=True)
        page.put("A1", f"Dimension: {dimension}")
        for column, title in zip("BDFH", STAGES, strict=True):
            page.put(f"{column}3", title)
            page.merge(f"{column}3", f"{chr(ord(column) + 1)}3")
            page.put(f"{column}4", "Status", "Evidence")
        page.put("A4", "Proof point")
        earned = possible = 0
        for row, point in enumerate(points, start=5):
            page.put(f"A{row}", point)
            for stage, column in enumerate("BDFH"):
                blank = [None] if stage or row > 5 else []
                word = random.choice([*WORDS, *WORDS[:4], *blank])
                page.put(f"{column}{row}", word)
                page.choose(f"{column}{row}", source)
                earned += POINTS[word] if word else 0
                # The first proof point always counts, or there would be nothing to divide by.
                if stage == 0 and word == "N/A" and row == 5:
                    page.put(f"{column}{row}", "No activity")
                    word = "No activity"
                if stage == 0 and word and word != "N/A":
                    possible += 12
        share = Result(Fraction(earned, possible))
        board.put(f"C{place}", dimension, share, Result(earned), Result(possible))
    form.page("Options", hidden=True)
    form.write_list("Options", "A", WORDS)
    return form


def edit(form: Form) -> None:
    """Insert rows and a column between two stages."""
    form.pages["Buying"].insert_rows(6)
    form.pages["Buying"].insert_columns(4)
    form.pages["Talking"].insert_columns(1)
    form.pages["Dashboard"].insert_rows(1)
