"""The text of the Rules as Akoma Ntoso: points, parts and sub-points with their eIds, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as Xml

from compliance.law.citation import akn_eid, is_within
from compliance.law.model import Law, Unit
from compliance.norm.vocabulary import Lang

NAMES: Final = {
    "para": "paragraph", "subpara": "subparagraph", "point": "point", "indent": "indent", "span": "blockContainer",
}  # fmt: skip
"""The element of each level of an eId."""
SPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def akoma_ntoso(law: Law, lang: Lang) -> str:
    """The document. A unit stands inside the nearest unit that its id lies within."""
    root = Xml.Element("akomaNtoso", {"xmlns": SPACE})
    act = Xml.SubElement(root, "act", {"name": "rules"})
    body = Xml.SubElement(act, "body")
    made: dict[str, Xml.Element] = {}
    for id, unit in law.units.items():
        parent = _parent(id, made)
        made[id] = _unit(made[parent] if parent else body, unit, lang)
    for element in made.values():
        if len(element) > 1:
            element[0].tag = "intro"
    Xml.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _parent(id: str, made: Iterable[str]) -> str | None:
    around = [other for other in made if other != id and is_within(id, other)]
    return max(around, key=len) if around else None


def _unit(parent: Xml.Element, unit: Unit, lang: Lang) -> Xml.Element:
    eid = akn_eid(unit.id)
    made = Xml.SubElement(parent, NAMES[eid.rsplit("__", 1)[-1].split("_", 1)[0]], {"eId": eid})
    content = Xml.SubElement(made, "content")
    for line in unit.text[lang].splitlines():
        Xml.SubElement(content, "p").text = line
    return made


__all__ = ["akoma_ntoso"]
