"""The second solver, and the text that it reads."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

import pytest
import z3
from attrs import evolve

from compliance.calendar.days import day
from compliance.calendar.functions import AddMonths, AddWorkingDays, Piece
from compliance.smt.certify import Certificate, certify, confirm, lemmas_hold
from compliance.smt.needed import needed
from compliance.smt.smtlib import quoted, script
from compliance.smt.solve import Sat, Unsat, check
from compliance.smt.terms import Num, all_, any_, eq, le, lt, not_, plus
from compliance.smt.world import World


def chain(world: World) -> tuple[Num, Num]:
    first = world.number("sent", [(day(2026, 1, 1), day(2030, 12, 31))])
    last = world.applications.apply(AddWorkingDays(10), world.applications.apply(AddMonths(3), first))
    assert isinstance(first, Num)
    assert isinstance(last, Num)
    return first, last


def test_what_cannot_be_is_confirmed(world: World) -> None:
    first, last = chain(world)
    world.name("quick", le(last, plus(first, 100)))
    assert check(world, {"quick": True}) == Unsat(("quick",))
    assert certify(world, {"quick": True}).outcome == "confirmed"
    assert lemmas_hold(world.applications)


def test_only_the_facts_that_a_contradiction_needs_are_written(world: World) -> None:
    world.fact(any_((world.bool("this"), world.bool("that"))))
    world.fact(not_(world.bool("no")))
    world.name("yes", world.bool("no"))
    facts = needed(world, {"yes": True})
    text = script(world, {"yes": True}, facts)
    assert "|no|" in text
    assert "|that|" not in text
    assert confirm(text).outcome == "confirmed"
    assert needed(world, {"yes": False}) == list(world.solver.assertions())


def test_what_can_be_is_contradicted(world: World) -> None:
    first, last = chain(world)
    world.name("slow", le(plus(first, 104), last))
    assert isinstance(check(world, {"slow": True}), Sat)
    certificate = certify(world, {"slow": True})
    assert certificate.outcome == "contradicted"
    assert certificate.solver.startswith("cvc5 1")


def test_effort_is_bounded(world: World) -> None:
    for p in range(11):
        world.fact(any_(world.bool(f"{p} in {h}") for h in range(10)))
        for h in range(10):
            world.fact(*(not_(world.bool(f"{p} in {h}") & world.bool(f"{q} in {h}")) for q in range(p)))
    world.name("some", world.bool("0 in 0"))
    assert certify(world, {"some": True}, rlimit=2000).outcome == "gave up"


def test_an_absent_solver_is_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., Any] = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "cvc5":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert confirm("(check-sat)") == Certificate("absent")


def test_a_false_lemma_is_found_out(world: World) -> None:
    first, _ = chain(world)
    application = world.applications.lazy[0]
    world.applications.state(application, world.applications.piece(application, first.lo))
    assert lemmas_hold(world.applications)
    stated, piece = world.applications.pieces[-1]
    world.applications.pieces[-1] = stated, evolve(piece, offset=piece.offset + 1)
    assert isinstance(piece, Piece)
    assert not lemmas_hold(world.applications)


def test_the_text_has_no_bare_connectives_and_quotes_names(world: World) -> None:
    p, q = world.bool("p (x)"), world.bool("q|r")
    empty_and, empty_or = z3.And([], world.ctx), z3.Or([], world.ctx)
    world.name("odd", all_((p, not_(q), any_((empty_or, p)), empty_and)))
    world.name("other", world.bool("unrelated"))
    text = script(world, {"odd": True})
    assert text.startswith("(set-logic ALL)\n(declare-const |")
    assert "|p (x)|" in text
    assert "|q!r|" in text
    assert "unrelated" not in text
    assert " and)" not in text
    assert " or)" not in text
    assert "(and)" not in text
    assert confirm(text).outcome == "contradicted"
    assert quoted("a\\b") == "|a/b|"


def test_costs_and_negative_numbers_are_written_out(world: World) -> None:
    a, b = world.bool("a"), world.bool("b")
    number = world.number("n", [(-5, 5)])
    assert isinstance(number, Num)
    world.name("cheap", z3.PbLe([(a, 2), (b, 3)], 4))
    world.name("both", all_((a, b)))
    world.name("low", lt(number, -3))
    world.name("high", eq(number, -2))
    assert certify(world, {"cheap": True, "both": True}).outcome == "confirmed"
    assert certify(world, {"low": True, "high": True}).outcome == "confirmed"
    assert certify(world, {"low": True, "both": True}).outcome == "contradicted"
