"""Build data from the events of a YAML parser, noting the place of everything and every problem.

Nothing here calls itself: the lists and mappings that are still open wait in a list, so that a file
of a hundred thousand brackets costs no more than any other file.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import yaml

from maturity.faults import Path
from maturity.issues import FileLocation, Issue, IssueCode, Severity
from maturity.reading.yaml_document import Place, YamlDocument, YamlLimits
from maturity.reading.yaml_scalars import plain_value, why_ambiguous
from maturity.wording import quoted

__all__ = ["Stop", "YamlBuilder"]


class Stop(Exception):  # noqa: N818 - not an error, but the end of reading
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


class YamlBuilder:
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
        raise Stop

    def take(self, event: yaml.Event) -> None:
        """Take the parser's next event."""
        mark: Any = event.start_mark  # every event has one, whatever the stubs allow for
        place = Place(mark.line + 1, mark.column + 1)
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

    def report_depth(self, place: Place) -> None:
        """Say that the file is nested more deeply than any rubric."""
        self.report(
            IssueCode.YAML_LIMIT,
            f"Lists and groups are nested more than {self._limits.depth} deep here.",
            "Check the brackets and the indentation; a rubric is rarely nested more than 10 deep.",
            place,
        )
        self.document = None

    def _start_document(self, place: Place) -> None:
        self._documents += 1
        if self._documents > 1:
            self.report(
                IssueCode.YAML_SYNTAX,
                "A second document begins here; a file holds one.",
                "Take away the line of --- or …, or put what follows in a file of its own.",
                place,
            )
            raise Stop

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
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.report(
                IssueCode.YAML_LIMIT,
                f"{quoted(sign + event.anchor)} repeats a piece of YAML by a name, which is not"
                " allowed here.",
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
            self.report_depth(place)
            raise Stop
        items: dict[Any, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
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
        # Parsers differ in where an empty value stands; beside its key an author will look.
        self._values[path] = self._keys.get(path, place) if value is None else place
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
