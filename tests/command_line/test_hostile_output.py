"""No command prints what could steer a terminal, wherever the text comes from."""

from __future__ import annotations

import json
import os
import random
import re
from pathlib import Path

import pytest
from hostile_texts import HOSTILE, hostile_texts

from maturity import load_rubric
from maturity.cli import main
from maturity.testing import Typed, completed_template

Captured = pytest.CaptureFixture[str]

_HOSTILE_TITLE = (
    'a\x1b[31m\x07 \u202egnp.exe\u2066 [red]x[/red] {0} %s\nnext\x85line\u2028 "=1+1" \x9b0m'
)


@pytest.fixture
def returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make returns with hostile covers, answers, remarks and names of files; work beside them."""
    monkeypatch.chdir(tmp_path)
    (folder := tmp_path / "returns").mkdir()
    rubric = load_rubric("local-partnership")
    chance = random.Random(4)
    texts = [text[:2_000] for text in (*HOSTILE, *hostile_texts(10)) if text.strip()]
    levels: list[Typed] = [1, 2, 3, 4, 4]
    for number in range(12):
        answers: dict[tuple[str, str], Typed] = {
            (criterion, rating): chance.choice([*levels, chance.choice(texts)])
            for criterion in rubric.criteria
            for rating in rubric.ratings
        }
        content = completed_template(
            rubric,
            answers,
            metadata={"area": f"9{number:02} {texts[number * 4]}", "date": "2026-03-31"},
            remarks={("LG1", "evidence"): chance.choice(texts), ("LG2", "owner"): "=1+1"},
        )
        (folder / f"{number} {_name(texts[number * 5])}.xlsx").write_bytes(content)
    (folder / "bad \x1b[31m\n.xlsx").write_bytes(b"no workbook")
    return folder


def _name(text: str) -> str:
    """Make a text the name of a file, if the system lets us."""
    short = text.encode("utf-8", "replace")[:60].decode("utf-8", "ignore")
    return re.sub(r"[/\x00]" if os.name == "posix" else r'[<>:"/\\|?*\x00-\x1f]', "_", short)


def only_seen(captured: Captured) -> str:
    """Give what was printed, and see that all of it is lines of characters that are seen."""
    told = captured.readouterr()
    for line in f"{told.out}{told.err}".split("\n"):
        assert line.isprintable(), ascii(line)
    return told.out


@pytest.mark.skipif(os.name == "nt", reason="Windows has no files of such names")
def test_no_command_prints_what_steers_a_terminal(returns: Path, capsys: Captured) -> None:
    """A folder of hostile returns goes through every command."""
    one, two, *_ = map(str, sorted(returns.iterdir()))
    for command in (
        ["score", "returns", "--issues", "-o", "out"],
        ["score", "returns", "--issues", "-o", "out"],
        ["score", one, "--issues"],
        ["cohort", "returns", "-o", "cohort.xlsx", "--tables", "tables"],
        ["compare", one, two],
        ["reconcile", one],
        ["inspect", one],
        ["draft", one, "-o", "draft"],
        ["lint", "local-partnership", "--against", one],
        ["score", "returns/no \x1b[31m such"],
        ["score", "returns", "--rubric", "no \x1b[31m such\n"],
    ):
        assert main(command) <= 3, command
        only_seen(capsys)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no files of such names")
def test_json_is_one_document_whatever_is_in_the_returns(returns: Path, capsys: Captured) -> None:
    """Every program can read it, and nothing in it is a control character."""
    assert returns.is_dir()
    main(["score", "returns", "--format", "json"])
    told = only_seen(capsys)
    assert len(json.loads(told)["files"]) == 13


def test_a_rubric_steers_no_terminal(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Its titles and labels are shown as anybody's text."""
    monkeypatch.chdir(tmp_path)
    text = (root / "rubrics" / "local-partnership" / "rubric.yaml").read_text(encoding="utf-8")
    title = f"title: {json.dumps(_HOSTILE_TITLE)}"
    hostile, count = re.subn(r"(?m)^(\s*(?:- )?)title: .*$", lambda found: found[1] + title, text)
    assert count > 20
    (tmp_path / "rubric.yaml").write_text(hostile, encoding="utf-8")
    one = str(root / "examples" / "returns" / "970-merrowdale.xlsx")
    assert main(["template", "rubric.yaml", "-o", "blank.xlsx"]) == 0
    for command in (
        ["lint", "rubric.yaml"],
        ["diff", "local-partnership", "rubric.yaml"],
        ["diff", "local-partnership", "rubric.yaml", "--carry", one, "-o", "carried.json"],
        ["score", one, "--rubric", "rubric.yaml", "--issues"],
        ["score", "blank.xlsx", "--rubric", "rubric.yaml", "--issues"],
        ["cohort", "blank.xlsx", "--rubric", "rubric.yaml", "-o", "cohort.xlsx"],
    ):
        assert main(command) <= 3, command
        only_seen(capsys)
