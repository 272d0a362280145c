"""The types of the norm language and the values that inhabit them.

Every value is plain Python: a date is an ordinal (int), a quarter is `year * 4 + (q - 1)` (int), an enumerator,
a reference and a position are strings, a set of items is a frozenset of strings, an attribute that is not given is
None. There is no other value at run time, and no type has more values than these.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import field, frozen


@frozen
class Bool:
    """True or false."""


@frozen
class Date:
    """A day, as a proleptic Gregorian ordinal; `never` is the day after every other."""


@frozen
class Quarter:
    """A quarter of a year."""


@frozen
class Ref:
    """The identity of a penalty within one record; only `=` and `!=` apply."""


@frozen
class Position:
    """One of the posts that the record declares; its attributes are read with a dot."""


@frozen
class PeriodType:
    """A length of time; a constant, never a value of the record."""


@frozen
class QuarterDayType:
    """A day and a month within a quarter; a constant, never a value of the record."""


@frozen
class Enum:
    """One of the enumerators that the vocabulary declares under `name`."""

    name: str


@frozen
class Items:
    """A set of enumerators of the enumeration `name`."""

    name: str


@frozen
class OfficerType:
    """The officer whose record is judged."""


@frozen
class EventType:
    """An event of one of `kinds` (a definition's parameter may stand for several)."""

    kinds: frozenset[str]


Type: TypeAlias = (
    Bool | Date | Quarter | Ref | Position | PeriodType | QuarterDayType | Enum | Items | OfficerType | EventType
)

BOOL, DATE, QUARTER, REF, POSITION = Bool(), Date(), Quarter(), Ref(), Position()
PERIOD, QUARTER_DAY, OFFICER = PeriodType(), QuarterDayType(), OfficerType()

Rounding = Literal["down", "up"]


@frozen
class Period:
    """Years and months (added together, rounded once), then days, then working days."""

    months: int = 0
    days: int = 0
    working_days: int = 0

    def __neg__(self) -> Period:
        return Period(-self.months, -self.days, -self.working_days)


@frozen
class QuarterDay:
    """A day of the first, second or last (third) month of a quarter: `QuarterDay(15, 3)`."""

    day: int
    month: int = 3


Value: TypeAlias = bool | int | str | frozenset[str] | None
"""What an attribute can hold (dates and quarters are ints)."""

Constant: TypeAlias = bool | int | str | Period | QuarterDay
"""What a literal or an anchored parameter can hold."""


@frozen
class Signature:
    """The types of a definition: parameters in order, and the result (bool or date)."""

    params: tuple[tuple[str, Type], ...]
    result: Type = field(default=BOOL)
