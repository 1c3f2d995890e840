"""One profile for all property tests: the same examples in every run, and no limit for one example."""

from hypothesis import settings

settings.register_profile("jifen", deadline=None, derandomize=True)
settings.load_profile("jifen")
