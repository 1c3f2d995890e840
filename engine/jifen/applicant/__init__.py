"""An applicant's facts, timelines and records, read into the integers that a plan works on."""
