"""Let several ways of doing something take turns, and print what each took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

__all__ = ["print_turns"]


def print_turns(works: Mapping[str, Callable[[], object]], rounds: int) -> None:
    """Print the least and the median processor time of each, also as a multiple of the first's.

    Args:
        works: what to do, by name; the first is the unit.
        rounds: how many times each of them is done, after once that does not count.
    """
    taken = _taken(works, rounds)
    unit = next(iter(taken.values()))
    print(f"{'':32} {'least ms':>10} {'of unit':>8} {'median ms':>10} {'of unit':>8}")
    for name, found in taken.items():
        figures = (f"{each:10.2f} {each / of:8.2f}" for each, of in zip(found, unit, strict=True))
        print(f"{name:32} {' '.join(figures)}")


def _taken(
    works: Mapping[str, Callable[[], object]], rounds: int
) -> dict[str, tuple[float, float]]:
    """Give the least and the median processor time of each work, in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            before = time.process_time()
            work()
            times[name].append((time.process_time() - before) * 1000)
    return {name: (min(taken), statistics.median(taken)) for name, taken in times.items()}
