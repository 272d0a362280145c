"""The shipped law and calendar, and a way to write theorems as text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from compliance.calendar.load import shipped_calendar
from compliance.calendar.working import WorkingCalendar
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.prove.read import theorems_from_text
from compliance.prove.theorem import Theorem

Write = Callable[..., Theorem]


@pytest.fixture(scope="session")
def calendar() -> WorkingCalendar:
    return shipped_calendar()


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="session")
def write(law: Law) -> Write:
    """`write("formula", "expect: refuted")`: a theorem of one line, with further keys."""

    def make(formula: str, *keys: str, id: str = "T") -> Theorem:
        lines = [f"- id: {id}", "  says: {en: a claim, ru: утверждение}", f"  theorem: '{formula}'", *keys]
        text = "\n".join([*lines[:3], *(f"  {key}" for key in keys)])
        (theorem,) = theorems_from_text(text + "\n", "proofs/test.yaml", law)
        return theorem

    return make
