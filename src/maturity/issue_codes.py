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
    """A column with answers, or the place of an answer beside a label, is not there. Query: put it
    back or mend its heading, if those answers were to be given."""
    COLUMN_UNKNOWN = "column-unknown"
    """A column is not part of the form; it was not read. Query, note: check that it holds no
    answers under a changed heading, or name it in the layout."""
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
    """A layout or change map names a criterion or metric that the rubric does not have. Error:
    use an id of the rubric."""
    LAYOUT_AMBIGUOUS = "layout-ambiguous"
    """The same words name two things in a layout. Error: leave them to one of them."""
    LAYOUT_CHOSEN = "layout-chosen"
    """The workbook was read with this layout. Note: check that it is the one that was meant."""
    LAYOUT_OTHER = "layout-other"
    """The workbook was not read with this layout. Note: correct the layout, if the workbook was
    meant for it."""
    CRITERION_REPEATED = "criterion-repeated"
    """The form asks for one answer in several cells, and all of them must then agree. Query: take
    the others away, or say in the layout which of them counts."""
    DROP_DOWN_UNKNOWN = "drop-down-unknown"
    """A drop-down list offers a word that is no answer by the rubric and the layout. Error: add the
    word to one of them, or take it out of the list."""
    DROP_DOWN_SHORT = "drop-down-short"
    """A drop-down list offers no word for a level of its scale. Note: add the word, if that level
    may be chosen."""
    DROP_DOWN_UNREAD = "drop-down-unread"
    """The words of a drop-down list come from something other than a range or a name, so they were
    not checked. Note: check them by hand."""
    LABEL_MISSING = "label-missing"
    """No cell has the label beside which the layout looks for a value. Query: correct the label in
    the layout, or put it back."""
    STATED_MISSING = "stated-missing"
    """A cell in which the workbook is said to state a score is empty. Query: correct the cell in
    the layout."""
    SCORE_UNKNOWN = "score-unknown"
    """A layout names a score that the rubric does not make. Error: use the id of one that it
    makes."""
    TEXT_DIFFERS = "text-differs"
    """A row has the reference of a criterion, and neither its title nor its prompt. Note: check
    that both mean the same, and use the same words."""
    UNUSED = "unused"
    """Something is declared and has no effect. Query, note: use it, or take it away."""
    STYLE_HINT = "style-hint"
    """The rubric can be used, and could be clearer. Note: do what the message says, if you
    agree."""

    # --- many returns, and returns beside one another ---------------------------------------------
    AREA_CONFLICT = "area-conflict"
    """The cover gives the code of one area and the name of another; the code was used. Query:
    make them agree."""
    AREA_REPEATED = "area-repeated"
    """An area has more than one return. Query, note: keep the one that counts, or say with
    `--duplicates` which one does."""
    AREA_DIFFERS = "area-differs"
    """Two returns that are compared are about different areas. Query: check that the right files
    were chosen."""
    RUBRIC_DIFFERS = "rubric-differs"
    """Returns were scored under different rubrics or versions, so their scores mean different
    things. Error, query: score them under one version."""
    BANDS_DIFFER = "bands-differ"
    """A score's bands are cut or named differently in two rubrics. Query: compare the values, not
    the bands."""
    SCORE_ABSENT = "score-absent"
    """One of two returns has no such score, so there is no movement to state. Query: see the
    reason, and mend the return if it can be."""
    COVERAGE_DIFFERS = "coverage-differs"
    """Two scores rest on different shares of what was asked. Query: read the movement with what
    was newly answered, or no longer."""
    NOT_APPLICABLE_DIFFERS = "not-applicable-differs"
    """A criterion is "not applicable" in one of two returns. Query: check that it is a change in
    the area, not in how the question was read."""
    CRITERION_ABSENT = "criterion-absent"
    """A criterion stands in one of two rubrics only, or is not answered in one of two returns, so
    its levels cannot be compared. Query: compare what both have."""
    CRITERION_CHANGED = "criterion-changed"
    """A criterion has the same id in two rubrics and other words or levels. Query: compare the
    words before comparing the levels."""

    # --- change maps, and answers that are carried over -------------------------------------------
    CHANGES_VERSION = "changes-version"
    """A change map is for other versions of the rubric than those it is used for. Error: use the
    map that stands between these versions."""
    CHANGES_CONFLICT = "changes-conflict"
    """A change map says two things of one id, or something that the rubrics contradict. Error:
    leave the one that is true."""
    CHANGES_INCOMPLETE = "changes-incomplete"
    """A criterion or metric came or went, and the change map does not say why. Query: say it
    there, so that nothing is taken for lost that was renamed."""
    ANSWERS_CARRIED = "answers-carried"
    """The answers were given to another version of the rubric and were carried over. Note: look
    at what the message counts, and have what is missing answered."""
    CARRIED_WITH_CARE = "carried-with-care"
    """An answer was carried over although the words of the question, or its scale, have changed.
    Query: say in the change map whether the same is still asked."""
    NOT_CARRIED = "not-carried"
    """An answer was given to another version of the rubric and has no place in this one. Query,
    note: answer the new questions, if there are any, anew."""
    NOT_ASKED_BEFORE = "not-asked-before"
    """A criterion, metric or rating is new in this version, so nothing could be carried over.
    Note: have it answered."""

    # --- many returns -----------------------------------------------------------------------------
    WORKER_CRASHED = "worker-crashed"
    """The process that read the file came to a sudden end. Error: do not trust the file; score a
    copy that Excel saved, or score it again if the computer was out of memory."""
    WORKER_TIMEOUT = "worker-timeout"
    """The file took longer than it may. Error: score it on its own with more time, or a copy that
    Excel saved."""
    WORKER_MEMORY = "worker-memory"
    """The file takes more memory than it may. Error: score it on its own with more memory, or
    delete pictures and unused sheets from it."""
    WORKER_FAULT = "worker-fault"
    """Reading the file met a fault in this library; the other files went on. Error: report it,
    with the file if you may share it."""

    # --- writing ----------------------------------------------------------------------------------
    WRITE_OVER_SOURCE = "write-over-source"
    """A result would be written over the return it came from. Error: choose another name or
    folder."""
    WRITE_MIXED = "write-mixed"
    """Tables for anyone and tables that show areas' own figures would stand in one folder. Error:
    give each kind a folder of its own."""
    WRITE_FAILED = "write-failed"
    """A file could not be written; what was there before is unchanged. Error: check the folder,
    its rights, the room on the disk, and that no program has the file open."""
    WRITE_LIMIT = "write-limit"
    """A workbook cannot hold what belongs on a sheet. Error: report it, and write JSON until
    then."""
    WRITER_MISSING = "writer-missing"
    """This kind of file needs a library that is not installed here. Error: install what the
    message names, or choose another kind of file."""
