"""Hold what a rubric is made of: levels, ways to answer, facets, ratings, criteria and metrics.

Like the rubric itself, these are at once the shape of the YAML file and nouns of the library. How
answers become scores stands in `maturity.rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from maturity.models import Key, Model, Number, Text, Weight

__all__ = [
    "AnswerSet",
    "Answers",
    "Criterion",
    "Domain",
    "Facet",
    "FacetMember",
    "Level",
    "Metric",
    "Principle",
    "Rating",
]


class Level(Model):
    """One step of the scale on which every criterion is rated."""

    value: Number
    """The step's place on the scale, such as 2."""
    label: Text
    """The step's name, such as Developing."""
    description: str = ""
    """What the step means in general."""
    aliases: tuple[Text, ...] = ()
    """Other words that people may type for this step; they are matched exactly."""


class Answers(Model):
    """The ways of typing an answer that are understood. Everything else is unreadable."""

    forms: tuple[Text, ...] = ("{value}", "{label}", "{value} - {label}", "Level {value}")
    """Ways to type a level, with `{value}` and `{label}` in place of the level's own.
    Case, kinds of space, dash and quotation mark, and full-width digits make no difference."""
    blank: tuple[Text, ...] = ()
    """Words that say "not answered yet". They count as an empty cell."""
    not_applicable: tuple[Text, ...] = ()
    """Words that say "not applicable"."""


class AnswerSet(Model):
    """A scale of its own for criteria or ratings that are not answered on the rubric's levels."""

    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    """Its steps, lowest first."""
    forms: tuple[Text, ...] | None = None
    """Ways to type a step; the rubric's own when left out."""
    blank: tuple[Text, ...] | None = None
    """Words that say "not answered yet"; the rubric's own when left out."""
    not_applicable: tuple[Text, ...] | None = None
    """Words that say "not applicable"; the rubric's own when left out."""


class Principle(Model):
    """A quality that criteria serve, across the domains."""

    title: Text
    """The principle's name."""
    description: str = ""
    """What it asks for."""


class FacetMember(Model):
    """One value of a facet, such as one starting point."""

    title: Text
    """The member's name."""
    description: str = ""
    """What it means."""
    within: Mapping[Key, Key] = Field(default_factory=dict)
    """Members of other facets that contain this one, as `facet: member`. A criterion that belongs
    to this member then belongs to those as well."""


class Facet(Model):
    """A further way to group criteria, such as starting points, themes or streams."""

    title: Text
    """The facet's name."""
    members: Mapping[Key, FacetMember] = Field(default_factory=dict)
    """Its members by id; those that the ids show when left out."""
    from_id: Text | None = None
    """A pattern that finds a criterion's member in its id: its one group, or the whole match."""


class Rating(Model):
    """A named answer that every criterion has, such as the level that the partners agreed."""

    title: Text
    """The rating's name, as people see it."""
    description: str = ""
    """What it is."""
    scored: bool = False
    """Whether it is the answer that is scored. Exactly one rating is."""
    partner: bool = False
    """Whether it is one partner's own view, compared with the other partners'."""
    target_for: Key | None = None
    """The rating for which this one is the level aimed at."""
    answers: Key | None = None
    """The answer set it is answered with; the rubric's levels when left out."""


class Criterion(Model):
    """One thing that is judged."""

    id: Key
    """What returns call it, such as LG1."""
    title: str = ""
    """Its name in a few words; its id when left out."""
    prompt: str = ""
    """The question that the people who rate it answer."""
    levels: Mapping[Number, Text] = Field(default_factory=dict)
    """One descriptor for each level: level value → what is seen at that level."""
    evidence: tuple[Text, ...] = ()
    """Examples of evidence."""
    weight: Weight = 1
    """How much it counts beside the others, where a roll-up weighs by `criterion`. No unit."""
    principles: Mapping[Key, Weight] = Field(default_factory=dict)
    """The principles it serves: principle → relative weight."""
    facets: Mapping[Key, Key | tuple[Key, ...] | Mapping[Key, Weight]] = Field(default_factory=dict)
    """Its place in each declared facet: one member, several, or members with weights."""
    not_applicable: Text | None = None
    """When "not applicable" is a fair answer here. Without it, the answer is not allowed: it is
    reported and counts as missing."""
    answers: Key | Mapping[Key, Key] | None = None
    """The answer set it is answered with under every rating, or rating → answer set; the rating's
    own or the rubric's levels when left out."""
    aliases: tuple[Text, ...] = ()
    """Other ids under which returns may carry it; they are matched exactly."""

    @model_validator(mode="before")
    @classmethod
    def _from_id_alone(cls, data: object) -> object:
        """Accept an id alone, for a criterion whose texts stand in the workbook."""
        if isinstance(data, str):
            data = {"id": data}
        if isinstance(data, dict) and isinstance(data.get("id"), str) and not data.get("title"):
            data = {**data, "title": data["id"]}
        return data

    def answers_under(self, rating: str) -> str | None:
        """Name the answer set that it has itself under a rating; None when it has none."""
        if isinstance(self.answers, Mapping):
            return self.answers.get(rating)
        return self.answers


class Domain(Model):
    """A group of criteria that stand together in the workbook."""

    id: Key
    """Its short id, such as LG."""
    title: Text
    """Its name."""
    description: str = ""
    """What it covers."""
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    """Its criteria, in order."""


class Metric(Model):
    """A figure that accompanies the answers, such as a baseline rate. It is read, not scored."""

    title: Text
    """What it measures."""
    unit: Literal["percent", "rate", "count", "money", "number"]
    """What the figure is: a percentage (71.6 means 71.6 %), a rate, a whole number of things,
    pounds, or any number."""
    better: Literal["higher", "lower", "neither"] = "neither"
    """Which direction is an improvement."""
    description: str = ""
    """How it is worked out."""
