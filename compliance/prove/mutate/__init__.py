"""Mutation of the law: what the scenarios and theorems would notice if the law said something else."""
