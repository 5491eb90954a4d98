"""Turn answers into scores: exact arithmetic in `aggregation`, the rubric's rules in `engine`."""
