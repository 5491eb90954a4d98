"""Hold data from YAML against a model, and say in plain words everything that does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from maturity.faults import Fault, Path
from maturity.reading.model_words import BOUNDS, Misfit, describe, unknown_key, value_at

__all__ = ["fit"]

_Model = TypeVar("_Model", bound=BaseModel)

_LISTED_PROBLEMS = 200
# One problem makes several of pydantic's errors where a value may be of several kinds.
_LOOKED_AT = 2_000
# Other fields refer to ids and to entries, so that leaving those out would only seem to help.
_MATTERS_ELSEWHERE = ("string_pattern_mismatch", "too_short")


def fit(
    model: type[_Model], data: Any
) -> tuple[_Model | None, tuple[Fault, ...], tuple[Path, ...]]:
    """Make a model of data from YAML.

    Args:
        model: the model to make.
        data: what the YAML file holds.

    Returns:
        The model, the faults, and the paths that were patched. Where faults are few and plain,
        such as a number for text, the model is made of patched data, so that the checks across
        fields can still be run and all problems be reported at once; it is not for use. It is
        None where that is not possible.
    """
    unknown: list[Fault] = []
    known = _without_unknown_keys(model, data, (), unknown)
    try:
        return model.model_validate(known), tuple(unknown), tuple(fault.path for fault in unknown)
    except ValidationError as error:
        all_errors = error.errors(include_url=False, include_input=False)[:_LOOKED_AT]
        misfits = [_misfit(known, details) for details in all_errors]
    telling = list(_telling(known, misfits))
    faults = [describe(known, group) for group in telling[:_LISTED_PROBLEMS]]
    patched = known if _patch(known, telling) else None
    try:
        made = None if patched is None else model.model_validate(patched)
    except ValidationError:
        made = None
    return made, (*unknown, *faults), tuple(fault.path for fault in (*unknown, *faults))


def _without_unknown_keys(annotation: Any, data: Any, path: Path, faults: list[Fault]) -> Any:
    """Copy the data without the keys that its model does not have, and report those."""
    for option in _likeliest_first(annotation, data):
        if isinstance(data, dict) and isinstance(option, type) and issubclass(option, BaseModel):
            fields = {field.alias or name: field for name, field in option.model_fields.items()}
            unknown = [key for key in data if key not in fields]
            room = _LISTED_PROBLEMS - len(faults)
            allowed = [key for each in _options(annotation) for key in _keys(each)]
            faults += [unknown_key((*path, key), allowed) for key in unknown[:room]]
            return {
                key: _without_unknown_keys(fields[key].annotation, value, (*path, key), faults)
                for key, value in data.items()
                if key in fields
            }
        if isinstance(data, dict) and get_origin(option) not in (None, tuple, Literal):
            inner = get_args(option)[1]
            return {
                key: _without_unknown_keys(inner, value, (*path, key), faults)
                for key, value in data.items()
            }
        if isinstance(data, tuple) and get_origin(option) is tuple:
            inner = get_args(option)[0]
            return tuple(
                _without_unknown_keys(inner, value, (*path, place), faults)
                for place, value in enumerate(data)
            )
    return data


def _likeliest_first(annotation: Any, data: Any) -> list[Any]:
    """Put the kinds that a value may be of in order; of several models the one with its keys."""
    options = list(_options(annotation))
    if isinstance(data, dict):
        options.sort(key=lambda option: -sum(key in _keys(option) for key in data))
    return options


def _keys(option: Any) -> list[str]:
    fields = getattr(option, "model_fields", {})
    return [field.alias or name for name, field in fields.items()]


def _options(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _options(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for argument in get_args(annotation):
            yield from _options(argument)
    else:
        yield annotation


def _misfit(data: Any, details: ErrorDetails) -> Misfit:
    """Find the written place of an error; pydantic's own names of union members are left out."""
    path: Path = ()
    is_key = False
    steps = details["loc"]
    for step in steps:
        if step == "[key]":
            is_key = True
        elif isinstance(data, dict):
            key = _written_key(data, step)
            if key is not None:
                path, data = (*path, key), data[key]
        elif isinstance(data, tuple) and isinstance(step, int):
            path, data = (*path, step), data[step]
    if details["type"] == "missing":
        path = (*path, steps[-1])
    return Misfit(path, is_key, details["type"], details.get("ctx", {}))


def _written_key(data: dict[Any, Any], step: str | int) -> Any:
    """Find the key that pydantic means: it writes decimals as `Decimal('1.5')`."""
    if step in data:
        return step
    try:
        number = Decimal(str(step).removeprefix("Decimal('").removesuffix("')"))
    except InvalidOperation:
        return None
    return number if number in data else None


def _telling(data: Any, misfits: list[Misfit]) -> Iterator[list[Misfit]]:
    """Group the errors by place, and leave out those of union members that were not meant.

    Where a value may be of several kinds, pydantic reports why it is none of them. What is of the
    right kind but wrong in itself, or wrong further inside, is what the author wants to know.
    """
    groups: dict[tuple[Path, bool], list[Misfit]] = {}
    for misfit in misfits:
        if _is_echo(data, misfit):
            continue
        groups.setdefault((misfit.path, misfit.is_key), []).append(misfit)
    outer = {path[:length] for path, _ in groups for length in range(len(path))}
    for (path, is_key), group in groups.items():
        exact = [misfit for misfit in group if misfit.kind is None]
        if exact:
            yield exact[:1]
        elif is_key or path not in outer:
            yield group


def _is_echo(data: Any, misfit: Misfit) -> bool:
    """Say whether a list counts as too short only because something in it is wrong."""
    if misfit.type != "too_short":
        return False
    least: int = misfit.context["min_length"]
    return len(value_at(data, misfit.path)) >= least


def _patch(data: Any, groups: list[list[Misfit]]) -> bool:
    """Mend plain faults in place; give up, returning False, at one that is not plain."""
    return all(_patch_one(data, group) for group in groups)


def _patch_one(data: Any, group: list[Misfit]) -> bool:
    misfit = group[0]
    if misfit.is_key or not misfit.path:
        return False
    parent = value_at(data, misfit.path[:-1])
    if not isinstance(parent, dict):
        return False
    key = misfit.path[-1]
    kinds = {each.kind for each in group}
    if misfit.type == "missing":
        parent[key] = "?"
    elif "text" in kinds and isinstance(parent[key], (int, Decimal)):
        parent[key] = str(parent[key])
    elif "a list" in kinds and isinstance(parent[key], str):
        parent[key] = (parent[key],)
    elif "a number" in kinds:
        parent[key] = 1
    elif misfit.type in BOUNDS:
        parent[key] = misfit.context[BOUNDS[misfit.type][0]]
    elif "a group of keys and values" in kinds or misfit.type in _MATTERS_ELSEWHERE:
        return False
    else:
        # Where the field has a default, that stands in; where it has none, this is given up.
        del parent[key]
    return True
