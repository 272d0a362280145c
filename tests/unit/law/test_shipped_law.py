"""The law that is shipped: whole, sound, and as the reading tables have it."""

from __future__ import annotations

from functools import cache

from compliance.calendar.days import format_iso
from compliance.law.anchors import read_words
from compliance.law.lint import lint
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.law.version import window
from compliance.norm.types import Period, QuarterDay

PARAMETERS = {
    "send_before": ("p10.part1", QuarterDay(1, 3)),
    "check_before": ("p11.sub1", QuarterDay(15, 3)),
    "list_before": ("p11.sub2", QuarterDay(30, 3)),
    "inform_within": ("p11.sub3", Period(working_days=10)),
    "notify_within": ("p13", Period(working_days=10)),
    "max_stay": ("p14.part1", Period(months=36)),
    "min_stay": ("p14.part2", Period(months=3)),
    "cooling_off": ("p20", Period(months=12)),
}


@cache
def law() -> Law:
    return load_law()


def test_it_has_no_errors() -> None:
    assert [each for each in lint(law()) if each.severity == "error"] == []


def test_every_unit_has_a_norm_or_a_reason() -> None:
    assert len(law().units) == 53
    for unit in law().units.values():
        assert bool(unit.clauses) != bool(unit.no_norm), unit.id


def test_the_breakable_units_have_norms_and_no_others() -> None:
    checklist = law().written.checklist
    assert checklist is not None
    assert tuple(unit.id for unit in law().units.values() if unit.clauses) == checklist.breakable
    assert tuple(law().units) == checklist.units


def test_the_parameters_are_those_of_the_text() -> None:
    assert {name: (each.unit, each.value) for name, each in law().parameters.items()} == PARAMETERS
    for each in law().parameters.values():
        carried = read_words(each.words)
        assert carried is not None, each.words
        assert carried.agrees(each.value)


def test_only_the_transition_has_no_default() -> None:
    assert law().undecided == {"transition"}
    assert all(
        law().default_profile[name] == reading.default for name, reading in law().readings.items() if reading.default
    )


def test_every_reading_is_consulted_by_a_norm() -> None:
    assert [name for name in law().readings if not law().units_consulting(name)] == []


def test_it_takes_effect_eleven_days_after_publication() -> None:
    begins = window(law().version)
    assert (format_iso(begins.lo), format_iso(begins.hi)) == ("2025-05-04", "2025-06-03")


def test_what_breaks_a_norm_is_said_in_both_languages() -> None:
    assert [norm.id for norm in law().norms if norm.fails is None] == []
