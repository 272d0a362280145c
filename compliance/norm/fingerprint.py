"""A name for what a norm or a program says, independent of where it is written: the key of proofs that were kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from compliance.norm.ast import Expr
from compliance.norm.program import Program, Typed
from compliance.norm.show import show
from compliance.norm.types import EventType, Type, Value
from compliance.norm.vocabulary import Attribute


def fingerprint(what: Expr | Typed | Program) -> str:
    """The sha256 of the printed form, in hexadecimal; words in other languages and places take no part."""
    if isinstance(what, Program):
        lines = "\n".join(_program(what))
    elif isinstance(what, Typed):
        lines = f"{what.type!r}\n{show(what.expr)}"
    else:
        lines = show(what)
    return sha256(lines.encode()).hexdigest()


def _program(program: Program) -> Iterator[str]:
    words = program.vocabulary
    for name, enumeration in sorted(words.enumerations.items()):
        yield f"enumeration {name}: {', '.join(enumeration.values)}"
    for name, kind in sorted(words.kinds.items()):
        yield f"kind {name}: judgement {kind.judgement}"
        yield from _attributes(name, kind.attributes.values())
    yield from _attributes("officer", words.officer.values())
    yield from _attributes("position", words.position.values())
    yield f"same actor: {words.same_actor!r}"
    for reading, values in sorted(program.readings.items()):
        yield f"reading {reading}: {', '.join(values)}"
    for param, value in sorted(program.params.items()):
        yield f"parameter {param}: {value!r}"
    for name, each in sorted(program.definitions.items()):
        params = ", ".join(f"{param}: {_type(of)}" for param, of in each.params)
        yield f"definition {name}({params}): {each.result!r} = {show(each.body)}"


def _attributes(owner: str, attributes: Iterable[Attribute]) -> Iterator[str]:
    for each in attributes:
        yield f"attribute {owner}.{each.name}: {_type(each.type)}, {each.default}, {_value(each.value)}"


def _type(of: Type) -> str:
    return f"event {', '.join(sorted(of.kinds))}" if isinstance(of, EventType) else repr(of)


def _value(value: Value) -> str:
    return repr(sorted(value)) if isinstance(value, frozenset) else repr(value)
