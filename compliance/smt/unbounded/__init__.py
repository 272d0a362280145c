"""Proofs for records with any number of events: own instantiation on ground terms."""
