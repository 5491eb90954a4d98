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
    """There is no such file, or it cannot be opened. Error: check its name and place, and that
    you may read it."""
    FILE_EMPTY = "file-empty"
    """The file has no content. Error: save the workbook again and send that."""
    FILE_TOO_LARGE = "file-too-large"
    """The file is larger than this library will read. Error: delete pictures and unused sheets,
    save the workbook and send it again."""
    FILE_NOT_WORKBOOK = "file-not-workbook"
    """The file is something else, whatever its name says: a document, a picture, a web page.
    Error: save the workbook itself as .xlsx and send that."""
    FILE_DAMAGED = "file-damaged"
    """The file is a workbook that is cut short or malformed. Error: ask for it again, or open it
    in Excel, let it repair the file and save a copy."""
    FILE_PASSWORD = "file-password"  # noqa: S105 - the name of a problem, not a secret
    """The workbook is protected with a password, so nothing in it can be read. Error: save a
    copy without a password and send that."""
    FILE_LOCK = "file-lock"
    """The file is the mark that a program leaves beside an open workbook. Error: leave it out;
    in a folder it is passed over."""
    FILE_HOSTILE = "file-hostile"
    """The file is made as files are that exhaust or harm a computer. Error: do not open it
    unless you trust its sender; a copy saved by Excel can be read."""
    FILE_LIMIT = "file-limit"
    """The workbook holds more than this library will read. Error: delete what is not needed,
    save the workbook and send it again."""
    FILE_READER_MISSING = "file-reader-missing"
    """This kind of file needs a reader that is not installed here. Error: save the workbook as
    .xlsx, or install the reader."""
    FILE_READER_FAILED = "file-reader-failed"
    """The reader for this kind of file stopped, ran too long or used too much memory. Error:
    open the workbook in Excel and save a copy as .xlsx."""
    FILE_WRONG_NAME = "file-wrong-name"
    """The name ends as for one format, and the content is another; the content was read. Note:
    rename the file."""
    FILE_ODD = "file-odd"
    """The file holds something that no spreadsheet program writes, and that was not used. Query,
    note: check what the message names."""
    FILE_FORMAT_LIMITED = "file-format-limited"
    """This format does not show everything that .xlsx shows, such as hidden rows or error
    values. Query, note: save the workbook as .xlsx if that matters."""
    FILE_ACTIVE_CONTENT = "file-active-content"
    """The workbook contains macros; they were not run. Query, note: ask the sender why, unless
    macros are expected."""
    FILE_EXTERNAL_LINK = "file-external-link"
    """The workbook refers to other files; they were not opened, and its own saved values were
    read. Note: check that the values are right."""
    CELL_COVERED = "cell-covered"
    """A value lies beneath a merged cell, where nobody can see it. Query: unmerge the cells, and
    delete the value or put it where it belongs."""
    CELL_DUPLICATE = "cell-duplicate"
    """The file holds one cell twice; the last one was read. Error, query: open the workbook in
    Excel, check the cell and save a copy."""
    CELL_ODD = "cell-odd"
    """A cell is written as no spreadsheet program writes it. Query, note: check it in the
    workbook."""

    # --- the return as a whole --------------------------------------------------------------------
    WORKBOOK_UNKNOWN = "workbook-unknown"
    """The workbook fits none of the layouts, so it is no return for this rubric. Error: send the
    workbook that was filled in, or write a layout for its form."""
    WORKBOOK_OTHER = "workbook-other"
    """The workbook looks like another one that is often sent by mistake. Error: do what the
    message says, and send the return."""
    DRAFT_IMPOSSIBLE = "draft-impossible"
    """Nothing in the workbook looks like a table of items with answers, so no draft can be made of
    it. Error: write the layout by hand."""
    """The workbook does not say which edition it is. Query: enter it on the cover."""
    EDITION_DIFFERS = "edition-differs"
    """The workbook says that it is another edition or version than the one it was read as.
    Query: check that the questions are the same, or write a layout for that edition."""
    AREA_MISSING = "area-missing"
    """The workbook does not say which area it is from. Query: enter the area on the cover."""
    METADATA_MISSING = "metadata-missing"
    """A value that the cover should give is not there. Query: enter it beside its label."""
    METADATA_UNREADABLE = "metadata-unreadable"
    """A value on the cover is not of its kind, such as a date that is not a date. Query: enter
    it again."""
    METADATA_CONFLICT = "metadata-conflict"
    """A value is given more than once, and differently; the first is used. Query: make them
    agree, or clear the wrong one."""
    DOMAIN_MISSING = "domain-missing"
    """No row was found for any criterion of a domain. Error: put its sheet back, or check its
    headings and references."""
    CRITERION_MISSING = "criterion-missing"
    """No row was found for a criterion. Error: put the row back, with its reference."""
    METRIC_MISSING = "metric-missing"
    """No row was found for a baseline figure. Query: put the row back, or say why the figure is
    not given."""
    COLUMN_MISSING = "column-missing"
    """A column with answers is not there. Query: put it back or mend its heading, if those
    answers were to be given."""
    COLUMN_UNKNOWN = "column-unknown"
    """A column is not part of the form; it was not read. Note: check that it holds no answers
    under a changed heading."""
    COLUMN_REPEATED = "column-repeated"
    """A column is there more than once; where they differ, no answer is taken. Query: keep one
    of them."""
    HEADER_UNKNOWN = "header-unknown"
    """The column with the references has lost its heading; it was recognised by what it holds.
    Note: put the heading back."""
    SHEET_UNKNOWN = "sheet-unknown"
    """A sheet is not part of the form, or holds no table that could be read. Query, note: put
    the headings back if it holds answers."""
    SHEET_MISSING = "sheet-missing"
    """The form has a sheet that the workbook does not have, so what stands on it was not read.
    Query: put the sheet back, or correct its name in the layout."""
    CELLS_UNCLAIMED = "cells-unclaimed"
    """Cells under the headings of answers belong to no item, such as totals or headings within the
    table; they were not read. Note: check that none of them is an answer whose reference was
    lost."""
    SHEET_HIDDEN = "sheet-hidden"
    """A hidden sheet was read. Note: check that its answers are meant to be sent."""
    CELLS_HIDDEN = "cells-hidden"
    """Answers in hidden rows or columns were read. Note: check that they are meant to be sent."""
    ROW_UNKNOWN = "row-unknown"
    """A row has a reference that the rubric does not have; it was not read. Query: correct the
    reference if the row answers a question of the form."""
    ROW_BY_TITLE = "row-by-title"
    """A row has lost its reference; it was recognised by its title. Query: put the reference
    back."""
    ROW_TITLE_DIFFERS = "row-title-differs"
    """A row has the reference of one criterion and the title of another; it was read by its
    reference. Query: check whether rows were sorted or copied in part."""

    # --- one answer -------------------------------------------------------------------------------
    ANSWER_MISSING = "answer-missing"
    """A criterion is not answered. Query, note: enter a level."""
    ANSWER_LIST_UNKNOWN = "answer-list-unknown"
    """The workbook's own list of answers, which the layout names, is not there or does not say what
    each word means. Error: put the list back as it was issued, or correct the layout."""
    LEVEL_UNKNOWN = "level-unknown"
    """What was typed is not an answer that the rubric declares. Error: choose a level."""
    LEVEL_BETWEEN = "level-between"
    """What was typed lies between levels or names several, such as 2.5 or 2/3. Error: choose one
    level."""
    LEVEL_OFF_SCALE = "level-off-scale"
    """The number is below the lowest level or above the highest. Error: choose a level."""
    ANSWER_DATE = "answer-date"
    """The cell holds a date, perhaps because a spreadsheet program changed what was typed.
    Error: choose a level."""
    ANSWER_PERCENT = "answer-percent"
    """The cell holds a percentage or an amount. Error: choose a level."""
    ANSWER_BOOLEAN = "answer-boolean"
    """The cell holds TRUE or FALSE. Error: choose a level."""
    ANSWER_ERROR = "answer-error"
    """The cell holds an error value, such as #N/A or #REF!. Error: mend the formula, or choose a
    level."""
    ANSWER_UNCALCULATED = "answer-uncalculated"
    """The cell holds a formula whose result was not saved. Error: open the workbook in Excel,
    save it and send it again."""
    ANSWER_MERGED = "answer-merged"
    """The cell is merged with that of another criterion, so it is not known what was meant here.
    Error: unmerge the cells and enter a level in each."""
    ANSWER_REPEATED = "answer-repeated"
    """A criterion is answered more than once, always the same. Note: keep one answer, so that
    later changes cannot disagree."""
    ANSWER_CONFLICT = "answer-conflict"
    """A criterion is answered more than once, and differently, so no answer is taken. Error:
    keep the one that was agreed."""
    NOT_APPLICABLE_NOT_ALLOWED = "not-applicable-not-allowed"
    """The answer "not applicable" is no fair one to this criterion, so it counts as missing.
    Error, query: choose a level, or leave the cell empty."""
    FIGURE_UNREADABLE = "figure-unreadable"
    """A baseline figure is not a number. Error: enter the figure alone."""
    FIGURE_UNUSUAL = "figure-unusual"
    """A baseline figure was read, and is written or sized as such figures seldom are. Query:
    check it, and mend or explain it."""

    # --- rubric and layout files ------------------------------------------------------------------
    YAML_SYNTAX = "yaml-syntax"
    """The file is not YAML. Error: mend the line that is named."""
    YAML_LIMIT = "yaml-limit"
    """The file is larger or deeper than any rubric, or uses anchors and aliases. Error: shorten
    it, and write out what is repeated."""
    YAML_DUPLICATE_KEY = "yaml-duplicate-key"
    """A key stands twice in one group, and only one of them could count. Error: take one of them
    away."""
    YAML_AMBIGUOUS = "yaml-ambiguous"
    """A value without quotation marks is read differently by different programs, such as No or
    012. Error: put it in quotation marks."""
    YAML_TAG = "yaml-tag"
    """A value carries a YAML tag. Error: take the tag away."""
    RUBRIC_NOT_FOUND = "rubric-not-found"
    """There is no shipped rubric, file or folder of that name. Error: check the name, or give a
    path."""
    KEY_UNKNOWN = "key-unknown"
    """A key is not one that may stand there. Error: use one of the keys that are named."""
    KEY_MISSING = "key-missing"
    """A key that is needed is not there. Error, query: add it."""
    TYPE_WRONG = "type-wrong"
    """A value is of the wrong kind, such as a number where a text belongs. Error: write it as
    the message shows."""
    VALUE_WRONG = "value-wrong"
    """A value is of the right kind and not one of those allowed. Error: use one that is named."""
    ID_DUPLICATE = "id-duplicate"
    """A name is used twice where it must be unique. Error: give one of them another name."""
    LEVEL_ORDER = "level-order"
    """The levels do not go up. Error: put them in order, lowest first."""
    LEVEL_AMBIGUOUS = "level-ambiguous"
    """One answer could mean two things, such as two levels. Error: change one of the words or
    forms."""
    DESCRIPTOR_MISSING = "descriptor-missing"
    """A criterion does not say what is seen at a level. Error, query: add the descriptor."""
    DESCRIPTOR_UNKNOWN = "descriptor-unknown"
    """A descriptor is for a level that does not exist. Error: use the values of the levels."""
    PRINCIPLE_UNKNOWN = "principle-unknown"
    """A criterion names a principle that is not declared. Error: use one that is, or declare it."""
    FACET_UNKNOWN = "facet-unknown"
    """A facet or one of its members is named and not declared. Error: use one that is, or
    declare it."""
    RATING_UNKNOWN = "rating-unknown"
    """A rating is named and not declared. Error: use one that is, or declare it."""
    RATING_SCORED = "rating-scored"
    """It is not clear which rating is scored: none is, several are, or a layout has no column
    for it. Error, query: mark exactly one, and give its column."""
    ROLLUP_UNKNOWN = "rollup-unknown"
    """A roll-up is made of something that does not stand above it. Error: name an earlier roll-
    up, or put it above."""
    WEIGHT_POINTLESS = "weight-pointless"
    """A weight or a source of weights has no effect, or nothing to work on. Error, query: take
    it away, or change the method."""
    BAND_ORDER = "band-order"
    """The bands do not cover the scale from its lowest level upwards, in order. Error, query:
    put the cuts in order."""
    CRITERION_UNKNOWN = "criterion-unknown"
    """A layout names a criterion or metric that the rubric does not have. Error: use an id of
    the rubric."""
    LAYOUT_AMBIGUOUS = "layout-ambiguous"
    """The same words name two things in a layout. Error: leave them to one of them."""
    UNUSED = "unused"
    """Something is declared and has no effect. Query, note: use it, or take it away."""
    STYLE_HINT = "style-hint"
    """The rubric can be used, and could be clearer. Note: do what the message says, if you
    agree."""

    # --- writing ----------------------------------------------------------------------------------
    WRITE_OVER_SOURCE = "write-over-source"
    """A result would be written over the return it came from. Error: choose another name or
    folder."""
    WRITE_FAILED = "write-failed"
    """A file could not be written; what was there before is unchanged. Error: check the folder,
    its rights, the room on the disk, and that no program has the file open."""
    WRITE_LIMIT = "write-limit"
    """A workbook cannot hold what belongs on a sheet. Error: report it, and write JSON until
    then."""
