"""The syntax tree of norms: one closed union, `Expr`, for formulas and terms alike.

`place` is where an expression was written; it takes no part in equality. `Name` occurs only before type checking:
the checker turns it into `Var`, `Literal` or `Param`. Every pass over the tree is a `match` that ends in
`assert_never`, so that the type checker names a pass that forgot a node.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias
from typing import Literal as Lit

from attrs import field, frozen

from compliance.norm.types import Constant, Period, QuarterDay, Rounding, Type
from compliance.source.loc import Place

if TYPE_CHECKING:
    from compliance.norm.evaluate import Meaning


CompareOp = Lit["=", "!=", "<", "<=", ">", ">="]
Mode = Lit["every", "some", "no"]
Order = Lit["first", "last"]
WorldConstant = Lit["as_of", "in_force", "replaced"]


@frozen
class Node:
    """What all forms share: the place where they were written, and the function they stand for, made when asked for."""

    place: Place | None = field(default=None, eq=False, repr=False, kw_only=True)

    @cached_property
    def meaning(self) -> Meaning:
        from compliance.norm.evaluate import meaning

        return meaning(self)  # type: ignore[arg-type]


@frozen
class Name(Node):
    """A bare word, not yet resolved (an enumerator, a variable or a parameter)."""

    text: str


@frozen
class Var(Node):
    """A bound variable: an event of a quantifier, or a parameter of a definition."""

    name: str
    type: Type


@frozen
class Literal(Node):
    """A constant of the language; `type` decides how it prints (`never` is a date)."""

    value: Constant
    type: Type


@frozen
class Param(Node):
    """An anchored parameter of the law, by name; its value stands in the unit that carries its words."""

    name: str
    type: Type


@frozen
class World(Node):
    """A constant of the case at hand: `as_of`, or the days between which the version is in force."""

    name: WorldConstant


@frozen
class OfficerRef(Node):
    """`officer`: the person whose record is judged."""


@frozen
class Attr(Node):
    """`base.name`: an attribute of an event, a position or the officer.

    An attribute of a position that is not given is itself not given (false where it is a truth value).
    """

    base: Expr
    name: str


@frozen
class Shift(Node):
    """`day + period rounded down`: calendar arithmetic, rounded once where a month lacks the day."""

    day: Expr
    period: Expr
    sign: Lit[1, -1] = 1
    rounding: Rounding | None = None


@frozen
class NextWorkingDay(Node):
    """`next_working_day(day)`: the day itself if it is a working day, else the first one after it."""

    day: Expr


@frozen
class QuarterOf(Node):
    """`quarter_of(day)`."""

    day: Expr


@frozen
class DayOfQuarter(Node):
    """`day D of quarter`: a day and month of a quarter (a constant) made a date."""

    spec: Expr
    quarter: Expr


@frozen
class Pick(Node):
    """`date of first K x with guard, else other`: the day of the earliest or latest such event."""

    order: Order
    var: str
    kind: str
    guard: Expr | None
    otherwise: Expr
    notion: str | None = field(default=None, eq=False, kw_only=True)


@frozen
class If(Node):
    """`if condition then a else b`, for truths and dates."""

    condition: Expr
    then: Expr
    otherwise: Expr


@frozen
class Case(Node):
    """`case reading {value: a; ...}`: every value of the reading, each once, in the reading's order."""

    reading: str
    branches: tuple[tuple[str, Expr], ...]


@frozen
class Call(Node):
    """A defined notion applied to arguments."""

    name: str
    args: tuple[Expr, ...]


@frozen
class Compare(Node):
    """A comparison. A value that is not given equals only another that is not given; events compare by identity."""

    op: CompareOp
    left: Expr
    right: Expr


@frozen
class In(Node):
    """`x in {a, b}`: membership in a written-out set of constants."""

    item: Expr
    options: tuple[Expr, ...]


@frozen
class Has(Node):
    """`m.contents has special_check`."""

    items: Expr
    item: Expr


@frozen
class Given(Node):
    """`x.quarter is given`."""

    item: Expr


@frozen
class Not(Node):
    """Negation."""

    body: Expr


@frozen
class And(Node):
    """Conjunction, judged from left to right."""

    items: tuple[Expr, ...]


@frozen
class Or(Node):
    """Disjunction, judged from left to right."""

    items: tuple[Expr, ...]


@frozen
class Implies(Node):
    """`a implies b`."""

    left: Expr
    right: Expr


@frozen
class Quant(Node):
    """`every|some|no K x with guard: body`; `notion` is the word the author used for a narrowed kind."""

    mode: Mode
    var: str
    kind: str
    guard: Expr | None
    body: Expr | None
    notion: str | None = field(default=None, eq=False, kw_only=True)


@frozen
class Due(Node):
    """`by day: body`: a duty with a last day. It holds if `body` holds, or while `as_of` is not past `day`.

    In the closed mode (NOTE(due) in evaluate.py) only `body` counts: a duty that fails closed and holds open is
    pending.
    """

    day: Expr
    body: Expr


Expr: TypeAlias = (
    Name | Var | Literal | Param | World | OfficerRef | Attr | Shift | NextWorkingDay | QuarterOf | DayOfQuarter
    | Pick | If | Case | Call | Compare | In | Has | Given | Not | And | Or | Implies | Quant | Due
)  # fmt: skip

__all__ = [
    "And", "Attr", "Call", "Case", "Compare", "CompareOp", "DayOfQuarter", "Due", "Expr", "Given", "Has", "If",
    "Implies", "In", "Literal", "Mode", "Name", "NextWorkingDay", "Not", "OfficerRef", "Or", "Order", "Param", "Period",
    "Pick", "Quant", "QuarterDay", "QuarterOf", "Shift", "Var", "World", "WorldConstant",
]  # fmt: skip
