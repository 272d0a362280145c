"""The law as one frozen value: its units as written, and every formula once the type checker has passed over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args
from typing import Literal as Lit

from attrs import evolve, field, frozen

from compliance.law.version import Version
from compliance.norm.ast import Expr
from compliance.norm.program import Notion, Profile, Program, Typed
from compliance.norm.typecheck import RawDefinition
from compliance.norm.types import Period, QuarterDay
from compliance.norm.vocabulary import Vocabulary, Words
from compliance.source.diagnostic import Collector, Diagnostic
from compliance.source.loc import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

UnitKind = Lit[
    "competence", "deadline", "definition", "ground", "introduction", "limit", "obligation", "permission", "power",
    "precondition", "procedure", "prohibition", "purpose", "scope",
]  # fmt: skip
Why = Lit["assigns_competence", "defines", "introduces", "not_checkable", "permits", "purpose"]
Openness = Lit["pending", "ahead"]
Judged = Lit["event", "always"]
Severity = Lit["notice", "contradiction"]

UNIT_KINDS: Final[tuple[UnitKind, ...]] = get_args(UnitKind)
WHYS: Final[tuple[Why, ...]] = get_args(Why)


def _place() -> Place | None:
    return field(default=None, eq=False, repr=False, kw_only=True)  # type: ignore[no-any-return]


@frozen
class Formula:
    """A formula as an author wrote it: parsed, not checked. `text` is empty where it was made, not written."""

    expr: Expr
    text: str = field(default="", eq=False)
    place: Place | None = _place()


@frozen
class Clause:
    """A norm of a unit as written. `fails` says how it is broken, over the leading bindings of the formula.

    `open`: how a duty that is not yet discharged is listed. `judged`: by the version in force on the day of the
    leading event, or always.
    """

    id: str
    unit: str
    formula: Formula
    fails: Words | None = None
    open: Openness = "pending"
    judged: Judged = "event"
    place: Place | None = _place()


@frozen
class Parameter:
    """A value that official words carry: the words and the value change together or not at all."""

    name: str
    unit: str
    value: Period | QuarterDay
    words: str
    place: Place | None = _place()
    words_place: Place | None = _place()


@frozen
class NoNorm:
    """Why a unit has no norm of its own."""

    why: Why
    words: Words


@frozen
class Unit:
    """One unit of the text. `readings` are those the author lists; those its norms consult are `Norm.readings`."""

    id: str
    kind: UnitKind
    bearer: tuple[str, ...]
    text: Words
    note: Words | None = None
    no_norm: NoNorm | None = None
    clauses: tuple[Clause, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    readings: tuple[str, ...] = ()
    place: Place | None = _place()
    text_place: Place | None = _place()


@frozen
class Chapter:
    """A heading and the point that it stands before."""

    id: str
    first: str
    text: Words
    place: Place | None = _place()


@frozen
class Reading:
    """A place where the words decide nothing. `default` is None where the text supports no default."""

    id: str
    words: str
    question: Words
    values: Mapping[str, Words]
    default: str | None
    units: tuple[str, ...]
    parts: Words
    """The case in which its values give different verdicts."""
    place: Place | None = _place()

    @property
    def order(self) -> tuple[str, ...]:
        """The values, the default first; the first one written where there is no default."""
        first = self.default or next(iter(self.values))
        return (first, *(value for value in self.values if value != first))


@frozen
class NoticeClause:
    """A formula that is no law: what fails it is worth telling, or contradicts itself."""

    id: str
    severity: Severity
    formula: Formula
    fails: Words
    units: tuple[str, ...] = ()
    place: Place | None = _place()


@frozen
class FactClause:
    """A fact of the world as written: true of every record, though no law says so."""

    id: str
    says: Words
    formula: Formula
    place: Place | None = _place()


@frozen
class DefinitionText:
    """A definition as written (its types words, its body parsed, not checked), with the author's note."""

    raw: RawDefinition
    note: Words | None = None

    @property
    def place(self) -> Place | None:
        return self.raw.head.place


@frozen
class Checklist:
    """The skeleton of the official text, kept apart from the rules: a unit that is lost or misnamed is noticed.

    `unmentioned` names the kinds of events that no formula uses, each with the reason.
    """

    units: tuple[str, ...] = ()
    breakable: tuple[str, ...] = ()
    unmentioned: Mapping[str, Words] = field(factory=dict)
    place: Place | None = _place()


@frozen
class Written:
    """Everything that stands in the files of one version of the law, parsed and not checked."""

    vocabulary: Vocabulary
    versions: tuple[Version, ...]
    units: Mapping[str, Unit]
    readings: Mapping[str, Reading] = field(factory=dict)
    notions: Mapping[str, Notion] = field(factory=dict)
    definitions: Mapping[str, DefinitionText] = field(factory=dict)
    notices: tuple[NoticeClause, ...] = ()
    world: tuple[FactClause, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    checklist: Checklist | None = None

    @property
    def parameters(self) -> dict[str, Parameter]:
        """The anchored parameters by name; each stands in one unit."""
        return {parameter.name: parameter for unit in self.units.values() for parameter in unit.parameters}


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
