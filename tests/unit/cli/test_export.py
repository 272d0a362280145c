"""`reserve export`: the text of a theorem, the Rules as XML, and what is wrong with the command line."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from compliance.law.akn import SPACE, akoma_ntoso
from compliance.law.citation import akn_eid
from compliance.law.load import load_law
from tests.unit.cli.conftest import Reserve


def test_every_unit_has_its_eid_and_its_words() -> None:
    law = load_law()
    root = Xml.fromstring(akoma_ntoso(law, "ru").encode())
    found = {each.get("eId"): each for each in root.iter() if each.get("eId")}
    assert set(found) == {akn_eid(id) for id in law.units}
    point = found[akn_eid("p18.sub3")]
    assert point.tag == f"{{{SPACE}}}point"
    words = " ".join("".join(point.itertext()).split())
    assert words == " ".join(law.units["p18.sub3"].text.ru.split())


def test_a_theorem_is_written_as_text_for_solvers(reserve: Reserve) -> None:
    ran = reserve("export", "D22", "--to", "smt2")
    assert ran.code == 0
    assert ran.out.startswith("(set-logic ALL)")
    assert "(check-sat)" in ran.out


def test_an_unknown_theorem_and_none_at_all_are_said(reserve: Reserve) -> None:
    assert "proofs.unknown-theorem" in reserve("export", "D99").err
    assert reserve("export").code == 2
