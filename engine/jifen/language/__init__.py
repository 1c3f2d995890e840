"""Expressions: their grammar, their types, and the operations they stand for."""
