"""Make random rubrics with hypothesis: any number of levels, ratings and domains, any words."""

from __future__ import annotations

from hypothesis import strategies as st

from maturity.rubric import (
    Answers,
    Criterion,
    Domain,
    Level,
    Metric,
    Rating,
    RollUp,
    Rubric,
    Scoring,
)

__all__ = ["rubrics", "words"]

# Names that our own template uses, so that they clash, and names with brackets and punctuation.
_AWKWARD = (
    "Evidence",
    "By when",
    "Ref",
    "Criterion",
    "Figure",
    "Agreed level",
    "Agreed level (12 months)",
    "agreed  LEVEL:",
    "1 - Low",
    "(in brackets)",
    "★",
    "=1+1",
    "Cover",
    "History",
    "a/b: c? [d] *e* \\f",
    "'quoted'",
    "Grad „fünf“ – 評価",
    "A title that is far too long to be the name of a sheet or to stand in a column's header " * 2,
)
_PRINTABLE = st.characters(exclude_categories=["C", "Zl", "Zp"])
_LABELS = ("Low", "Middling", "Fair", "Good, mostly", 'So "called" best', "Far along", "Complete")
_METRICS = (
    Metric(title="Share", unit="percent"),
    Metric(title="Waits", unit="count"),
    Metric(title="Figure", unit="money"),
)


def words(most: int = 60) -> st.SearchStrategy[str]:
    """Give names of all kinds, never empty."""
    typed = st.text(_PRINTABLE, min_size=1, max_size=most).filter(lambda text: text.strip())
    return st.one_of(st.sampled_from(_AWKWARD), typed)


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Give valid rubrics."""
    first = draw(st.integers(0, 1))
    levels = tuple(
        Level(value=first + place, label=label)
        for place, label in enumerate(_LABELS[: draw(st.integers(2, 7))])
    )
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    domains = tuple(_domain(draw, levels, number, size) for number, size in enumerate(sizes))
    return Rubric(
        id="random",
        version=draw(words(10)),
        title=draw(words()),
        status=draw(st.sampled_from(("illustrative", "draft", "final"))),
        status_note=draw(st.sampled_from(("", "Made up."))),
        levels=levels,
        answers=Answers(blank=("TBC",), not_applicable=draw(st.sampled_from(((), ("N/A",))))),
        ratings=_ratings(draw),
        domains=domains,
        metrics={
            f"M{number}": metric
            for number, metric in enumerate(_METRICS[: draw(st.integers(0, len(_METRICS)))])
        },
        scoring=Scoring(rollups=(RollUp(score="domain", method="mean"),)),
    )


def _ratings(draw: st.DrawFn) -> dict[str, Rating]:
    partners = {
        f"p{number}": Rating(title=title, partner=True)
        for number, title in enumerate(draw(st.lists(words(), max_size=4)))
    }
    scored = {"agreed": Rating(title=draw(words()), scored=True)}
    target = {"target": Rating(title=draw(words()), target_for="agreed")}
    return partners | scored | (target if draw(st.booleans()) else {})


def _domain(draw: st.DrawFn, levels: tuple[Level, ...], number: int, size: int) -> Domain:
    letter = "ABCD"[number]
    criteria = tuple(
        Criterion(
            id=f"{letter}{place}",
            title=draw(words()),
            prompt=draw(st.sampled_from(("", "Is it so?"))),
            levels={level.value: draw(words(400)) for level in levels},
            evidence=draw(st.sampled_from(((), ("Minutes",)))),
            not_applicable=draw(st.sampled_from((None, "Where there is none."))),
        )
        for place in range(1, size + 1)
    )
    return Domain(id=letter, title=draw(words()), criteria=criteria)
