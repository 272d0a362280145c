"""The law as its authors wrote it: units, formulas and readings, parsed and not checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args
from typing import Literal as Lit

from attrs import field, frozen

from compliance.law.version import Version
from compliance.norm.ast import Expr
from compliance.norm.program import Notion
from compliance.norm.typecheck import RawDefinition
from compliance.norm.types import Period, QuarterDay
from compliance.norm.vocabulary import Vocabulary, Words
from compliance.source.loc import Place

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
