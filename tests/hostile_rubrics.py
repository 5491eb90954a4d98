"""A rubric and returns under it that carry a hostile text wherever an author can put one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from result_samples import small_rubric

from maturity.rubric import Rubric

__all__ = ["hostile_rubric"]

_TITLES = frozenset({"title", "description", "prompt", "status_note", "source", "not_applicable"})
_LONGEST = 4_000  # what a rubric file may hold is little more


def hostile_rubric(text: str) -> Rubric:
    """Give the small rubric with a text for every title, label, descriptor and note."""
    # A rubric comes from UTF-8, which knows no halves of characters.
    text = text[:_LONGEST].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    data = small_rubric().model_dump(by_alias=True, exclude_defaults=True)
    return Rubric.model_validate(_with(data, text, ""))


def _with(data: Any, text: str, key: str) -> Any:
    if isinstance(data, Mapping):
        return {each: _with(value, text, str(each)) for each, value in data.items()}
    if isinstance(data, list | tuple):
        return tuple(_with(value, text, key) for value in data)
    if key == "label":  # labels must differ
        return f"{text} {data}"
    is_descriptor = key.isdigit()
    return text if key in _TITLES or is_descriptor or key == "evidence" else data
