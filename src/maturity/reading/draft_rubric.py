"""Write the rubric of a draft, every guess in it with a comment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from maturity.models import Number
from maturity.reading.draft_keys import as_id, unused
from maturity.reading.draft_model import DraftCriterion, Model
from maturity.reading.draft_scales import DraftScales
from maturity.reading.seen_scales import SeenScale
from maturity.reading.yaml_writer import Noted, to_yaml
from maturity.rubric import Answers, Level
from maturity.wording import listed

__all__ = ["rubric_yaml"]

_OPENING = """A first draft, made from the workbook {name}.
Every line below a comment that begins with "guessed" may be wrong:
check it and take the comment away.
The texts were copied from the workbook; mind whose they are before you pass this file on."""
_ROLL_UP = {
    "score": "domain",
    "of": "criterion",
    "method": "mean",
    "min_coverage": Decimal("0.6"),
}
_STARTS = (re.compile(r"[A-Za-z]+"), re.compile(r"[A-Za-z]+[0-9]+(?=[.-])"))
_PREFIX = re.compile(r"[A-Za-z]+|[0-9]+")


def rubric_yaml(model: Model, scales: DraftScales, *, name: str, title: str, source: str) -> str:
    """Write the file `rubric.yaml`.

    Args:
        model: the criteria and ratings.
        scales: the scales.
        name: the rubric's id.
        title: the rubric's title.
        source: the workbook's name.
    """
    words = (
        ("forms", scales.main.forms),
        ("blank", scales.blank),
        ("not_applicable", scales.not_applicable),
    )
    answers = {key: list(each) for key, each in words if each}
    data: dict[str, object] = {
        "rubric": name,
        "version": Noted("0.1", "your own version of this file"),
        "title": title,
        "status": "draft",
        "source": f"Drafted from {source}",
        "levels": Noted(
            [_level(level) for level in scales.main.levels],
            f"guessed: what the levels count, from {scales.main.why}; check",
        ),
    }
    if answers:
        data["answers"] = Noted(answers, "guessed: words that are no level; check")
    if scales.sets:
        why = listed(dict.fromkeys(scale.why for scale in scales.sets.values()), "and")
        sets = {key: _set(scale, scales.main) for key, scale in scales.sets.items()}
        data["answer_sets"] = Noted(sets, f"guessed: what these words count, from {why}; check")
    data["ratings"] = Noted(_ratings(model, scales), _about_ratings(model, scales))
    data["domains"] = _domains(model, scales)
    data["scoring"] = Noted(
        {"rollups": [_ROLL_UP]},
        "guessed: the mean of each domain, where at least 60 % is answered; the workbook may count"
        " in another way",
    )
    return to_yaml(data, _OPENING.format(name=source))


def _level(level: Level) -> dict[str, object]:
    entry: dict[str, object] = {"value": level.value, "label": level.label}
    return {**entry, "aliases": list(level.aliases)} if level.aliases else entry


def _set(scale: SeenScale, main: SeenScale) -> dict[str, object]:
    entry: dict[str, object] = {"levels": [_level(level) for level in scale.levels]}
    if scale.forms != main.forms:
        entry["forms"] = list(scale.forms or Answers().forms)
    return entry


def _about_ratings(model: Model, scales: DraftScales) -> str:
    left = "".join(
        f" Left out: {model.ratings[key].title}, because {why}."
        for key, why in scales.dropped.items()
    )
    return f"guessed: a rating for each column of answers, and which one is scored; check.{left}"


def _ratings(model: Model, scales: DraftScales) -> Mapping[str, object]:
    entries: dict[str, object] = {}
    has_target = False
    for key, rating in model.ratings.items():
        if key in scales.dropped:
            continue
        entry: dict[str, object] = {"title": rating.title}
        if key == model.scored:
            entry["scored"] = True
        elif rating.is_target and not has_target:
            entry["target_for"] = model.scored
            has_target = True
        if key in scales.of_rating:
            entry["answers"] = scales.of_rating[key]
        entries[key] = entry
    return entries


def _domains(model: Model, scales: DraftScales) -> Noted:
    groups, why = _grouping(list(model.criteria.values()))
    values = [level.value for level in scales.main.levels]
    used: set[str] = set(model.criteria)
    domains: list[dict[str, object]] = []
    starts = _starts(list(groups.values()))
    for number, (title, members) in enumerate(groups.items()):
        id_ = unused(starts[number] if starts else f"domain{number + 1}", used)
        used.add(id_)
        criteria = [_criterion(criterion, scales, values) for criterion in members]
        domains.append({"id": id_, "title": title, "criteria": criteria})
    return Noted(domains, f"guessed: the domains, from {why}; check")


def _starts(groups: Sequence[Sequence[DraftCriterion]]) -> list[str]:
    """Give the beginning of the ids in each domain, where it tells the domains apart."""
    for pattern in _STARTS:
        found = [{_start(pattern, criterion.id) for criterion in members} for members in groups]
        firsts = [next(iter(each)) for each in found]
        if all(len(each) == 1 for each in found) and len(set(firsts)) == len(groups):
            return firsts if all(firsts) else []
    return []


def _start(pattern: re.Pattern[str], id_: str) -> str:
    match = pattern.match(id_)
    return "" if match is None else match[0]


def _grouping(
    criteria: list[DraftCriterion],
) -> tuple[dict[str, list[DraftCriterion]], str]:
    """Group criteria by their section, sheet or the beginning of their ids; else all in one."""
    places = [criterion.domain.split("\n") for criterion in criteria]
    sheets, sections = {sheet for sheet, _ in places}, {section for _, section in places}
    if len(sections) > 1:
        several = len(sections) < len({tuple(place) for place in places})
        titles = [f"{s}: {t}" if several and t else t or s for s, t in places]
        return _by_title(criteria, titles), "headings between the items"
    if len(sheets) > 1:
        return _by_title(criteria, [sheet.strip() for sheet, _ in places]), "the sheets"
    starts = [match[0] if (match := _PREFIX.search(as_id(c.id))) else "" for c in criteria]
    ends = [c.id.removeprefix(start) for c, start in zip(criteria, starts, strict=True)]
    if 1 < len(set(starts)) <= len(criteria) / 2 and all(ends):
        return _by_title(criteria, starts), "the beginnings of the ids"
    if all(len(_PREFIX.findall(c.id)) > 2 for c in criteria):
        firsts = ["".join(_PREFIX.findall(c.id)[:2]) for c in criteria]
        if 1 < len(set(firsts)) <= len(criteria) / 2:
            return _by_title(criteria, firsts), "the beginnings of the ids"
    return {"All items": criteria}, "nothing: none was seen, so that all items stand in one"


def _by_title(criteria: list[DraftCriterion], titles: list[str]) -> dict[str, list[DraftCriterion]]:
    groups: dict[str, list[DraftCriterion]] = {}
    for criterion, title in zip(criteria, titles, strict=True):
        groups.setdefault(title, []).append(criterion)
    return groups


def _criterion(
    criterion: DraftCriterion, scales: DraftScales, values: list[Number]
) -> dict[str, object]:
    entry: dict[str, object] = {"id": criterion.id, "title": criterion.title}
    if criterion.prompt:
        entry["prompt"] = criterion.prompt
    own = scales.of_criterion.get(criterion.id)
    if own is not None:
        entry["answers"] = own
    elif sorted(criterion.levels) == values:
        entry["levels"] = criterion.levels
    if criterion.id in scales.may_skip:
        entry["not_applicable"] = Noted(
            "Where the form offers it.", "guessed: that it may be not applicable; check"
        )
    return entry
