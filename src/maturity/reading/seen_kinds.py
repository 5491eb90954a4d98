"""Guess what a column of a table holds, from its header and from what stands in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from maturity.inspection import ColumnKind
from maturity.normalise import fold_answer, normalise
from maturity.reading.seen_scales import is_special
from maturity.sheets import Cell, CellState

__all__ = ["is_answer_header", "is_scale_word", "kind_of", "level_header"]

_ANSWER_HEADER = re.compile(
    r"\b(?:answers?|response|rating|rated|score|level|maturity|agreed|current|target|grade|rag"
    r"|judge?ment|self[- ]assess\w*|status|our view|assessment|implemented|in place|achieved)\b"
)
_OTHER_HEADER = re.compile(
    r"\b(?:weight\w*|points|max\w*|date|by when|comments?|notes?|evidence|owner|actions?|number"
    r"|descri\w+|criteri\w+|gap|total)\b"
)
_LEVEL_HEADER = re.compile(
    r"(?:level |stage |step )?\(?([0-9]{1,2})\)?(?:\s*[-:.=)]?\s*)(\D.*)?", re.IGNORECASE
)
_SMALL = re.compile(r"(?:10|[0-9])(?:\.[05])?")
_SCALE_WORDS = re.compile(
    r"(?:yes|no|not|partly|partially|fully|largely|mostly|some|none|never|rarely|sometimes|often"
    r"|always|low|medium|moderate|high|red|amber|green|met|unmet|achieved|initial|managed|defined"
    r"|emerging|developing|embedded|established|agree|disagree|strongly|good|poor|fair|excellent)\b"
)
_LONGEST_HEADER = 80
_LONGEST_ANSWER = 60
_MOST_WORDS = 12


def is_answer_header(text: str) -> bool:
    """Say whether a header sounds as if answers stood below it."""
    folded = normalise(text)
    is_answer = len(folded) <= _LONGEST_HEADER and _ANSWER_HEADER.search(folded) is not None
    is_other = _OTHER_HEADER.search(folded) is not None
    return is_answer and not is_other and level_header(text) is None


def level_header(text: str) -> tuple[int, str] | None:
    """Give the level and its name where a header is one, such as `1 - Emerging`."""
    match = _LEVEL_HEADER.fullmatch(text.strip())
    return None if match is None else (int(match[1]), (match[2] or "").strip())


def is_scale_word(text: str) -> bool:
    """Say whether a text sounds like an answer on some scale."""
    folded = fold_answer(text)
    if len(folded) > _LONGEST_ANSWER:
        return False
    is_known = _SMALL.fullmatch(folded) or _SCALE_WORDS.match(folded) or is_special(text)
    return bool(is_known) or (level_header(text) is not None and len(folded) > 3)


def kind_of(
    header: str,
    cells: Sequence[Cell],
    listed: int,
    size: int,
    offered: Collection[str],
    levels: Collection[str],
) -> tuple[ColumnKind, str]:
    """Guess what a column holds, and say why.

    Args:
        header: its header; empty where it has none.
        cells: what stands in it beside the items, blank cells left out.
        listed: beside how many items it has a drop-down list.
        size: how many items there are.
        offered: the folded words of the drop-down lists of the whole table.
        levels: the folded words for the levels that other columns of the table describe.
    """
    if listed and listed >= 0.3 * size:
        return ColumnKind.ANSWER, f"drop-down lists beside {listed} of {size} items"
    if cells and sum(cell.is_formula for cell in cells) > len(cells) / 2:
        numbers = sum(cell.state in (CellState.NUMBER, CellState.UNCALCULATED) for cell in cells)
        if numbers > len(cells) / 2:
            return ColumnKind.STATED, "formulas that give numbers"
    if levels and level_header(header) is not None:
        return ColumnKind.LEVEL, "a header that names a level"
    answer = _as_answers(header, cells, offered, levels)
    if answer:
        return ColumnKind.ANSWER, answer
    return _as_text(header, cells, size)


def _as_answers(
    header: str, cells: Sequence[Cell], offered: Collection[str], levels: Collection[str]
) -> str:
    texts = [cell.raw for cell in cells]
    headed = is_answer_header(header)
    if not texts:
        return "its header; nothing is filled in yet" if headed and not offered else ""
    if any(cell.shown_as not in ("", "percent") for cell in cells):
        return ""
    is_named = _OTHER_HEADER.search(normalise(header)) is not None
    if levels and not is_named:
        known = sum(fold_answer(text) in levels for text in texts)
        if known > len(texts) / 2:
            return "the levels that other columns describe"
    if offered:
        known = sum(fold_answer(text) in offered for text in texts)
        is_known = known > len(texts) / 2
        return "its header, and words that drop-down lists offer" if headed and is_known else ""
    scaled = sum(map(is_scale_word, texts))
    few = len({fold_answer(text) for text in texts}) <= _MOST_WORDS
    if headed and scaled >= len(texts) / 2:
        return "its header, and words of a scale"
    if headed and few and len(texts) > 2 * len(set(texts)) and max(map(len, texts)) < 80:
        return "its header, and few different words"
    if few and scaled == len(texts) > len(set(texts)) and header and not is_named:
        return "few different words, all of a scale"
    return ""


def _as_text(header: str, cells: Sequence[Cell], size: int) -> tuple[ColumnKind, str]:
    texts = [cell.raw.strip() for cell in cells if cell.state is CellState.TEXT]
    is_long = sum(map(len, texts)) >= 8 * len(texts)
    if len(texts) >= size / 2 and is_long and len(set(texts)) >= 0.7 * len(texts):
        return ColumnKind.TEXT, "a text of its own beside most items"
    if header:
        return ColumnKind.NOTE, "its header, and no answers"
    return ColumnKind.OTHER, "no header and no answers"
