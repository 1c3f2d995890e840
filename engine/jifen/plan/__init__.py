"""The plan: typed, hash-consed operations on applicants and on the rows of one timeline or record list."""
