"""What a policy says of one applicant: as data, and as a table, Markdown and JSON."""
