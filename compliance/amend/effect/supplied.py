"""What a drafter supplies beside the words: norms, definitions, parameters and words of the vocabulary, as written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import define, evolve, field

from compliance.amend.address import Address
from compliance.amend.operations import Operation, Package, Renumber, Supplied, target_of
from compliance.law.anchors import read_value
from compliance.law.read_parts import read_definition
from compliance.law.read_rules import both_languages, read_formula
from compliance.law.written import Clause, DefinitionText, Judged, Openness, Parameter
from compliance.norm.vocabulary import Enumeration, Vocabulary, Words
from compliance.source.diagnostic import Collector
from compliance.source.loc import Place
from compliance.source.reader import Node, Scalar
from compliance.source.shape import Fields, as_mapping, as_sequence

SAME: Final = "same"
"""`norm: same`: the unit says what it said before, in other words."""

_OPENNESS: Final[dict[str, Openness]] = {"pending": "pending", "ahead": "ahead"}
_JUDGED: Final[dict[str, Judged]] = {"event": "event", "always": "always"}


@define
class Given:
    """Everything supplied by one package, by the address that the drafter gave."""

    clauses: dict[str, tuple[Clause, ...]] = field(factory=dict)
    same: set[str] = field(factory=set)
    parameters: dict[str, tuple[Parameter, ...]] = field(factory=dict)
    definitions: list[DefinitionText] = field(factory=list)
    enumerators: dict[str, dict[str, Words]] = field(factory=dict)
    places: dict[str, Place] = field(factory=dict)

    @property
    def units(self) -> set[str]:
        """The addresses of which the formal side is supplied."""
        return {*self.clauses, *self.same}


def read_supplied(package: Package, collector: Collector) -> Given:
    """What a package and its operations supply; errors are noted."""
    given = Given()
    reader = _Reader(given, collector)
    reader.whole(package.supplied, _only_unit(package.operations))
    for operation in package.operations:
        if not operation.supplied.empty:
            reader.whole(operation.supplied, _unit_of(operation))
    return given


def _unit_of(operation: Operation) -> str:
    return "" if isinstance(operation, Renumber) else unit_of(target_of(operation).address)


def unit_of(address: Address) -> str:
    """The id of an address: `p18.sub9`; nothing for a whole act."""
    names = {"point": "p", "part": "part", "sub": "sub", "paragraph": "dash", "chapter": "chapter"}
    steps = [
        names[level] + (str(int(number) - 1) if level == "paragraph" and number.isdigit() else number)
        for level, number in address.steps
        if level in names
    ]
    return ".".join(steps)


def _only_unit(operations: Iterable[Operation]) -> str:
    units = {_unit_of(operation) for operation in operations} - {""}
    return units.pop() if len(units) == 1 else ""


@define
class _Reader:
    given: Given
    collector: Collector

    def whole(self, supplied: Supplied, unit: str) -> None:
        if supplied.norm is not None:
            self.norm(supplied.norm, unit)
        if supplied.norms is not None:
            found = as_sequence(supplied.norms, self.collector)
            for node in found.items if found else ():
                self.item(node, unit)
        if supplied.parameters is not None:
            self.parameters(supplied.parameters, unit)
        if supplied.definitions is not None:
            found = as_sequence(supplied.definitions, self.collector)
            read = [read_definition(node, self.collector) for node in (found.items if found else ())]
            self.given.definitions += [each for each in read if each is not None]
        if supplied.vocabulary is not None:
            self.vocabulary(supplied.vocabulary)

    def norm(self, node: Node, unit: str) -> None:
        if not self._addressed(node, unit):
            return
        if isinstance(node, Scalar):
            if node.text.strip() == SAME:
                self.given.same.add(unit)
                return
            formula = read_formula(node, self.collector)
            if formula is not None:
                self._add(unit, Clause(unit, unit, formula, place=node.place))
            return
        self.item(node, unit)

    def item(self, node: Node, unit: str) -> None:
        fields = Fields(node, self.collector, allowed=("unit", "id", "fails", "open", "judged"), required=("norm",))
        unit = fields.text("unit", unit)
        formula = read_formula(fields.scalar("norm"), self.collector)
        fails = fields.read("fails", both_languages)
        is_open, judged = fields.word("open", _OPENNESS), fields.word("judged", _JUDGED)
        if formula is None or not self._addressed(node, unit):
            return
        id = fields.text("id", unit)
        place = fields.place_of("norm")
        self._add(
            unit,
            Clause(id, unit, formula, fails, _OPENNESS[is_open or "pending"], _JUDGED[judged or "event"], place=place),
        )

    def _add(self, unit: str, clause: Clause) -> None:
        self.given.clauses[unit] = (*self.given.clauses.get(unit, ()), clause)
        if clause.place is not None:
            self.given.places.setdefault(unit, clause.place)

    def _addressed(self, node: Node, unit: str) -> bool:
        if not unit:
            self.collector.error("effect.norm-without-unit", node.place)
        return bool(unit)

    def parameters(self, node: Node, unit: str) -> None:
        mapping = as_mapping(node, self.collector)
        for name, body in mapping.entries if mapping else ():
            fields = Fields(body, self.collector, allowed=("unit",), required=("value", "words"))
            value, words, owner = fields.scalar("value"), fields.text("words"), fields.text("unit", unit)
            read = read_value(value.text) if value is not None else None
            if value is not None and read is None:
                self.collector.error("law.parameter-value", value.place, word=value.text)
            if read is not None and words and self._addressed(body, owner):
                parameter = Parameter(name.text, owner, read, words.strip(), place=name.place)
                self.given.parameters[owner] = (*self.given.parameters.get(owner, ()), parameter)

    def vocabulary(self, node: Node) -> None:
        mapping = as_mapping(node, self.collector)
        for name, body in mapping.entries if mapping else ():
            inner = as_mapping(body, self.collector)
            for word, words in inner.entries if inner else ():
                read = both_languages(words, self.collector)
                if read is not None:
                    self.given.enumerators.setdefault(name.text, {})[word.text] = read


def enlarged(vocabulary: Vocabulary, given: Given, collector: Collector) -> Vocabulary:
    """The vocabulary with the enumerators that the drafter adds."""
    enumerations = dict(vocabulary.enumerations)
    for name, words in given.enumerators.items():
        if name not in enumerations:
            collector.unknown("effect.unknown-enumeration", None, name, enumerations)
            continue
        enumerations[name] = Enumeration(name, {**enumerations[name].values, **words})
    return evolve(vocabulary, enumerations=enumerations) if given.enumerators else vocabulary


__all__ = ["SAME", "Given", "enlarged", "read_supplied"]
