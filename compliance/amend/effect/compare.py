"""Whether the new law is stricter, looser, both or neither: both directions, as a whole and by facet, with stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import evolve, field, frozen

from compliance.amend.effect.ask import Asker, Told
from compliance.amend.effect.meaning import Both, Difference, both, conjunction
from compliance.law.model import Norm
from compliance.norm.facts import Facts
from compliance.norm.program import Typed
from compliance.norm.vocabulary import Words
from compliance.source.data import model_path
from compliance.source.diagnostic import Collector
from compliance.source.reader import Sequence, read_yaml
from compliance.source.shape import Fields

Relation = Literal["equivalent", "stricter", "looser", "incomparable", "not_formalised", "open"]


@frozen(eq=False)
class Facet:
    """One side of the change: a unit's norms alone, the rest of both laws being kept."""

    name: str
    units: tuple[str, ...]
    words: Words
    relation: Relation


@frozen(eq=False)
class Comparison:
    """`looser_side` is lawful only under the new law, `stricter_side` only under the old one.

    `bounded` tells that some "no such story" was only searched for and not proved; `because` names the norms on which
    each side turns.
    """

    relation: Relation
    looser_side: Told
    stricter_side: Told
    facets: tuple[Facet, ...] = ()
    because: Mapping[str, tuple[str, ...]] = field(factory=dict)

    @property
    def bounded(self) -> bool:
        """Whether a side without story was not proved empty."""
        return any(side.outcome in ("none_found", "open") for side in (self.looser_side, self.stricter_side))


EMPTY = Told("none")


def compare(found: Difference, asker: Asker, *, facets: bool = True) -> Comparison:
    """The comparison of two laws under the profile of their difference."""
    if found.same:
        return Comparison("equivalent", EMPTY, EMPTY)
    program = both(found)
    looser = only(program, program.come, program.gone, asker)
    stricter = only(program, program.gone, program.come, asker)
    because = {
        "looser": _broken(looser, program, program.gone, asker),
        "stricter": _broken(stricter, program, program.come, asker),
    }
    split = tuple(_facets(found, program, asker, because)) if facets else ()
    return Comparison(relation(looser, stricter), looser, stricter, split, because)


def relation(looser: Told, stricter: Told) -> Relation:
    """The word for two sides: a record lawful under the new law alone, one under the old law alone."""
    more, less = looser.outcome == "story", stricter.outcome == "story"
    if not more and not less:
        return "open" if "open" in (looser.outcome, stricter.outcome) else "equivalent"
    return "incomparable" if more and less else "looser" if more else "stricter"


def only(
    program: Both,
    kept: Mapping[str, Typed],
    broken: Mapping[str, Typed],
    asker: Asker,
    *,
    brief: bool = False,
    seed: Facts | None = None,
) -> Told:
    """A record that keeps one law and not the other; without norms to break there is none.

    With `brief` only records with few events are searched, `seed` first.
    """
    if not broken:
        return EMPTY
    axioms, goal = question(program, kept, broken)
    if brief:
        return asker.seek(program.program, axioms, goal, False, seed=seed)
    return asker.ask(program.program, axioms, goal, False)


def question(program: Both, kept: Mapping[str, Typed], broken: Mapping[str, Typed]) -> tuple[dict[str, Typed], Typed]:
    """The axioms of one law, and the formula that fails where the other is broken."""
    axioms = {**program.common, **program.world, **{f"kept:{name}": typed for name, typed in kept.items()}}
    return axioms, conjunction(broken, program.program)


def _broken(told: Told, program: Both, norms: Mapping[str, Typed], asker: Asker) -> tuple[str, ...]:
    """The norms that fail on a story."""
    from compliance.norm.evaluate import DUE, OPEN, Evaluator

    if told.facts is None:
        return ()
    evaluator = Evaluator(program.program, asker.calendar, told.facts, {DUE: OPEN, **told.profile})
    return tuple(name for name, typed in norms.items() if not evaluator.truth(typed.expr, {}))


# facets -----------------------------------------------------------------------------------------------------


def _facets(found: Difference, program: Both, asker: Asker, because: Mapping[str, tuple[str, ...]]) -> Iterator[Facet]:
    names = facet_names()
    quick = evolve(asker, polish=False)
    for unit in dict.fromkeys((*found.units,)):
        come = {norm.id: program.come[norm.id] for norm in found.come if norm.unit == unit}
        gone = {norm.id: program.gone[norm.id] for norm in found.gone if norm.unit == unit}
        name, words = names.get(unit, (unit, Words(unit, unit)))
        others = {norm.id: program.come[norm.id] for norm in found.come if norm.unit != unit}
        known = bool(gone.keys() & set(because["looser"])), _only_of(come, because["stricter"])
        yield Facet(name, (unit,), words, _alone(program, come, gone, others, quick, known))


def _only_of(norms: Mapping[str, Typed], broken: tuple[str, ...]) -> bool:
    """Whether a story breaks some of these norms and no others."""
    return bool(broken) and set(broken) <= norms.keys()


def _alone(
    program: Both,
    come: Mapping[str, Typed],
    gone: Mapping[str, Typed],
    others: Mapping[str, Typed],
    asker: Asker,
    known: tuple[bool, bool],
) -> Relation:
    """The relation of one unit's old and new norms, everything else being as in the new law.

    `known` tells whether the story of the whole comparison shows the side already.
    """
    sides = []
    for (kept, broken), shown in zip(((come, gone), (gone, come)), known, strict=True):
        if shown:
            sides.append(Told("story"))
            continue
        if not broken:
            sides.append(EMPTY)
            continue
        axioms = {**program.common, **program.world, **others}
        axioms |= {f"kept:{name}": typed for name, typed in kept.items()}
        sides.append(asker.seek(program.program, axioms, conjunction(broken, program.program), False))
    return relation(sides[0], sides[1])


def facet_names() -> dict[str, tuple[str, Words]]:
    """The names of facets by unit, from model/facets.yaml."""
    root, collector = read_yaml(model_path("facets.yaml")), Collector()
    assert isinstance(root, Sequence)
    out = {}
    for node in root.items:
        fields = Fields(node, collector, allowed=(), required=("facet", "unit", "en", "ru"))
        facet, unit, en, ru = (fields.text(name) for name in ("facet", "unit", "en", "ru"))
        if facet and unit and en and ru:
            out[unit] = (facet, Words(en, ru))
    collector.raise_if_any()
    return out


def changed_norms(found: Difference) -> tuple[Norm, ...]:
    """The norms that differ, those of the new law first."""
    return (*found.come, *found.gone)


__all__ = ["Comparison", "Facet", "Relation", "changed_norms", "compare", "facet_names", "only", "question", "relation"]
