"""The project's own files agree with one another and name nothing that is only here."""

from __future__ import annotations

import re
import subprocess
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from maturity.issue_codes import IssueCode

# Put together from parts, so that this file does not name them itself.
FORBIDDEN = [
    re.compile(pattern.replace("|", ""))
    for pattern in (
        r"(?<![\w.])/wo|rk/",
        r"/tm|p/w\b",
        r"\.lib|rary/",
        r"py|pi\.org",
        r"python|hosted\.org",
        r"registry\.np|mjs",
        r"deb\.deb|ian\.org",
    )
]
NOT_OURS = {".git", ".venv", "venv", ".nox", "build", "dist", "results", "site", "__pycache__"}
CACHE = re.compile(r"\.(mypy|ruff|pytest)_cache|\.hypothesis|\.import_linter_cache|.*\.egg-info")
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def project_files(root: Path) -> list[Path]:
    """List the files in git, or outside git all that are no build product."""
    if (root / ".git").exists():
        command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
        done = subprocess.run(command, cwd=root, check=True, capture_output=True)  # noqa: S603 - ours
        names = done.stdout.decode().split("\0")
        return [root / name for name in names if name and (root / name).is_file()]
    return [
        path
        for path in root.rglob("*")
        if path.is_file()
        and not any(
            part in NOT_OURS or CACHE.fullmatch(part) for part in path.relative_to(root).parts
        )
    ]


@pytest.fixture(scope="module")
def settings(root: Path) -> dict[str, object]:
    """Give pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def releases(root: Path) -> list[tuple[str, str, str]]:
    """Give the changelog's releases, newest first: version, date, text."""
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.split(r"^## \[(.+?)\] - (.+)$", changelog, flags=re.MULTILINE)[1:]
    return list(zip(found[::3], found[1::3], found[2::3], strict=True))


def test_no_file_names_what_is_only_here(root: Path) -> None:
    """No file names a path of one machine or the host of a package registry."""
    found = []
    for path in project_files(root):
        text = path.read_bytes().decode(errors="replace")
        found += [f"{path.name}: {match[0]}" for p in FORBIDDEN for match in p.finditer(text)]
    assert found == []


def test_changelog_keeps_to_its_shape(root: Path, releases: list[tuple[str, str, str]]) -> None:
    """The changelog is as Keep a Changelog asks: newest first, dated, in named kinds."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith("# Changelog\n")
    assert len(re.findall(r"^## ", text, flags=re.MULTILINE)) == len(releases) > 0
    for version, when, changes in releases:
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), version
        assert when == "unreleased" or date.fromisoformat(when)
        kinds = re.findall(r"^### (.+)$", changes, flags=re.MULTILINE)
        assert kinds
        assert set(kinds) <= KINDS
    numbers = [tuple(map(int, version.split("."))) for version, _, _ in releases]
    assert all(newer > older for newer, older in pairwise(numbers))


def test_version_is_the_newest_in_the_changelog(
    settings: dict[str, dict[str, object]], releases: list[tuple[str, str, str]]
) -> None:
    """The version that is built is the one at the top of the changelog."""
    assert settings["project"]["version"] == releases[0][0]


def test_wheel_takes_the_rubrics_along(root: Path, settings: dict[str, object]) -> None:
    """Every rubric in the checkout is found by name in the built wheel."""
    build = settings
    for key in ("tool", "hatch", "build", "targets", "wheel", "force-include"):
        build = build[key]  # type: ignore[assignment] # TOML gives nested dictionaries
    assert build == {"rubrics": "maturity/rubrics"}
    assert list((root / "rubrics").glob("*/rubric.yaml"))


def test_every_issue_code_is_mentioned_in_a_test(root: Path) -> None:
    """Each kind of problem is provoked somewhere in the tests, by its name or its constant."""
    texts = [
        path.read_text(encoding="utf-8")
        for pattern in ("tests/**/*.py", "tests/**/*.yaml", "src/**/test_*.py")
        for path in root.glob(pattern)
    ]
    text = "\n".join(texts)
    untested = [
        code.value for code in IssueCode if code.value not in text and code.name not in text
    ]
    assert untested == []
