"""Shapes of published workbooks, drawn with the results of their own formulas."""
