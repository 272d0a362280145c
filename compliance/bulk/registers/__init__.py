"""Registers as they come: files read into Arrow tables, rows cleaned or quarantined, results written as tables."""
