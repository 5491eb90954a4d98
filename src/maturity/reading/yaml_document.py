"""Hold what a YAML file says and where it says it, and how much it may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from maturity.faults import Path
from maturity.issues import FileLocation

__all__ = ["DEFAULT_YAML_LIMITS", "Place", "YamlDocument", "YamlLimits"]


@dataclass(frozen=True, slots=True)
class YamlLimits:
    """The most that one YAML file may ask for; beyond any of these it is refused with its reason.

    Attributes:
        file_bytes: size of the file, in bytes.
        depth: how deeply lists and mappings may be nested.
        nodes: number of keys, values, lists and mappings.
        text_bytes: length of one text, in bytes of UTF-8.
        problems: number of problems after which reading stops.
    """

    file_bytes: int = 2_000_000
    depth: int = 40
    nodes: int = 100_000
    text_bytes: int = 100_000
    problems: int = 200


DEFAULT_YAML_LIMITS = YamlLimits()


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """What a YAML file says, and where.

    Attributes:
        name: what the file is called in messages.
        data: mappings as dicts, lists as tuples, numbers as int or Decimal.
        keys: path → where the key at the end of the path is written.
        values: path → where the value begins.
        doubtful: paths of values that were reported already and need no second report.
    """

    name: str
    data: Any
    keys: Mapping[Path, Place] = field(default_factory=dict)
    values: Mapping[Path, Place] = field(default_factory=dict)
    doubtful: frozenset[Path] = frozenset()

    def locate(self, path: Path, *, is_key: bool = False) -> FileLocation:
        """Say where a path is written; for what is not written, where it belongs.

        Args:
            path: from the top of the file, by keys and positions.
            is_key: whether the key is meant rather than the value.
        """
        first, second = (self.keys, self.values) if is_key else (self.values, self.keys)
        while path not in first and path not in second and path:
            path = path[:-1]
            first, second = self.keys, self.values
        place = first.get(path) or second.get(path) or Place(1, 1)
        return FileLocation(self.name, *place)
