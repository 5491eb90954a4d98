"""Print the oldest dependencies that pyproject.toml allows, as constraints for pip."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path


def oldest(project: Path) -> list[str]:
    """Turn every `name>=1.2; marker` of the library's own dependencies into `name==1.2; marker`."""
    settings = tomllib.loads(project.read_text(encoding="utf-8"))
    return [line.replace(">=", "==") for line in settings["project"]["dependencies"]]


if __name__ == "__main__":
    sys.stdout.write("\n".join(oldest(Path(__file__).parent.parent / "pyproject.toml")) + "\n")
