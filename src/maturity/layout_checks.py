"""Check a layout by itself and against its rubric."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.faults import Fault
from maturity.layout import Layout, Lookalike
from maturity.rubric import Rubric

__all__ = ["check_layout", "check_lookalike"]


def check_layout(layout: Layout, rubric: Rubric | None = None) -> Iterator[Fault]:
    """Yield every fault."""
    yield from ()


def check_lookalike(lookalike: Lookalike) -> Iterator[Fault]:
    """Yield every fault."""
    yield from ()
