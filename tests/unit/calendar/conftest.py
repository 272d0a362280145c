"""The shipped calendar, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.calendar.load import load_calendar
from compliance.calendar.working import WorkingCalendar


@pytest.fixture(scope="session")
def folder(checkout: Path) -> Path:
    return checkout / "model" / "calendar"


@pytest.fixture(scope="session")
def calendar(folder: Path) -> WorkingCalendar:
    return load_calendar(folder)
