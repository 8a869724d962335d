"""Tools for those who write rules: check, test, explain, measure, compare."""
