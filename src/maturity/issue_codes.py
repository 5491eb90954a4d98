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
    CELL_COVERED = "cell-covered"
    CELL_DUPLICATE = "cell-duplicate"
    CELL_ODD = "cell-odd"

    # --- the return as a whole --------------------------------------------------------------------
    WORKBOOK_UNKNOWN = "workbook-unknown"
    WORKBOOK_OTHER = "workbook-other"
    EDITION_UNKNOWN = "edition-unknown"
    EDITION_DIFFERS = "edition-differs"
    AREA_MISSING = "area-missing"
    METADATA_MISSING = "metadata-missing"
    METADATA_UNREADABLE = "metadata-unreadable"
    METADATA_CONFLICT = "metadata-conflict"
    DOMAIN_MISSING = "domain-missing"
    CRITERION_MISSING = "criterion-missing"
    METRIC_MISSING = "metric-missing"
    COLUMN_MISSING = "column-missing"
    COLUMN_UNKNOWN = "column-unknown"
    COLUMN_REPEATED = "column-repeated"
    HEADER_UNKNOWN = "header-unknown"
    SHEET_UNKNOWN = "sheet-unknown"
    SHEET_HIDDEN = "sheet-hidden"
    CELLS_HIDDEN = "cells-hidden"
    ROW_UNKNOWN = "row-unknown"
    ROW_BY_TITLE = "row-by-title"
    ROW_TITLE_DIFFERS = "row-title-differs"

    # --- one answer -------------------------------------------------------------------------------
    ANSWER_MISSING = "answer-missing"
    LEVEL_UNKNOWN = "level-unknown"
    LEVEL_BETWEEN = "level-between"
    LEVEL_OFF_SCALE = "level-off-scale"
    ANSWER_DATE = "answer-date"
    ANSWER_PERCENT = "answer-percent"
    ANSWER_BOOLEAN = "answer-boolean"
    ANSWER_ERROR = "answer-error"
    ANSWER_UNCALCULATED = "answer-uncalculated"
    ANSWER_MERGED = "answer-merged"
    ANSWER_REPEATED = "answer-repeated"
    ANSWER_CONFLICT = "answer-conflict"
    NOT_APPLICABLE_NOT_ALLOWED = "not-applicable-not-allowed"
    FIGURE_UNREADABLE = "figure-unreadable"
    FIGURE_UNUSUAL = "figure-unusual"

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
    UNUSED = "unused"
    STYLE_HINT = "style-hint"

    # --- writing ----------------------------------------------------------------------------------
    WRITE_OVER_SOURCE = "write-over-source"
    WRITE_FAILED = "write-failed"
    WRITE_LIMIT = "write-limit"
