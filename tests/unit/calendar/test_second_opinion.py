"""The package `holidays` as a second opinion on every day of 2013-2060; each difference has its reason."""

from __future__ import annotations

from datetime import date

import holidays

from compliance.calendar.working import WorkingCalendar

DIFFERENCES = {
    # Kurban Ait by the moon: computed a day earlier than by that package, which follows another rule for the crescent.
    "2045-10-20": "a day off here (a Friday); there the feast falls on Saturday the 21st",
    "2048-09-18": "a day off here (a Friday); there the feast falls on Saturday the 19th",
    "2049-09-07": "a day off here; there the feast falls on the 8th",
    "2049-09-08": "worked here; there the feast falls on it",
    # Victory Day falls on a Sunday and Kurban Ait on the Monday after it. Law No. 267-II art. 5 gives the next working
    # day: the Monday is none, so it is the Tuesday. The package lets the substitute and the feast share the Monday.
    "2060-05-11": "a day off here, worked there",
}


def test_every_day_agrees_or_has_a_reason(calendar: WorkingCalendar) -> None:
    second = holidays.country_holidays("KZ", years=range(2012, 2062))
    first, last = date(2013, 1, 1).toordinal(), date(2060, 12, 31).toordinal()
    found = [
        date.fromordinal(day).isoformat()
        for day in range(first, last + 1)
        if calendar.is_working(day) != second.is_working_day(date.fromordinal(day))
    ]
    assert found == sorted(DIFFERENCES)


def test_nothing_differs_where_the_acts_are_known(calendar: WorkingCalendar) -> None:
    assert all(calendar.status(date.fromisoformat(day).toordinal()) == "projected" for day in DIFFERENCES)
