"""The version of the engine: it stands in every result, and the package takes its own from here."""

__version__ = "0.1.0"
