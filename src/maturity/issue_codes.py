"""Name every kind of problem, once.

Each code has a test, a remedy and an entry in docs/reference/issues.md; a test proves that the
lists agree. Codes are part of the public contract: they are added, never reused.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["IssueCode"]


class IssueCode(StrEnum):
    """The stable name of a kind of problem."""

    # --- the file itself (WorkbookError, or a note on a file that could be read) -----------------
    FILE_MISSING = "file-missing"
    FILE_EMPTY = "file-empty"
    FILE_TOO_LARGE = "file-too-large"
    FILE_NOT_WORKBOOK = "file-not-workbook"
    FILE_DAMAGED = "file-damaged"
    FILE_PASSWORD = "file-password"  # noqa: S105 - the name of a problem, not a secret
    FILE_LOCK = "file-lock"
    FILE_HOSTILE = "file-hostile"
    FILE_LIMIT = "file-limit"
    FILE_READER_MISSING = "file-reader-missing"
    FILE_READER_FAILED = "file-reader-failed"
    FILE_WRONG_NAME = "file-wrong-name"
    FILE_ODD = "file-odd"
    FILE_FORMAT_LIMITED = "file-format-limited"
    FILE_ACTIVE_CONTENT = "file-active-content"
    FILE_EXTERNAL_LINK = "file-external-link"

    # --- rubric and layout files ------------------------------------------------------------------
    YAML_SYNTAX = "yaml-syntax"
    YAML_LIMIT = "yaml-limit"
    YAML_DUPLICATE_KEY = "yaml-duplicate-key"
    YAML_AMBIGUOUS = "yaml-ambiguous"
    YAML_TAG = "yaml-tag"
    RUBRIC_NOT_FOUND = "rubric-not-found"
    KEY_UNKNOWN = "key-unknown"
    KEY_MISSING = "key-missing"
    TYPE_WRONG = "type-wrong"
    VALUE_WRONG = "value-wrong"
    ID_DUPLICATE = "id-duplicate"
    LEVEL_ORDER = "level-order"
    LEVEL_AMBIGUOUS = "level-ambiguous"
    DESCRIPTOR_MISSING = "descriptor-missing"
    DESCRIPTOR_UNKNOWN = "descriptor-unknown"
    PRINCIPLE_UNKNOWN = "principle-unknown"
    FACET_UNKNOWN = "facet-unknown"
    RATING_UNKNOWN = "rating-unknown"
    RATING_SCORED = "rating-scored"
    ROLLUP_UNKNOWN = "rollup-unknown"
    WEIGHT_POINTLESS = "weight-pointless"
    BAND_ORDER = "band-order"
    CRITERION_UNKNOWN = "criterion-unknown"
    LAYOUT_AMBIGUOUS = "layout-ambiguous"
