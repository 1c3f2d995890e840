"""The command `jifen`: score, check, list, show, schema, test."""

from jifen.cli.program import main

__all__ = ["main"]
