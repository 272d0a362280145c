"""Reads `map.yaml`: how a foreign register says what ours says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from compliance.source.diagnostic import Collector
from compliance.source.reader import Mapping as MappingNode
from compliance.source.reader import Node, Scalar, Sequence, read_yaml
from compliance.source.shape import Fields, as_mapping, as_text

if TYPE_CHECKING:
    from compliance.bulk.registers.layout import Layout, Wide
    from compliance.norm.vocabulary import Vocabulary

KEYS: Final = ("columns", "events", "values", "dates", "wide", "encoding", "delimiter", "sheet", "table", "ignored")
WIDE: Final = ("column", "event", "set", "from")


def layout_of(path: Path | None, vocabulary: Vocabulary) -> Layout:
    """The layout of a mapping file; an empty one for none. Raises `Problems` with everything that is wrong."""
    from compliance.bulk.registers.days import is_form
    from compliance.bulk.registers.layout import PROFILE, Layout, canonical_columns

    if path is None:
        return Layout()
    collector = Collector()
    root = read_yaml(path)
    top = Fields(root, collector, allowed=KEYS, unknown_code="audit.map-key")
    columns = _words(top, "columns", canonical_columns(vocabulary), "audit.map-column", collector)
    events = _words(top, "events", (*vocabulary.kinds, *PROFILE), "scenario.unknown-event", collector)
    values = _values(top, vocabulary, collector)
    dates = top.texts("dates")
    for form in dates:
        if not is_form(form):
            collector.error("audit.map-dates", top.place_of("dates"), expected=("DD.MM.YYYY",), word=form)
    wide = tuple(each for each in top.list_of("wide", lambda node, c: _wide(node, c, vocabulary)))
    layout = Layout(
        columns=columns, events=events, values=values, dates=dates, wide=wide, encoding=top.text("encoding"),
        delimiter=top.text("delimiter"), sheet=top.text("sheet"), table=top.text("table"), ignored=top.texts("ignored"),
    )  # fmt: skip
    collector.raise_if_any()
    return layout


def headings_of(layout: Layout) -> tuple[str, ...]:
    """Every heading that a mapping names."""
    wide = [name for each in layout.wide for name in (each.column, *each.columns.values())]
    return tuple(dict.fromkeys((*layout.columns, *wide, *layout.ignored)))


def _words(top: Fields, key: str, known: tuple[str, ...], code: str, collector: Collector) -> dict[str, str]:
    node = top.read(key, as_mapping)
    found: dict[str, str] = {}
    for name, value in node.entries if node else ():
        word = as_text(value, collector)
        if word is not None and word not in known:
            collector.unknown(code, value.place, word, known)
        elif word is not None:
            found[name.text] = word
    return found


def _values(top: Fields, vocabulary: Vocabulary, collector: Collector) -> dict[str, dict[str, str]]:
    node = top.read("values", as_mapping)
    found: dict[str, dict[str, str]] = {}
    for name, value in node.entries if node else ():
        table = as_mapping(value, collector)
        pairs = [(word.text, as_text(meant, collector)) for word, meant in table.entries] if table else []
        found[name.text] = {word: meant for word, meant in pairs if meant is not None}
    return found


def _wide(node: Node, collector: Collector, vocabulary: Vocabulary) -> Wide:
    from compliance.bulk.registers.layout import Wide

    fields = Fields(node, collector, allowed=WIDE, required=("column", "event"), unknown_code="audit.map-key")
    event = fields.word("event", vocabulary.kinds, "scenario.unknown-event") or ""
    attributes = vocabulary.kinds[event].attributes if event in vocabulary.kinds else {}
    constants, columns = (_texts(fields.read(key, as_mapping)) for key in ("set", "from"))
    for name in (*constants, *columns):
        if event and name not in attributes and name != "occurred":
            collector.unknown("audit.map-column", node.place, name, attributes)
    return Wide(fields.text("column") or "", event, constants, columns)


def _texts(node: MappingNode | None) -> dict[str, str]:
    return {name.text: _text(value) for name, value in (node.entries if node else ())}


def _text(node: Node) -> str:
    if isinstance(node, Sequence):
        return ";".join(_text(each) for each in node.items)
    return node.text if isinstance(node, Scalar) else ""
