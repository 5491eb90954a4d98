"""Write what a cohort's areas have in common: distributions, criteria, partners, issues, files."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.cohort.cohort import Cohort
from maturity.cohort.quartiles import QUARTILE_WORDS
from maturity.cohort.tables import CriterionCounts, Distribution
from maturity.issues import Severity
from maturity.writing.book import Page
from maturity.writing.cohort_pages import Column, Value, score_title, write_table
from maturity.writing.workbook_words import (
    NONE,
    SEVERITY_WORDS,
    STATE_WORDS,
    count_of,
    criterion_name,
    level_text,
    rules_of,
)

__all__ = [
    "write_criteria",
    "write_distributions",
    "write_files",
    "write_issues",
    "write_partners",
]


def write_distributions(page: Page, cohort: Cohort) -> None:
    """Write how each score is spread over the areas."""
    bands = list(dict.fromkeys(band for each in cohort.distributions for band in each.bands))
    columns = (
        Column("Score", 50, "name"),
        Column("Of", 26),
        Column("Areas scored", 9, "number"),
        Column("Not scored", 9, "number"),
        Column("Lowest", 9, "bound"),
        Column("Lower quartile", 9, "bound"),
        Column("Median", 9, "score"),
        Column("Upper quartile", 9, "bound"),
        Column("Highest", 9, "bound"),
        Column("Mean", 9, "bound"),
        *(Column(f"Areas in {band}", 12, "number") for band in bands),
        Column("Mean coverage", 10, "coverage"),
    )
    words = (
        f"How each score is spread over {count_of(len(cohort.returns), 'return')}. "
        f"{QUARTILE_WORDS}",
    )
    rows = (_distribution(cohort, each, bands) for each in cohort.distributions)
    write_table(page, "Distributions", words, columns, rows)


def _distribution(cohort: Cohort, each: Distribution, bands: list[str]) -> list[Value]:
    spread = each.spread
    figures: list[Value] = [None] * 6
    if spread is not None:
        figures = [*spread]
    rule = rules_of(cohort.rubric)[each.score]
    return [
        score_title(cohort.rubric, each.score, each.id),
        rule.title or rule.score,
        each.scored,
        each.areas - each.scored,
        *figures,
        *(each.bands.get(band) for band in bands),
        each.coverage,
    ]


def write_criteria(page: Page, cohort: Cohort) -> None:
    """Write how each criterion is answered, those where most areas are low first."""
    rubric = cohort.rubric
    levels = list(dict.fromkeys(level for each in cohort.criteria for level in each.levels))
    states = list(dict.fromkeys(state for each in cohort.criteria for state in each.states))
    columns = (
        Column("Criterion", 50, "name"),
        Column("Domain", 34),
        *(Column(level_text(rubric, level), 12, "number") for level in levels),
        Column("Mean level", 8, "score"),
        Column("Share low", 9, "coverage"),
        Column("Where it stands", 17),
        *(Column(STATE_WORDS[state].capitalize(), 12, "number") for state in states),
    )
    low = len(cohort.low_criteria)
    words = (
        f"How many areas are at each level, by the rating that is scored. On "
        f"{count_of(low, 'criterion', 'criteria')} of {len(cohort.criteria)} more than half of the "
        "areas that answered are low; these come first.",
        "Low is the lower half of the levels; of an odd number of levels the middle one is not "
        "low. What was not answered is counted beside it and never as low.",
    )
    first = {each.criterion: place for place, each in enumerate(cohort.low_criteria)}
    ordered = sorted(cohort.criteria, key=lambda each: first.get(each.criterion, len(first)))
    rows = (
        [
            criterion_name(rubric, each.criterion),
            rubric.domain_of[each.criterion].title,
            *(each.levels.get(level) for level in levels),
            each.mean,
            each.low / each.answered if each.answered else None,
            _standing(each),
            *(each.states[state] for state in states),
        ]
        for each in ordered
    )
    write_table(page, "Criteria", words, columns, rows)


def _standing(each: CriterionCounts) -> str:
    if not each.answered:
        return "nobody answered"
    return "most areas low" if each.is_mostly_low else NONE


def write_partners(page: Page, cohort: Cohort) -> None:
    """Write how far partners are apart on each criterion, the most often apart first."""
    rubric = cohort.rubric
    columns = (
        Column("Criterion", 50, "name"),
        Column("Areas compared", 11, "number"),
        Column("Areas far apart", 11, "number"),
        Column("Share far apart", 11, "coverage"),
        Column("Mean distance in levels", 14, "bound"),
        *(
            Column(f"{rubric.ratings[rating].title}: mean level", 14, "bound")
            for rating in rubric.partner_ratings
        ),
    )
    least = float(rubric.scoring.disagreement.min_range)
    words = (
        f"Partners are far apart where their views are {least:g} levels or more from one another. "
        "Compared are areas with two partners' views or more.",
    )
    ordered = sorted(
        cohort.partner_views, key=lambda each: -each.apart / each.compared if each.compared else 0
    )
    rows = (
        [
            criterion_name(rubric, each.criterion),
            each.compared,
            each.apart,
            each.apart / each.compared if each.compared else None,
            each.mean_range,
            *each.means.values(),
        ]
        for each in ordered
    )
    nothing = "The rubric asks for no two partners' views."
    write_table(page, "Partners", words, columns, rows, nothing=nothing)


def write_issues(page: Page, cohort: Cohort) -> None:
    """Write the commonest issues, then what is odd about the returns as a whole."""
    columns = (
        Column("Issue", 30, "name"),
        Column("Severity", 24),
        Column("Returns with it", 10, "number"),
        Column("Share of returns", 10, "coverage"),
        Column("How often in all", 10, "number"),
        Column("For example", 90),
    )
    examples = {
        (issue.code, issue.severity): f"{each.area}: {issue.message}"
        for each in reversed(cohort.returns)
        for issue in reversed(each.issues)
    }
    rows = [
        [
            each.code.value,
            SEVERITY_WORDS[each.severity],
            each.areas,
            each.areas / len(cohort.returns),
            each.issues,
            examples[each.code, each.severity],
        ]
        for each in cohort.issue_counts
    ]
    words = (
        "What had to be mended or explained most often. Each return's own list is in its "
        "result workbook.",
    )
    nothing = "Nothing was found that needs mending or explaining."
    write_table(page, "Commonest issues", words, columns, rows, nothing=nothing)


def write_files(page: Page, cohort: Cohort) -> None:
    """Write the files that are not in the cohort, and what is odd about several returns."""
    columns = (
        Column("File", 44, "name"),
        Column("What became of it", 22),
        Column("Why", 80),
        Column("What to do", 60),
        Column("Code", 22, "small"),
    )
    failed = count_of(len({failure.source for failure in cohort.failures}), "file")
    replaced = count_of(len(cohort.superseded), "return")
    words = (f"{failed} could not be used, and {replaced} gave way to another of the same area.",)
    write_table(
        page,
        "Files that do not count",
        words,
        columns,
        _files(cohort),
        nothing="Every file counts.",
    )


def _files(cohort: Cohort) -> Iterator[list[Value]]:
    for failure in cohort.failures:
        for issue in failure.issues:
            yield [failure.source, "not used", issue.message, issue.remedy, issue.code.value]
    for issue in cohort.issues:
        source = str(issue.location or NONE)
        what = "same content" if issue.severity is Severity.NOTE else "replaced, or one of several"
        yield [source, what, issue.message, issue.remedy, issue.code.value]
