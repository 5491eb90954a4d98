"""What every test may ask for: the shared samples, an office suite, a browser.

A test that needs one of them takes the fixture of that name, and is skipped with a reason where
it is missing. What each test needs is written into the JUnit report, from which `.ci/run` proves
that such tests were run.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

MISSING = "not on this machine: "
NEEDS = ("shared", "soffice", "chromium", "pdftoppm")
ROOT = Path(__file__).resolve().parent.parent

# A shared machine is slow at odd moments, so there are no deadlines. CI tries the same examples
# in every run, so that a red run is about the change and not about luck.
settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Note what each test needs, for the JUnit report."""
    for item in items:
        wanted = set(getattr(item, "fixturenames", ()))
        item.user_properties += [("needs", need) for need in NEEDS if need in wanted]


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the folder of this checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of shared samples, from MATURITY_SHARED or beside the checkout."""
    folder = Path(os.environ.get("MATURITY_SHARED") or ROOT.parent / "shared")
    if not (folder / "annex-a").is_dir():
        pytest.skip(f"{MISSING}the shared samples (set MATURITY_SHARED to their folder)")
    return folder.resolve()


@pytest.fixture(scope="session")
def soffice() -> str:
    """Give the path of LibreOffice, which renders and recalculates workbooks."""
    return _program("LibreOffice", "soffice", "libreoffice")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of a headless Chromium or Chrome."""
    return _program("Chromium", "chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """Give the path of poppler's pdftoppm, which turns a rendered page into a picture."""
    return _program("poppler's pdftoppm", "pdftoppm")


def _program(title: str, *names: str) -> str:
    for name in names:
        path = shutil.which(name)
        if path is not None:
            return path
    pytest.skip(f"{MISSING}{title} (looked for {', '.join(names)} on the PATH)")
