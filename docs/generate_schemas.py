"""Write the JSON Schemas of rubrics, layouts and change maps into `rubrics/`.

Run it after a change to the models: `python docs/generate_schemas.py`.
"""

from __future__ import annotations

from pathlib import Path

from maturity.schema import schema_text, schemas

FOLDER = Path(__file__).resolve().parent.parent / "rubrics"


def main() -> None:
    """Write the files."""
    for name, schema in schemas().items():
        (FOLDER / name).write_text(schema_text(schema), encoding="utf-8", newline="\n")
        print(f"{name} written")


if __name__ == "__main__":
    main()
