"""Stored theorems under the new law: those it breaks or makes true, and those that carry over because nothing that they
rest on has changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from attrs import define, evolve, field, frozen

from compliance.amend.effect.ask import Asker
from compliance.amend.effect.known import Known, meaning_of, read_known
from compliance.amend.effect.meaning import Difference, Meanings, difference
from compliance.amend.effect.probe import Probe
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.norm import ast
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Program, Typed
from compliance.norm.typecheck import Scope, check_expr
from compliance.norm.vocabulary import Kind, Words
from compliance.norm.walk import nodes
from compliance.prove.questions import assumed, natural_values, profile_of, query_of
from compliance.prove.read import read_theorems
from compliance.prove.theorem import Theorem
from compliance.source.data import data_path, model_path
from compliance.source.diagnostic import Problems

Result = Literal["proved", "refuted", "open"]
How = Literal["carries_over", "replayed", "proved_again", "story", "no_story_found", "gave_up", "untyped"]


@frozen(eq=False)
class Verdict:
    """A theorem under the old and the new law, and how the answer was had."""

    id: str
    says: Words
    old: Result
    new: Result
    how: How
    core: tuple[str, ...] = ()
    story: Facts | None = None

    @property
    def flipped(self) -> bool:
        """Whether a truth is lost or a falsehood become true."""
        return self.new != "open" and self.old != self.new


def _anew(theorem: Theorem, found: Difference) -> Theorem | None:
    """The theorem in the words of the new law; nothing where they no longer say it."""
    law = found.new.program
    own = {
        name: each
        for name, each in theorem.program.definitions.items()
        if name not in found.old.program.definitions and name not in law.definitions
    }
    program = evolve(law, definitions={**law.definitions, **own})
    try:
        formula = check_expr(theorem.formula.expr, Scope(program))
    except Problems:
        return None
    return evolve(theorem, program=program, formula=formula)


def _readable(folder: Path, law: Law) -> dict[str, Theorem]:
    """The theorems of the files that another law than the shipped one can be asked: the units they name are there."""
    out: dict[str, Theorem] = {}
    for file in sorted(folder.glob("*.yaml")):
        try:
            out |= {theorem.id: theorem for theorem in read_theorems([file], law)}
        except Problems:
            continue
    return out


@define
class Theorems:
    """The stored theorems in the words of both laws, and what is known of them."""

    found: Difference
    asker: Asker
    old: Mapping[str, Theorem]
    new: Mapping[str, Theorem]
    known: Mapping[str, Known]
    probe: Probe | None = None
    """The new law with the stored stories: they show and refute theorems too."""
    sides: tuple[Meanings, Meanings] = field(init=False)
    """What the old and the new law say, for every set of readings."""
    differences: dict[tuple[tuple[str, str], ...], Difference] = field(factory=dict)
    meanings: dict[object, Meanings] = field(factory=dict)

    @sides.default
    def _sides(self) -> tuple[Meanings, Meanings]:
        old, new = (Meanings(law.program, self.found.profile) for law in (self.found.old, self.found.new))
        return old, new

    @classmethod
    def read(cls, found: Difference, asker: Asker, folder: Path, probe: Probe | None = None) -> Theorems:
        """The theorems of a folder; raises `Problems`."""
        try:
            old = {theorem.id: theorem for theorem in read_theorems([folder], found.old)}
            lost: dict[str, Theorem] = {}
        except Problems:
            if model_path() == data_path("model"):
                raise
            old = _readable(folder, found.old)
            shipped = read_theorems([folder], load_law(data_path("model")))
            lost = {theorem.id: theorem for theorem in shipped if theorem.id not in old}
        new = {name: each for name, theorem in old.items() if (each := _anew(theorem, found)) is not None}
        old |= lost
        return cls(found, asker, old, new, read_known(), probe)

    @staticmethod
    def nothing(name: str) -> Verdict:
        """The answer where no theorem is asked."""
        raise KeyError(name)

    def verdict(self, name: str) -> Verdict:
        """The answer to one theorem; on the ground of another law than the shipped one, what was true there counts."""
        told = self._verdict(name)
        if not told.flipped or model_path() == data_path("model"):
            return told
        return evolve(told, old=self._was(name))

    def _was(self, name: str) -> Result:
        """What a theorem was under the old law, asked anew."""
        from compliance.prove.decide import decide
        from compliance.smt.query import Impossible, Story

        law, theorem = self.found.old, self.old[name]
        query = query_of(law, theorem, self.asker.calendar, assumed(law, theorem), {}, natural_values(law))
        found = decide(query, (theorem.kind == "possible") == (theorem.expect == "proved"), (1, 2, 3)).answer
        if isinstance(found, Story):
            return "proved" if theorem.kind == "possible" else "refuted"
        if isinstance(found, Impossible):
            return "refuted" if theorem.kind == "possible" else "proved"
        return "open"

    def _verdict(self, name: str) -> Verdict:
        """The cheapest way first."""
        before, theorem = self.old[name], self.new.get(name)
        expected: Result = before.expect
        if theorem is None:
            return Verdict(name, before.says, expected, "open", "untyped")
        by_story = (theorem.kind == "possible") == (theorem.expect == "proved")
        if self._unchanged(before, theorem):
            apart = self._difference(before)
            kept = apart.come if by_story else apart.gone
            if not kept:
                return Verdict(theorem.id, theorem.says, expected, expected, "carries_over")
            if not by_story and self._core_kept(before, theorem):
                return Verdict(theorem.id, theorem.says, expected, expected, "carries_over",
                               self.known[theorem.id].core)  # fmt: skip
        if by_story and self._replays(theorem):
            return Verdict(theorem.id, theorem.says, expected, expected, "replayed")
        facts = self._stored(theorem)
        if facts is not None:
            shown: Result = "proved" if theorem.kind == "possible" else "refuted"
            return Verdict(theorem.id, theorem.says, expected, shown, "replayed" if by_story else "story", story=facts)
        return self._asked(theorem, expected, by_story)

    def _unchanged(self, before: Theorem, now: Theorem) -> bool:
        """Whether the theorem says what it said, its definitions included."""
        one = self._meanings(self.found.old, before)
        other = self._meanings(self.found.new, now)
        return one.formula(before.formula) == other.formula(now.formula)

    def _meanings(self, law: Law, theorem: Theorem) -> Meanings:
        """The meanings of a law's definitions and the theorem's own ones, made once for all theorems alike."""
        own = theorem.program.definitions.keys() - law.program.definitions.keys()
        profile = profile_of(law, theorem)
        key = (law is self.found.old, frozenset(own), theorem.place.file if own and theorem.place else "",
               tuple(sorted(profile.items())))  # fmt: skip
        if key not in self.meanings:
            self.meanings[key] = Meanings(theorem.program, profile)
        return self.meanings[key]

    def _difference(self, theorem: Theorem) -> Difference:
        """The norms that differ under the readings of a theorem."""
        profile = profile_of(self.found.old, theorem)
        key = tuple(sorted(profile.items()))
        if key not in self.differences:
            one, other = (each.under(profile) for each in self.sides)
            self.differences[key] = difference(self.found.old, self.found.new, profile, one, other)
        return self.differences[key]

    def _core_kept(self, before: Theorem, now: Theorem) -> bool:
        """Whether what the old proof rests on is known, and stands in the new law as it stood."""
        known = self.known.get(now.id)
        if known is None or known.facts is not None:
            return False
        gone = {norm.id for norm in self._difference(before).gone}
        under = assumed(self.found.old, before)
        if gone & set(known.core) or not set(known.core) <= under.formulas.keys():
            return False
        return meaning_of(before, under, known.core, profile_of(self.found.old, before)) == known.meaning

    def _replays(self, theorem: Theorem) -> bool:
        """Whether the story that is known is one under the new law too."""
        known = self.known.get(theorem.id)
        if known is None or known.facts is None:
            return False
        profile = {DUE: OPEN, **self.found.new.default_profile, **theorem.readings}
        evaluator = Evaluator(theorem.program, self.asker.calendar, known.facts, profile)
        formulas = assumed(self.found.new, theorem).formulas.values()
        holds = evaluator.truth(theorem.formula.expr, {})
        return holds == (theorem.kind == "possible") and all(evaluator.truth(each.expr, {}) for each in formulas)

    def _likely(self, theorem: Theorem) -> tuple[str, ...]:
        """What a proof will most likely rest on: what it rested on before, and what has come."""
        known = self.known.get(theorem.id)
        return (*known.core, *(norm.id for norm in self.found.come)) if known and known.core else ()

    def _stored(self, theorem: Theorem) -> Facts | None:
        """A stored story that shows or refutes a theorem about the whole law under the default readings."""
        if self.probe is None or theorem.readings or theorem.under is not None or theorem.without:
            return None
        own = theorem.program.definitions.keys() - self.found.new.program.definitions.keys()
        wanted, lenient = theorem.kind == "possible", self.lenient(theorem)
        for at in range(self.probe.stored):
            each = self.probe.judged(at)
            if each is None or each.broken or (not lenient and self.stipulates(each.facts)):
                continue
            evaluator = each.evaluator
            if own:
                profile = {DUE: OPEN, **self.probe.profile}
                evaluator = Evaluator(theorem.program, self.asker.calendar, each.facts, profile)
            if evaluator.truth(theorem.formula.expr, {}) == wanted and not self._outside(theorem, each.facts):
                return each.facts
        return None

    def _outside(self, theorem: Theorem, facts: Facts) -> bool:
        """Whether a record decides against what is known under the old law too: theorems do not speak of such."""
        before = self.old[theorem.id]
        wanted = before.kind == "possible"
        if (before.expect == "proved") == wanted:
            return False
        profile = {DUE: OPEN, **self.found.old.default_profile, **before.readings}
        evaluator = Evaluator(before.program, self.asker.calendar, facts, profile)
        if evaluator.truth(before.formula.expr, {}) != wanted:
            return False
        return all(evaluator.truth(each.expr, {}) for each in assumed(self.found.old, before).formulas.values())

    def stipulates(self, facts: Facts) -> bool:
        """Whether the author of a record stipulates something in it."""
        kinds = self.found.new.vocabulary.kinds
        return any(
            attribute.stipulated and event.attrs.get(name, attribute.value) != attribute.value
            for event in facts.events
            for name, attribute in kinds[event.kind].attributes.items()
        )

    def lenient(self, theorem: Theorem) -> bool:
        """Whether a theorem rests on nothing that an author may stipulate away: the old proof says on what it rests."""
        known, old = self.known.get(theorem.id), self.old[theorem.id]
        if known is None or not known.core:
            return False
        formulas = assumed(self.found.old, old).formulas
        return not any(_asks(formulas[name], old.program) for name in known.core if name in formulas)

    def told_leniently(self, theorem: Theorem) -> bool:
        """Whether a story of a theorem may leave out what an author may stipulate: the theorem does not speak of it."""
        if self.lenient(theorem):
            return True
        kinds = self.found.new.vocabulary.kinds
        bearers = {name for name, kind in kinds.items() if _stipulated(kind)}
        groups = {kinds[name].group for name in bearers}
        return not any(kinds[name].group in groups for name in self._named(theorem) - bearers)

    def _named(self, theorem: Theorem) -> frozenset[str]:
        """The kinds of event that a theorem itself speaks of, not those inside the definitions of the law."""
        own = theorem.program.definitions.keys() - self.found.new.program.definitions.keys()
        parts = [theorem.formula.expr, *(theorem.program.definitions[name].body for name in own)]
        return frozenset(
            node.kind for part in parts for node in nodes(part) if isinstance(node, ast.Quant | ast.Pick)
        )  # fmt: skip

    def _seed(self, theorem: Theorem, side: bool) -> Facts | None:
        """A record that may show or refute a theorem on other days: the one that is known, else a stored story."""
        known, probe = self.known.get(theorem.id), self.probe
        if known is not None and known.facts is not None:
            return known.facts
        if probe is None:
            return None
        facts = probe.fitting(theorem.formula, (), side, theorem.program, among=probe.stored)
        return None if facts is None or (self.stipulates(facts) and not self.lenient(theorem)) else facts

    def _asked(self, theorem: Theorem, expected: Result, by_story: bool) -> Verdict:
        profile = profile_of(self.found.new, theorem)
        axioms = assumed(self.found.new, theorem).formulas
        side = theorem.kind == "possible"
        told = self.asker.ask(
            theorem.program, axioms, theorem.formula, side, profile=profile, polish=False, story_first=by_story,
            lenient=False, start=self._likely(theorem), seed=self._seed(theorem, side),
        )  # fmt: skip
        shown: Result = "proved" if theorem.kind == "possible" else "refuted"
        match told.outcome:
            case "story":
                return Verdict(theorem.id, theorem.says, expected, shown, "story", story=told.facts)
            case "none":
                other: Result = "refuted" if shown == "proved" else "proved"
                return Verdict(theorem.id, theorem.says, expected, other, "proved_again", told.core)
            case "none_found" if by_story:
                other = "refuted" if shown == "proved" else "proved"
                return Verdict(theorem.id, theorem.says, expected, other, "no_story_found")
            case _:
                return Verdict(theorem.id, theorem.says, expected, "open", "gave_up")


def _stipulated(kind: Kind) -> frozenset[str]:
    """The attributes of an event that an author only stipulates."""
    return frozenset(name for name, attribute in kind.attributes.items() if attribute.stipulated)


def _asks(typed: Typed, program: Program) -> bool:
    """Whether a formula, or a definition that it calls, asks for something that an author only stipulates."""
    loose = frozenset[str]().union(*(_stipulated(kind) for kind in program.vocabulary.kinds.values()))
    waiting, seen = [typed.expr], set[str]()
    while waiting:
        for node in nodes(waiting.pop()):
            if isinstance(node, ast.Attr) and node.name in loose:
                return True
            if isinstance(node, ast.Call) and node.name not in seen:
                seen.add(node.name)
                waiting.append(program.definitions[node.name].body)
    return False


__all__ = ["How", "Result", "Theorems", "Verdict"]
