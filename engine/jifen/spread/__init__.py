"""What the readings of a policy make of one applicant: each by itself, and the best and the worst of them together."""
