"""The solver edge: uncertain records as formulas, one question at a time. The only importer of z3 and cvc5."""
