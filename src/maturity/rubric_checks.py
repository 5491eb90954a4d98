"""Check what one field of a rubric alone cannot show."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.faults import Fault
from maturity.rubric import Rubric

__all__ = ["check_rubric"]


def check_rubric(rubric: Rubric) -> Iterator[Fault]:
    """Yield every fault across the fields of a rubric."""
    yield from ()
