"""The same scheme written by hand in other tools, to be measured beside the engine.

Each is written as somebody who knows the tool would write it, and answers everything in `benchmarks.answers.NAMES`.
"""
