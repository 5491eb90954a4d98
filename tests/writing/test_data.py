"""The JSON of a result follows its published schema and says where everything comes from."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from result_samples import Answer, all_methods_rubric, result_of, shipped_rubric, typed_result

from maturity import read_assessment, score, write_json
from maturity.assessment import State
from maturity.errors import WriteError
from maturity.result import Result
from maturity.writing.data import result_document
from maturity.writing.data_schema import result_schema, result_schema_text

CREATED = datetime.datetime(2026, 3, 7, 9, 30, tzinfo=datetime.UTC)
VALIDATOR = jsonschema.Draft202012Validator(result_schema())
RETURNS = ("980-northvale-clean", "983-wexbridge-gaps", "984-oldcastle-between")


def written(result: Result, created: datetime.datetime | None = None) -> dict[str, object]:
    """Write a result and read it back, as strictly as JSON allows."""
    stream = io.BytesIO()
    write_json(result, stream, created=created)
    text = stream.getvalue().decode("utf-8")
    assert text.endswith("}\n")

    def refuse(constant: str) -> object:
        raise AssertionError(f"{constant} is not JSON")

    document: dict[str, object] = json.loads(text, parse_constant=refuse)
    return document


def test_the_published_schema_is_current(root: Path) -> None:
    """The file in the documentation is the one that this code makes."""
    published = (root / "docs/reference/result.schema.json").read_text(encoding="utf-8")
    assert published == result_schema_text()


def test_the_schema_is_a_schema() -> None:
    """It is valid itself, and describes every key."""
    jsonschema.Draft202012Validator.check_schema(result_schema())


@pytest.mark.parametrize("name", RETURNS)
def test_returns_follow_the_schema(shared: Path, name: str) -> None:
    """Clean and messy returns alike."""
    assessment = read_assessment(shared / f"annex-a/returns/{name}.xlsx", shipped_rubric())
    VALIDATOR.validate(written(score(assessment), CREATED))


def test_every_method_follows_the_schema() -> None:
    """So do roll-ups of roll-ups, an overall score and scores that could not be given."""
    rubric = all_methods_rubric()
    VALIDATOR.validate(written(result_of(rubric, {})))
    answers: dict[str, dict[str, Answer]] = {
        "AA1": {"agreed": 2},
        "AA2": {"agreed": State.NOT_APPLICABLE},
        "BB1": {"agreed": 4},
    }
    VALIDATOR.validate(written(result_of(rubric, answers)))


@given(st.text(st.characters(), max_size=80))
def test_any_text_gives_a_valid_document(text: str) -> None:
    """Control characters and lone surrogates included."""
    VALIDATOR.validate(written(typed_result(text, sheet=text)))


def test_a_document_says_where_it_comes_from() -> None:
    """Schema, library, rubric and source are named with versions and digests."""
    document = written(typed_result("2/3"), CREATED)
    assert document["schema"] == "maturity-result/1"
    assert str(document["made_with"]).startswith("maturity ")
    assert document["created"] == "2026-03-07T09:30:00+00:00"
    assert document["source"] == {"name": "2/3", "digest": "sha256:0", "layout": None}
    rubric = document["rubric"]
    assert isinstance(rubric, dict)
    assert (rubric["id"], rubric["version"], rubric["status"]) == ("small", "1", "draft")
    assert rubric["digest"].startswith("sha256:")


def test_scores_carry_their_contributions() -> None:
    """A score can be worked out again from the document alone."""
    document = result_document(result_of(all_methods_rubric(), {"AA1": {"agreed": 3}}))
    scores = document["scores"]
    assert isinstance(scores, list)
    mean = next(score for score in scores if score["score"] == "mean-lowest")
    parts = mean["contributions"]
    assert mean["value"] == pytest.approx(
        sum(part["share"] * (part["value"] or 1) for part in parts)
    )


def test_the_same_result_gives_the_same_bytes() -> None:
    """Nothing depends on the clock."""
    first, second = io.BytesIO(), io.BytesIO()
    write_json(typed_result(), first, created=CREATED)
    write_json(typed_result(), second, created=CREATED)
    assert first.getvalue() == second.getvalue()


def test_the_source_is_not_overwritten(tmp_path: Path) -> None:
    """A result is never written over the return it was made from."""
    source = tmp_path / "return.xlsx"
    source.write_bytes(b"the return")
    with pytest.raises(WriteError, match="is the return itself"):
        write_json(typed_result(), source, source=source)
    assert source.read_bytes() == b"the return"
