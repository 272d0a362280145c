"""Checking records against the law: `check_files` for files of stories, `check_case` for one record."""

from compliance.check.options import CheckOptions
from compliance.check.run import check_files, check_scenarios

__all__ = ["CheckOptions", "check_files", "check_scenarios"]
