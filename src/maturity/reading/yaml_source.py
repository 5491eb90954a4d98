"""Read YAML strictly: plain data, the place of every key and value, and every problem at once.

The language is a part of YAML that every reader takes alike: mappings, lists, text, whole and
decimal numbers, true, false and nothing. Anchors, aliases, merge keys, tags and several documents
in a file are refused. Nodes are built from the parser's events one by one, never by recursion, and
limits are spent on the way, so that no file can exhaust this machine.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO, Final, NamedTuple

import yaml

from maturity.errors import RubricError
from maturity.faults import Path
from maturity.issues import FileLocation, Issue, IssueCode, Severity
from maturity.reading.yaml_scalars import plain_value, why_ambiguous
from maturity.reading.yaml_syntax import explain
from maturity.reading.yaml_text import decode, name_of, read_bytes
from maturity.wording import quoted

__all__ = ["DEFAULT_YAML_LIMITS", "Place", "YamlDocument", "YamlLimits", "check_yaml", "read_yaml"]

Source = str | os.PathLike[str] | bytes | BinaryIO

# libyaml reads about twenty times as fast; where PyYAML was built without it, the other will do.
_FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


def read_yaml(
    source: Source, *, name: str | None = None, limits: YamlLimits = DEFAULT_YAML_LIMITS
) -> YamlDocument:
    """Read a YAML file for the models to check.

    Args:
        source: a path, the file's bytes, or a file opened for reading bytes.
        name: what to call it in messages; its path when left out.
        limits: the most that it may ask for.

    Returns:
        Its data with the place of every key and value.

    Raises:
        RubricError: with every problem found, when there is any.
    """
    document, issues = check_yaml(source, name=name, limits=limits)
    if document is None or issues:
        raise RubricError(*issues)
    return document


def check_yaml(
    source: Source,
    *,
    name: str | None = None,
    limits: YamlLimits = DEFAULT_YAML_LIMITS,
    loader: Any = _FASTEST,
) -> tuple[YamlDocument | None, tuple[Issue, ...]]:
    """Read a YAML file as far as it can be read, for all its problems to be reported at once.

    Args:
        source: a path, the file's bytes, or a file opened for reading bytes.
        name: what to call it in messages; its path when left out.
        limits: the most that it may ask for.
        loader: the PyYAML loader whose parser is used. They give the same data and places.

    Returns:
        The document, or None where the structure cannot be known; and the problems.
    """
    name = name or name_of(source, "YAML")
    try:
        text, found = decode(read_bytes(source, name, limits.file_bytes), name)
    except RubricError as error:
        return None, error.issues
    builder = _Builder(name, limits, list(found))
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
        builder.finish()
    except yaml.MarkedYAMLError as error:
        message, remedy, line, column = explain(error)
        builder.report(IssueCode.YAML_SYNTAX, message, remedy, Place(line, column))
    except _Stop:
        pass
    return builder.document, tuple(builder.issues)


class _Stop(Exception):  # noqa: N818 - not an error, but the end of reading
    """The file is refused; the reason is among the issues."""


class _Discarded:
    """Stands for a key whose value is read but not kept, such as the second of two equal keys."""


_DISCARDED: Final[Any] = _Discarded()
_NO_KEY: Final[Any] = object()


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is not closed yet."""

    path: Path
    place: Place
    items: dict[Any, Any] | list[Any]
    key: Any = _NO_KEY


class _Builder:
    """Build data from parser events, noting places and problems."""

    def __init__(self, name: str, limits: YamlLimits, issues: list[Issue]) -> None:
        self.issues = issues
        self.document: YamlDocument | None = None
        self._name = name
        self._limits = limits
        self._frames: list[_Frame] = []
        self._keys: dict[Path, Place] = {}
        self._values: dict[Path, Place] = {}
        self._doubtful: set[Path] = set()
        self._nodes = 0
        self._documents = 0
        self._has_anchors = False

    def report(self, code: IssueCode, message: str, remedy: str, place: Place) -> None:
        """Record a problem; give up when there are too many."""
        location = FileLocation(self._name, *place)
        self.issues.append(Issue(code, Severity.ERROR, message, remedy, location))
        if len(self.issues) == self._limits.problems:
            self._refuse(
                f"The first {self._limits.problems} problems are listed; the rest was not read.",
                "Mend these first, and check that it is the right file.",
                place,
            )

    def _refuse(self, message: str, remedy: str, place: Place) -> None:
        location = FileLocation(self._name, *place)
        self.issues.append(Issue(IssueCode.YAML_LIMIT, Severity.ERROR, message, remedy, location))
        self.document = None
        raise _Stop

    def take(self, event: yaml.Event) -> None:
        """Take the parser's next event."""
        place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.NodeEvent):
            self._count(place)
            self._check_node(event, place)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
        elif isinstance(event, yaml.AliasEvent):
            self._add(None, place, is_doubtful=True)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event, place)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._start_document(place)

    def finish(self) -> None:
        """Say so when nothing was found at all."""
        if not self._documents:
            self.report(
                IssueCode.YAML_SYNTAX,
                "The file is empty.",
                "Check that it is the right file, and that it was saved.",
                Place(1, 1),
            )

    def _start_document(self, place: Place) -> None:
        self._documents += 1
        if self._documents > 1:
            self.report(
                IssueCode.YAML_SYNTAX,
                "A second document begins here; a file holds one.",
                "Take away the line of --- or …, or put what follows in a file of its own.",
                place,
            )
            raise _Stop

    def _count(self, place: Place) -> None:
        self._nodes += 1
        if self._nodes > self._limits.nodes:
            self._refuse(
                f"The file holds more than {self._limits.nodes:,} keys and values.",
                "Check that it is the right file; a rubric rarely holds more than 5,000.",
                place,
            )

    def _check_node(self, event: Any, place: Place) -> None:
        if event.anchor is not None and not self._has_anchors:
            self._has_anchors = True
            self.report(
                IssueCode.YAML_LIMIT,
                f"The file uses {quoted('&' + event.anchor)} or {quoted('*' + event.anchor)} to"
                " repeat a piece of YAML, which is not allowed here.",
                "Write the piece out wherever it is needed; put text that begins with & or * in"
                " quotation marks.",
                place,
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.report(
                IssueCode.YAML_TAG,
                f"The tag {quoted(tag.replace('tag:yaml.org,2002:', '!!'))} is not allowed here.",
                'Take it away. Text that looks like a number needs quotation marks: "1.10".',
                place,
            )

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        text: str = event.value
        if len(text.encode()) > self._limits.text_bytes:
            self.report(
                IssueCode.YAML_LIMIT,
                f"The text that begins here is longer than {self._limits.text_bytes:,} bytes.",
                "Check that its quotation mark is closed, and shorten it.",
                place,
            )
        if event.style or event.tag is not None:
            self._add(text, place, is_doubtful=event.tag is not None)
            return
        reading = why_ambiguous(text)
        if reading is not None:
            self.report(
                IssueCode.YAML_AMBIGUOUS,
                f"{quoted(text)} is written without quotation marks, and some programs read it as"
                f" {reading}.",
                "If it is text, put it in quotation marks"
                + (f': "{text}".' if len(text) < 30 else ".")
                + " If not, write a plain number, true or false.",
                place,
            )
        self._add(plain_value(text), place, is_doubtful=reading is not None)

    def _open(self, event: yaml.CollectionStartEvent, place: Place) -> None:
        if len(self._frames) >= self._limits.depth:
            self._refuse(
                f"Lists and groups are nested more than {self._limits.depth} deep here.",
                "Check the brackets and the indentation; a rubric is rarely nested more than 10"
                " deep.",
                place,
            )
        items: dict[Any, Any] | list[Any] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        self._frames.append(_Frame(self._next_path(), place, items))

    def _close(self) -> None:
        frame = self._frames.pop()
        value = tuple(frame.items) if isinstance(frame.items, list) else frame.items
        self._add(value, frame.place)

    def _next_path(self) -> Path:
        if not self._frames:
            return ()
        frame = self._frames[-1]
        return (*frame.path, len(frame.items) if isinstance(frame.items, list) else frame.key)

    def _add(self, value: Any, place: Place, *, is_doubtful: bool = False) -> None:
        """Put a finished value where it belongs: at the top, in a list, or as a key or value."""
        frame = self._frames[-1] if self._frames else None
        if frame is not None and isinstance(frame.items, dict) and frame.key is _NO_KEY:
            frame.key = self._checked_key(frame, value, place)
            if frame.key is not _DISCARDED:
                self._keys[(*frame.path, frame.key)] = place
            return
        path = self._next_path()
        self._values[path] = place
        if is_doubtful:
            self._doubtful.add(path)
        if frame is None:
            self.document = YamlDocument(
                self._name, value, self._keys, self._values, frozenset(self._doubtful)
            )
        elif isinstance(frame.items, list):
            frame.items.append(value)
        else:
            if frame.key is not _DISCARDED:
                frame.items[frame.key] = value
            frame.key = _NO_KEY

    def _checked_key(self, frame: _Frame, key: Any, place: Place) -> Any:
        if isinstance(key, bool) or not isinstance(key, (str, int, Decimal)):
            self.report(
                IssueCode.YAML_SYNTAX,
                "A key must be a word or a number; here it is "
                + ("a list or a group." if isinstance(key, (tuple, dict)) else "something else."),
                'Write "key: value". Put { and [ in quotation marks where they are text.',
                place,
            )
        elif key == "<<":
            self.report(
                IssueCode.YAML_LIMIT,
                'The merge key "<<" is not allowed here.',
                "Write out what it would have merged.",
                place,
            )
        elif key in frame.items:
            first = self._keys[(*frame.path, key)]
            self.report(
                IssueCode.YAML_DUPLICATE_KEY,
                f"The key {quoted(key)} stands twice in one group; it is also on line"
                f" {first.line}.",
                "Take one of them away, or give it another name.",
                place,
            )
        else:
            return key
        return _DISCARDED
