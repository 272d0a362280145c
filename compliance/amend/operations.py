"""What an amending act asks for, one frozen value an operation, each with its place in the drafter's own text."""

from __future__ import annotations

from typing import TypeAlias

from attrs import field, frozen

from compliance.amend.address import Address
from compliance.norm.vocabulary import Words
from compliance.source.loc import Place
from compliance.source.reader import Node


@frozen
class Quoted:
    """Words of the drafter with the place where they begin."""

    text: str
    place: Place = field(eq=False)


@frozen
class Target:
    """The unit that an operation names: its address, the drafter's words for it, the other act it may belong to."""

    address: Address
    place: Place = field(eq=False)
    words: str = field(default="", eq=False)
    act: str = ""


@frozen
class Supplied:
    """What the drafter says of the formal side: nodes that the other half of the command reads."""

    norm: Node | None = None
    norms: Node | None = None
    parameters: Node | None = None
    definitions: Node | None = None
    vocabulary: Node | None = None

    @property
    def empty(self) -> bool:
        """Whether the drafter left the formal side to the words."""
        parts = (self.norm, self.norms, self.parameters, self.definitions, self.vocabulary)
        return all(part is None for part in parts)


NOTHING_SUPPLIED = Supplied()


@frozen
class ReplaceWords:
    """Some words give way to others; `count` times where the drafter says so, `everywhere` for «по тексту»."""

    target: Target
    old: Quoted
    new: Quoted
    everywhere: bool
    place: Place = field(eq=False)
    count: int | None = None
    supplied: Supplied = NOTHING_SUPPLIED


@frozen
class DeleteWords:
    """Some words go."""

    target: Target
    old: Quoted
    everywhere: bool
    place: Place = field(eq=False)
    count: int | None = None
    supplied: Supplied = NOTHING_SUPPLIED


@frozen
class InsertWords:
    """Words come after (or before) others; without an anchor, at the end of the unit."""

    target: Target
    new: Quoted
    anchor: Quoted | None
    before: bool
    place: Place = field(eq=False)
    supplied: Supplied = NOTHING_SUPPLIED


@frozen
class DeleteUnit:
    """A unit goes, with all that stands under it."""

    target: Target
    place: Place = field(eq=False)
    supplied: Supplied = NOTHING_SUPPLIED


@frozen
class AddUnit:
    """A unit comes; its address is complete, `after` says where it stands if its number does not."""

    target: Target
    text: Quoted
    place: Place = field(eq=False)
    after: Target | None = None
    supplied: Supplied = NOTHING_SUPPLIED


@frozen
class Restate:
    """A unit gets new words throughout; `annex` where they stand in an annex that is not in this text."""

    target: Target
    text: Quoted
    place: Place = field(eq=False)
    annex: bool = False
    supplied: Supplied = NOTHING_SUPPLIED


@frozen
class Renumber:
    """Units get new numbers, one by one, and stay what they are."""

    old: tuple[Target, ...]
    new: tuple[Target, ...]
    place: Place = field(eq=False)
    supplied: Supplied = NOTHING_SUPPLIED


Operation: TypeAlias = ReplaceWords | DeleteWords | InsertWords | DeleteUnit | AddUnit | Restate | Renumber


@frozen
class EntryIntoForce:
    """From when the act counts: a date, or so many days or months after its first official publication."""

    text: str
    place: Place = field(eq=False)
    date: str | None = None
    days_after_publication: int | None = None
    months_after_publication: int | None = None
    on_publication: bool = False
    on_signing: bool = False


@frozen
class Transitional:
    """A transitional clause: its text, and what it says where its form is known.

    `kind` is `old_law` (positions begun before keep the old text), `new_facts` (the new text binds what begins
    after), `whole` (the new text reaches back), or `unknown`. `units` are the units of the Rules that it names.
    """

    text: str
    place: Place = field(eq=False)
    kind: str = "unknown"
    units: tuple[str, ...] = ()


@frozen
class Package:
    """One amending act, or one amendment of a file: operations in order, and what stands beside them."""

    name: str
    operations: tuple[Operation, ...]
    entry: EntryIntoForce | None = None
    transitional: tuple[Transitional, ...] = ()
    preambles: tuple[Quoted, ...] = ()
    title: Words = Words("", "")
    supplied: Supplied = NOTHING_SUPPLIED
    expect: Node | None = None
    gravity: tuple[tuple[str, ...], ...] = ()
    """Grounds from the gravest to the mildest, as the drafter declares them."""


def target_of(operation: Operation) -> Target:
    """The unit an operation names first."""
    return operation.old[0] if isinstance(operation, Renumber) else operation.target
