"""A rubric that says something under every key of the language, and every small change to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, get_args, get_origin

from maturity.checks.rubrics import check_rubric
from maturity.issues import Severity
from maturity.models import Model
from maturity.reading.rubric_file import load_rubric
from maturity.rubric import Rubric

__all__ = ["EVERYTHING", "everything", "models_below", "mutations"]

EVERYTHING = """\
rubric: everything
version: "1"
title: Everything
status: draft
status_note: A note.
source: Made up.
language: en
levels:
  - {value: 1, label: Low, description: Little is seen., aliases: [Poor]}
  - {value: 2, label: Middle}
  - {value: 3, label: High}
answers: {forms: ["{value}", "{label}"], blank: [TBC], not_applicable: [N/A, None of it]}
answer_sets:
  yes_no:
    levels: [{value: 0, label: "No"}, {value: 1, label: "Yes", description: So it is., aliases: [Yep]}]
    forms: ["{label}", "{value}"]
    blank: [not yet]
    not_applicable: [not asked]
  third: {levels: [{value: 0, label: "Off"}, {value: 1, label: "On"}]}
principles:
  early: {title: Early, description: Help comes early.}
  fair: {title: Fair}
facets:
  theme:
    title: Theme
    members:
      T1: {title: Theme one, description: The first., within: {area: north}}
      T2: {title: Theme two, within: {area: south}}
  area: {title: Area, members: {north: {title: North}, south: {title: South}}}
  step: {title: Step, from_id: "[0-9]"}
  letter: {title: Letter, from_id: "^[A-Z]"}
ratings:
  agreed: {title: Agreed level, description: What all decided., scored: true}
  education: {title: Education, partner: true}
  health: {title: Health, partner: true}
  target: {title: Target, target_for: agreed}
  sure: {title: Is it sure?, answers: yes_no}
domains:
  - id: A
    title: First
    description: The first domain.
    criteria:
      - id: A1
        title: Vision
        prompt: Is there a vision?
        levels: {1: a little, 2: some, 3: a lot}
        evidence: [Minutes, Plans]
        weight: 2
        principles: {early: 1, fair: 2}
        facets: {theme: T1}
        not_applicable: Where there is none.
        aliases: [A1x]
      - {id: A2, title: Work, facets: {theme: {T1: 1, T2: 2}}, principles: {early: 1}}
  - id: B
    title: Second
    criteria:
      - {id: B1, title: Help, facets: {theme: [T1, T2]}, principles: {fair: 1}}
      - {id: B2, title: Care, answers: yes_no, principles: {fair: 1}, facets: {theme: T2}}
      - {id: B3, title: Health}
      - {id: B4, title: Money}
metrics:
  M1: {title: Plans, unit: percent, better: lower, description: By the day.}
  M2: {title: Waits, unit: count}
scoring:
  answer_rules:
    - title: Follow-up
      where: {theme: T1}
      items: [A1]
      ratings: [agreed]
      when: {items: [B1], at_most: 1}
      then: not_applicable
      because: There is nothing to ask.
    - {items: [B3], when: {metadata: {scope: [small, tiny]}}, then: missing, because: Out of scope.}
    - {items: [A2], ratings: [agreed], when: {items: [B1], at_least: 3}, then: {answer: 2, replace: true}, because: It follows.}
    - {items: [A2], ratings: [target], when: {items: [B3], ratings: [agreed], at_most: 1, missing: passes}, then: {answer: 1}, because: It is out of reach.}
  rollups:
    - score: domain
      title: Domains
      method: weighted-mean
      weights: criterion
      missing: {count_as: 1}
      not_applicable: {count_as: 2}
      spread_not_applicable: true
      values: {3: 4}
      limit: target
      min_coverage: 0.5
      scale: {times: 2, plus: 1}
      at_least: 1
      at_most: 6
      round: {decimals: 1, mode: half-up}
      gates:
        - when: {items: [A1], at_most: 1, ratings: [agreed, education], across: return, need: any}
          at_most: 2
          because: The first is missing.
      bands: [{from: 1, label: Under}, {from: 3, label: Over}]
    - {score: principle, of: criterion, method: weighted-mean, weights: [principle, criterion], missing: lowest}
    - score: picked
      by: [domain]
      ratings: [education]
      where: {theme: [T1]}
      leave_out: [B1]
      method: mean
      not_applicable: missing
    - score: moved
      by: [domain]
      regroup: {A2: {domain: B}}
      method: mean
    - score: passed
      by: [domain]
      method: count
      counts: {at_least: 2, missing: skip}
    - score: status
      by: [domain]
      method: table
      rows:
        - when: {of: domain, at_least: 3, if_empty: true, across: return, need: {count: 1}}
          then: 3
          label: Good
          because: One domain is.
        - when:
            all_of: [{at_least: 2, where: {theme: T1}, need: {share: 0.5}}, {is: [1, 2]}]
            any_of: [{at_most: 2}, {across: return, at_least: {A1: 2, A2: 2, B1: 3, B2: 1}}]
            not: {is: [3]}
          then: 2
        - {then: 1}
    - {score: stage, by: [domain], method: ladder, ladder: {along: step, cumulative: false, reached: {at_least: 2}}}
    - {score: whole, of: domain, by: [], method: mean}
    - {score: square, by: [domain], method: power-mean, power: 2}
    - {score: rate, by: [domain], method: sum, over: passed}
    - {score: written, by: [domain], ratings: [agreed, education], method: weighted-mean, weights: {rating: {agreed: 1, education: 2, health: 1, target: 0, sure: 0}}}
    - {score: weighed, by: [domain], method: weighted-mean, weights: sure}
    - {score: aimed, by: [domain], method: mean, missing: {count_as: target}}
  overall: {of: domain, method: min, missing: lowest, min_coverage: 0.5, gates: [{when: {items: [A1], at_most: 1, across: return}, at_most: 2, because: Held.}]}
  bands: [{from: 1, label: Low}, {from: 2, label: High}]
  disagreement: {min_range: 1}
"""
Path = tuple[Any, ...]
Fields = tuple[tuple[str, str], ...]


def everything() -> Rubric:
    """Give the rubric."""
    return load_rubric(EVERYTHING.encode())


def models_below(model: type[Model]) -> Iterator[type[Model]]:
    """Yield a model and every model that its fields may hold."""
    seen: list[type[Model]] = []
    waiting: list[Any] = [model]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, Model):
            if kind not in seen:
                seen.append(kind)
                waiting += [field.annotation for field in kind.model_fields.values()]
        else:
            waiting += get_args(kind)
    yield from seen


@cache
def mutations() -> tuple[tuple[Fields, Path, Rubric], ...]:
    """Give every sound rubric that differs in one place: its fields, the place, the rubric.

    The fields are those on the way to the place, outermost first, each as model and field.
    """
    return tuple(_mutations(everything()))


def _mutations(rubric: Rubric) -> Iterator[tuple[Fields, Path, Rubric]]:
    pool = _keys(rubric.model_dump(by_alias=True))
    for fields, path, choices in _places(rubric, (), (), pool):
        for choice in choices:
            data = _replaced(rubric.model_dump(by_alias=True, exclude_defaults=True), path, choice)
            try:
                made = Rubric.model_validate(data)
            except ValueError:
                continue
            if made.digest == rubric.digest or any(
                f.severity is Severity.ERROR for f in check_rubric(made)
            ):
                continue
            yield fields, path, made
            break


class _Gone:
    """In place of a value: there is none."""


def _keys(data: Any) -> list[str]:
    """Give every word that could be a reference."""
    if isinstance(data, Mapping):
        inner = [key for value in data.values() for key in _keys(value)]
        return list(dict.fromkeys([*(key for key in data if isinstance(key, str)), *inner]))
    if isinstance(data, tuple):
        return list(dict.fromkeys(key for value in data for key in _keys(value)))
    return [data] if isinstance(data, str) and data.isidentifier() else []


def _places(
    value: Any, path: Path, fields: Fields, pool: list[str]
) -> Iterator[tuple[Fields, Path, list[Any]]]:
    """Yield each place below a value with what could stand there instead."""
    if isinstance(value, Model):
        said = value.model_dump(by_alias=True, exclude_defaults=True)
        for name, info in type(value).model_fields.items():
            key = info.alias or name
            if key not in said:
                continue
            own = (*fields, (type(value).__name__, name))
            if not info.is_required():
                yield own, (*path, key), [_Gone]
            literals = _literals(info.annotation)
            if literals:
                yield own, (*path, key), literals
            yield from _places(getattr(value, name), (*path, key), own, pool)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield fields, (*path, key), [_Gone]
            yield from _places(inner, (*path, key), fields, pool)
    elif isinstance(value, tuple):
        yield fields, path, [tuple(reversed(_dumped(value)))]
        for place, inner in enumerate(value):
            yield fields, (*path, place), [_Gone]
            yield from _places(inner, (*path, place), fields, pool)
    else:
        yield fields, path, _others(value, pool)


def _literals(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [each for part in get_args(annotation) for each in _literals(part)]


def _others(value: Any, pool: list[str]) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, str):
        return [value + "x", value + " x", *pool]
    return [value + 1, value - 1, value * 2, 1, 0]


def _dumped(value: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        each.model_dump(by_alias=True, exclude_defaults=True) if isinstance(each, Model) else each
        for each in value
    )


def _replaced(data: Any, path: Path, choice: Any) -> Any:
    """Copy data with one value replaced, or taken out."""
    if not path:
        return choice
    step, rest = path[0], path[1:]
    if isinstance(data, Mapping):
        if not rest and choice is _Gone:
            return {key: value for key, value in data.items() if key != step}
        return {k: _replaced(v, rest, choice) if k == step else v for k, v in data.items()}
    if not rest and choice is _Gone:
        return (*data[:step], *data[step + 1 :])
    return (*data[:step], _replaced(data[step], rest, choice), *data[step + 1 :])
