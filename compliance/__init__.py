"""Checks the Rules of the presidential personnel reserve against stories, registers and amendments."""

__version__ = "0.1.0"
