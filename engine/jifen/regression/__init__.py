"""Regression checks on a policy change: cases with expected results."""
