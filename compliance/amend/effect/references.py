"""References read literally: a number that now stands for another unit, and what becomes of the norm behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, field, frozen

from compliance.amend.references import Reference, references
from compliance.amend.tree import Tree
from compliance.law.written import Written
from compliance.norm.ast import Expr
from compliance.norm.parse import parse_expr
from compliance.source.data import model_path
from compliance.source.diagnostic import Collector
from compliance.source.reader import Node, Sequence, read_yaml
from compliance.source.shape import Fields, as_mapping, as_scalar


@frozen
class Shifted:
    """A reference that no longer hits what it meant: the unit it stands in and the units it meant and hits."""

    source: str
    quote: str
    meant: str
    hits: str | None


@frozen
class Carried:
    """A reference that a definition carries."""

    source: str
    target: str
    definition: str
    otherwise: Expr
    hits: Mapping[str, Expr] = field(factory=dict)


def shifted_references(old: Tree, new: Tree, ids: Mapping[str, str]) -> tuple[Shifted, ...]:
    """The references of units that stayed, where they hit another unit than before; by stable ids."""
    then = {_identity(reference): reference for reference in references(old)}
    out = []
    for now in references(new):
        was = then.get(_identity(now))
        if was is None or was.hit is None or (now.hit is not None and now.hit.key == was.hit.key):
            continue
        hits = None if now.hit is None else ids.get(now.hit.key, now.hit.key)
        out.append(Shifted(ids[now.source.key], now.quote, was.unit, hits))
    return tuple(out)


def _identity(reference: Reference) -> tuple[object, ...]:
    return reference.source.key, reference.quote, reference.address.steps


def read_literally(written: Written, shifted: tuple[Shifted, ...]) -> Written | None:
    """The law with its references taken at their word; nothing where that changes no norm."""
    carried = {(each.source, each.target): each for each in carried_references()}
    definitions = dict(written.definitions)
    for reference in shifted:
        found = carried.get((reference.source, reference.meant))
        if found is None or found.definition not in definitions:
            continue
        body = found.hits.get(reference.hits or "", found.otherwise)
        text = definitions[found.definition]
        definitions[found.definition] = evolve(text, raw=evolve(text.raw, body=body))
    return evolve(written, definitions=definitions) if definitions != dict(written.definitions) else None


def carried_references() -> tuple[Carried, ...]:
    """The references of model/references.yaml."""
    root, collector = read_yaml(model_path("references.yaml")), Collector()
    assert isinstance(root, Sequence)
    found = tuple(_read(root.items, collector))
    collector.raise_if_any()
    return found


def _read(items: tuple[Node, ...] | list[Node], collector: Collector) -> Iterator[Carried]:
    for node in items:
        fields = Fields(node, collector, allowed=("hits",), required=("from", "to", "definition", "otherwise"))
        source, target, name = fields.text("from"), fields.text("to"), fields.text("definition")
        otherwise = fields.scalar("otherwise")
        mapping = fields.read("hits", as_mapping)
        hits = {}
        for key, value in mapping.entries if mapping else ():
            scalar = as_scalar(value, collector)
            if scalar is not None:
                hits[key.text] = parse_expr(scalar)
        if source and target and name and otherwise:
            yield Carried(source, target, name, parse_expr(otherwise), hits)


__all__ = ["Carried", "Shifted", "carried_references", "read_literally", "shifted_references"]
