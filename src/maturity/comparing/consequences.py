"""Say what each kind of change means for comparing before and after, and why.

One table holds the rule; docs/explanation/comparing-versions.md gives the reasons behind it, and
docs/reference/changes.md is made from it.
"""

from __future__ import annotations

from typing import NamedTuple

from maturity.rubric_diff import Consequence

__all__ = ["CLARIFIED", "DECLARED_SCALE", "RULES", "SAME_MEANT", "Rule", "rule_for"]

_YES = Consequence.COMPARABLE
_CARE = Consequence.WITH_CARE
_NO = Consequence.NOT_COMPARABLE


class Rule(NamedTuple):
    """What one kind of change means.

    Attributes:
        consequence: whether before and after can be compared.
        because: why, in a sentence.
    """

    consequence: Consequence
    because: str


_WORDS = "It is only shown; no answer and no score depends on it."
_READ = "The same words in a cell may be read as another answer, or not be read."
_ASKED = "The question reads differently, so it may be answered differently."
_COUNTS = "The same answers give another score."
_NOTHING = "It has nothing to be compared with."
_RULED = "The same answers may count as something else before any score is made."
_STEP = "Levels and scores are on another scale."
_MADE_OF = "Scores of the same name are made of other answers."

# (kind, what) → rule. What is a key of the model, or what became of the thing.
RULES: dict[tuple[str, str], Rule] = {
    ("rubric", "rubric"): Rule(_CARE, "It is another rubric by its id, not another version."),
    ("rubric", "version"): Rule(_YES, "It only says which version it is."),
    ("rubric", "title"): Rule(_YES, _WORDS),
    ("rubric", "status"): Rule(_YES, _WORDS),
    ("rubric", "status_note"): Rule(_YES, _WORDS),
    ("rubric", "source"): Rule(_YES, _WORDS),
    ("rubric", "language"): Rule(_CARE, _ASKED),
    ("level", "added"): Rule(_NO, _STEP),
    ("level", "removed"): Rule(_NO, _STEP),
    ("level", "label"): Rule(_NO, "A level of the same value is called something else."),
    ("level", "description"): Rule(_CARE, "What the level means is said differently."),
    ("level", "aliases"): Rule(_CARE, _READ),
    ("answers", "forms"): Rule(_CARE, _READ),
    ("answers", "blank"): Rule(_CARE, _READ),
    ("answers", "not_applicable"): Rule(_CARE, _READ),
    ("answer set", "added"): Rule(_YES, "Nothing depends on it but what is answered with it."),
    ("answer set", "removed"): Rule(_YES, "Nothing depends on it but what is answered with it."),
    ("answer set", "forms"): Rule(_CARE, _READ),
    ("answer set", "blank"): Rule(_CARE, _READ),
    ("answer set", "not_applicable"): Rule(_CARE, _READ),
    ("level of an answer set", "added"): Rule(_NO, _STEP),
    ("level of an answer set", "removed"): Rule(_NO, _STEP),
    ("level of an answer set", "label"): Rule(
        _NO, "A level of the same value is called something else."
    ),
    ("level of an answer set", "description"): Rule(
        _CARE, "What the level means is said differently."
    ),
    ("level of an answer set", "aliases"): Rule(_CARE, _READ),
    ("principle", "added"): Rule(_NO, _NOTHING),
    ("principle", "removed"): Rule(_NO, _NOTHING),
    ("principle", "renamed"): Rule(_YES, "It is declared to be the same under another id."),
    ("principle", "title"): Rule(_YES, _WORDS),
    ("principle", "description"): Rule(_YES, _WORDS),
    ("facet", "added"): Rule(_NO, _NOTHING),
    ("facet", "removed"): Rule(_NO, _NOTHING),
    ("facet", "title"): Rule(_YES, _WORDS),
    ("facet", "from_id"): Rule(_CARE, _MADE_OF),
    ("facet", "order"): Rule(_CARE, "The steps of a ladder along it are in another order."),
    ("member of a facet", "added"): Rule(_NO, _NOTHING),
    ("member of a facet", "removed"): Rule(_NO, _NOTHING),
    ("member of a facet", "title"): Rule(_YES, _WORDS),
    ("member of a facet", "description"): Rule(_YES, _WORDS),
    ("member of a facet", "within"): Rule(_CARE, _MADE_OF),
    ("rating", "added"): Rule(_NO, _NOTHING),
    ("rating", "removed"): Rule(_NO, _NOTHING),
    ("rating", "renamed"): Rule(_YES, "It is declared to be the same under another id."),
    ("rating", "title"): Rule(_CARE, _ASKED),
    ("rating", "description"): Rule(_CARE, _ASKED),
    ("rating", "scored"): Rule(_NO, "Other answers are scored."),
    ("rating", "partner"): Rule(_CARE, "Differences between partners are made of other views."),
    ("rating", "target_for"): Rule(_CARE, "Gaps and targets are made of other answers."),
    ("rating", "answers"): Rule(_NO, "It is answered on another scale."),
    ("domain", "added"): Rule(_NO, _NOTHING),
    ("domain", "removed"): Rule(_NO, _NOTHING),
    ("domain", "renamed"): Rule(_YES, "It is declared to be the same under another id."),
    ("domain", "title"): Rule(_YES, _WORDS),
    ("domain", "description"): Rule(_YES, _WORDS),
    ("domain", "order"): Rule(_YES, "The order in which criteria stand changes no score."),
    ("criterion", "added"): Rule(_NO, _NOTHING),
    ("criterion", "removed"): Rule(_NO, _NOTHING),
    ("criterion", "retired"): Rule(_NO, "It is asked no longer."),
    ("criterion", "renamed"): Rule(_YES, "It is declared to ask the same under another id."),
    ("criterion", "reworded"): Rule(_NO, "It is declared to ask something else now."),
    ("criterion", "split"): Rule(_NO, "One answer became several."),
    ("criterion", "merged"): Rule(_NO, "Several answers became one."),
    ("criterion", "domain"): Rule(_CARE, _MADE_OF),
    ("criterion", "title"): Rule(_CARE, _ASKED),
    ("criterion", "prompt"): Rule(_CARE, _ASKED),
    ("criterion", "levels"): Rule(_CARE, "A level is described differently here."),
    ("criterion", "evidence"): Rule(_YES, _WORDS),
    ("criterion", "weight"): Rule(_CARE, _COUNTS),
    ("criterion", "principles"): Rule(_CARE, _MADE_OF),
    ("criterion", "facets"): Rule(_CARE, _MADE_OF),
    ("criterion", "not_applicable"): Rule(
        _CARE, '"Not applicable" is a fair answer in other cases, so other answers may be left out.'
    ),
    ("criterion", "answers"): Rule(_NO, "It is answered on another scale."),
    ("criterion", "aliases"): Rule(_YES, "Only the ids under which it is found have changed."),
    ("metric", "added"): Rule(_NO, _NOTHING),
    ("metric", "removed"): Rule(_NO, _NOTHING),
    ("metric", "retired"): Rule(_NO, "It is asked no longer."),
    ("metric", "renamed"): Rule(_YES, "It is declared to ask the same under another id."),
    ("metric", "reworded"): Rule(_NO, "It is declared to ask something else now."),
    ("metric", "title"): Rule(_CARE, _ASKED),
    ("metric", "unit"): Rule(_NO, "The figure is in another unit."),
    ("metric", "better"): Rule(_CARE, "Another direction counts as an improvement."),
    ("metric", "description"): Rule(_CARE, "How the figure is worked out is said differently."),
    ("answer rule", "added"): Rule(_CARE, _RULED),
    ("answer rule", "removed"): Rule(_CARE, _RULED),
    ("answer rule", "title"): Rule(_YES, _WORDS),
    ("answer rule", "where"): Rule(_CARE, "It changes what other answers count as."),
    ("answer rule", "items"): Rule(_CARE, "It changes what other answers count as."),
    ("answer rule", "ratings"): Rule(_CARE, "It changes what other answers count as."),
    ("answer rule", "when"): Rule(_CARE, "It changes answers in other cases."),
    ("answer rule", "then"): Rule(_CARE, "The answers that it changes count as something else."),
    ("answer rule", "because"): Rule(_YES, _WORDS),
    ("answer rule", "order"): Rule(
        _CARE, "Each rule sees the answers as those above it left them."
    ),
    ("roll-up", "added"): Rule(_NO, _NOTHING),
    ("roll-up", "removed"): Rule(_NO, _NOTHING),
    ("roll-up", "title"): Rule(_YES, _WORDS),
    ("roll-up", "of"): Rule(_NO, "It is made of something else."),
    ("roll-up", "by"): Rule(_NO, "It groups by something else."),
    ("roll-up", "ratings"): Rule(_NO, "It is made of other answers."),
    ("roll-up", "where"): Rule(_CARE, _MADE_OF),
    ("roll-up", "leave_out"): Rule(_CARE, _MADE_OF),
    ("roll-up", "regroup"): Rule(_CARE, _MADE_OF),
    ("roll-up", "method"): Rule(_NO, "The number is worked out in another way."),
    ("roll-up", "power"): Rule(_NO, "The number is worked out in another way."),
    ("roll-up", "weights"): Rule(_CARE, _COUNTS),
    ("roll-up", "over"): Rule(_NO, "It is divided by something else."),
    ("roll-up", "missing"): Rule(_CARE, "Missing answers count in another way."),
    ("roll-up", "not_applicable"): Rule(_CARE, '"Not applicable" counts in another way.'),
    ("roll-up", "spread_not_applicable"): Rule(_CARE, '"Not applicable" counts in another way.'),
    ("roll-up", "values"): Rule(_NO, "Levels count for other numbers."),
    ("roll-up", "limit"): Rule(_CARE, "The most that an answer counts for has changed."),
    ("roll-up", "counts"): Rule(_NO, "Another test is counted."),
    ("roll-up", "rows"): Rule(_NO, "The table decides by other rows."),
    ("roll-up", "ladder"): Rule(_NO, "The steps are reached in another way."),
    ("roll-up", "min_coverage"): Rule(
        _CARE, "There may be a score where there was none, or none where there was one."
    ),
    ("roll-up", "scale"): Rule(_NO, _STEP),
    ("roll-up", "at_least"): Rule(_CARE, "Scores stop at another number."),
    ("roll-up", "at_most"): Rule(_CARE, "Scores stop at another number."),
    ("roll-up", "round"): Rule(_CARE, "A part of any movement may be rounding."),
    ("roll-up", "gates"): Rule(_CARE, "Scores are held down in other cases."),
    ("roll-up", "bands"): Rule(_CARE, "Values can be compared, and names of bands cannot."),
    ("overall score", "added"): Rule(_NO, _NOTHING),
    ("overall score", "removed"): Rule(_NO, _NOTHING),
    ("overall score", "of"): Rule(_NO, "It is made of something else."),
    ("overall score", "method"): Rule(_NO, "The number is worked out in another way."),
    ("overall score", "missing"): Rule(_CARE, "Missing scores count in another way."),
    ("overall score", "min_coverage"): Rule(
        _CARE, "There may be a score where there was none, or none where there was one."
    ),
    ("overall score", "gates"): Rule(_CARE, "The score is held down in other cases."),
    ("band", "added"): Rule(_CARE, "Values can be compared, and names of bands cannot."),
    ("band", "removed"): Rule(_CARE, "Values can be compared, and names of bands cannot."),
    ("band", "from"): Rule(_CARE, "Values can be compared, and names of bands cannot."),
    ("disagreement", "min_range"): Rule(_CARE, "Partners are said to disagree in other cases."),
    ("rubric", "order"): Rule(_YES, "The order in which things stand changes no score."),
}

# For a key that came into the language without a line above: it is told, and never waved through.
_UNKNOWN = Rule(_CARE, "It is not known what this changes.")
# These stand in for rules above where something is declared or the same is meant.
DECLARED_SCALE = Rule(_CARE, "The change map says what each level of the old scale is now.")
CLARIFIED = Rule(_YES, "It is declared to ask the same in other words.")
SAME_MEANT = Rule(_YES, "It is written in another way and means the same.")


def rule_for(kind: str, what: str) -> Rule:
    """Say what a change means.

    Args:
        kind: what it is about, such as `criterion`.
        what: what became of it, or the key that differs; `levels 2` is looked up as `levels`.
    """
    return RULES.get((kind, what.partition(" ")[0]), _UNKNOWN)
