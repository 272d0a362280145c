"""One year of the official calendar as data: days off, worked days, and how sure each of them is."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

Status = Literal["confirmed", "projected", "beyond"]
"""Confirmed by an act that is out; projected from the statute alone; beyond every calendar file."""

_ORDER: tuple[Status, ...] = ("confirmed", "projected", "beyond")


def worst(*statuses: Status) -> Status:
    """The least certain of the statuses; confirmed where there is none."""
    return max(statuses, key=_ORDER.index, default="confirmed")


@frozen
class DayOff:
    """A holiday, a substitute day off, a moved day off, 7 January or the first day of Kurban Ait.

    `instead_of`: the weekend day (moved) or the holiday on a weekend (substitute) that it stands for.
    `between`: the first and last day on which a day off of uncertain date may fall.
    """

    day: int
    name_en: str
    name_ru: str
    act: str
    instead_of: int | None = None
    status: Status | None = None
    between: tuple[int, int] | None = None


@frozen
class WorkedDay:
    """A day off, most often of the weekend, that is worked because it was moved to `instead_of`."""

    day: int
    act: str
    instead_of: int


@frozen
class YearData:
    """What one file of `model/calendar` says. Saturdays and Sundays are off without being listed."""

    year: int
    status: Status
    days_off: tuple[DayOff, ...]
    worked: tuple[WorkedDay, ...] = ()
