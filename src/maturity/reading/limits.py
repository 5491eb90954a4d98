"""Say how much a workbook may ask of this machine, so that no file can exhaust it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["DEFAULT_LIMITS", "Limits", "Want"]

_MEBIBYTE = 1024 * 1024


class Want(StrEnum):
    """What a caller may ask for beside the cells; each costs time, so none is read unasked."""

    FORMULAS = "formulas"
    DROP_DOWNS = "drop-downs"
    NOTES = "notes"
    DEFINED_NAMES = "defined names"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may cost; beyond any of these it is refused with its reason.

    Real returned workbooks reached 1,033 members, 60 MB inflated, 121:1 and 175,000 cells.

    Attributes:
        file_bytes: size of the file itself, in bytes.
        members: number of members in the zip container.
        inflated_bytes: bytes that may be inflated from one file, counted while inflating.
        ratio: inflated bytes per compressed byte of one member ...
        ratio_from_bytes: ... once it has inflated this many bytes. Smaller members do no harm.
        sheets: number of sheets.
        value_cells: number of cells that hold something, over all sheets.
        cell_elements: number of cells written in the file, formatted but empty ones included.
        cell_memory_bytes: estimated memory of cells, texts, styles and the extras that are wanted,
            over all sheets, in bytes.
        merged_ranges: number of merged ranges, over all sheets.
        xml_elements: number of XML elements and attributes parsed one by one in a file.
        xml_depth: how deeply XML elements may be nested.
        xml_attributes: number of attributes of one XML element.
        xml_names: number of different XML names, and of namespace declarations, in a part.
        token_bytes: size of one tag, comment or text in a part, in bytes.
        child_seconds: wall-clock time of the process that reads `.xls` and `.xlsb`, in seconds.
        child_cpu_seconds: processor time of that process, in seconds.
        child_memory_bytes: address space of that process, in bytes.
    """

    file_bytes: int = 50_000_000
    members: int = 2_000
    inflated_bytes: int = 512 * _MEBIBYTE
    ratio: int = 200
    ratio_from_bytes: int = 4 * _MEBIBYTE
    sheets: int = 1_024
    value_cells: int = 1_000_000
    cell_elements: int = 5_000_000
    cell_memory_bytes: int = 128 * _MEBIBYTE
    merged_ranges: int = 100_000
    xml_elements: int = 8_000_000
    xml_depth: int = 64
    xml_attributes: int = 256
    xml_names: int = 20_000
    token_bytes: int = 4 * _MEBIBYTE
    child_seconds: float = 30.0
    child_cpu_seconds: int = 10
    child_memory_bytes: int = 256_000_000


DEFAULT_LIMITS = Limits()
