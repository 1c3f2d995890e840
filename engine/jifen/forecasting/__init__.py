"""What comes: the score in each coming round, what changes it and when, and the first round that meets the line."""
