"""Text from elsewhere is shown, never obeyed."""

from __future__ import annotations

import io
import sys

import pytest

from maturity.command_line.safe_text import complain, forgiving_streams, say, shown, wrapped

SHOWN = [
    ("980 Northvale", "980 Northvale"),
    ("Llŷn", "Llŷn"),
    ("[bold]x[/bold] :smile:", "[bold]x[/bold] :smile:"),
    ("a\nb\tc", "a\\nb\\tc"),
    ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
    ("\u009b31m", "\\x9b31m"),
    ("\u202eevil", "\\u202eevil"),
    ("non\u00a0breaking\u2009space", "non breaking space"),
    ("half \ud800", "half \\ud800"),
    ("line\u2028separator", "line\\u2028separator"),
]


@pytest.mark.parametrize(("text", "expected"), SHOWN)
def test_what_could_steer_a_terminal_is_spelled_out(text: str, expected: str) -> None:
    """Control characters, marks of direction and half characters become escapes."""
    assert shown(text) == expected


def test_a_sentence_is_broken_between_words() -> None:
    """Long words such as paths stay whole, so that they can be copied."""
    assert wrapped("one two /a/very/long/path", 8, indent="  ") == "one two\n  /a/very/long/path"


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_an_old_code_page_spells_characters_out(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the stream is afterwards as it was."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict", newline="\n")
    monkeypatch.setattr(sys, "stdout", stream)
    with forgiving_streams():
        say("Llŷn")
    assert stream.errors == "strict"
    assert stream.buffer.getvalue() == b"Ll\\u0177n\n"


def test_streams_that_need_no_help_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream in memory has no code page."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    with forgiving_streams():
        say("Llŷn")
    assert stream.getvalue() == "Llŷn\n"


def test_a_complaint_is_broken_into_lines_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between words, not where the terminal ends."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "20")
    complain("one two three four")
    assert capsys.readouterr().err == "maturity: one two\n  three four\n"


def test_a_complaint_names_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    """It goes to standard error, line by line, and cannot steer the terminal either."""
    complain("no such file: \x1b\nsecond line")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "maturity: no such file: \\x1b\nsecond line\n")
