"""Know the English local authorities: by code or name, their region and statistical neighbours.

The table is shipped with the library, with its source and date, and is read when it is first
asked for. A code or name that is not in it is simply not known; nothing is guessed.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from maturity.normalise import normalise

__all__ = ["AREAS_SOURCE", "Area", "find_area", "known_areas"]

AREAS_SOURCE = (
    "the lookup table of data-to-insight/ofsted-send-scrape-tool (MIT licence), as of mid-2026"
)
"""Where the table of areas comes from, and of when it is."""


class Area(NamedTuple):
    """One local authority that holds children's services.

    Attributes:
        code: the Department for Education's code, such as `330`; the sector's own identifier.
        name: its name.
        gss_code: the code of the Office for National Statistics; empty for abolished authorities.
        aliases: other names.
        region: the region it lies in.
        kind: such as `Unitary Authority`; empty where the source does not say.
        neighbours: the codes of its statistical neighbours, the nearest first.
    """

    code: str
    name: str
    gss_code: str
    aliases: tuple[str, ...]
    region: str
    kind: str
    neighbours: tuple[str, ...]

    @property
    def is_current(self) -> bool:
        """Whether the authority still exists."""
        return bool(self.gss_code)

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its other names."""
        return (self.name, *self.aliases)


def known_areas() -> Mapping[str, Area]:
    """List the areas that are known, by the Department for Education's code.

    Example:
        >>> known_areas()["330"].region
        'West Midlands'
    """
    return _table()


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Area]:
    text = files("maturity.data").joinpath("local-authorities.csv").read_text(encoding="utf-8")
    return {area.code: area for area in map(_area, csv.DictReader(text.splitlines()))}


def _area(row: Mapping[str, str]) -> Area:
    return Area(
        code=row["dfe_code"],
        name=row["name"],
        gss_code=row["gss_code"],
        aliases=tuple(_parts(row["also_known_as"], ";")),
        region=row["region"],
        kind=row["type"],
        neighbours=tuple(_parts(row["statistical_neighbours"], ",")),
    )


def _parts(text: str, mark: str) -> Iterable[str]:
    return (part.strip() for part in text.split(mark) if part.strip())


def find_area(text: str) -> Area | None:
    """Find an area by its DfE code, its GSS code or its name, as it is written on a cover.

    Case, kinds of space, dash and quotation mark make no difference; anything else does.

    Args:
        text: a code or a name, not both.

    Returns:
        The area; None when it is not known, or when two areas bear that name.

    Example:
        >>> found = find_area("city of bristol"), find_area("BRISTOL,  City of")
        >>> [area and area.code for area in found]
        [None, '801']
    """
    return _by_word().get(normalise(text))


@lru_cache(maxsize=1)
def _by_word() -> Mapping[str, Area]:
    pairs = [
        (word, area)
        for area in known_areas().values()
        for word in {normalise(word) for word in (area.code, area.gss_code, *area.names) if word}
    ]
    uses = Counter(word for word, _ in pairs)
    return {word: area for word, area in pairs if uses[word] == 1}
