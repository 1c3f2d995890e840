"""What can be said of an applicant of whom something is missing: ranges, what is certain, and what to ask next."""
