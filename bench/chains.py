"""The chain problem: eight uncertain days, each after a calendar function of the one before.

Three questions in one world: can every chain take its time, can one be too quick (never), can all end on one day.
Run as `python -m bench.chains`; prints medians and the machine.
"""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from attrs import frozen

from compliance.calendar.days import day
from compliance.calendar.functions import AddMonths, AddWorkingDays, DayOfQuarter, Function, NextWorkingDay, QuarterOf
from compliance.calendar.load import load_calendar
from compliance.calendar.working import WorkingCalendar
from compliance.smt.solve import Answer, Sat, Unsat, check
from compliance.smt.terms import Int, all_, eq, le, lt
from compliance.smt.world import World

RUNS = 9
CALENDAR = Path(__file__).resolve().parent.parent / "model" / "calendar"
FIRST, LAST = day(2026, 1, 1), day(2050, 12, 31)
STEPS: tuple[Function, ...] = (
    AddMonths(3),
    AddMonths(36),
    AddWorkingDays(10),
    AddMonths(12),
    NextWorkingDay(),
    AddMonths(3, "up"),
    AddWorkingDays(5),
)


@frozen
class Chain:
    """The first and the last of the eight days."""

    first: Int
    last: Int


def chain(world: World, number: int) -> Chain:
    """Eight days; each is at least its function of the one before, the first not after its quarter's last month."""
    apply = world.applications.apply
    first = world.number(f"chain{number}.0", [(FIRST, day(2040, 12, 31))])
    world.fact(lt(first, apply(DayOfQuarter(3, 1), apply(QuarterOf(), first))))
    previous = first
    for step, function in enumerate(STEPS, 1):
        following = world.number(f"chain{number}.{step}", [(FIRST, LAST)])
        world.fact(le(apply(function, previous), following))
        previous = following
    return Chain(first, previous)


def ask(calendar: WorkingCalendar, count: int) -> list[Answer]:
    """The three questions over `count` chains."""
    world = World(calendar)
    found = [chain(world, number) for number in range(count)]
    later = [world.applications.apply(AddMonths(54), each.first) for each in found]
    world.name("slow", all_(le(limit, each.last) for limit, each in zip(later, found, strict=True)))
    quick = [world.applications.apply(AddMonths(53), each.first) for each in found]
    world.name("quick", all_(le(each.last, limit) for limit, each in zip(quick, found, strict=True)))
    world.name("together", all_(eq(found[0].last, each.last) for each in found))
    return [check(world, {name: True}) for name in ("slow", "quick", "together")]


def median(run: Callable[[], object]) -> float:
    """The median wall time in seconds, after one run that fills the tables."""
    run()
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return statistics.median(times)


def machine() -> str:
    return f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"


def main() -> None:
    calendar = load_calendar(CALENDAR)
    print(machine())
    for count, target in ((1, 0.05), (4, None), (8, 0.3)):
        slow, quick, together = ask(calendar, count)
        assert isinstance(slow, Sat)
        assert isinstance(quick, Unsat)
        assert isinstance(together, Sat)
        aim = f" (target {target} s)" if target else ""
        print(f"{count} chains of eight days: {median(lambda count=count: ask(calendar, count)):.3f} s{aim}")  # type: ignore[misc]


if __name__ == "__main__":
    main()
