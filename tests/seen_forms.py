"""Small workbooks of the shapes that assessment forms have, each as a table."""

from __future__ import annotations

import dataclasses

from written_sheets import sheet_of, workbook_of

from maturity.reading.ranges import parse_range
from maturity.sheets import DropDown, Sheet, Workbook

__all__ = ["FORMS", "form_of", "with_lists"]

_ORDER = '"1,2,3,4"'
_DEGREE = "No,Partly,Mostly,Fully"


def with_lists(sheet: Sheet, **lists: str) -> Sheet:
    """Put drop-down lists on a sheet: range (with `_` for `:`) → words or the source of a list."""
    made = []
    for area, source in lists.items():
        cells = parse_range(area.replace("_", ":"))
        assert cells is not None
        is_place = "!" in source or source.isidentifier()
        words = () if is_place else tuple(source.split(","))
        made.append(DropDown((cells,), source, words))
    return dataclasses.replace(sheet, drop_downs=tuple(made))


def form_of(*sheets: Sheet, name: str = "form.xlsx", **names: str) -> Workbook:
    """Make a workbook of sheets, with defined names."""
    return dataclasses.replace(workbook_of(*sheets, name=name), defined_names=names)


def _plain() -> Workbook:
    return form_of(
        sheet_of(
            """
            Our form
            Organisation: | Anytown
            Ref | Question                    | Level | Comment
            LG1 | Is there a shared vision?   | 1     | Seen
            LG2 | Who decides what, and when? | 3     |
            CV1 | Do families take part?      | 2     |
            """
        )
    )


def _ids_in_text() -> Workbook:
    sheet = sheet_of(
        """
        Item                              | Answer
        A1: Is there a policy in place?   | Partly
        A2: Is the policy known to staff? |
        B1: Is it looked at every year?   | Fully
        """
    )
    return form_of(with_lists(sheet, B2_B4=_DEGREE))


def _numbers_per_section() -> Workbook:
    sheet = sheet_of(
        """
        No | Statement                  | Rating
           | Leadership
        1  | Leaders share one vision   | 2
        2  | Leaders look at progress   | 3
        3  | Leaders ask for challenge  |
           | Workforce
        1  | Staff know what to do      | 4
        2  | Staff are trained together | 1
        """
    )
    return form_of(with_lists(sheet, C3_C8="1,2,3,4"))


def _dotted_numbers() -> Workbook:
    return form_of(
        sheet_of(
            """
            No.   | Requirement                     | Score
            "1.1" | Risks are written down          | 0
            "1.2" | Risks are looked at each term   | 2
            "2.1" | Incidents are written down      | 1
            "2.2" | Incidents are looked at in full | 2
            """
        )
    )


def _side_by_side() -> Workbook:
    sheet = sheet_of(
        """
        Id | Early stage question   | Answer | Id | Late stage question     | Answer
        E1 | Was the need seen?     | Yes    | L1 | Was the plan kept up?   | No
        E2 | Was the family asked?  | No     | L2 | Was the family content? | Yes
        E3 | Was the help in time?  |        | L3 | Was the move prepared?  | Yes
        """
    )
    return form_of(with_lists(sheet, C2_C4="No,Yes", F2_F4="No,Yes"))


def _two_ratings() -> Workbook:
    sheet = sheet_of(
        """
                  |                          | Today |         | In a year |
        Ref       | Topic                    | Level | Comment | Level     | Comment
        T-1       | Networks are kept apart  | 1     |         | 3         | Soon
        T-2       | Copies are kept and used | 2     | Half    | 3         |
        """,
        merged="C1:D1 E1:F1",
    )
    return form_of(with_lists(sheet, C3_C4="0,1,2,3", E3_E4="0,1,2,3"))


def _repeated_headers() -> Workbook:
    sheet = sheet_of(
        """
        Part one
        Code | Practice                   | Answer
        P1   | Code is looked at by two   | Mostly
        P2   | Tests run before release   | No

        Part two
        Code | Practice                   | Answer
        P3   | Faults are found by users  | Partly
        P4   | Faults are counted monthly |
        """
    )
    return form_of(with_lists(sheet, C3_C4=_DEGREE, C8_C9=_DEGREE))


def _sheet_for_each_domain() -> Workbook:
    sheets = []
    for name, texts in (
        ("Planning", ("Plans are written", "Plans are shared", "Plans are kept")),
        ("Delivery", ("Work is on time", "Work is checked", "Work is paid")),
        ("Review", ("Results are known", "Results are used", "Results are told")),
    ):
        rows = "\n".join(
            f"{n} | {text} with all partners | Not yet" for n, text in enumerate(texts, 1)
        )
        sheet = sheet_of(f"{name}\n\nNo | What | Status\n{rows}", name)
        sheets.append(with_lists(sheet, C4_C6="Not yet,Begun,Done"))
    return form_of(*sheets)


def _labels_beside() -> Workbook:
    sheet = sheet_of(
        """
        Self-check
        Do you know who to call?        | Yes
        Do you know where the key is?   |
        Do you know when to stop?       | No
        """
    )
    return form_of(with_lists(sheet, B2_B4="Yes,No,N/A"))


def _named_list() -> Workbook:
    lists = sheet_of(
        """
        Word    | Counts
        None    | 0
        Some    | 0.25
        Half    | 0.5
        Most    | 1
        """,
        "Lists",
    )
    sheet = sheet_of(
        """
        Ref  | Question                 | Response
        Q-01 | Are doors locked?        | Half
        Q-02 | Are visitors written in? | Most
        """,
        "Questions",
    )
    return form_of(with_lists(sheet, C2_C3="answers"), lists, answers="Lists!$A$2:$A$5")


def _across() -> Workbook:
    sheet = sheet_of(
        """
        How far are you with these?
        Doors and gates | Keys and codes | Lamps outside
        2               | 3              | 1
        """
    )
    return form_of(with_lists(sheet, A3_C3="1,2,3"))


def _own_words_for_each() -> Workbook:
    sheet = sheet_of(
        """
        Id  | Question                      | Answer
        Q1  | How often do you test it?     | Monthly
        Q2  | Who looks at the results?     | Nobody
        Q3  | How much of it is covered?    |
        """
    )
    return form_of(
        with_lists(sheet, C2="Never,Yearly,Monthly", C3="Nobody,One,Two", C4="None,Half,All")
    )


FORMS = {
    "plain table without lists": (_plain, 3, 3, 0),
    "ids in a text": (_ids_in_text, 3, 2, 0),
    "numbers that start again": (_numbers_per_section, 5, 4, 0),
    "numbers with points": (_dotted_numbers, 4, 4, 0),
    "items side by side": (_side_by_side, 6, 5, 0),
    "two ratings under headings": (_two_ratings, 2, 4, 0),
    "repeated headers": (_repeated_headers, 4, 3, 0),
    "a sheet for each domain": (_sheet_for_each_domain, 9, 9, 0),
    "labels beside answers": (_labels_beside, 3, 2, 0),
    "a named list with values": (_named_list, 2, 2, 0),
    "answers below their questions": (_across, 3, 3, 0),
    "words of its own for each item": (_own_words_for_each, 3, 2, 0),
}
"""Shape → how it is made, its items, its answers, its cells that cannot be read."""
