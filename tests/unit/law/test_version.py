"""Which version is in force on which day, the publication day known or not."""

from __future__ import annotations

import pytest

from compliance.calendar.days import NEVER, parse_iso
from compliance.law.version import (
    AfterPublication,
    FixedDay,
    Version,
    Window,
    is_settled,
    replaced,
    versions_on,
    window,
)
from compliance.norm.vocabulary import Words
from compliance.source.diagnostic import Problems
from tests.unit.law.toy import VERSIONS, codes_of, swapped, toy_law

DAY = parse_iso
TITLE = Words("rules", "правила")
OLD = Version("2013", TITLE, "act", DAY("2013-08-28"), FixedDay(DAY("2013-09-10")))
NEW = Version(
    "2025", TITLE, "act", DAY("2025-04-23"), AfterPublication(DAY("2025-04-23"), DAY("2025-05-23"), 11)
)  # fmt: skip
BOTH = (OLD, NEW)
PUBLISHED = {"2025": DAY("2025-04-30")}


def test_ten_full_days_pass_after_the_day_of_publication() -> None:
    assert window(NEW, DAY("2025-04-30")) == Window(DAY("2025-05-11"), DAY("2025-05-11"))
    assert window(OLD) == Window(DAY("2013-09-10"), DAY("2013-09-10"))


def test_without_the_publication_day_the_whole_window_is_possible() -> None:
    found = window(NEW)
    assert (found.lo, found.hi) == (DAY("2025-05-04"), DAY("2025-06-03"))
    assert not found.certain


def test_a_publication_day_outside_the_window_is_refused() -> None:
    with pytest.raises(Problems) as problems:
        window(NEW, DAY("2025-05-24"))
    (found,) = problems.value.diagnostics
    assert (found.code, found.fields["day"]) == ("law.publication-day", "2025-05-24")


def test_a_version_ends_where_the_next_begins() -> None:
    assert replaced(BOTH, OLD) == window(NEW)
    assert replaced(BOTH, OLD, PUBLISHED) == Window(DAY("2025-05-11"), DAY("2025-05-11"))
    assert replaced(BOTH, NEW) == Window(NEVER, NEVER)


@pytest.mark.parametrize(
    ("day", "published", "expected"),
    [
        ("2013-09-09", {}, []),
        ("2013-09-10", {}, ["2013"]),
        ("2025-05-03", {}, ["2013"]),
        ("2025-05-04", {}, ["2013", "2025"]),
        ("2025-06-02", {}, ["2013", "2025"]),
        ("2025-06-03", {}, ["2025"]),
        ("2025-05-10", PUBLISHED, ["2013"]),
        ("2025-05-11", PUBLISHED, ["2025"]),
    ],
)
def test_a_day_inside_the_window_is_judged_by_both(day: str, published: dict[str, int], expected: list[str]) -> None:
    assert [version.id for version in versions_on(BOTH, DAY(day), published)] == expected
    assert is_settled(BOTH, DAY(day), published) == (len(expected) < 2)


def test_before_the_only_version_may_be_nothing() -> None:
    assert versions_on((NEW,), DAY("2025-05-10")) == (NEW,)
    assert not is_settled((NEW,), DAY("2025-05-10"))
    assert is_settled((NEW,), DAY("2025-05-03"))


def test_a_version_may_name_its_day() -> None:
    text = VERSIONS[: VERSIONS.index("  in_force")] + "  in_force: 2025-05-04\n"
    assert toy_law(versions=text).version.in_force == FixedDay(DAY("2025-05-04"))


def test_bad_versions_are_refused() -> None:
    assert codes_of(versions=swapped(VERSIONS, "2025-04-23\n  in", "2025-02-30\n  in")) == ["calendar.no-such-day"]
    assert codes_of(versions=swapped(VERSIONS, "latest: 2025-05-23", "latest: 2025-04-22")) == ["law.empty-window"]
    assert codes_of(versions=swapped(VERSIONS, "plus_days: 11", "plus_days: soon")) == ["source.not-an-integer"]
    assert codes_of(versions=VERSIONS + VERSIONS) == ["law.duplicate-id", "law.version-order"]
    assert codes_of(versions="[]") == ["law.no-version"]
