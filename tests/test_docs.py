"""Documents cannot lie: their code runs, their links resolve, their reference is current.

Comments in the Markdown, on the line above a block, say what is done with it:

- `<!-- file: NAME -->`: it is saved under that name, for the blocks that follow.
- `<!-- output -->`: it is exactly what the block before it printed.
- `<!-- not run: REASON -->`: it is shown and not run. (README's two commands are run by `.ci/run`.)

All blocks of one document run in order in one empty folder that holds a copy of the examples. In
a block of shell commands, `maturity` alone may stand; scoring may find issues and comparing find
differences, but nothing may fail.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import NamedTuple

import pytest

import maturity
from maturity.cli import main

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md")))
]
NOT_RUN = ("not run: ", "command: ")
_FENCE = re.compile(
    r"(?:^<!-- (?P<note>.+?) -->\n)?^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.M | re.S
)
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")


class Block(NamedTuple):
    """A block of code in a document, with the note above it and the line on which it starts."""

    note: str
    language: str
    code: str
    line: int


def blocks_of(text: str) -> Iterator[Block]:
    """Give the blocks of code in a document, in order."""
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start("code"))
        yield Block(found["note"] or "", found["language"], found["code"], line)


def run_python(block: Block, names: dict[str, object], path: str) -> str:
    """Run a block of Python and give what it printed."""
    printed = io.StringIO()
    # Blank lines in front give the lines of the document in a traceback.
    code = compile("\n" * block.line + block.code, path, "exec")
    with contextlib.redirect_stdout(printed):
        exec(code, names)  # noqa: S102 - our own documents
    return printed.getvalue()


def run_shell(block: Block) -> str:
    """Run a block's `maturity` commands and give what they printed."""
    printed = io.StringIO()
    for line in block.code.replace("\\\n", " ").splitlines():
        program, *arguments = shlex.split(line, comments=True) or [""]
        if not program:
            continue
        assert program == "maturity", f"line {block.line}: only `maturity` is run: {line}"
        with contextlib.redirect_stdout(printed):
            code = main(arguments)
        allowed = (0, 1) if arguments[0] in {"score", "cohort", "compare", "diff"} else (0,)
        assert code in allowed, f"line {block.line}: {line} ended with {code}"
    return printed.getvalue()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_code_runs(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block of Python and of commands runs, and prints what the document says."""
    shutil.copytree(ROOT / "examples" / "returns", tmp_path / "examples" / "returns")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__document__"}
    printed = ""
    for block in blocks_of((ROOT / document).read_text(encoding="utf-8")):
        kind, _, argument = block.note.partition(": ")
        if block.note.startswith(NOT_RUN):
            assert argument, f"line {block.line}: a block that is not run says why"
        elif kind == "file":
            Path(argument).parent.mkdir(parents=True, exist_ok=True)
            Path(argument).write_text(block.code, encoding="utf-8")
        elif kind == "output":
            assert block.code == printed
        elif block.language == "python":
            printed = run_python(block, names, document)
        elif block.language == "sh":
            printed = run_shell(block)


@pytest.mark.parametrize(
    "module", [module.name for module in walk_packages(maturity.__path__, "maturity.")]
)
def test_examples_in_docstrings_run(module: str) -> None:
    """Every example in a docstring gives what it says."""
    assert doctest.testmod(import_module(module)).failed == 0


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_resolve(document: str) -> None:
    """Every link to a file or heading of this project leads somewhere."""
    path = ROOT / document
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    broken = []
    for found in _LINK.finditer(text):
        target = found["target"]
        name, _, anchor = target.partition("#")
        file = path if not name else path.parent / name
        if re.match(r"[a-z]+:", target):
            continue
        if not file.exists() or (anchor and anchor not in anchors_of(file)):
            broken.append(target)
    assert broken == []


def anchors_of(file: Path) -> set[str]:
    """Give the names by which a document's headings are linked to."""
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_every_page_is_reached(root: Path) -> None:
    """Every page is linked to from docs/index.md or from a page that is."""
    waiting = [root / "docs" / "index.md"]
    reached: set[Path] = set()
    while waiting:
        page = waiting.pop().resolve()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        targets = (found["target"] for found in _LINK.finditer(page.read_text(encoding="utf-8")))
        waiting += [
            page.parent / target.partition("#")[0] for target in targets if ":" not in target
        ]
    pages = {page.resolve() for page in root.glob("docs/**/*.md")}
    assert pages - reached == set()


def test_reference_is_current(root: Path) -> None:
    """The generated pages are what the code generates today."""
    command = [sys.executable, str(root / "docs" / "generate_reference.py"), "--check"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - ours
    assert done.returncode == 0, done.stdout + done.stderr


def test_severities_are_those_in_the_reference(root: Path, shared: Path) -> None:
    """Every issue in the sample returns has a severity that the reference names for its code."""
    page = (root / "docs" / "reference" / "issues.md").read_text(encoding="utf-8")
    entries = re.findall(r"^### (.+)\n\n.+\n\*\*(.+):\*\*", page, flags=re.M)
    documented = {code: severities.lower().split(", ") for code, severities in entries}
    rubric = maturity.load_rubric("local-partnership")
    files = sorted((shared / "annex-a").glob("*/*.*"))
    found = {
        (issue.code.value, issue.severity.value)
        for outcome in maturity.score_files(files, rubric)
        for issue in outcome.issues
    }
    assert found
    assert [pair for pair in found if pair[1] not in documented[pair[0]]] == []


@pytest.mark.parametrize("command", ["score", "lint", "diff", "template", "inspect", "draft"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command explains itself."""
    assert main([command, "--help"]) == 0
    assert command in capsys.readouterr().out
