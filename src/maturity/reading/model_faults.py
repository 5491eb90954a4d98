"""Hold data from YAML against a model, and say in plain words everything that does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from maturity.faults import Fault, Path
from maturity.issues import IssueCode, Severity
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["fit"]

_Model = TypeVar("_Model", bound=BaseModel)

# What pydantic expected → in words. These say that the value is of another kind altogether.
_KINDS = {
    "string_type": "text",
    "int_type": "a number",
    "int_from_float": "a number",
    "decimal_type": "a number",
    "is_instance_of": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "mapping_type": "a group of keys and values",
    "dict_type": "a group of keys and values",
    "model_type": "a group of keys and values",
    "model_attributes_type": "a group of keys and values",
}
_LIMITS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than_equal": ("le", "at most"),
}
_LISTED_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class _Misfit:
    """One of pydantic's errors with its place in the data as it is written."""

    path: Path
    is_key: bool
    type: str
    context: Mapping[str, Any]

    @property
    def kind(self) -> str | None:
        """What kind of value was expected, in words; None when it was of the right kind."""
        if self.type == "literal_error":
            return str(self.context["expected"]).replace("'", '"')
        return _KINDS.get(self.type)


def fit(model: type[_Model], data: Any) -> tuple[_Model | None, tuple[Fault, ...], tuple[Path, ...]]:
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
        misfits = [_misfit(known, details) for details in error.errors(include_url=False)]
    telling = list(_telling(misfits))
    faults = [_fault(known, group) for group in telling[:_LISTED_PROBLEMS]]
    patched = known if _patch(known, telling) else None
    try:
        made = None if patched is None else model.model_validate(patched)
    except ValidationError:
        made = None
    return made, (*unknown, *faults), tuple(fault.path for fault in (*unknown, *faults))


def _without_unknown_keys(annotation: Any, data: Any, path: Path, faults: list[Fault]) -> Any:
    """Copy the data without the keys that its model does not have, and report those."""
    for option in _options(annotation):
        if isinstance(data, dict) and isinstance(option, type) and issubclass(option, BaseModel):
            fields = {field.alias or name: field for name, field in option.model_fields.items()}
            unknown = [key for key in data if key not in fields]
            room = _LISTED_PROBLEMS - len(faults)
            faults += [_unknown_key((*path, key), fields) for key in unknown[:room]]
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


def _options(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _options(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for argument in get_args(annotation):
            yield from _options(argument)
    else:
        yield annotation


def _unknown_key(path: Path, known: Mapping[str, Any]) -> Fault:
    key = path[-1]
    where = f"in {_named(path[:-1])}" if len(path) > 1 else "at the top of the file"
    return Fault(
        IssueCode.KEY_UNKNOWN,
        Severity.ERROR,
        path,
        f"The key {quoted(key)} is not known {where}.",
        f"{did_you_mean(key, known)} The keys there are {listed(known, 'and')}.".strip(),
        is_key=True,
    )


def _misfit(data: Any, details: ErrorDetails) -> _Misfit:
    """Find the written place of an error; pydantic's own names of union members are left out."""
    path: Path = ()
    is_key = False
    steps = details["loc"]
    for step in steps:
        if step == "[key]":
            is_key = True
        elif isinstance(data, dict):
            # Number keys that are decimals come as text.
            key = next((key for key in data if key == step or str(key) == str(step)), None)
            if key is not None:
                path, data = (*path, key), data[key]
        elif isinstance(data, tuple) and isinstance(step, int):
            path, data = (*path, step), data[step]
    if details["type"] == "missing":
        path = (*path, steps[-1])
    return _Misfit(path, is_key, details["type"], details.get("ctx", {}))


def _telling(misfits: list[_Misfit]) -> Iterator[list[_Misfit]]:
    """Group the errors by place, and leave out those of union members that were not meant.

    Where a value may be of several kinds, pydantic reports why it is none of them. What is of the
    right kind but wrong in itself, or wrong further inside, is what the author wants to know.
    """
    groups: dict[tuple[Path, bool], list[_Misfit]] = {}
    for misfit in misfits:
        groups.setdefault((misfit.path, misfit.is_key), []).append(misfit)
    outer = {path[:length] for path, _ in groups for length in range(len(path))}
    for (path, is_key), group in groups.items():
        exact = [misfit for misfit in group if misfit.kind is None]
        if exact:
            yield exact[:1]
        elif is_key or path not in outer:
            yield group


def _fault(data: Any, group: list[_Misfit]) -> Fault:
    first = group[0]
    subject = _named(first.path)
    if first.is_key:
        subject, value = f"The key {quoted(first.path[-1])}", first.path[-1]
    else:
        subject, value = subject[0].upper() + subject[1:], _at(data, first.path)
    if first.kind is not None:
        code, message, remedy = _wrong_kind(subject, value, group)
    else:
        code, message, remedy = _wrong_value(subject, value, first)
    return Fault(code, Severity.ERROR, first.path, message, remedy, is_key=first.is_key)


def _wrong_kind(subject: str, value: Any, group: list[_Misfit]) -> tuple[IssueCode, str, str]:
    kinds = list(dict.fromkeys(misfit.kind for misfit in group))
    is_choice = any(misfit.type == "literal_error" for misfit in group)
    code = IssueCode.VALUE_WRONG if is_choice else IssueCode.TYPE_WRONG
    expected = listed(kinds)
    message = f"{subject} is {_described(value)} here; it must be {expected}."
    if value is None:
        return code, message, "Write a value after the colon, or take the key away."
    if "text" in kinds and isinstance(value, (int, Decimal)):
        return code, message, f'Write "{_literal(value)}", in quotation marks.'
    if "a list" in kinds and isinstance(value, (str, int, Decimal)):
        return code, message, f"Write it as a list: [{_literal(value)}]."
    if is_choice and isinstance(value, str):
        words = expected.replace('"', "").replace(" or ", ", ").split(", ")
        return code, message, f"{did_you_mean(value, words)} Write {expected}.".strip()
    return code, message, f"Write {expected} instead."


def _wrong_value(subject: str, value: Any, misfit: _Misfit) -> tuple[IssueCode, str, str]:
    context = misfit.context
    if misfit.type == "missing":
        key = misfit.path[-1]
        where = f"in {_named(misfit.path[:-1])}" if len(misfit.path) > 1 else "in the file"
        return IssueCode.KEY_MISSING, f'The key "{key}" is missing {where}.', f'Add "{key}: …".'
    code = IssueCode.VALUE_WRONG
    if misfit.type == "string_pattern_mismatch":
        return (
            code,
            f"{subject} is {quoted(value)}, which cannot be an id.",
            "Begin with a letter A to Z, and go on with letters, digits, _ . or - and no spaces.",
        )
    if misfit.type == "string_too_short":
        return code, f"{subject} is empty.", "Write some text, or take it away."
    if misfit.type == "string_too_long":
        most = context["max_length"]
        return code, f"{subject} is longer than {most:,} characters.", "Shorten it."
    if misfit.type in _LIMITS:
        bound, words = _LIMITS[misfit.type]
        message = f"{subject} is {_literal(value)}; it must be {words} {context[bound]}."
        return code, message, f"Write a number that is {words} {context[bound]}."
    least = context["min_length"]
    return (
        code,
        f"{subject} has {len(value)} {'entry' if len(value) == 1 else 'entries'}.",
        f"Give it at least {least}.",
    )


def _named(path: Path) -> str:
    """Name a place by its nearest keys, such as `"title"` or `item 2 of "levels"`."""
    if not path:
        return "the file"
    if isinstance(path[-1], str):
        return quoted(path[-1])
    above = _named(path[:-1])
    return f"item {path[-1] + 1} of {above}" if isinstance(path[-1], int) else above


def _described(value: Any) -> str:
    if value is None:
        return "left empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    return "a list" if isinstance(value, tuple) else "a group of keys and values"


def _literal(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else data[step]  # type: ignore[index]
    return data


def _patch(data: Any, groups: list[list[_Misfit]]) -> bool:
    """Mend plain faults in place; give up, returning False, at one that is not plain."""
    return all(_patch_one(data, group) for group in groups)


def _patch_one(data: Any, group: list[_Misfit]) -> bool:
    misfit = group[0]
    if misfit.is_key or not misfit.path:
        return False
    parent = _at(data, misfit.path[:-1])
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
    elif "a group of keys and values" in kinds or misfit.type == "too_short":
        return False
    else:
        # Where the field has a default, that stands in; where it has none, this is given up.
        del parent[key]
    return True
