"""Loading layouts: one by one and beside a rubric."""

from __future__ import annotations

from pathlib import Path

import pytest

from maturity.errors import RubricError
from maturity.issues import FileLocation
from maturity.reading.layout_file import check_layout_source, load_layout, load_layouts
from maturity.reading.rubric_file import load_rubric

LAYOUT = """\
layout: form
title: Form
tables:
  - rows: criteria
    id: {header: [Ref]}
    answers: {agreed: {header: [Agreed]}}
"""
LOOKALIKE = """\
lookalike: form
title: a list
remedy: Send the workbook.
fingerprint: {sheets: [List 1]}
"""


def test_shipped_layouts_suit_the_shipped_rubric() -> None:
    """Every layout beside the shipped rubric is free from errors and queries."""
    rubric = load_rubric("local-partnership")
    layouts, lookalikes = load_layouts("local-partnership", rubric=rubric)
    assert layouts == rubric.layouts
    assert lookalikes == rubric.lookalikes
    assert {layout.id for layout in layouts} == {"form-0-9", "form-1-0"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LAYOUT.replace("rows: criteria", "rows: domains"), ["4:11 value-wrong"]),
        (LAYOUT.replace("{header: [Ref]}", "Ref"), ["5:9 type-wrong"]),
        (LAYOUT.replace("[Ref]", "Ref"), ["5:18 type-wrong"]),
        (LAYOUT.replace("[Ref]", "[No]"), ["5:19 yaml-ambiguous"]),
        (LAYOUT.replace("[Ref]", "[]"), ["5:18 value-wrong"]),
        (LAYOUT.replace("title: Form", "titel: Form"), ["1:1 key-missing", "2:1 key-unknown"]),
        (LAYOUT.replace("layout: form", "id: form"), ["1:1 key-missing"]),
        (
            LOOKALIKE.replace("remedy: Send the workbook.", "cure: x"),
            ["1:1 key-missing", "3:1 key-unknown"],
        ),
        ("- a", ["1:1 type-wrong"]),
        ("a: 'b", ["1:4 yaml-syntax"]),
        ("a: No", ["1:1 key-missing", "1:4 yaml-ambiguous"]),
    ],
)
def test_what_does_not_fit_is_reported_at_its_place(text: str, expected: list[str]) -> None:
    """All problems of a layout at once, in the order of its file."""
    found, issues = check_layout_source(text.encode())
    places = []
    for issue in issues:
        assert isinstance(issue.location, FileLocation)
        places.append(f"{issue.location.line}:{issue.location.column} {issue.code.value}")
    assert places == expected
    assert found is None


def test_one_layout_loads_from_a_file(tmp_path: Path) -> None:
    """A layout needs no rubric to be read; with one, it must suit it."""
    path = tmp_path / "form.yaml"
    path.write_text(LAYOUT, encoding="utf-8")
    assert load_layout(path).id == "form"
    rubric = load_rubric("local-partnership")
    assert load_layout(LAYOUT.encode(), rubric=rubric).id == "form"
    path.write_text("a: b", encoding="utf-8")
    with pytest.raises(RubricError, match=r"form.yaml:1:1: .*\[key-missing\]"):
        load_layout(path)
    with pytest.raises(RubricError, match=r"\[rating-unknown\]"):
        load_layout(LAYOUT.replace("agreed", "agred").encode(), rubric=rubric)
    with pytest.raises(RubricError, match="sent by mistake, not a layout"):
        load_layout(LOOKALIKE.encode())


def test_layouts_beside_a_rubric_are_read_by_name(tmp_path: Path) -> None:
    """Layouts and lookalikes may share an id; two layouts may not."""
    folder = tmp_path / "layouts"
    folder.mkdir()
    (folder / "b.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "a.yml").write_text(LAYOUT.replace("layout: form", "layout: other"), encoding="utf-8")
    (folder / "c.yaml").write_text(LOOKALIKE, encoding="utf-8")
    layouts, lookalikes = load_layouts(tmp_path)
    assert [layout.id for layout in layouts] == ["other", "form"]
    assert [lookalike.id for lookalike in lookalikes] == ["form"]
    (folder / "d.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "e.yaml").write_text("layout: x", encoding="utf-8")
    with pytest.raises(RubricError) as caught:
        load_layouts(tmp_path)
    assert [issue.code.value for issue in caught.value.issues] == [
        "id-duplicate",
        "key-missing",
    ]
    assert str(caught.value.issues[0]).startswith(f"{tmp_path}/layouts/d.yaml: ")
