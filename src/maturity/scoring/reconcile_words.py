"""Explain in sentences why a score of ours and one that a workbook states do not agree."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from maturity.issues import CellLocation
from maturity.reconciliation import Agreement, Compared
from maturity.result import Contribution
from maturity.scoring.agreeing import other_rule
from maturity.scoring.stated import ANSWERS, Ours
from maturity.wording import listed, quoted

__all__ = ["explain"]

_MOST_PARTS = 8
_MOST_NAMED = 3


def explain(
    each: Compared,
    ours: Ours,
    below: Sequence[Compared],
    elsewhere: Sequence[Compared],
    *,
    follows: bool,
) -> str:
    """Explain one comparison that does not agree.

    Args:
        each: the comparison.
        ours: our side of it.
        below: what it is made of and does not agree either.
        elsewhere: cells in which the workbook states the same score as we do.
        follows: whether it differs only because of what stands below.
    """
    sentences = [_says(each, ours)]
    if below:
        names = listed(map(_name, below[:_MOST_NAMED]), "and")
        more = f" and {len(below) - _MOST_NAMED} more" if len(below) > _MOST_NAMED else ""
        verb = "It follows from" if follows else "It does not follow from"
        sentences.append(f"{verb} what the workbook says of {names}{more}.")
    elif each.agreement is Agreement.DIFFERS and each.stated is not None and not elsewhere:
        sentences.append(other_rule(ours, Fraction(each.stated)) or _stale(ours))
    if elsewhere:
        places = listed((_place(other) for other in elsewhere[:_MOST_NAMED]), "and")
        sentences.append(f"Elsewhere the workbook says the same as we do: {places}.")
    return " ".join(filter(None, sentences))


def _says(each: Compared, ours: Ours) -> str:
    """Say what the workbook says, and how ours is made."""
    says = f"The workbook says {_typed(each)}" if each.raw else "The workbook says nothing"
    if each.agreement is Agreement.UNREADABLE:
        says = f"The workbook's cell shows {each.raw or 'a formula whose result was not saved'}"
    if ours.value is None:
        return f"{says}; we give no score, because {_lowered(ours.reason).rstrip('.')}."
    made = f"ours is {_number(ours.value)}"
    if ours.response is not None:
        made += _answer(ours)
    elif ours.words:
        made += f" ({ours.words[0]})"
    if ours.parts:
        shown = ", ".join(_part(part) for part in ours.parts[:_MOST_PARTS])
        more = len(ours.parts) - _MOST_PARTS
        rest = f" and {more} more" if more > 0 else ""
        made += f", the {ours.method.replace('-', ' ')} of {shown}{rest}"
    reason = f" {ours.reason}" if ours.parts and ours.reason else ""
    return f"{says}; {made}.{reason}"


def _stale(ours: Ours) -> str:
    """Name the usual cause where the workbook and its own answer disagree."""
    if ours.response is None or not ours.response.cell:
        return ""
    return "The answer may have been changed after the workbook was last calculated."


def _typed(each: Compared) -> str:
    return quoted(each.raw) if each.stated is None else each.raw


def _lowered(reason: str) -> str:
    return reason[:1].lower() + reason[1:]


def _answer(ours: Ours) -> str:
    """Say which answer it is that counts so."""
    response = ours.response
    if response is None or response.cell is None or response.sheet is None:
        return ", because the return has no cell with that answer"
    place = CellLocation("", response.sheet, response.cell)
    what = quoted(response.raw) if response.raw.strip() else "an empty cell"
    return f", for {what} in {place}"


def _name(each: Compared) -> str:
    rating = f" ({each.rating})" if each.rating else ""
    what = "" if each.score == ANSWERS else f"{each.score} "
    return f"{what}{each.id}{rating} in {_place(each)}"


def _place(each: Compared) -> str:
    return str(CellLocation("", each.sheet, each.cell))


def _part(part: Contribution) -> str:
    value = part.treatment if part.value is None else _number(Fraction(str(part.value)))
    return f"{part.id} {value}"


def _number(value: Fraction) -> str:
    """Write a number plainly, with nine decimals at most."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = exact.quantize(Decimal("1e-9"), rounding=ROUND_HALF_UP)
    return f"{rounded.normalize():f}"
