"""Read YAML strictly: plain data, the place of every key and value, and every problem at once.

The language is a part of YAML that every reader takes alike: mappings, lists, text, whole and
decimal numbers, true, false and nothing. Anchors, aliases, merge keys, tags and several documents
in a file are refused. Nodes are built from the parser's events one by one, never by recursion, and
limits are spent on the way, so that no file can exhaust this machine.
"""

from __future__ import annotations

import os
from typing import Any, BinaryIO

import yaml

from maturity.errors import RubricError
from maturity.issues import Issue, IssueCode
from maturity.reading.yaml_builder import Stop, YamlBuilder
from maturity.reading.yaml_document import (
    DEFAULT_YAML_LIMITS,
    Place,
    YamlDocument,
    YamlLimits,
)
from maturity.reading.yaml_syntax import explain, is_too_deep
from maturity.reading.yaml_text import decode, name_of, read_bytes

__all__ = ["DEFAULT_YAML_LIMITS", "YamlDocument", "YamlLimits", "check_yaml", "read_yaml"]

Source = str | os.PathLike[str] | bytes | BinaryIO

# libyaml reads about twenty times as fast; where PyYAML was built without it, the other will do.
_FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    builder = YamlBuilder(name, limits, list(found))
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
        builder.finish()
    except yaml.MarkedYAMLError as error:
        message, remedy, line, column = explain(error)
        if is_too_deep(error):
            builder.report_depth(Place(line, column))
        else:
            builder.report(IssueCode.YAML_SYNTAX, message, remedy, Place(line, column))
    except Stop:
        pass
    return builder.document, tuple(builder.issues)
