"""The shipped law and calendar, and a small world of one timeline."""

from __future__ import annotations

import pytest

from compliance.calendar.load import shipped_calendar
from compliance.calendar.working import WorkingCalendar
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.smt.world import World


@pytest.fixture(scope="session")
def calendar() -> WorkingCalendar:
    return shipped_calendar()


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()


@pytest.fixture
def world(calendar: WorkingCalendar) -> World:
    return World(calendar)
