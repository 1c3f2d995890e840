"""What a person can change to reach the line: the changes, the search, and what it finds."""
