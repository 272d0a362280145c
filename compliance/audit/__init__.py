"""Audits of registers: every officer judged under every unit, with the evidence of each finding."""
