"""Hold a rubric: what is asked, what the levels mean, and how answers become scores.

The models are at once the shape of the YAML file and the nouns of the library. They are strict
(no unknown keys, no change of type) and frozen. What one field alone cannot show, such as a
criterion that names an unknown principle, is checked by `maturity.checks.rubrics`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr

from maturity.layout import Layout, Lookalike
from maturity.models import Key, Model, Number, Text
from maturity.patterns import find_in
from maturity.rubric_parts import (
    Answers,
    AnswerSet,
    Criterion,
    Domain,
    Facet,
    FacetMember,
    Level,
    Metric,
    Principle,
    Rating,
)
from maturity.rules import Band, Disagreement, Overall, RollUp, Scoring

__all__ = [
    "AnswerSet",
    "Answers",
    "Band",
    "Criterion",
    "Disagreement",
    "Domain",
    "Facet",
    "FacetMember",
    "Level",
    "Metric",
    "Overall",
    "Principle",
    "Rating",
    "RollUp",
    "Rubric",
    "Scoring",
]


class Rubric(Model):
    """A whole rubric."""

    id: Key = Field(alias="rubric")
    """The rubric's id, by which it is found."""
    version: Text
    """Its version, in quotation marks so that 1.10 is not read as 1.1."""
    title: Text
    """Its name."""
    status: Literal["illustrative", "draft", "final"]
    """Whether scores made with it may be relied on. `illustrative` is said wherever it is used."""
    status_note: str = ""
    """A sentence or two on the status, shown to everyone who meets a score."""
    source: str = ""
    """Where the rubric comes from."""
    language: str = "en-GB"
    """The language of its texts."""
    levels: Annotated[tuple[Level, ...], Field(min_length=2)]
    """The scale, lowest first."""
    answers: Answers = Answers()
    """How answers may be typed."""
    answer_sets: Mapping[Key, AnswerSet] = Field(default_factory=dict)
    """Scales of their own, by name, for criteria or ratings that need one."""
    principles: Mapping[Key, Principle] = Field(default_factory=dict)
    """The principles by id."""
    facets: Mapping[Key, Facet] = Field(default_factory=dict)
    """Further ways to group criteria."""
    ratings: Annotated[Mapping[Key, Rating], Field(min_length=1)]
    """The answers that each criterion has."""
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]
    """The domains, in order."""
    metrics: Mapping[Key, Metric] = Field(default_factory=dict)
    """Figures that accompany the answers."""
    scoring: Scoring
    """How answers become scores."""

    _digest: str | None = PrivateAttr(default=None)
    _layouts: tuple[Layout, ...] = PrivateAttr(default=())
    _lookalikes: tuple[Lookalike, ...] = PrivateAttr(default=())

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """The workbooks that it can be answered in, beside our own template.

        They come from the files beside the rubric's own; they are not part of its digest.
        """
        return self._layouts

    @property
    def lookalikes(self) -> tuple[Lookalike, ...]:
        """Workbooks that are often sent by mistake."""
        return self._lookalikes

    def with_layouts(
        self, layouts: tuple[Layout, ...], lookalikes: tuple[Lookalike, ...] = ()
    ) -> Rubric:
        """Give the same rubric with these layouts in place of any it had."""
        copy = self.model_copy()
        copy._layouts = layouts  # noqa: SLF001 - a copy of this same class
        copy._lookalikes = lookalikes  # noqa: SLF001 - likewise
        return copy

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy the rubric, with changes; what was worked out from the old one is not kept."""
        copy = super().model_copy(update=update, deep=deep)
        if update:
            copy._digest = None  # noqa: SLF001 - a copy of this same class
            for name in set(copy.__dict__) - set(type(self).model_fields):
                del copy.__dict__[name]
        return copy

    @property
    def digest(self) -> str:
        """SHA-256 of the rubric's content, as `sha256:` and 64 hexadecimal digits.

        It depends on what the rubric says, not on comments or layout in its file.
        """
        if self._digest is None:
            # Defaults are left out, so that a new key in the language changes no digest.
            said = self.model_dump(mode="json", exclude_defaults=True, by_alias=True)
            # Keys are sorted below, and a ladder is climbed in the order of its facet's members.
            climbed = {
                rule.ladder.along: list(self.facets[rule.ladder.along].members)
                for rule in self.scoring.rollups
                if rule.ladder is not None and rule.ladder.along in self.facets
            }
            said |= {"climbed": climbed} if climbed else {}
            content = json.dumps(said, sort_keys=True, ensure_ascii=True)
            self._digest = "sha256:" + hashlib.sha256(content.encode()).hexdigest()
        return self._digest

    @cached_property
    def criteria(self) -> Mapping[str, Criterion]:
        """Every criterion by id, in the rubric's order."""
        return {criterion.id: criterion for domain in self.domains for criterion in domain.criteria}

    @cached_property
    def domain_of(self) -> Mapping[str, Domain]:
        """Criterion id → the domain it stands in."""
        return {criterion.id: domain for domain in self.domains for criterion in domain.criteria}

    @cached_property
    def scored_rating(self) -> str:
        """The id of the rating that is scored."""
        return next(key for key, rating in self.ratings.items() if rating.scored)

    @cached_property
    def partner_ratings(self) -> tuple[str, ...]:
        """The ids of the ratings that are one partner's own view."""
        return tuple(key for key, rating in self.ratings.items() if rating.partner)

    @cached_property
    def target_rating(self) -> str | None:
        """The id of the rating that is the target for the scored one, if there is one."""
        wanted = self.scored_rating
        return next((k for k, rating in self.ratings.items() if rating.target_for == wanted), None)

    @cached_property
    def level_labels(self) -> Mapping[Number, str]:
        """Level value → its label."""
        return {level.value: level.label for level in self.levels}

    def memberships(self, criterion: str, facet: str) -> Mapping[str, Number]:
        """Say to which members of a facet a criterion belongs, and with what weight.

        Args:
            criterion: a criterion's id.
            facet: `domain`, `principle` or a declared facet.

        Returns:
            Member id → relative weight; empty when it belongs to none.
        """
        item = self.criteria[criterion]
        if facet == "domain":
            return {self.domain_of[criterion].id: 1}
        if facet == "principle":
            return item.principles
        if facet in item.facets:
            return _as_weights(item.facets[facet])
        pattern = self.facets[facet].from_id
        if pattern is not None:
            member = _member_in(pattern, criterion)
            return {} if member is None else {member: 1}
        inherited: dict[str, Number] = {}
        for own_facet, members in item.facets.items():
            for member, weight in _as_weights(members).items():
                container = self.facets[own_facet].members[member].within.get(facet)
                if container is not None:
                    inherited[container] = max(weight, inherited.get(container, 0))
        return inherited

    def facet_members(self, facet: str) -> Mapping[str, str]:
        """List a facet's members in order: id → title.

        Args:
            facet: `domain`, `principle`, `rating` or a declared facet.
        """
        found = self._members_by_facet.get(facet)
        if found is None:
            found = self._members_by_facet[facet] = self._members_of(facet)
        return found

    @cached_property
    def _members_by_facet(self) -> dict[str, Mapping[str, str]]:
        # Each name of a score asks, and in a large rubric there are thousands of both.
        return {}

    def _members_of(self, facet: str) -> Mapping[str, str]:
        if facet == "domain":
            return {domain.id: domain.title for domain in self.domains}
        if facet == "principle":
            return {key: principle.title for key, principle in self.principles.items()}
        if facet == "rating":
            return {key: rating.title for key, rating in self.ratings.items()}
        declared = {key: member.title for key, member in self.facets[facet].members.items()}
        if declared or self.facets[facet].from_id is None:
            return declared
        shown = (member for item in self.criteria for member in self.memberships(item, facet))
        return {member: member for member in shown}

    def levels_for(self, criterion: str, rating: str) -> tuple[Level, ...]:
        """Give the scale on which a criterion is answered under a rating.

        Args:
            criterion: a criterion's id.
            rating: a rating's id.
        """
        name = self.answer_set_for(criterion, rating)
        return self.levels if name is None else self.answer_sets[name].levels

    def answer_set_for(self, criterion: str, rating: str) -> str | None:
        """Name the answer set of a criterion under a rating; None for the rubric's own levels."""
        own = self.criteria[criterion].answers_under(rating)
        return self.ratings[rating].answers if own is None else own

    def __hash__(self) -> int:
        return hash((self.id, self.version, self.digest))


@lru_cache(maxsize=20_000)
def _member_in(pattern: str, text: str) -> str | None:
    """Find the member that an id shows: the pattern's one group, or all that it matches."""
    match = find_in(pattern, text)
    if match is None:
        return None
    return match[1] if match.re.groups else match[0]


def _as_weights(members: str | tuple[str, ...] | Mapping[str, Number]) -> Mapping[str, Number]:
    if isinstance(members, str):
        return {members: 1}
    if isinstance(members, tuple):
        return dict.fromkeys(members, 1)
    return members
