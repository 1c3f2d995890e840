"""Jifen: points-based public schemes as versioned data, evaluated exactly."""

__version__ = "0.1.0"
