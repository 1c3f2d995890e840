"""Populations as Arrow tables: what a policy reads of them, and what it says of each applicant (extra `arrow`)."""
