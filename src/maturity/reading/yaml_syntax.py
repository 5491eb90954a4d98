"""Say in plain words what a YAML parser stumbled over."""

from __future__ import annotations

from yaml import MarkedYAMLError

__all__ = ["explain", "is_too_deep"]

_QUOTE = "Put text that begins with or contains such characters in quotation marks."
_ALIGN = "Line up the keys of one group in the same column, and indent what belongs to a key below."

# What the two parsers say → what it means to the author. The first phrase found counts.
_MEANINGS = (
    (
        "mapping values are not allowed",
        'A colon stands where no key can be, as in "a: b: c", or this line is indented too far.',
        'Put text that contains ": " in quotation marks, and line up the keys of one group.',
    ),
    (
        "could not find expected ':'",
        "A key and a colon were expected here, and the colon is missing.",
        'Write "key: value"; text over several lines needs quotation marks or ">-".',
    ),
    (
        "cannot start any token",
        "Text without quotation marks cannot begin with this character.",
        _QUOTE,
    ),
    (
        "alphabetic or numeric character",
        "Text without quotation marks cannot begin with * or &.",
        _QUOTE,
    ),
    (
        "sequence entries are not allowed",
        "A list item, a line that begins with a dash, cannot stand here.",
        "Begin the list on a line of its own below its key, one item a line.",
    ),
    (
        "unexpected end of stream",
        "A quotation mark is opened here and never closed.",
        "Add the closing quotation mark; write an apostrophe inside '…' twice.",
    ),
    (
        "unexpected document",
        "A quotation mark is opened here and not closed before the next line of --- or ….",
        "Add the closing quotation mark.",
    ),
    (
        "escape",
        'A backslash within "…" begins a code, and this one is not known.',
        r"Write \\ for a backslash, or use '…' as quotation marks.",
    ),
    (
        "expected ',' or",
        "A list in […] or a group in {…} is not closed, or a comma is missing in it.",
        "Add the missing comma or closing bracket.",
    ),
    (
        "comment or a line break",
        "Text stands on the same line as | or >.",
        "Begin the text on the next line, indented.",
    ),
    (
        "comment or line break",
        "Text stands on the same line as | or >.",
        "Begin the text on the next line, indented.",
    ),
    (
        "<document start>",
        "Something stands outside the structure that the lines above began.",
        _ALIGN,
    ),
    ("<block end>", "This line does not line up with the lines above.", _ALIGN),
    ("did not find expected key", "This line does not line up with the lines above.", _ALIGN),
    ("expected '-' indicator", "This line does not line up with the list above.", _ALIGN),
    (
        "expected node content",
        "A value was expected here.",
        "Add the value, or take away the comma or bracket too many.",
    ),
    (
        "expected the node content",
        "A value was expected here.",
        "Add the value, or take away the comma or bracket too many.",
    ),
)
_OTHERWISE = (
    "This cannot be read as YAML.",
    "Compare it with the lines above: indentation, quotation marks, brackets and colons.",
)
# For these the beginning of what was never finished helps more than where that was noticed.
_OPENED = (
    "could not find expected ':'",
    "unexpected end of stream",
    "unexpected document",
    "expected ',' or",
)


def is_too_deep(error: MarkedYAMLError) -> bool:
    """Say whether the parser has a limit of its own to nesting, as libyaml has since 0.2.6.

    It looks ahead, so it may meet its limit before we meet ours, which is lower.
    """
    return "nesting depth" in (error.problem or "")


def explain(error: MarkedYAMLError) -> tuple[str, str, int, int]:
    """Explain a parser's error.

    Args:
        error: what PyYAML raised, from either of its parsers.

    Returns:
        Sentence, remedy, line and column, both from 1.
    """
    said = f"{error.problem or ''} {error.context or ''}"
    phrase, message, remedy = next(
        (meaning for meaning in _MEANINGS if meaning[0] in said), ("", *_OTHERWISE)
    )
    mark = error.problem_mark or error.context_mark
    if phrase in _OPENED and error.context_mark is not None:
        mark = error.context_mark
    if mark is None:
        return message, remedy, 1, 1
    return message, remedy, mark.line + 1, mark.column + 1
