"""A hash of the whole law: the same for the same content, whatever the layout, the comments and the file names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from compliance.law.model import Written
from compliance.source.loc import Place


def fingerprint(written: Written) -> str:
    """SHA-256 over everything in the law that takes part in equality, in a fixed order."""
    digest = hashlib.sha256()
    for piece in _canonical(written):
        digest.update(piece.encode("utf-8"))
        digest.update(b"\0")
    return digest.hexdigest()


def _canonical(value: object) -> Iterator[str]:
    """The value as a row of words, with its shape; sets in sorted order, mappings in the order of the law."""
    if isinstance(value, Place):
        return
    kind: type[Any] = type(value)
    if attrs.has(kind):
        yield f"<{kind.__name__}"
        for field in attrs.fields(kind):
            if field.eq:
                yield from _canonical(getattr(value, field.name))
    elif isinstance(value, Mapping):
        yield "<mapping"
        for key, item in value.items():
            yield str(key)
            yield from _canonical(item)
    elif isinstance(value, frozenset):
        yield "<set"
        yield from sorted("\0".join(_canonical(item)) for item in value)
    elif isinstance(value, tuple):
        yield "<list"
        for item in value:
            yield from _canonical(item)
    else:
        yield f"{type(value).__name__}:{value}"
        return
    yield ">"
