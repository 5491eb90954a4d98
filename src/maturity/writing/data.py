"""Write a result as JSON, for other programs: one document, with a published schema."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from maturity.assessment import Assessment, plain
from maturity.result import Contribution, Result, Score
from maturity.rubric import Rubric
from maturity.writing.data_schema import SCHEMA_NAME
from maturity.writing.files import ByteTarget, write_bytes
from maturity.writing.text import clean_text

__all__ = ["result_document", "write_json"]

# Far above what any program reads as one text.
_TEXT_LIMIT = 1_000_000


def write_json(
    result: Result,
    target: str | os.PathLike[str] | ByteTarget,
    *,
    created: datetime.datetime | None = None,
    source: str | os.PathLike[str] | None = None,
) -> None:
    """Write a result as JSON in UTF-8, as docs/reference/result.schema.json describes it.

    The same result and `created` give the same bytes.

    Args:
        result: what to write.
        target: a path, or a stream that is open for writing bytes.
        created: when it is made, to be stated in it; no date is stated without it.
        source: the path of the return, if it is known. It is never overwritten.

    Raises:
        WriteError: when the target is the return itself or cannot be written; a file that was
            there is then unchanged.
    """
    text = _text(result_document(result, created=created))
    digest = result.assessment.source_digest
    write_bytes(text.encode(), target, source=source, source_digest=digest)


def _text(document: Mapping[str, object]) -> str:
    """Give a document with a line for each of its entries, and for each row of a list.

    People can find their way in it, tools can compare two, and it takes a fifth of the time that an
    indented document does, which is more than reading and scoring the return.
    """
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    entries = []
    for key, value in document.items():
        if isinstance(value, list) and value:
            rows = ",\n  ".join(map(encode, value))
            entries.append(f"{encode(key)}: [\n  {rows}\n ]")
        else:
            entries.append(f"{encode(key)}: {encode(value)}")
    return "{\n " + ",\n ".join(entries) + "\n}\n"


def result_document(
    result: Result, *, created: datetime.datetime | None = None
) -> dict[str, object]:
    """Give a result as plain data, ready for JSON; keys stand in a fixed order.

    Args:
        result: the result.
        created: when it is made; None leaves it open.
    """
    assessment = result.assessment
    document: dict[str, object] = {
        "schema": SCHEMA_NAME,
        "made_with": f"maturity {version('maturity')}",
        "created": None if created is None else created.isoformat(),
        "rubric": _rubric(result.rubric),
        "source": {
            "name": assessment.source,
            "digest": assessment.source_digest,
            "layout": None if assessment.layout is None else assessment.layout.id,
        },
        "metadata": {
            key: {
                "value": _plain_text(value.value),
                "raw": value.raw,
                "sheet": value.sheet,
                "cell": value.cell,
            }
            for key, value in assessment.metadata.items()
        },
        "scores": [_score(score) for score in result.scores],
        **_findings(result),
        **_answers(assessment),
        "stated": [
            {**stated._asdict(), "state": stated.state.value, "value": plain(stated.value)}
            for stated in assessment.stated
        ],
        "reconciliation": result.reconciliation.records(),
        "issues": [issue.record() for issue in assessment.issues],
    }
    cleaned: dict[str, object] = _clean(document)
    return cleaned


def _rubric(rubric: Rubric) -> dict[str, object]:
    return {
        "id": rubric.id,
        "version": rubric.version,
        "digest": rubric.digest,
        "status": rubric.status,
        "status_note": rubric.status_note.strip(),
        "title": rubric.title,
        "levels": [{"value": plain(level.value), "label": level.label} for level in rubric.levels],
        "scored_rating": rubric.scored_rating,
    }


def _score(score: Score) -> dict[str, object]:
    return {
        **score.record(),
        "members": dict(score.members),
        "contributions": [_contribution(part) for part in score.contributions],
    }


def _contribution(part: Contribution) -> dict[str, object]:
    return {**part._asdict(), "state": part.state.value, "rating": part.rating or None}


def _findings(result: Result) -> dict[str, object]:
    return {
        "gaps": [
            {
                "criterion": gap.criterion,
                "level": plain(gap.level),
                "target": plain(gap.target),
                "gap": plain(gap.size),
            }
            for gap in result.gaps
        ],
        "differences": [
            {
                "criterion": difference.criterion,
                "levels": {key: plain(level) for key, level in difference.levels.items()},
                "range": plain(difference.range),
                "is_large": difference.is_large,
            }
            for difference in result.differences
        ],
        "priorities": [
            {
                "rank": priority.rank,
                "criterion": priority.criterion,
                "level": plain(priority.level),
                "target": plain(priority.target),
                "gap": plain(priority.gap),
                "next_level": plain(priority.next_level),
                "next_step": priority.next_step.strip(),
            }
            for priority in result.priorities
        ],
    }


def _answers(assessment: Assessment) -> dict[str, object]:
    return {
        "answers": [
            {**response._asdict(), "state": response.state.value, "level": plain(response.level)}
            for response in assessment.responses
        ],
        "metrics": [
            {**metric._asdict(), "state": metric.state.value, "value": plain(metric.value)}
            for metric in assessment.metrics
        ],
        "remarks": [remark._asdict() for remark in assessment.remarks],
    }


def _plain_text(value: str | datetime.date | int | Decimal) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _clean(value: Any) -> Any:
    """Make every text one that can be written as UTF-8: lone surrogates cannot."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return clean_text(value, _TEXT_LIMIT)
    if isinstance(value, dict):
        return {_clean_key(str(key)): _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return _clean(dict(value)) if isinstance(value, Mapping) else value


_clean_key = lru_cache(maxsize=4096)(clean_text)  # most are the same in every row
