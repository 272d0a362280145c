"""Days, quarters, months with rounding, and working days: plain arithmetic over integers."""
