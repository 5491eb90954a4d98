"""Hold the rules that say what an answer counts as, before any score is made.

Follow-up questions, implied answers and scope are one idea: while a condition holds, chosen answers
do not apply, are missing, or are answered.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from maturity.condition import Condition, Where
from maturity.models import Key, Model, Number, Text

__all__ = ["AnswerRule", "ImpliedAnswer"]


class ImpliedAnswer(Model):
    """An answer that follows from others."""

    answer: Number
    """The level that it is, at least: a missing answer is filled in and a lower one is raised. A
    higher answer and an allowed "not applicable" stay."""
    replace: bool = False
    """Whether it takes the place of whatever is there, higher answers and "not applicable" too."""


class AnswerRule(Model):
    """What chosen answers count as while a condition holds; the return itself is not changed."""

    title: str = ""
    """What people call the rule."""
    where: Where = Field(default_factory=dict)
    """Only criteria that belong to these members: facet → member or members."""
    items: tuple[Key, ...] = ()
    """Only these criteria."""
    ratings: tuple[Key, ...] | None = None
    """The ratings that are changed; all when left out. The rule is decided for each by itself."""
    when: Condition
    """The condition. It may not look at an answer that the rule changes."""
    then: Literal["not_applicable", "missing"] | ImpliedAnswer
    """What the answers become: `not_applicable`, whatever the criterion allows; `missing`, as if
    nothing usable were there; or `answer: …`, a level of the criterion's scale."""
    because: Text
    """A sentence that says why, shown beside every answer that the rule changes."""
