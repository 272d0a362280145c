"""Stories of theorems that turn, as they are told: few events, usual values, and no second story for one matter."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from compliance.amend.document import read_amendments
from compliance.amend.effect.ask import Asker
from compliance.amend.effect.flips import always, stories
from compliance.amend.effect.meaning import difference
from compliance.amend.effect.newlaw import new_law
from compliance.amend.effect.probe import Probe
from compliance.amend.effect.retell import MOST, _Retelling, retold
from compliance.amend.effect.theorems import Theorems, Verdict
from compliance.amend.examine import examine
from compliance.amend.from_law import tree_of
from compliance.calendar.days import year_of
from compliance.calendar.load import shipped_calendar
from compliance.source.data import data_path
from tests.unit.amend.test_effect import made, rules

LOST = ("D16", "W02", "W03", "W04", "W05")
"""What the waiting year alone makes true."""


@cache
def asked() -> Theorems:
    """The stored theorems without the waiting year."""
    new = made("пункт 20 исключить.")
    found = difference(new.old, new.law, new.old.default_profile)
    return Theorems.read(found, Asker(shipped_calendar(), new.old.default_profile), data_path("proofs"))


@cache
def verdicts() -> tuple[Verdict, ...]:
    """Those that turn, as the engines decide them."""
    return tuple(asked().verdict(name) for name in LOST)


def test_one_story_for_all_that_it_shows() -> None:
    found = retold(asked(), verdicts(), ())
    assert all(each.flipped and each.story is not None for each in found)
    first = found[0].story
    assert first is not None
    assert len(first.events) == 5
    assert {year_of(event.date) for event in first.events} == {2026}
    assert first.officer == {**first.officer, "body": "knb"}
    assert all(each.story is first for each in found)


def test_a_story_that_the_report_tells_anyway_serves_first() -> None:
    known = retold(asked(), verdicts()[:1], ())[0].story
    assert known is not None
    assert all(each.story is known for each in retold(asked(), verdicts()[1:], [known]))


def test_not_every_theorem_gets_a_story_of_its_own() -> None:
    """Those past the limit are named without one."""
    (found,) = _Retelling(asked(), [], MOST).all(verdicts()[:1])
    assert found.flipped
    assert found.story is None


def test_what_a_record_only_stipulates_shows_nothing() -> None:
    """The story presumes that the enrolment was regular; that it lacks the Secretary's agreement is no news."""
    telling = _Retelling(asked(), [])
    story = retold(asked(), verdicts()[:1], ())[0].story
    agreement, waiting = asked().new["D02"], asked().new["D16"]
    assert story is not None
    assert asked().stipulates(story)
    assert (asked().lenient(waiting), asked().lenient(agreement)) == (True, False)
    assert (telling.shows(waiting, story), telling.shows(agreement, story)) == (True, False)


def test_a_record_that_stipulates_does_not_decide() -> None:
    """Nobody can be enrolled in the usual way any more, whatever stories presume."""
    path = Path(__file__).resolve().parents[3] / "amendments" / "approval-by-the-secretary.yaml"
    (package,) = read_amendments(path.read_text(encoding="utf-8"), path.name)
    tree = tree_of(rules().written)
    new = new_law(rules(), examine(tree, package), tree)
    found = difference(new.old, new.law, new.old.default_profile)
    records = always(stories(data_path("scenarios"), new.old).stored)
    probe = Probe(new.law, shipped_calendar(), found.profile, records)
    theorems = Theorems.read(found, Asker(shipped_calendar(), found.profile), data_path("proofs"), probe)
    assert any(theorems.stipulates(facts) for facts in records)
    assert [theorems.verdict(name).new for name in ("D02", "D05")] == ["proved", "refuted"]
