"""Say in plain words how a value does not fit its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from maturity.faults import Fault, Path, error
from maturity.issues import IssueCode
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["BOUNDS", "Misfit", "describe", "unknown_key", "value_at"]

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
BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than_equal": ("le", "at most"),
}


@dataclass(frozen=True, slots=True)
class Misfit:
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


def unknown_key(path: Path, known: Sequence[str]) -> Fault:
    """Make the fault of a key that its group does not have."""
    key = path[-1]
    where = f"in {_named(path[:-1])}" if len(path) > 1 else "at the top of the file"
    return error(
        IssueCode.KEY_UNKNOWN,
        path,
        f"The key {quoted(key)} is not known {where}.",
        f"{did_you_mean(key, known)} The keys there are {listed(known, 'and')}.".strip(),
        is_key=True,
    )


def describe(data: Any, group: list[Misfit]) -> Fault:
    """Make the one fault that a place in the data has.

    Args:
        data: the whole of the data.
        group: what was expected there; more than one where the value may be of several kinds.
    """
    first = group[0]
    subject = _named(first.path)
    if first.is_key:
        subject, value = f"The key {quoted(first.path[-1])}", first.path[-1]
    else:
        subject, value = subject[0].upper() + subject[1:], value_at(data, first.path)
    if first.kind is not None:
        code, message, remedy = _wrong_kind(subject, value, group)
    else:
        code, message, remedy = _wrong_value(subject, value, first)
    return error(code, first.path, message, remedy, is_key=first.is_key)


def _wrong_kind(subject: str, value: Any, group: list[Misfit]) -> tuple[IssueCode, str, str]:
    kinds = list(dict.fromkeys(misfit.kind for misfit in group))
    is_choice = any(misfit.type == "literal_error" for misfit in group)
    code = IssueCode.VALUE_WRONG if is_choice else IssueCode.TYPE_WRONG
    expected = listed(kinds)
    message = f"{subject} is {_described(value)} here; it must be {expected}."
    if value is None:
        return code, message, "Write a value after the colon, or take the key away."
    if "text" in kinds and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return code, message, f'Write "{_literal(value)}", in quotation marks.'
    if "a list" in kinds and isinstance(value, (str, int, Decimal)):
        return code, message, f"Write it as a list: [{_literal(value)}]."
    if is_choice and isinstance(value, str):
        words = expected.replace('"', "").replace(" or ", ", ").split(", ")
        return code, message, f"{did_you_mean(value, words)} Write {expected}.".strip()
    return code, message, f"Write {expected} instead."


def _wrong_value(subject: str, value: Any, misfit: Misfit) -> tuple[IssueCode, str, str]:
    context = misfit.context
    if misfit.type == "missing":
        key = misfit.path[-1]
        where = f"in {_named(misfit.path[:-1])}" if len(misfit.path) > 1 else "in the file"
        return IssueCode.KEY_MISSING, f'The key "{key}" is missing {where}.', f'Add "{key}: …".'
    code = IssueCode.VALUE_WRONG
    if misfit.type == "string_pattern_mismatch":
        what = subject if misfit.is_key else f"{subject} is {quoted(value)}, which"
        return (
            code,
            f"{what} cannot be an id.",
            "Begin with a letter A to Z, and go on with letters, digits, _ . or - and no spaces.",
        )
    if misfit.type == "string_too_short":
        return code, f"{subject} is empty.", "Write some text, or take it away."
    if misfit.type == "string_too_long":
        most = context["max_length"]
        return code, f"{subject} is longer than {most:,} characters.", "Shorten it."
    if misfit.type in BOUNDS:
        bound, words = BOUNDS[misfit.type]
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


def value_at(data: Any, path: Path) -> Any:
    """Give the value at a path; None for a key that is missing."""
    for step in path:
        data = data.get(step) if isinstance(data, dict) else data[step]
    return data
