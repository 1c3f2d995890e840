"""Procedures: windows, working days, states and validity. Events go in, a state comes out; no clock runs here."""
