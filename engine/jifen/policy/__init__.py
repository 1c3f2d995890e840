"""A policy: its frozen model, its versions, its readings, and what its names mean."""
