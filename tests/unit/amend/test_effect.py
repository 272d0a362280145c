"""The logic half of amendments: the new law, what differs, and the parts that need no solver."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from compliance.amend.document import read_amendments
from compliance.amend.effect.consolidate import law_texts
from compliance.amend.effect.deadlines import missing_days, tight
from compliance.amend.effect.meaning import Difference, difference
from compliance.amend.effect.newlaw import NewLaw, new_law
from compliance.amend.effect.positions import read_positions
from compliance.amend.effect.saving import Saving, read_clauses
from compliance.amend.effect.situations import read_book
from compliance.amend.effect.transition import Moved, transition
from compliance.amend.effect.values import with_value
from compliance.amend.examine import examine
from compliance.amend.from_law import tree_of
from compliance.calendar.load import shipped_calendar
from compliance.law.load import law_from_texts, load_law
from compliance.law.model import Law
from compliance.norm.types import Period, QuarterDay
from compliance.source.diagnostic import Problems

STEPS = read_book().steps
FIRST = date(2027, 1, 10)


@cache
def rules() -> Law:
    """The shipped law."""
    return load_law()


def made(text: str, name: str = "change.txt") -> NewLaw:
    """The law after a package."""
    (package,) = read_amendments(text, name)
    tree = tree_of(rules().written)
    report = examine(tree, package, FIRST)
    assert report.applicable, [finding.message.say("en") for finding in report.findings]
    return new_law(rules(), report, tree)


def apart(new: NewLaw) -> Difference:
    """What differs under the default readings."""
    return difference(new.old, new.law, new.old.default_profile)


@cache
def shipped(name: str) -> NewLaw:
    """A shipped example."""
    path = next(Path(__file__).resolve().parents[3].joinpath("amendments").glob(f"{name}*.yaml"))
    return made(path.read_text(encoding="utf-8"), path.name)


def moved(new: NewLaw) -> tuple[Moved, ...]:
    """The positions that a change touches."""
    return transition(apart(new), shipped_calendar(), FIRST.toordinal(), read_positions())


def test_words_that_carry_a_value_change_the_norm() -> None:
    new = made('в части первой пункта 14 слова "трех лет" заменить словами "двух лет";')
    assert new.law.parameters["max_stay"].value == Period(24)
    assert new.unformalised == ()
    assert {norm.id for norm in apart(new).come} >= {"p14.part1.s1", "p18.sub5.ground"}


@pytest.mark.parametrize(
    ("words", "value"),
    [("двенадцати месяцев", Period(12)), ("1095 календарных дней", Period(days=1095)), ("пяти лет", Period(60))],
)
def test_values_are_read_in_every_form(words: str, value: Period) -> None:
    new = made(f'в части первой пункта 14 слова "трех лет" заменить словами "{words}";')
    assert new.law.parameters["max_stay"].value == value


def test_the_same_value_in_other_words_changes_nothing() -> None:
    new = made('в части первой пункта 14 слова "трех лет" заменить словами "тридцати шести месяцев";')
    assert apart(new).same
    assert new.unformalised == ()
    assert new.law.parameters["max_stay"].words != "трех лет"


def test_words_without_formal_side_are_named() -> None:
    new = made('в пункте 19 слова "материалами" заменить словами "подробными сведениями";')
    assert new.unformalised == ("p19",)


def test_grammar_is_no_change() -> None:
    new = shipped("example-1")
    assert apart(new).same
    assert new.unformalised == ()


def test_another_official_is_another_norm() -> None:
    old, new = "Секретарем Совета Безопасности", "Руководителем Администрации Президента"
    changed = made(f'в части первой пункта 5 слова "{old}" заменить словами "{new}";')
    assert [norm.id for norm in apart(changed).come] in (["p5.part1"], [])
    assert apart(changed).come or changed.unformalised == ("p5.part1",)


def test_a_ground_that_is_gone_is_cited_by_nobody() -> None:
    new = shipped("example-6")
    found = apart(new)
    assert {norm.id for norm in found.gone} == {"p18.sub5.ground", "p18.sub5.duty", "p19"}
    assert [norm.id for norm in found.come] == ["p19"]


def test_a_term_that_nothing_sets_never_ends() -> None:
    new = made("пункт 14 исключить.")
    assert new.lost == ("max_stay",)
    assert "p14.part1" not in new.law.units


def test_same_norms_under_new_words() -> None:
    new = shipped("example-7")
    assert apart(new).same
    assert new.unformalised == ()
    assert "p14.part2" not in new.law.units
    assert new.name("p14.part1") == "p14"


def test_references_are_taken_at_their_word() -> None:
    new = shipped("example-8")
    assert [(each.source, each.meant, each.hits) for each in new.shifted] == [
        ("p6.part2", "p10", "p9"), ("p18.sub5", "p14", "p13"), ("p19", "p18", "p17"), ("p20", "p18.sub3", None),
    ]  # fmt: skip
    assert {norm.unit for norm in apart(new).come} == {"p18.sub5", "p19", "p20"}
    assert new.followed is not None
    assert difference(new.old, new.followed, new.old.default_profile).same


def test_a_norm_that_does_not_type_is_bad_input() -> None:
    text = """
ops:
- op: restate
  unit: p13
  text: 13. Сотрудник уведомляется незамедлительно.
  norm: "every extract_received x: x.colour = red"
"""
    with pytest.raises(Problems) as caught:
        made(text, "change.yaml")
    assert {each.place.line for each in caught.value.diagnostics if each.place} == {6}


@pytest.mark.parametrize("name", ["example-2", "example-5", "example-6", "example-7"])
def test_the_consolidated_law_can_be_read_back(name: str) -> None:
    new = shipped(name)
    again = law_from_texts(law_texts(new))
    assert difference(new.law, again, again.default_profile).same
    assert again.version.id.endswith("+2027-01-10")


def test_renumbered_units_stand_under_their_new_numbers() -> None:
    again = law_from_texts(law_texts(shipped("example-8")))
    assert "p21" in again.units
    assert "p19.sub5" in again.vocabulary.enumerations["ground"].values
    assert again.units["p8"].text.ru.startswith("8. Сведения")


def test_steps_out_of_order() -> None:
    assert not [each for each in tight(rules(), shipped_calendar(), STEPS) if each.hard]
    late = with_value(rules(), "check_before", QuarterDay(15, 2))
    (found,) = (each for each in tight(late, shipped_calendar(), STEPS) if each.hard)
    assert (found.before.unit, found.after.unit, len(found.quarters)) == ("p10.part1", "p11.sub1", 40)


def test_days_that_some_months_lack() -> None:
    assert missing_days(rules()) == ()
    short = with_value(rules(), "list_before", QuarterDay(30, 2))
    assert missing_days(short) == (("list_before", "p11.sub2", ("2027-02", "2028-02")),)


def test_who_is_unlawful_by_the_change_alone() -> None:
    (found,) = (each for each in moved(shipped("example-2")) if each.position == "in_the_reserve" and not each.act)
    assert found.effect == "unlawful"
    low, high = (date.fromordinal(day).isoformat() for day in found.cohort)
    assert (low, high) == ("2024-01-10", "2025-01-09")


def test_a_cohort_of_a_single_day_is_found() -> None:
    new = shipped("stay-in-days")
    (found,) = (each for each in moved(new) if each.position == "in_the_reserve" and not each.act)
    assert [date.fromordinal(day).isoformat() for day in found.cohort] == ["2024-01-10", "2024-01-10"]


def test_a_term_that_went_with_its_point_is_no_loss() -> None:
    assert shipped("example-4").lost == ()


def test_running_waiting_periods_end_with_the_repeal() -> None:
    (found,) = moved(shipped("example-4"))
    assert (found.position, found.effect, found.act) == ("waiting", "allowed", "enrolment")


def test_a_saving_clause_spares_those_it_speaks_of() -> None:
    new, day = shipped("example-2"), FIRST.toordinal()
    saving = Saving(apart(new), shipped_calendar(), day, new, ())
    unlawful = [each for each in saving.moved if each.effect == "unlawful"]
    assert {each.position for each in unlawful} == {"in_the_reserve", "appointed", "ground_open", "to_be_appointed"}
    (clause,) = {saving.tested(each, ["p14.part1"]) for each in unlawful}
    assert clause.startswith("действие части первой пункта 14")
    (read,) = read_clauses(clause)
    assert Saving(apart(new), shipped_calendar(), day, new, (read,)).moved == ()


@pytest.mark.parametrize(
    "clause",
    [
        "действие пункта 20 в прежней редакции сохраняется в отношении лиц, зачисленных до введения в действие.",
        "действие пункта 14 в прежней редакции сохраняется в отношении лиц, исключенных до введения его в действие.",
    ],
)
def test_a_clause_about_something_else_spares_nobody(clause: str) -> None:
    new = shipped("example-2")
    saving = Saving(apart(new), shipped_calendar(), FIRST.toordinal(), new, read_clauses(clause))
    assert "in_the_reserve" in {each.position for each in saving.moved}


def test_a_power_given_to_another_is_not_a_bar() -> None:
    old, other = "Руководителем Администрации Президента Республики Казахстан", "Президентом Республики Казахстан"
    new = made(f'в пункте 19 слова "{old}" заменить словами "{other}";')
    assert not [each for each in moved(new) if each.effect in ("barred", "stranded")]
