"""The project's checks, one session each: `nox` runs them all, `nox -s lint` runs one."""

from __future__ import annotations

from pathlib import Path

import nox

nox.options.sessions = ["lint", "types", "floors", "docs", "tests", "wheel"]
nox.options.error_on_missing_interpreters = False

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format."""
    session.install("ruff>=0.9")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def types(session: nox.Session) -> None:
    """Check types, those of the tests included."""
    session.install("-e", ".[dev]")
    session.run("mypy")


@nox.session
def floors(session: nox.Session) -> None:
    """Check that no module imports from a higher floor."""
    session.install("-e", ".", "import-linter>=2.1")
    session.run("lint-imports")


@nox.session
def docs(session: nox.Session) -> None:
    """Check that the reference is current, every code block runs and every link resolves."""
    session.install("-e", ".[dev]")
    session.run("python", "docs/generate_reference.py", "--check")
    session.run("pytest", "tests/test_docs.py")


@nox.session(python=PYTHONS)
@nox.parametrize("dependencies", ["newest", "oldest"])
def tests(session: nox.Session, dependencies: str) -> None:
    """Run the tests with the newest or the oldest dependencies that pyproject.toml allows."""
    session.install("-e", ".[dev]", *_constraints(session, dependencies))
    # Old releases of our dependencies may use what new releases of theirs advise against.
    quiet = ["-W", "default::DeprecationWarning"] if dependencies == "oldest" else []
    session.run("pytest", *quiet, *session.posargs)


@nox.session
@nox.parametrize("dependencies", ["newest", "oldest"])
def wheel(session: nox.Session, dependencies: str) -> None:
    """Score the examples with the built wheel alone, away from the checkout."""
    folder = Path(session.create_tmp())
    session.run("python", "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), ".")
    session.install(*map(str, folder.glob("*.whl")), *_constraints(session, dependencies))
    returns = Path("examples", "returns").resolve()
    with session.chdir(folder):
        session.run("maturity", "--version")
        session.run("maturity", "score", str(returns), "-o", "results", success_codes=[0, 1])


def _constraints(session: nox.Session, dependencies: str) -> list[str]:
    if dependencies == "newest":
        return []
    listed = session.run("python", ".ci/oldest.py", silent=True)
    constraints = Path(session.create_tmp(), "oldest.txt")
    constraints.write_text(str(listed), encoding="utf-8")
    return ["-c", str(constraints)]
