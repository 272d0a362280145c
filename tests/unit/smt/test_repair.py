"""Smallest repairs of records that break norms of the Rules."""

from __future__ import annotations

from compliance.calendar.days import day
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm.evaluate import Evaluator
from compliance.smt.relax import nobody_chooses, relax
from compliance.smt.repair import Change, NoRepair, Repair, repair
from compliance.timeline.model import Days, OneOf, Slot, Timeline
from tests.unit.smt.stories import AS_OF, CONTENTS, event, profile_of, sending, story

LAST = day(2026, 11, 30)


def mended(law: Law, calendar: WorkingCalendar, timeline: Timeline, norm: str, *candidates: Slot) -> Repair:
    """The repair of one norm that fails, after which it holds and nothing fails that held."""
    profile = profile_of(law)
    norms = {each.id: each.typed for each in law.norms}
    before = Evaluator(law.program, calendar, timeline.facts(), profile)
    held = {name for name, formula in norms.items() if before.truth(formula.expr, {})}
    assert norm not in held
    found = repair(law.program, calendar, timeline, {norm: norms[norm]}, norms, profile, candidates=candidates)
    assert isinstance(found, Repair)
    after = Evaluator(law.program, calendar, found.facts, profile)
    assert all(after.truth(norms[name].expr, {}) for name in {*held, norm})
    return found


def test_a_late_sending_is_moved_to_the_last_day(law: Law, calendar: WorkingCalendar) -> None:
    found = mended(law, calendar, story(law, sending(law, 0, LAST + 2)), "p10.part1.deadline")
    assert found.changes == (Change("move", "events[0].date", "materials_sent", LAST + 2, LAST),)
    assert found.shift == 2


def test_a_move_goes_to_a_working_day_where_one_will_do(law: Law, calendar: WorkingCalendar) -> None:
    late = sending(law, 0, day(2026, 3, 2), quarter=2026 * 4)
    found = mended(law, calendar, story(law, late, as_of=day(2026, 3, 4)), "p10.part1.deadline")
    assert [change.after for change in found.changes] == [day(2026, 2, 27)]


def test_a_missing_item_is_added_and_the_rest_stays(law: Law, calendar: WorkingCalendar) -> None:
    less = CONTENTS - {"qualities", "three_year_results"}
    found = mended(law, calendar, story(law, sending(law, 0, LAST, contents=less)), "p10.part2.sub1.dash1")
    assert found.changes == (Change("set", "events[0].contents", "materials_sent", less, CONTENTS),)


def test_a_missing_act_is_added_where_the_caller_offers_it(law: Law, calendar: WorkingCalendar) -> None:
    deadline = day(2026, 12, 14)
    timeline = story(law, sending(law, 0, LAST), as_of=deadline + 3)
    days = Days(((LAST - 30, deadline + 3),))
    actor = OneOf(("department", "personnel_unit", "other"))
    offered = event(law.vocabulary, 1, "materials_checked", days, by=actor, quarter=None, position=None)
    found = mended(law, calendar, timeline, "p11.sub1", offered)
    (change,) = found.changes
    assert (change.step, change.path, change.event) == ("add", "events[1]", "materials_checked")
    assert change.after == deadline
    assert dict(change.attrs)["by"] == "department"


def test_what_stays_is_not_touched(law: Law, calendar: WorkingCalendar) -> None:
    profile = profile_of(law)
    timeline = story(law, sending(law, 0, LAST + 2))
    broken = {"late": law.norm("p10.part1.deadline").typed}
    found = repair(law.program, calendar, timeline, broken, {}, profile, stays=lambda slot, name: True)
    assert found == NoRepair()


def test_relaxing_keeps_quarters_and_what_follows_from_the_date(law: Law) -> None:
    timeline = story(law, sending(law, 0, LAST), event(law.vocabulary, 1, "officer_notified", AS_OF, by="officer"))
    relaxed = relax(timeline, law.vocabulary, frozenset({"materials_sent"}))
    first, second = relaxed.timeline.slots
    assert first.attrs["quarter"] == 2026 * 4 + 3
    assert isinstance(first.attrs["by"], OneOf)
    assert first.attrs["by"].values[0] == "first_head"
    assert isinstance(first.date, Days)
    assert second is timeline.slots[1]
    assert nobody_chooses(first, "quarter")
    assert {soft.slot.index for soft in relaxed.softs} == {0}
