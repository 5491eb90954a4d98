"""Make the example returns: ten invented areas that filled in our template, as people do.

Everything in them is invented: areas, codes (970 to 979 are no local authority's), people's words
and figures. The script makes the same bytes each time, so the files can be checked against it.

    python examples/make_returns.py [FOLDER]
"""

from __future__ import annotations

import datetime
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path

import maturity
from maturity.rubric import Criterion
from maturity.testing import (
    COVER,
    Edit,
    Formula,
    Typed,
    add_row,
    completed_template,
    delete_row,
    delete_sheet,
    duplicate_row,
    hide_column,
    hide_row,
    hide_sheet,
    insert_columns,
    insert_rows,
    merge_down,
    move_column,
    order_rows,
    order_sheets,
    overtype,
    rename_sheet,
    write_above,
)

FOLDER = Path(__file__).parent / "returns"
MADE_WITH = "3.3.1"
"""The version of XlsxWriter that made the committed files; another one may order its XML anew."""

DETAILS = (
    "seen by the board on 12 November 2025",
    "draft, not yet agreed by health",
    "sample of 20 cases, October 2025",
    "covers two of three localities",
    "refreshed last term",
    "44 replies, mostly from primary schools",
    "two years old, being rewritten",
    "on the website since September",
    "discussed with the parent carer forum in January",
    "figures for education only",
)
ACTIONS = {
    "LG": (
        "Take the scheme of decisions to cabinet and the ICB board",
        "Name an owner and a date for each item of the action log",
        "Add early signs to the joint risk register",
    ),
    "CV": (
        "Agree a budget and meeting times with the parent carer forum",
        "Answer the youth group in writing within four weeks",
        "Test the local offer pages with ten families",
    ),
    "DI": (
        "Match health and education data by NHS number and UPN",
        "Agree definitions for the seven measures",
        "Send each setting its own profile in the autumn term",
    ),
    "WD": (
        "Map posts and vacancies of all three partners",
        "Open health training to school staff from April",
        "Move two specialist teachers to early years clusters",
    ),
    "FC": (
        "Write one commissioning plan with the ICB",
        "Publish how top-up funding is worked out",
        "Review three contracts before renewal",
    ),
    "SO": (
        "Open one request form for education and therapy advice",
        "Follow up pupils a term after outreach ends",
        "Remove diagnosis from the entry criteria of short breaks",
    ),
    "IP": (
        "Ask each cluster to moderate its ordinarily available practice",
        "Pair settings for peer visits in the spring term",
        "Share age two reviews with nurseries in every district",
    ),
}
OWNERS = (
    "Head of SEND",
    "Designated clinical officer",
    "Designated social care officer",
    "Director of commissioning, ICB",
    "Principal educational psychologist",
    "Head of data and insight",
)
ENDS = ((2026, 7, 17), (2026, 9, 30), (2026, 12, 18), (2027, 3, 31))
# What an area's figure may be: metric → lowest, highest, decimals.
FIGURES = {
    "M1": (28, 92, 1),
    "M2": (34, 58, 1),
    "M3": (70, 150, 1),
    "M4": (9, 31, 1),
    "M5": (40, 900, 0),
    "M6": (25, 310, 0),
    "M7": (-2, 24, 1),
}


@dataclass
class Return:
    """What one area typed, before and after people got at it."""

    answers: dict[tuple[str, str], Typed] = field(default_factory=dict)
    remarks: dict[tuple[str, str], Typed] = field(default_factory=dict)
    metrics: dict[str, Typed] = field(default_factory=dict)
    metadata: dict[str, Typed] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)


def fill_in(rubric: maturity.Rubric, code: str, name: str, strength: float) -> Return:
    """Invent a complete return: domains differ, partners differ, targets lie at or above.

    Args:
        rubric: what is asked.
        code: the area's code, from which everything follows.
        name: the area's name.
        strength: where the area stands on the scale, 1 to 4.
    """
    dice = random.Random(code)  # noqa: S311 - invented data, nothing to protect
    made = Return()
    made.metadata = {
        "area": f"{code} {name}",
        "partnership": f"{name} SEND and inclusion partnership",
        "date": datetime.date(2026, 1, dice.randint(12, 30)),
        "role": dice.choice(("SEND partnership manager", "Strategic lead for inclusion")),
    }
    leaning = {partner: dice.gauss(0, 0.35) for partner in rubric.partner_ratings}
    for domain in rubric.domains:
        place = strength + dice.gauss(0, 0.5)
        for criterion in domain.criteria:
            _fill_row(made, rubric, criterion, place + dice.gauss(0, 0.55), leaning, dice)
            made.remarks |= _plan(criterion, ACTIONS[domain.id], dice)
    for metric, (low, high, decimals) in FIGURES.items():
        made.metrics[metric] = round(dice.uniform(low, high), decimals or None)
        made.remarks[metric, "period"] = dice.choice(("Calendar year 2025", "Autumn term 2025"))
        made.remarks[metric, "source"] = dice.choice(("SEN2", "Council data team", "ICB dashboard"))
    return made


def _fill_row(
    made: Return,
    rubric: maturity.Rubric,
    criterion: Criterion,
    place: float,
    leaning: dict[str, float],
    dice: random.Random,
) -> None:
    views = [_level(place + leaning[key] + dice.gauss(0, 0.4)) for key in rubric.partner_ratings]
    agreed = sorted(views)[len(views) // 2]
    target = min(4, agreed + dice.choice((0, 1, 1, 1)))
    levels = dict(zip(rubric.partner_ratings, views, strict=True))
    for rating, level in {**levels, "agreed": agreed, "target": target}.items():
        made.answers[criterion.id, rating] = f"{level} - {rubric.level_labels[level]}"


def _level(place: float) -> int:
    return min(4, max(1, round(place)))


def _plan(
    criterion: Criterion, actions: tuple[str, ...], dice: random.Random
) -> dict[tuple[str, str], Typed]:
    plan: dict[tuple[str, str], Typed] = {
        (criterion.id, "evidence"): f"{dice.choice(criterion.evidence)}: {dice.choice(DETAILS)}."
    }
    if dice.random() < 0.6:
        plan[criterion.id, "actions"] = f"{dice.choice(actions)}."
        plan[criterion.id, "owner"] = dice.choice(OWNERS)
        plan[criterion.id, "by_when"] = datetime.date(*dice.choice(ENDS))
    return plan


# --- what happened to each return -----------------------------------------------------------------


def merrowdale(made: Return) -> None:
    """Nothing: every answer is chosen from the lists."""


def quillshire(made: Return) -> None:
    """Levels are typed in many ways, all of them readable."""
    for place, (key, answer) in enumerate(made.answers.items()):
        value, _, label = str(answer).partition(" - ")
        ways = (
            int(value),
            label,
            f"Level {value}",
            f" {label.upper()} ",
            f"{value} – {label}",
            f"{label} ({value})",
            chr(ord("０") + int(value)),
            f"{value}\u00a0-\u00a0{label.lower()}",
            float(value),
            value,
        )
        made.answers[key] = ways[place * 7 % len(ways)]
    made.metrics["M1"] = f"{made.metrics['M1']} %"


def thornwick_bay(made: Return) -> None:
    """Answers are missing, put off, or "not applicable" where that is allowed and where not."""
    for rating, criteria in {
        "agreed": ("LG3", "CV2", "CV4", "DI5"),
        "health": ("LG1", "LG2", "WD2", "IP1", "IP5"),
        "target": ("FC1", "FC2"),
    }.items():
        made.answers |= dict.fromkeys(((criterion, rating) for criterion in criteria), None)
    made.answers |= {
        ("CV1", "agreed"): "TBC",
        ("CV5", "agreed"): "?",
        ("DI1", "agreed"): "-",
        ("DI2", "agreed"): "Not yet rated",
        ("SO4", "agreed"): "N/A",
        ("WD5", "care"): "n/a",
        ("FC4", "agreed"): "N/A",
        ("IP2", "agreed"): "Not applicable",
    }
    made.metrics |= {"M4": None, "M6": "TBC"}


def ottermouth(made: Return) -> None:
    """Cells hold what is no answer: two levels, halves, dates, ticks, sentences, errors."""
    made.answers |= {
        ("LG1", "agreed"): "2/3",
        ("LG2", "agreed"): "2-3",
        ("LG3", "agreed"): 2.5,
        ("LG4", "agreed"): datetime.date(2026, 3, 2),
        ("CV1", "agreed"): "Mastering",
        ("CV2", "agreed"): "✓",
        ("CV3", "agreed"): "between developing and maturing",
        ("DI1", "agreed"): 5,
        ("DI2", "agreed"): 0,
        ("DI3", "health"): True,
        ("WD1", "agreed"): "Devloping",
        ("FC1", "agreed"): Formula("=NA()", "#N/A"),
        ("FC2", "care"): Formula("=1/0", "#DIV/0!"),
        ("SO1", "agreed"): "3 (health says 2)",
    }
    made.metrics |= {"M3": "about 90", "M7": "12,5"}


def greywater(made: Return) -> None:
    """Sheets are renamed and turned round, rows and columns inserted, notes written above."""
    made.edits = [
        rename_sheet("LG", "Leadership (final)"),
        rename_sheet("WD", "Workforce v2 "),
        order_sheets("IP", "SO", "FC", "WD", "DI", "CV", "LG"),
        insert_rows("LG3", 2),
        insert_rows("CV2"),
        insert_columns("DI", before="education"),
        insert_columns("FC", before=1),
        move_column("SO", "agreed", before="education"),
        write_above("LG", "Workshop 14 January: all partners present", "Health joined by phone"),
        write_above("IP", "To be checked by head teachers"),
        overtype("DI4", 1, "di 4."),
    ]


def hallowmere(made: Return) -> None:
    """One agreed level is merged over two rows; rows, a column and a sheet are hidden."""
    made.edits = [
        merge_down("LG2", "agreed"),
        merge_down("SO1", "care", rows=3),
        hide_sheet("WD"),
        hide_row("CV4"),
        hide_column("FC", "health"),
    ]


def pellbury(made: Return) -> None:
    """Agreed levels are formulas: some with a result, some saved without one."""
    for criterion in ("LG1", "LG2", "LG3"):
        values = [int(str(made.answers[criterion, key])[0]) for key in ("education", "health")]
        made.answers[criterion, "agreed"] = Formula("=MIN(2,4)", min(values))
    made.answers["LG4", "agreed"] = Formula("=ROUND(AVERAGE(1,2,3),0)")
    made.answers["LG5", "agreed"] = Formula("=ROUND(AVERAGE(2,2,3),0)")
    made.answers["CV1", "agreed"] = Formula("=VLOOKUP(9,A1:B2,2,0)", "#N/A")
    made.metrics["M5"] = Formula("=SUM(120,31)", 151)


def saltmarsh_vale(made: Return) -> None:
    """Rows are shuffled, added, deleted and copied; the two copies of CV1 disagree."""
    made.answers["CV1", "agreed"] = "2 - Developing"
    made.edits = [
        order_rows("IP4", "IP1", "IP5", "IP2", "IP3"),
        delete_row("IP3"),
        duplicate_row("CV1", {"agreed": "3 - Maturing"}),
        add_row("SO5", "SO6", "Our own: respite for foster carers", {"agreed": "2 - Developing"}),
        overtype("DI2", 1, None),
    ]


def cold_ashdown(made: Return) -> None:
    """Only the agreed level is given, and the sheet on the workforce is gone."""
    for key in made.answers:
        if key[1] != "agreed":
            made.answers[key] = None
    made.edits = [delete_sheet("WD")]


def fenwold(made: Return) -> None:
    """The cover names no area, its date is not one, and the form is an older version."""
    made.metadata |= {"area": None, "date": "spring term", "edition": "2025.2"}
    made.answers["LG5", "agreed"] = "1/4"
    made.edits = [rename_sheet(COVER, "Front page")]


AREAS = (
    ("970", "Merrowdale", 2.6, merrowdale),
    ("971", "Quillshire", 2.2, quillshire),
    ("972", "Thornwick Bay", 1.7, thornwick_bay),
    ("973", "Ottermouth", 2.4, ottermouth),
    ("974", "Greywater", 2.9, greywater),
    ("975", "Hallowmere", 3.1, hallowmere),
    ("976", "Pellbury", 2.0, pellbury),
    ("977", "Saltmarsh Vale", 1.9, saltmarsh_vale),
    ("978", "Cold Ashdown", 2.3, cold_ashdown),
    ("979", "Fenwold", 2.7, fenwold),
)


def make_returns() -> dict[str, bytes]:
    """Make all returns: file name → content."""
    rubric = maturity.load_rubric("local-partnership")
    returns = {}
    for code, name, strength, happens in AREAS:
        made = fill_in(rubric, code, name, strength)
        happens(made)
        returns[f"{code}-{name.lower().replace(' ', '-')}.xlsx"] = completed_template(
            rubric,
            made.answers,
            metadata=made.metadata,
            metrics=made.metrics,
            remarks=made.remarks,
            edits=made.edits,
        )
    return returns


def main(folder: Path = FOLDER) -> None:
    """Write all returns into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in make_returns().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
