"""A plan as one loop of machine code over applicants, compiled by numba (extra `fast`)."""
