"""Powers that nobody has any more."""

from __future__ import annotations

import pytest

from compliance.amend.document import read_amendments
from compliance.amend.effect.newlaw import NewLaw, new_law
from compliance.amend.effect.powers import powerless
from compliance.amend.examine import examine
from compliance.amend.from_law import tree_of
from compliance.law.load import load_law
from compliance.law.model import Law


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


def after(text: str, law: Law) -> NewLaw:
    """The law after an instruction."""
    (package,) = read_amendments(text, "draft.txt")
    tree = tree_of(law.written)
    return new_law(law, examine(tree, package), tree)


@pytest.mark.parametrize("text", ["пункт 19 исключить.", "главу 3 исключить."])
def test_nobody_excludes_any_more(text: str, law: Law) -> None:
    (found,) = powerless(after(text, law))
    assert (found.code, found.weight) == ("DUTY_UNDISCHARGEABLE", "reject")
    assert found.units == ("p19",)
    assert "decision on exclusion" in found.message.say("en")


@pytest.mark.parametrize(
    "text",
    ["пункт 13 исключить.", "часть третью пункта 8 исключить.", "пункт 20 исключить.",
     "часть первую пункта 5 исключить.", "часть первую пункта 12 исключить.",
     ('в пункте 19 слова "Руководителем Администрации Президента Республики Казахстан" заменить словами "Секретарем '
      'Совета Безопасности Республики Казахстан";')],
)  # fmt: skip
def test_a_power_that_stays_or_a_duty_that_goes_is_no_loss(text: str, law: Law) -> None:
    assert not [*powerless(after(text, law))]
