"""Hold the rules of scoring: roll-ups, conditions, gates and tables, as a rubric declares them.

Five ideas combine. An *answer rule* says what an answer counts as, given the others or the cover. A
*roll-up* groups answers or scores and makes one score of each group. Facets say what to group by. A
*condition* looks at answers, scores or the cover and holds or not. A *table* gives the score of its
first row whose condition holds; a *gate* holds a score down while its condition holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from maturity.answer_rule import AnswerRule, ImpliedAnswer
from maturity.condition import Condition, CountNeeded, Members, ShareNeeded, Where
from maturity.models import Key, Model, Number, Share, Text, Weight

__all__ = [
    "AnswerRule",
    "Band",
    "Condition",
    "CountAs",
    "CountNeeded",
    "Disagreement",
    "Gate",
    "ImpliedAnswer",
    "Ladder",
    "Members",
    "Overall",
    "RollUp",
    "Rounding",
    "Row",
    "Scale",
    "Scoring",
    "ShareNeeded",
    "Where",
]


class CountAs(Model):
    """What stands in for something that is not there."""

    count_as: Number | Key
    """A number; or a rating, whose answer to the same criterion then counts. Where that rating has
    no answer either, the criterion is left out."""


class Row(Model):
    """One row of a table: its score, and the condition under which it is the one."""

    when: Condition | None = None
    """The condition; a row without one always holds, so it stands last."""
    then: Number
    """The score."""
    label: str = ""
    """What the score is called, in place of a band."""
    because: str = ""
    """A sentence that says why, shown beside the score."""


class Ladder(Model):
    """Steps that are climbed one by one: the score is the highest step reached."""

    along: Key
    """The facet whose members are the steps, lowest first. Steps count 1, 2, 3 …; 0 is none."""
    reached: Condition
    """What must hold of a step's own items for it to be reached."""
    cumulative: bool = True
    """Whether a step needs every lower step as well."""


class Gate(Model):
    """A ceiling on a score for as long as a condition holds."""

    when: Condition
    """The condition."""
    at_most: Number
    """The ceiling."""
    because: Text
    """A sentence that says why, shown beside the score."""


class Scale(Model):
    """A change of scale: score = plus + times × value."""

    times: Number = 1
    """What the value is multiplied by; below zero for deductions."""
    plus: Number = 0
    """What is added afterwards."""


class Rounding(Model):
    """A rounding that the model itself asks for, at this stage."""

    decimals: Annotated[int, Field(ge=0, le=10)] = 0
    """Decimal places that are kept."""
    mode: Literal["half-up", "half-even", "down", "up"]
    """Halves away from zero, halves to the even neighbour, always towards zero, always away."""


class Band(Model):
    """A name for a stretch of the scale, from its lower cut up to the next band's."""

    cut: Number = Field(alias="from")
    """The lowest value in the band; exactly this value belongs to it."""
    label: Text
    """The band's name."""


class RollUp(Model):
    """One rule of scoring: group answers or scores, and make one score of each group."""

    score: Key
    """The name of the scores it makes, such as domain."""
    title: str = ""
    """What people call them; the name itself when left out."""
    of: Key = "criterion"
    """What is grouped: `criterion` for answers, or the name of an earlier roll-up."""
    by: tuple[Key, ...] | None = None
    """The facets to group by; the roll-up's own name when left out. `domain`, `principle`,
    `rating` and every declared facet can be used. An empty list makes one score of everything."""
    ratings: tuple[Key, ...] | None = None
    """The ratings that are used; the scored one when left out."""
    where: Where = Field(default_factory=dict)
    """Only what belongs to these members: facet → member or members."""
    leave_out: tuple[Key, ...] = ()
    """Criteria, or scores by id, that are left out on purpose."""
    regroup: Mapping[Key, Mapping[Key, Key]] = Field(default_factory=dict)
    """Criteria that count elsewhere in this roll-up: criterion → facet → member."""
    method: Literal[
        "mean",
        "weighted-mean",
        "geometric-mean",
        "power-mean",
        "sum",
        "min",
        "max",
        "median",
        "points",
        "count",
        "share",
        "table",
        "ladder",
    ]
    """How a group becomes one number. `mean` gives every member the same weight; `power-mean` is
    the mean of the values to the power `power`, brought back by the same root; `points` is the
    weighted sum over the highest that it could be; `count` and `share` count the members that pass
    `counts`; `table` takes the first of `rows` that holds; `ladder` climbs `ladder`."""
    power: Annotated[int, Field(ge=-20, le=20)] | None = None
    """For `power-mean`: the exponent, a whole number but 0; -1 gives the harmonic mean, 2 the
    quadratic mean. The score is 0 as soon as one value is below 0, or is 0 where the exponent is
    below 0."""
    weights: Key | tuple[Key, ...] | Mapping[Key, Mapping[Key | Number, Weight]] | None = None
    """For `weighted-mean`, and if wanted for `geometric-mean`, `sum`, `points`, `count` and
    `share`: where weights come from, which is `criterion`, a facet in `by`, or a rating whose
    answers are the weights. Several are multiplied. Or the weights themselves: facet → member →
    weight, which is the only way for scores."""
    missing: Literal["skip", "lowest", "refuse"] | CountAs = "skip"
    """What a missing answer does: it is left out, counts as the lowest level, makes the score
    impossible, or counts as a number or as another rating's answer."""
    not_applicable: Literal["skip", "missing"] | CountAs = "skip"
    """What an allowed "not applicable" does: it leaves the group, counts as missing, or counts as a
    number or as another rating's answer."""
    spread_not_applicable: bool = False
    """Whether "not applicable" in one of the ratings used makes all of them so."""
    values: Mapping[Number, Number] = Field(default_factory=dict)
    """Values that count as others: level or score → number. The rest count as they are."""
    limit: Number | Key | None = None
    """The most that one value counts: a number, or a rating that holds each criterion's limit."""
    counts: Condition | None = None
    """For `count` and `share`: the test that a member must pass."""
    rows: tuple[Row, ...] = ()
    """For `table`: its rows, tried in order."""
    ladder: Ladder | None = None
    """For `ladder`: its steps."""
    min_coverage: Share = 0
    """The least share of the group's weight, 0 to 1, that must be answered for there to be a
    score."""
    over: Key | None = None
    """An earlier roll-up with the same `by`, by whose score of the same group the result of the
    method is divided."""
    scale: Scale | None = None
    """A change of scale, made after the method."""
    at_least: Number | None = None
    """The least that the score can be, after the change of scale."""
    at_most: Number | None = None
    """The most that the score can be, after the change of scale."""
    round: Rounding | None = None
    """A rounding of the score. Without it nothing is ever rounded."""
    gates: tuple[Gate, ...] = ()
    """Ceilings on the score; the lowest that holds counts."""
    bands: tuple[Band, ...] | None = None
    """Names for stretches of this score's own scale, in place of the rubric's."""

    @property
    def grouping(self) -> tuple[str, ...]:
        """The facets it groups by: `by`, or its own name when that is left out."""
        return (self.score,) if self.by is None else self.by

    @property
    def weight_sources(self) -> tuple[str, ...]:
        """The names of where weights come from; none where they are not named."""
        if self.weights is None or isinstance(self.weights, Mapping):
            return ()
        return (self.weights,) if isinstance(self.weights, str) else self.weights

    @property
    def weight_tables(self) -> Mapping[str, Mapping[str, Number]]:
        """The weights themselves, facet → member → weight; none where they come from elsewhere."""
        if not isinstance(self.weights, Mapping):
            return {}
        return {
            facet: {str(member): weight for member, weight in table.items()}
            for facet, table in self.weights.items()
        }

    @property
    def weight_ratings(self) -> tuple[str, ...]:
        """The ratings whose answers are weights."""
        known = ("criterion", *self.grouping)
        return tuple(source for source in self.weight_sources if source not in known)

    @property
    def is_plain(self) -> bool:
        """Whether it is one of the plain methods with nothing done before or after."""
        special = (
            self.weight_ratings,
            self.method == "sum" and self.weights is not None,
            self.over is not None,
            self.values,
            self.limit is not None,
            self.scale,
            self.at_least is not None,
            self.at_most is not None,
            self.round,
            self.gates,
            self.spread_not_applicable,
            isinstance(self.missing, CountAs),
            isinstance(self.not_applicable, CountAs),
        )
        return self.method in PLAIN_METHODS and not any(special)


PLAIN_METHODS = frozenset({"mean", "weighted-mean", "sum", "min", "max", "median"})


class Overall(Model):
    """How one overall score is made. Most rubrics want none."""

    of: Key
    """The roll-up whose scores are used."""
    method: Literal["mean", "min", "max", "median"]
    """How they become one number."""
    missing: Literal["skip", "lowest", "refuse"] | CountAs = "refuse"
    """What a missing score does."""
    min_coverage: Share = 0
    """The least share of those scores, 0 to 1, that must exist."""
    gates: tuple[Gate, ...] = ()
    """Ceilings on the score; the lowest that holds counts."""


class Disagreement(Model):
    """When partners' views of one criterion are far enough apart to be talked about."""

    min_range: Annotated[Number, Field(gt=0)] = 2
    """The least distance between the highest and lowest partner rating, in levels."""


class Scoring(Model):
    """How answers become scores."""

    answer_rules: tuple[AnswerRule, ...] = ()
    """Rules that say what an answer counts as, given the others or the cover. They are tried in
    order, before any roll-up; each sees the answers as those above it left them."""
    rollups: Annotated[tuple[RollUp, ...], Field(min_length=1)]
    """The roll-ups, in order: one may use those above it."""
    overall: Literal["none"] | Overall = "none"
    """One score of everything, or `none`."""
    bands: tuple[Band, ...] = ()
    """Names for stretches of the scale, lowest first."""
    disagreement: Disagreement = Disagreement()
    """When partners are said to disagree."""

    @property
    def rules(self) -> tuple[RollUp, ...]:
        """Every roll-up in order, the overall score as the last of them where there is one."""
        if not isinstance(self.overall, Overall):
            return self.rollups
        overall = RollUp(
            score="overall",
            title="Overall",
            of=self.overall.of,
            by=(),
            method=self.overall.method,
            missing=self.overall.missing,
            min_coverage=self.overall.min_coverage,
            gates=self.overall.gates,
        )
        return (*self.rollups, overall)
