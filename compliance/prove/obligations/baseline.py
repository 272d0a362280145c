"""What today's text is known to fail: a sentence each, kept beside the theorems."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from compliance.law.read_rules import both_languages
from compliance.norm.vocabulary import Words
from compliance.source.data import shown_name
from compliance.source.diagnostic import Collector
from compliance.source.loc import Place
from compliance.source.reader import Node, Scalar, Sequence, parse_yaml, read_text
from compliance.source.shape import Fields


@frozen
class Known:
    """A failing that is known. `sets`: the minimal sets of norms behind it; none where no norm alone is to blame."""

    id: str
    says: Words
    sets: tuple[tuple[str, ...], ...]
    place: Place | None = field(default=None, eq=False, repr=False)

    @property
    def cores(self) -> frozenset[frozenset[str]]:
        return frozenset(map(frozenset, self.sets))


def read_baseline(path: Path) -> Mapping[str, Known]:
    """The known failings by id; none where there is no such file. Raises `Problems`."""
    if not path.is_file():
        return {}
    collector, found = Collector(), dict[str, Known]()
    root = parse_yaml(read_text(path, shown_as=shown_name(path)), shown_name(path))
    if not isinstance(root, Sequence):
        collector.fail("source.not-a-list", root.place)
    for node in root.items:
        fields = Fields(node, collector, allowed=("cores",), required=("id", "says"))
        id, says = fields.text("id"), fields.read("says", both_languages)
        if id and says:
            if id in found:
                collector.error("proofs.duplicate-id", fields.place_of("id"), word=id)
            found[id] = Known(id, says, fields.list_of("cores", _core), fields.place_of("id"))
    collector.raise_if_any()
    return found


def _core(node: Node, collector: Collector) -> tuple[str, ...] | None:
    if not isinstance(node, Sequence):
        collector.error("source.not-a-list", node.place)
        return None
    return tuple(item.text for item in node.items if isinstance(item, Scalar))


__all__ = ["Known", "read_baseline"]
