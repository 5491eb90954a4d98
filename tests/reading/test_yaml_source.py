"""What may stand in a YAML file, what may not, and that no file can do harm."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.errors import RubricError
from maturity.issues import FileLocation, Issue
from maturity.reading.yaml_source import YamlLimits, check_yaml, read_yaml
from maturity.reading.yaml_syntax import explain

LOADERS = [
    pytest.param(yaml.SafeLoader, id="pure"),
    pytest.param(
        getattr(yaml, "CSafeLoader", None),
        id="libyaml",
        marks=pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML without libyaml"),
    ),
]


def shown(issues: tuple[Issue, ...]) -> list[str]:
    """Write issues as `line:column code`."""
    places = []
    for issue in issues:
        assert isinstance(issue.location, FileLocation)
        assert issue.message.endswith((".", "?"))
        assert issue.remedy.endswith((".", "?"))
        places.append(f"{issue.location.line}:{issue.location.column} {issue.code.value}")
    return places


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1", {"a": 1}),
        ("a: -3\nb: +3\nc: 0", {"a": -3, "b": 3, "c": 0}),
        (
            "a: true\nb: false\nc: null\nd: ~\ne:",
            {"a": True, "b": False, "c": None, "d": None, "e": None},
        ),
        (
            "a: text 1.2.3\nb: '1'\nc: \"No\"\nd: |\n  No\n",
            {"a": "text 1.2.3", "b": "1", "c": "No", "d": "No\n"},
        ),
        ("- a\n- [1, 2]\n- {}\n- []", ("a", (1, 2), {}, ())),
        ("1: v\n1.5: w\nx: z", {1: "v", Decimal("1.5"): "w", "x": "z"}),
        ("# only this\ntext", "text"),
        ("\ufeffa: b\r\nc: d\re: f", {"a": "b", "c": "d", "e": "f"}),
        ("---\na: b\n...\n", {"a": "b"}),
        ("a: >-\n  x\n  y\n", {"a": "x y"}),
        ("nobody: yesterday, once", {"nobody": "yesterday, once"}),
    ],
)
def test_plain_yaml_becomes_plain_data(loader: Any, text: str, data: Any) -> None:
    """Every value has one meaning, whichever parser reads it."""
    document, issues = check_yaml(text.encode(), loader=loader)
    assert issues == ()
    assert document is not None
    assert document.data == data
    assert repr(document.data) == repr(data)


def test_decimals_keep_their_digits() -> None:
    """1.10 is not 1.1 and no float ever."""
    data = read_yaml(b"[1.10, .5, -0.25]").data
    assert [str(number) for number in data] == ["1.10", "0.5", "-0.25"]
    assert all(isinstance(number, Decimal) for number in data)


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    "word",
    [
        *("No", "no", "NO", "yes", "Yes", "on", "OFF", "y", "N", "=", "2026-01-01 10:00:00"),
        *("True", "TRUE", "False", "Null", "NULL", "2026-01-01", "12:30", "1:2:3"),
        *("012", "00", "01.5", "0x1F", "0o7", "0b101", "1_000", "1e3", "1.5e-3", "1."),
        *(".inf", "-.INF", ".nan", "1234567890123456", "0.12345678901234567890"),
    ],
)
def test_ambiguous_words_need_quotation_marks(loader: Any, word: str) -> None:
    """What two YAML readers read differently is refused, and kept as text for further checks."""
    document, issues = check_yaml(f"a:\n- {word}".encode(), loader=loader)
    assert shown(issues) == ["2:3 yaml-ambiguous"]
    assert document is not None
    assert document.data == {"a": (word,)}
    assert document.doubtful == {("a", 0)}
    assert read_yaml(f'- "{word}"'.encode()).data == (word,)


def test_long_ambiguous_number_is_not_repeated_in_the_remedy() -> None:
    """A remedy stays readable, whatever was typed."""
    _, issues = check_yaml(b"a: " + b"1" * 90_000)
    assert shown(issues) == ["1:4 yaml-ambiguous"]
    assert len(str(issues[0])) < 400


PROBLEMS = [
    ("", ["1:1 yaml-syntax"]),
    ("# nothing\n", ["1:1 yaml-syntax"]),
    ("a: 1\nb: 2\na: 3\nc: {d: 1, d: 2}", ["3:1 yaml-duplicate-key", "4:11 yaml-duplicate-key"]),
    ("1: a\n1.0: b", ["2:1 yaml-duplicate-key"]),
    ("a: !!str 1\nb: !x [1]\nc: ! 1", ["1:4 yaml-tag", "2:4 yaml-tag", "3:4 yaml-tag"]),
    ("a: &x 1\nb: *x\nc: *x", ["1:4 yaml-limit"]),
    ("a: *x", ["1:4 yaml-limit"]),
    ("<<: {a: 1}\nb: 2", ["1:1 yaml-limit"]),
    ("? [a]\n: 1\n? {b: 1}\n: 2", ["1:3 yaml-syntax", "3:3 yaml-syntax"]),
    ("~: 1\ntrue: 2", ["1:1 yaml-syntax", "2:1 yaml-syntax"]),
    ("No: 1", ["1:1 yaml-ambiguous"]),
    ("a: 1\n---\nb: 2", ["2:1 yaml-syntax"]),
    ("a: b\tc\nd:\te # f\tg", ["1:5 yaml-syntax"]),
    (
        "a: 1 # x\ty\nb: No\na: 1",
        ["1:9 yaml-syntax", "2:4 yaml-ambiguous", "3:1 yaml-duplicate-key"],
    ),
    ("a:\n\tb: No", ["2:1 yaml-syntax"]),
    ("a: x\x00y", ["1:5 yaml-syntax"]),
    ("a: 1\nb: x\u2028y", ["2:5 yaml-syntax"]),
    ("a: x\ufeffy", ["1:5 yaml-syntax"]),
    ("a: b: c", ["1:5 yaml-syntax"]),
    ("a: No\nb", ["1:4 yaml-ambiguous", "2:1 yaml-syntax"]),
    ("a: @x", ["1:4 yaml-syntax"]),
    ("a: 'x\nb: y", ["1:4 yaml-syntax"]),
    ("a: 'x\n---\nb", ["1:4 yaml-syntax"]),
    ("a: [1, 2", ["1:4 yaml-syntax"]),
    ("a: {b: 1", ["1:4 yaml-syntax"]),
    ("a: [1\nb: 2", ["1:4 yaml-syntax"]),
    ("a: [,]", ["1:5 yaml-syntax"]),
    ("a: >x\n  b", ["1:5 yaml-syntax"]),
    ("a: - b", ["1:4 yaml-syntax"]),
    ("- a\nb: c", ["2:1 yaml-syntax"]),
    ("a: 1\n  b: 2", ["2:4 yaml-syntax"]),
    ("  a: 1\n b: 2", ["2:2 yaml-syntax"]),
    ("a: *", ["1:5 yaml-syntax"]),
    ("%FOO", ["1:5 yaml-syntax"]),
    ("a: !e!x y", ["1:4 yaml-syntax"]),
]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(("text", "expected"), PROBLEMS, ids=[repr(text) for text, _ in PROBLEMS])
def test_problems_are_reported_at_their_place(loader: Any, text: str, expected: list[str]) -> None:
    """All problems at once, each at its line and column, the same from both parsers."""
    _, issues = check_yaml(text.encode(), loader=loader)
    assert shown(issues) == expected


@pytest.mark.parametrize("loader", LOADERS)
def test_unknown_escape_is_explained(loader: Any) -> None:
    """The two parsers put the place one column apart, so only the words are compared."""
    _, issues = check_yaml(b'a: "C:\\data"', loader=loader)
    assert "backslash" in issues[0].message


@pytest.mark.parametrize(
    ("content", "expected", "words"),
    [
        ("a: é".encode("latin-1"), "1:4 yaml-syntax", "0xE9"),
        (b"a: 1\r\nb: x\x92y", "2:5 yaml-syntax", "UTF-8"),
        ("a: 1".encode("utf-16"), "1:1 yaml-syntax", "UTF-16"),
        ("a: 1".encode("utf-32-be"), "1:1 yaml-syntax", None),
    ],
)
def test_other_encodings_are_refused(content: bytes, expected: str, words: str | None) -> None:
    """Text that is not UTF-8 is refused with the place of the first wrong byte."""
    _, issues = check_yaml(content)
    assert shown(issues) == [expected]
    assert words is None or words in str(issues[0])


def test_tabs_are_counted_in_lines() -> None:
    """Tabs make one problem, however many there are."""
    messages = [check_yaml(b"a: x\ty\n" * lines)[1][0].message for lines in (1, 2, 3)]
    assert ["more line;" in message for message in messages] == [False, True, False]
    assert "on 2 more lines" in messages[2]


def test_places_of_keys_and_values_are_known() -> None:
    """What is written is found at its own place; what is not, at what it would belong to."""
    document = read_yaml(b"a:\n  b: [x, 1]\n1: {c: d}\n", name="r.yaml")
    assert str(document.locate(("a",), is_key=True)) == "r.yaml:1:1"
    assert str(document.locate(("a",))) == "r.yaml:2:3"
    assert str(document.locate(("a", "b", 1))) == "r.yaml:2:10"
    assert str(document.locate(("a", "b", 7, "q"))) == "r.yaml:2:3"
    assert str(document.locate((1, "c"))) == "r.yaml:3:8"
    assert str(document.locate(("a", "b", 0), is_key=True)) == "r.yaml:2:7"
    assert str(document.locate(("nowhere",))) == "r.yaml:1:1"


def laughs() -> bytes:
    """Nine lines that stand for a thousand million words."""
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: b"a: 1\n" * 10_000_000, id="50 MB"),
        pytest.param(lambda: b"[" * 100_000, id="brackets"),
        pytest.param(lambda: b"{a: " * 100_000, id="braces"),
        pytest.param(lambda: b"- " * 100_000, id="dashes"),
        pytest.param(lambda: b"? " * 100_000, id="questions"),
        pytest.param(
            lambda: b"a:\n" + b"".join(b" " * n + b"a:\n" for n in range(1, 1500)), id="stairs"
        ),
        pytest.param(laughs, id="billion laughs"),
        pytest.param(lambda: b"a: " + b"x" * 200_000, id="long text"),
        pytest.param(lambda: b"- !x y\n" * 100_000, id="tags"),
        pytest.param(lambda: b"a: 1\n" * 100_000, id="duplicates"),
    ],
)
def test_hostile_files_end_in_a_limit(loader: Any, make: Callable[[], bytes]) -> None:
    """No file costs more than a second or two, and none ends in a crash."""
    content = make()
    start = time.perf_counter()
    _, issues = check_yaml(content, loader=loader)
    assert time.perf_counter() - start < 5
    assert issues[-1].code.value == "yaml-limit"
    assert len(issues) <= 201


def test_limits_can_be_set() -> None:
    """Each limit is a number that the caller may lower."""
    content = b"a: [b, c, [d]]"
    assert check_yaml(content)[1] == ()
    for limits in (
        YamlLimits(file_bytes=13),
        YamlLimits(nodes=6),
        YamlLimits(depth=2),
        YamlLimits(text_bytes=0),
    ):
        assert check_yaml(content, limits=limits)[1][0].code.value == "yaml-limit"
    assert check_yaml(content, limits=YamlLimits(14, 3, 7, 1))[1] == ()


def test_nodes_are_limited() -> None:
    """A flat file can be too much as well."""
    _, issues = check_yaml(b"[" + b"a," * 100_001 + b"]")
    assert shown(issues) == ["1:200000 yaml-limit"]


def test_sources_of_every_kind_are_read(tmp_path: Path) -> None:
    """A path as text or Path, bytes, and files opened as bytes or, by a slip, as text."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: 1")
    with path.open("rb") as file, path.open(encoding="utf-8") as text:
        slip: Any = text
        for source in (str(path), path, file, slip, b"a: 1", io.BytesIO(b"a: 1")):
            assert read_yaml(source).data == {"a": 1}
    assert read_yaml(path).name == str(path)
    assert read_yaml(b"a: 1").name == "YAML"
    assert read_yaml(io.BytesIO(b"a: 1")).name == "YAML"
    assert read_yaml(path, name="mine").name == "mine"


def test_files_that_cannot_be_opened_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing, a folder, or refused by the system: one clear problem."""
    with pytest.raises(RubricError, match=r"does not exist.*\[rubric-not-found\]"):
        read_yaml(tmp_path / "none.yaml")
    with pytest.raises(RubricError, match="is a folder"):
        read_yaml(tmp_path)
    (tmp_path / "x.yaml").write_bytes(b"a")

    def refuse(*_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RubricError, match=r"cannot be opened \(permission denied\)"):
        read_yaml(tmp_path / "x.yaml")


def test_read_yaml_raises_all_problems() -> None:
    """The exception carries every issue."""
    with pytest.raises(RubricError) as caught:
        read_yaml(b"a: No\na: !x 1")
    assert shown(caught.value.issues) == [
        "1:4 yaml-ambiguous",
        "2:1 yaml-duplicate-key",
        "2:4 yaml-tag",
    ]


def test_an_error_without_a_place_is_put_at_the_top() -> None:
    """What a parser says of no place in particular still has one."""
    message, _, line, column = explain(yaml.MarkedYAMLError(problem="something new"))
    assert (message, line, column) == ("This cannot be read as YAML.", 1, 1)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_end_in_a_document_or_an_error(content: bytes) -> None:
    """Nothing but RubricError is ever raised."""
    with contextlib.suppress(RubricError):
        assert read_yaml(content).values


SNIPPETS = [
    "a",
    "b",
    ": ",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    '"',
    "#",
    "? ",
    "1.5",
    "No",
    "|\n",
    "&a ",
    "*a",
    "!t ",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(SNIPPETS), max_size=25).map("".join))
@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML without libyaml")
def test_both_parsers_agree(text: str) -> None:
    """A file that both parsers take means the same, place by place."""
    pure, pure_issues = check_yaml(text.encode(), loader=yaml.SafeLoader)
    fast, fast_issues = check_yaml(text.encode(), loader=yaml.CSafeLoader)
    if not pure_issues and not fast_issues:
        assert pure == fast
