"""What a norm needs around it to mean something: the vocabulary, definitions, readings and anchored parameters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from attrs import field, frozen

from compliance.norm.ast import Expr
from compliance.norm.types import BOOL, Period, QuarterDay, Signature, Type
from compliance.norm.vocabulary import Vocabulary, Words
from compliance.source.loc import Place


@frozen
class Notion:
    """A narrowed kind of event: `enrolment` is a `reserve_decision e` with `e.outcome = enrol`."""

    name: str
    kind: str
    var: str
    where: Expr
    words: Words


@frozen
class Definition:
    """A named formula or date over typed arguments. `body` is typed once the checker has passed over it."""

    name: str
    params: tuple[tuple[str, Type], ...]
    result: Type
    body: Expr
    words: Words | None = None
    """A sentence template over the parameters, for `say`; the body is said where there is none."""
    place: Place | None = field(default=None, eq=False, repr=False)

    @property
    def signature(self) -> Signature:
        return Signature(self.params, self.result)


CHECKED: Final = object()
"""The seal of the type checker (norm/typecheck.py); nobody else puts it on anything."""


@frozen
class Typed:
    """An expression that the type checker has passed; no later pass takes anything else.

    `readings`, `params`, `calls` and `kinds` are what it depends on through definitions too.
    """

    expr: Expr
    type: Type
    readings: frozenset[str]
    params: frozenset[str]
    calls: frozenset[str]
    kinds: frozenset[str]
    seal: object = field(default=None, eq=False, repr=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.seal is not CHECKED:
            raise TypeError("a `Typed` comes only from norm/typecheck.py")

    @property
    def is_formula(self) -> bool:
        return self.type == BOOL


@frozen
class Program:
    """The language as one version of the law extends it; definitions are typed and free of cycles."""

    vocabulary: Vocabulary
    definitions: Mapping[str, Definition]
    readings: Mapping[str, tuple[str, ...]]
    """Values of each reading, the default first."""
    params: Mapping[str, Period | QuarterDay]
    notions: Mapping[str, Notion] = field(factory=dict)
    """Narrowed kinds, their `where` typed; used only while norms are checked and said."""

    @cached_property
    def fingerprint(self) -> str:
        """A hash of what the program says: definitions, vocabulary, readings and parameters."""
        from compliance.norm.fingerprint import fingerprint

        return fingerprint(self)


Profile = Mapping[str, str]
"""A value for each reading that is to be consulted."""
