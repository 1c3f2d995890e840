"""What the operations of a plan mean: for one applicant, exactly."""
