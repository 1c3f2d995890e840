"""A plan over columns: many applicants at once, each operation one step of NumPy over a block of them."""
