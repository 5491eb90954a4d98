"""Read files: rubrics and layouts from YAML, returns from workbooks. This package is suspicious."""
