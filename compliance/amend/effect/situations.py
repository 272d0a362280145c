"""Goals and situations from model/conditions.yaml: what must stay possible, and what a change has made impossible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from compliance.amend.effect.ask import Asker, Told
from compliance.amend.effect.deadlines import Step
from compliance.amend.effect.flips import Stored, always
from compliance.amend.effect.meaning import Difference
from compliance.amend.effect.probe import Probe
from compliance.law.model import Law
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.facts import Facts
from compliance.norm.parse import parse_expr
from compliance.norm.program import Typed
from compliance.norm.typecheck import Scope, check_expr
from compliance.norm.vocabulary import Words
from compliance.prove.questions import retyped
from compliance.source.data import model_path
from compliance.source.diagnostic import Collector, Problems
from compliance.source.reader import Node, read_yaml
from compliance.source.shape import Fields, as_mapping

CONFLICT = "CONFLICT_CONDITIONAL"
"""What is said of situations without a code of their own."""


@frozen(eq=False)
class Condition:
    """One realistic circumstance, named."""

    id: str
    says: Words
    expr: Expr


@frozen(eq=False)
class Situation:
    """What must stay possible. `code` is said where it is not; a dead end is a situation that persons drift into."""

    id: str
    says: Words
    expr: Expr
    code: str = CONFLICT
    conditions: tuple[Condition, ...] = ()
    units: tuple[str, ...] = ()
    deadend: bool = False
    duty: str = ""
    near: tuple[str, ...] = ()


@frozen(eq=False)
class Book:
    """The content of model/conditions.yaml."""

    goals: tuple[Situation, ...]
    situations: tuple[Situation, ...]
    steps: tuple[Step, ...]


@frozen(eq=False)
class Lost:
    """A situation that the old law has a way through and the new one has none."""

    situation: Situation
    told: Told
    norms: tuple[str, ...]
    conditions: tuple[str, ...]
    story: Facts | None = field(default=None)
    """How one comes into it under the new law, the norms at odds with it left out."""


def read_book() -> Book:
    """The file; raises `Problems`."""
    collector = Collector()
    fields = Fields(read_yaml(model_path("conditions.yaml")), collector, allowed=(),
                    required=("goals", "situations", "steps"))  # fmt: skip
    book = Book(fields.list_of("goals", _situation), fields.list_of("situations", _situation),
                fields.list_of("steps", _step))  # fmt: skip
    collector.raise_if_any()
    return book


def _words(node: Node, collector: Collector) -> Words | None:
    fields = Fields(node, collector, allowed=(), required=("en", "ru"))
    en, ru = fields.text("en"), fields.text("ru")
    return Words(en, ru) if en and ru else None


def _situation(node: Node, collector: Collector) -> Situation | None:
    fields = Fields(node, collector, allowed=("code", "conditions", "units", "deadend", "duty", "near"),
                    required=("id", "says", "of"))  # fmt: skip
    id, says, of = fields.text("id"), fields.read("says", _words), fields.scalar("of")
    mapping = fields.read("conditions", as_mapping)
    conditions = []
    for name, body in mapping.entries if mapping else ():
        inner = Fields(body, collector, allowed=(), required=("says", "is"))
        words, formula = inner.read("says", _words), inner.scalar("is")
        if words and formula:
            conditions.append(Condition(name.text, words, parse_expr(formula)))
    if not (id and says and of):
        return None
    return Situation(
        id=id,
        says=says,
        expr=parse_expr(of),
        code=fields.text("code", CONFLICT),
        conditions=tuple(conditions),
        units=fields.texts("units"),
        deadend=fields.boolean("deadend", False),
        duty=fields.text("duty", ""),
        near=fields.texts("near"),
    )


def _step(node: Node, collector: Collector) -> Step | None:
    fields = Fields(node, collector, allowed=(), required=("parameter", "unit", "day", "en", "ru"))
    parameter, unit, en, ru = (fields.text(name, "") for name in ("parameter", "unit", "en", "ru"))
    day = fields.scalar("day")
    return Step(parameter, unit, parse_expr(day), en, ru) if parameter and unit and day and en and ru else None


def lost(
    found: Difference,
    situations: Iterable[Situation],
    asker: Asker,
    stored: Iterable[Stored],
    *,
    new: Probe | None = None,
    old: Probe | None = None,
    before: Iterable[Lost] = (),
    told: Mapping[str, Told] | None = None,
) -> Iterator[Lost]:
    """The situations that the change has made impossible; stored stories answer first, then the solver.

    The probes of the two laws know what their stories break, where somebody has asked that already. What was lost
    `before`, under other readings, has its story; where these readings do not touch its proof, it is lost again. What
    somebody has asked already is `told`, by situation.
    """
    if not found.come:
        return
    records = always(stored)
    new = new or Probe(found.new, asker.calendar, asker.profile, records)
    old = old or Probe(found.old, asker.calendar, asker.profile, records)
    known = {loss.situation.id: loss for loss in before}
    for situation in situations:
        if _shown(new, situation):
            continue
        earlier = known.get(situation.id)
        if earlier is not None and _same_proof(earlier, new) and _shown(old, situation):
            yield earlier
            continue
        goal, conditions = typed(situation, found.new)
        if goal is None:
            continue
        if not _was_possible(situation, old, asker):
            continue
        answer = (told or {}).get(situation.id) or _answer(situation, new, goal, conditions, asker)
        if answer.facts is not None:
            new.learn(answer.facts)
        if answer.outcome in ("none", "none_found") and earlier is not None:
            yield earlier
        elif answer.outcome in ("none", "none_found"):
            described = _described(situation, answer, found, asker, goal, conditions)
            if described.norms or situation.code != CONFLICT:  # else no norm forbids it: it cannot arise any more
                yield described


def _answer(situation: Situation, new: Probe, goal: Typed, conditions: Mapping[str, Typed], asker: Asker) -> Told:
    """Whether a situation is possible under a law."""
    told = _nearby(situation, new.law, goal, conditions, asker)
    if told.outcome == "none":
        return told
    return _possible(new.law, goal, conditions, asker, seek=bool(situation.near), seed=_seed(situation, new))


def asked_about(situation: Situation, law: Law) -> tuple[dict[str, Typed], Typed] | None:
    """The axioms and the formula that say that a situation is possible; nothing where the law has lost its words."""
    goal, conditions = typed(situation, law)
    return None if goal is None else ({**_axioms(law), **conditions}, goal)


def _same_proof(loss: Lost, new: Probe) -> bool:
    """Whether what forbids a situation says the same under these readings, and the situation too."""
    core = {name for name in loss.told.core if not name.startswith("if:")}
    goal, conditions = typed(loss.situation, new.law)
    if loss.told.outcome != "none" or not core <= new.alike or new.older is None or goal is None:
        return False
    wanted = (goal, *conditions.values())
    return all(new.meanings.formula(each) == new.older.meanings.formula(each) for each in wanted)


def _was_possible(situation: Situation, old: Probe, asker: Asker) -> bool:
    goal, conditions = typed(situation, old.law)
    if goal is None:
        return False
    if _shown(old, situation):
        return True
    if _nearby(situation, old.law, goal, conditions, asker).outcome == "none":
        return False
    found = _possible(old.law, goal, conditions, asker, seek=True, seed=_seed(situation, old))
    if found.facts is not None:
        old.learn(found.facts)
    return found.facts is not None


def possible(situation: Situation, law: Law, asker: Asker) -> bool:
    """Whether a story up to two events of a kind shows the situation under a law, by the readings of the asker."""
    goal, conditions = typed(situation, law)
    return goal is not None and _possible(law, goal, conditions, asker, seek=True).outcome == "story"


def typed(situation: Situation, law: Law) -> tuple[Typed | None, dict[str, Typed]]:
    """The formula of a situation and its conditions under a law; nothing where the law no longer has its words."""
    scope = Scope(law.program)
    try:
        conditions = {f"if:{each.id}": check_expr(each.expr, scope) for each in situation.conditions}
        return check_expr(situation.expr, scope), conditions
    except Problems:
        return None, {}


def _axioms(law: Law) -> dict[str, Typed]:
    return {norm.id: norm.typed for norm in law.norms} | {fact.id: fact.typed for fact in law.world}


def _possible(
    law: Law,
    goal: Typed,
    conditions: Mapping[str, Typed],
    asker: Asker,
    seek: bool = False,
    seed: Facts | None = None,
) -> Told:
    axioms = {**_axioms(law), **conditions}
    if seek:
        return asker.seek(law.program, axioms, goal, seed=seed)
    return asker.ask(law.program, axioms, goal, polish=False, lenient=False, story_first=True, seed=seed)


def _nearby(situation: Situation, law: Law, goal: Typed, conditions: Mapping[str, Typed], asker: Asker) -> Told:
    """A proof from few units, which holds for the whole law; a story from few units says nothing."""
    axioms = {norm.id: norm.typed for norm in law.norms if norm.unit in situation.near}
    if not axioms:
        return Told("open")
    return asker.prove(law.program, {**axioms, **conditions}, goal)


def _shown(probe: Probe, situation: Situation) -> bool:
    """Whether a stored story shows the situation under the law."""
    whole = _whole(probe, situation)
    return whole is not None and probe.shown(whole) is not None


def _seed(situation: Situation, probe: Probe) -> Facts | None:
    """Stored stories that show the situation, lawful or not: on other days one of them may be lawful."""
    whole = _whole(probe, situation)
    return None if whole is None else probe.fitting(whole)


def _whole(probe: Probe, situation: Situation) -> Typed | None:
    """The situation with its conditions; nothing where the law no longer has its words."""

    def make() -> Typed | None:
        goal, conditions = typed(situation, probe.law)
        if goal is None or not conditions:
            return goal
        return retyped(ast.And((goal.expr, *(each.expr for each in conditions.values()))), probe.law.program)

    return probe.once(("situation", situation.id), make)


def _described(
    situation: Situation, told: Told, found: Difference, asker: Asker, goal: Typed, conditions: Mapping[str, Typed]
) -> Lost:
    norms = tuple(name for name in told.core if not name.startswith(("if:", "w.")))
    needed = tuple(name[3:] for name in told.core if name.startswith("if:"))
    axioms = {name: typed for name, typed in _axioms(found.new).items() if name not in norms[:1]}
    prefix = asker.seek(found.new.program, {**axioms, **conditions}, goal, polish=asker.polish)
    return Lost(situation, told, norms, needed, prefix.facts)


__all__ = ["Book", "Condition", "Lost", "Situation", "asked_about", "lost", "possible", "read_book", "typed"]
