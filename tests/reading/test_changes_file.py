"""Loading change maps, and finding the one between two versions."""

from __future__ import annotations

from pathlib import Path

import pytest

from maturity.changes import Split, parts_of
from maturity.errors import RubricError
from maturity.reading.changes_file import check_changes_beside, find_changes, load_changes
from maturity.reading.lint import lint_rubric
from maturity.reading.rubric_file import load_rubric

RUBRIC = """\
rubric: small
version: "{version}"
title: Small
status: final
levels: [{{value: 1, label: Low}}, {{value: 2, label: High}}]
ratings: {{agreed: {{title: Agreed, scored: true}}}}
domains: [{{id: D, title: One, criteria: [{{id: {name}, title: A, prompt: Is it?, levels: {{1: a, 2: b}}}}]}}]
scoring: {{rollups: [{{score: domain, method: mean}}]}}
"""
MAP = 'changes: {from: "1", to: "2"}\nrenamed: {A1: B1}\n'
OTHER = 'changes: {from: "0", to: "1"}\nrenamed: {Q1: A1}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with version 2 and two change maps."""
    (tmp_path / "rubric.yaml").write_text(RUBRIC.format(version="2", name="B1"))
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes" / "1-to-2.yaml").write_text(MAP)
    (tmp_path / "changes" / "0-to-1.yaml").write_text(OTHER)
    (tmp_path / "changes" / "notes.txt").write_text("not a map")
    return tmp_path


OLD = load_rubric(RUBRIC.format(version="1", name="A1").encode())


def test_the_map_between_two_versions_is_found(folder: Path) -> None:
    """By the versions that it names, beside the new version's file or in its folder."""
    new = load_rubric(folder)
    for source in (folder, folder / "rubric.yaml"):
        changes = find_changes(source, OLD, new)
        assert changes is not None
        assert changes.renamed == {"A1": "B1"}
    assert find_changes(folder, new, OLD) is None


def test_nothing_lies_beside_bytes() -> None:
    """So there is no map to be found."""
    content = RUBRIC.format(version="1", name="A1").encode()
    assert find_changes(content, OLD, OLD) is None
    assert check_changes_beside(content, OLD) == ()


def test_two_maps_between_two_versions_are_refused(folder: Path) -> None:
    """Nobody knows which of them is meant."""
    (folder / "changes" / "again.yml").write_text(MAP)
    with pytest.raises(RubricError) as refused:
        find_changes(folder, OLD, load_rubric(folder))
    (issue,) = refused.value.issues
    assert issue.code == "id-duplicate"
    assert "1-to-2.yaml" in issue.message
    assert "again.yml" in issue.message


WRONG = [
    (MAP.replace("A1", "A9"), "criterion-unknown", "2:11"),
    ("changes: {from: 1}\n", "type-wrong", "1:17"),
    ("changes: [\n", "yaml-syntax", "2:1"),
]


@pytest.mark.parametrize(("text", "code", "place"), WRONG)
def test_a_wrong_map_is_refused_with_its_place(
    folder: Path, text: str, code: str, place: str
) -> None:
    """Both when it is found and when it is named."""
    path = folder / "changes" / "1-to-2.yaml"
    path.write_text(text)
    new = load_rubric(folder)
    with pytest.raises(RubricError) as found:
        find_changes(folder, OLD, new)
    with pytest.raises(RubricError) as named:
        load_changes(path, old=OLD, new=new)
    for refused in (found, named):
        issue = next(issue for issue in refused.value.issues if issue.code == code)
        assert str(issue.location).endswith(f"1-to-2.yaml:{place}")


def test_a_map_does_not_stand_in_the_way_of_its_rubric(folder: Path) -> None:
    """Scoring needs none, so a wrong one does not stop it; lint tells."""
    (folder / "changes" / "1-to-2.yaml").write_text(MAP.replace("B1", "B9"))
    assert load_rubric(folder).version == "2"
    assert [issue.code for issue in lint_rubric(folder)] == ["criterion-unknown"]


def test_lint_checks_older_maps_by_themselves(folder: Path) -> None:
    """What they say of versions that are not at hand cannot be known."""
    assert lint_rubric(folder) == ()
    (folder / "changes" / "0-to-1.yaml").write_text(OTHER + "renmed: {}\n")
    assert [issue.code for issue in lint_rubric(folder)] == ["key-unknown"]


def test_a_split_is_a_list_or_says_more() -> None:
    """Without more, its parts are left blank."""
    text = 'changes: {from: "1", to: "2"}\nsplit: {A: [B, C], D: {into: [E, F], carry: all}}\n'
    split = load_changes(text.encode()).split
    assert [parts_of(each) for each in split.values()] == [("B", "C"), ("E", "F")]
    assert split["D"] == Split(into=("E", "F"), carry="all")
