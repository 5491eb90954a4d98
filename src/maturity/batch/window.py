"""Keep the files under way within a stretch, and give outcomes in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from maturity.batch.outcomes import FileOutcome
from maturity.batch.packing import Answer

__all__ = ["Window", "in_order"]

_Done = TypeVar("_Done", FileOutcome, Answer, FileOutcome | Answer)


class Window:
    """Says whether another file may be begun.

    None is begun when it is `size` places or more ahead of the first that is not finished, so that
    no more than that many outcomes ever wait for an earlier one.

    Args:
        size: that many places, at least 1.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._under_way: dict[int, None] = {}  # a set that remembers what came first

    def admits(self, number: int) -> bool:
        """Say whether the file at this place may be begun."""
        first = next(iter(self._under_way), number)
        return number - first < self._size

    def begin(self, number: int) -> None:
        """Note that a file is under way. Places ascend."""
        self._under_way[number] = None

    def finish(self, number: int) -> None:
        """Note that a file is done."""
        del self._under_way[number]


def in_order(done: Iterable[_Done]) -> Iterator[_Done]:
    """Give what is done in the order of the files; their places are 1, 2, 3 and so on."""
    waiting: dict[int, _Done] = {}
    next_number = 1
    for each in done:
        waiting[each.number] = each
        while next_number in waiting:
            yield waiting.pop(next_number)
            next_number += 1
