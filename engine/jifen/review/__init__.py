"""Review of a published score: what differs from the score by the policy, and what would explain it exactly."""
