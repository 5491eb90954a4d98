"""Write YAML that people will edit: blocks, short lists on one line, and comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from maturity.normalise import tidy

__all__ = ["Noted", "to_yaml"]

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*(?: [A-Za-z][A-Za-z0-9_.-]*)*")
# Words that some version of YAML takes for something else than text.
_TAKEN = frozenset(
    {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"}
)
_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LONGEST_TEXT = 4_000
_LONGEST_LINE = 96


@dataclass(frozen=True, slots=True)
class Noted:
    """A value with a remark for the person who corrects the file."""

    value: object
    remark: str


def to_yaml(data: Mapping[str, object], opening: str = "") -> str:
    """Write a document.

    Args:
        data: mappings, lists, texts and numbers; `Noted` puts a comment above what it holds.
        opening: a comment at the top; each of its lines becomes one.
    """
    head = [f"# {line}".rstrip() for line in opening.splitlines()]
    return "\n".join([*head, *_block(data, "")]) + "\n"


def _block(data: Mapping[str, object] | Sequence[object], indent: str) -> Iterator[str]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _entry(f"{indent}{_scalar(key)}:", value, indent)
    else:
        for value in data:
            yield from _item(value, indent)


def _entry(start: str, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, Noted):
        yield from _comment(value.remark, indent)
        value = value.value
    short = _flow(value)
    if short is not None and len(start) + 1 + len(short) <= _LONGEST_LINE:
        yield f"{start} {short}"
    elif isinstance(value, Mapping | list | tuple):
        yield start
        yield from _block(value, f"{indent}  ")
    else:
        yield f"{start} {_scalar(value)}"


def _item(value: object, indent: str) -> Iterator[str]:
    if isinstance(value, Noted):
        yield from _comment(value.remark, indent)
        value = value.value
    short = _flow(value)
    if short is not None and len(indent) + 2 + len(short) <= _LONGEST_LINE:
        yield f"{indent}- {short}"
        return
    if not isinstance(value, Mapping):
        yield f"{indent}- {_scalar(value)}"
        return
    lines = list(_block(value, f"{indent}  "))
    first = next(place for place, line in enumerate(lines) if not line.lstrip().startswith("#"))
    # A comment cannot stand between the dash and the first key.
    yield from (f"{indent}{line.lstrip()}" for line in lines[:first])
    yield f"{indent}- {lines[first].lstrip()}"
    yield from lines[first + 1 :]


def _comment(remark: str, indent: str) -> Iterator[str]:
    text = _UNPRINTABLE.sub("?", tidy(remark))
    width = max(40, _LONGEST_LINE - len(indent) - 2)
    yield from (f"{indent}# {line}" for line in wrap(text, width, break_on_hyphens=False))


def _flow(value: object) -> str | None:
    """Write a value on one line; None when comments stand in it."""
    if isinstance(value, Noted):
        return None
    if isinstance(value, Mapping):
        parts = [(_scalar(key), _flow(each)) for key, each in value.items()]
        if any(text is None for _, text in parts):
            return None
        return "{" + ", ".join(f"{key}: {text}" for key, text in parts) + "}"
    if isinstance(value, list | tuple):
        texts = [_flow(each) for each in value]
        known = [text for text in texts if text is not None]
        return f"[{', '.join(known)}]" if len(known) == len(texts) else None
    return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    text = _UNPRINTABLE.sub("?", str(value))[:_LONGEST_TEXT]
    if _PLAIN.fullmatch(text) and text.casefold() not in _TAKEN:
        return text
    return json.dumps(text, ensure_ascii=False)
