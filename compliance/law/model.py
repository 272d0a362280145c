"""The law as one frozen value: what its authors wrote, and every formula once the type checker has passed over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from attrs import evolve, frozen

from compliance.law.version import Version
from compliance.law.written import (
    UNIT_KINDS,
    WHYS,
    Chapter,
    Checklist,
    Clause,
    DefinitionText,
    FactClause,
    Formula,
    Judged,
    NoNorm,
    NoticeClause,
    Openness,
    Parameter,
    Reading,
    Severity,
    Unit,
    UnitKind,
    Why,
    Written,
)
from compliance.norm.ast import Expr
from compliance.norm.program import Profile, Program, Typed
from compliance.norm.vocabulary import Vocabulary, Words
from compliance.source.diagnostic import Collector, Diagnostic

__all__ = [
    "UNIT_KINDS", "WHYS", "Chapter", "Checklist", "Clause", "DefinitionText", "FactClause", "Formula", "Judged", "Law",
    "NoNorm", "Norm", "Notice", "NoticeClause", "Openness", "Parameter", "Reading", "Severity", "Unit", "UnitKind",
    "Version", "Why", "WorldFact", "Written",
]  # fmt: skip

T = TypeVar("T")


@frozen
class Norm:
    """A clause that the type checker has passed."""

    clause: Clause
    typed: Typed
    readings: tuple[str, ...]
    """The readings that it consults, through definitions too, in the order of the law."""
    units: tuple[str, ...]
    """Its own unit, then those whose parameters it uses, in the order of the text."""

    @property
    def id(self) -> str:
        return self.clause.id

    @property
    def unit(self) -> str:
        return self.clause.unit

    @property
    def expr(self) -> Expr:
        return self.typed.expr

    @property
    def fails(self) -> Words | None:
        return self.clause.fails

    @property
    def open(self) -> Openness:
        return self.clause.open


@frozen
class Notice:
    """A notice's formula once checked."""

    clause: NoticeClause
    typed: Typed
    readings: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.clause.id


@frozen
class WorldFact:
    """A fact of the world once checked."""

    clause: FactClause
    typed: Typed
    readings: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.clause.id


@frozen(eq=False)
class Law:
    """One version of the law, whole and checked. Made by `load_law`, `build` or one of the changes below."""

    written: Written
    program: Program
    norms: tuple[Norm, ...]
    """In the order of the text."""
    notices: tuple[Notice, ...]
    world: tuple[WorldFact, ...]
    warnings: tuple[Diagnostic, ...] = ()
    """What the checker found that deserves a look and stops nothing."""

    @property
    def vocabulary(self) -> Vocabulary:
        return self.written.vocabulary

    @property
    def units(self) -> Mapping[str, Unit]:
        """In the order of the text."""
        return self.written.units

    @property
    def readings(self) -> Mapping[str, Reading]:
        return self.written.readings

    @property
    def versions(self) -> tuple[Version, ...]:
        """From the oldest to the newest; the text is that of the newest."""
        return self.written.versions

    @property
    def version(self) -> Version:
        return self.written.versions[-1]

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        return self.written.parameters

    @cached_property
    def default_profile(self) -> Profile:
        """A value for every reading; for those without default (`undecided`) the first one written."""
        return {name: reading.order[0] for name, reading in self.readings.items()}

    @cached_property
    def undecided(self) -> frozenset[str]:
        """The readings without default: where their values differ, so does the verdict, and nothing prefers one."""
        return frozenset(name for name, reading in self.readings.items() if reading.default is None)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the whole law that comments, layout and file names leave alone."""
        from compliance.law.fingerprint import fingerprint

        return fingerprint(self.written)

    @cached_property
    def _norms_by_unit(self) -> Mapping[str, tuple[Norm, ...]]:
        found: dict[str, tuple[Norm, ...]] = {}
        for norm in self.norms:
            found[norm.unit] = (*found.get(norm.unit, ()), norm)
        return found

    @cached_property
    def _norms_by_id(self) -> Mapping[str, Norm]:
        return {norm.id: norm for norm in self.norms}

    def unit(self, id: str) -> Unit:
        """The unit of an id; raises `Problems` with the nearest known one."""
        return _find(self.units, id, "law.unknown-unit")

    def norm(self, id: str) -> Norm:
        """The norm of an id; raises `Problems` with the nearest known one."""
        return _find(self._norms_by_id, id, "law.unknown-norm")

    def norms_of(self, unit: str) -> tuple[Norm, ...]:
        """The norms that stand in a unit; none for a unit that has a reason for having none."""
        return self._norms_by_unit.get(self.unit(unit).id, ())

    def reading(self, id: str) -> Reading:
        """The reading of an id; raises `Problems` with the nearest known one."""
        return _find(self.readings, id, "law.unknown-reading")

    def units_consulting(self, reading: str) -> tuple[str, ...]:
        """The units whose norms consult a reading, in the order of the text."""
        return tuple(dict.fromkeys(norm.unit for norm in self.norms if reading in norm.readings))

    def formulas(self) -> Iterator[tuple[str, Typed]]:
        """Every checked formula with the id of what it belongs to: norms, notices, facts of the world."""
        yield from ((norm.id, norm.typed) for norm in self.norms)
        yield from ((notice.id, notice.typed) for notice in self.notices)
        yield from ((fact.id, fact.typed) for fact in self.world)

    def with_units(self, *units: Unit, without: Iterable[str] = ()) -> Law:
        """The law with these units put in (or put in the place of those with the same ids), and some taken out.

        Only what the change can touch is checked again; raises `Problems` where the result is no law.
        """
        gone = set(without)
        changed = {id: unit for id, unit in self.units.items() if id not in gone} | {unit.id: unit for unit in units}
        return self.replace(units=changed)

    def with_clause(self, clause: Clause) -> Law:
        """The law with one norm rewritten (a mutation, a replaced sentence); the clause names its unit."""
        unit = self.unit(clause.unit)
        clauses = tuple(clause if each.id == clause.id else each for each in unit.clauses)
        return self.with_units(evolve(unit, clauses=clauses))

    def replace(self, **changes: Any) -> Law:
        """The law with other parts of `Written`: `units=`, `definitions=`, `readings=`, `versions=` and so on."""
        from compliance.law.build import build

        return build(evolve(self.written, **changes), reuse=self)


def _find(items: Mapping[str, T], id: str, code: str) -> T:
    if id in items:
        return items[id]
    collector = Collector()
    collector.unknown(code, None, id, items)
    collector.raise_if_any()
    raise AssertionError("an unknown word is an error")
