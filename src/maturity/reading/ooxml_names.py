"""Name the namespaces of Office Open XML, transitional and strict, and resolve its links."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

from maturity.reading.findings import Task
from maturity.reading.package import Package
from maturity.reading.xml_parts import Attributes, PartHandler

__all__ = ["MAIN_NAMESPACES", "Link", "is_true", "link_id", "main_tags", "read_links"]

MAIN_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_LINK_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_LINK = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"


class Link(NamedTuple):
    """A relationship of one part to another.

    Attributes:
        kind: the last word of its type, such as `worksheet`.
        part: the other part's name in the container, or the address of something outside.
        is_outside: whether it leads out of the file.
    """

    kind: str
    part: str
    is_outside: bool


def main_tags(tags: Iterable[str]) -> dict[str, str]:
    """Map `namespace tag` to `tag` for elements of the main namespaces."""
    return {f"{namespace} {tag}": tag for tag in tags for namespace in MAIN_NAMESPACES}


def is_true(value: str | None) -> bool:
    """Read a truth value as XML Schema writes it."""
    return value is not None and value.strip() in ("1", "true")


def link_id(attributes: Attributes) -> str | None:
    """Give the identifier of the relationship that an element refers to."""
    for name in _LINK_IDS:
        if name in attributes:
            return attributes[name]
    return None


class _LinkHandler(PartHandler):
    """Gather the relationships of one part."""

    def __init__(self, task: Task, part: str, folder: str) -> None:
        super().__init__(task, part)
        self.links: dict[str, Link] = {}
        self._folder = folder

    def opened(self, name: str, attributes: Attributes) -> None:
        if name != _LINK or self.depth != 2:
            return
        target = attributes.get("Target", "").replace("\\", "/")
        is_outside = attributes.get("TargetMode", "").lower() == "external"
        if not is_outside:
            target = _resolved(self._folder, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.links[attributes.get("Id", "")] = Link(kind, target, is_outside)


def _resolved(folder: str, target: str) -> str:
    """Resolve an address within the container against the folder of the part that refers to it."""
    if target.startswith("/") or "." in target.partition("/")[0] or not folder:
        return posixpath.normpath(posixpath.join("/", folder, target))[1:]
    if "//" in target or "/." in target:
        return posixpath.normpath(posixpath.join("/", folder, target))[1:]
    return f"{folder}/{target}"


def read_links(package: Package, part: str, task: Task) -> dict[str, Link]:
    """Read the relationships of a part; none when it has no list of them.

    Returns:
        Relationship identifier → link.
    """
    folder, _, file = part.rpartition("/")
    links_part = posixpath.join(folder, "_rels", f"{file}.rels")
    if links_part not in package:
        return {}
    handler = _LinkHandler(task, links_part, folder)
    handler.read(package)
    return {
        identifier: link._replace(part=_existing(package, link.part))
        for identifier, link in handler.links.items()
    }


def _existing(package: Package, part: str) -> str:
    """Undo the escapes of an address where only that leads to a part."""
    return part if part in package or "%" not in part else unquote(part)
