"""Questions about all records as text with quantifiers, for solvers of any make."""
